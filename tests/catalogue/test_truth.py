"""The official print-out against the truth somebody made by hand."""

import json
import sys
from typing import Any

import pytest

from bilans.catalogue.importer.own_format import problems_of
from bilans.catalogue.importer.read import Reading, read
from tests.catalogue.scoring import score_tree, squeeze
from tests.require import sources

NAME = "004_1867f05c87620b3a"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read((sources() / f"{NAME}.txt").read_bytes(), file=f"{NAME}.txt")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads((sources() / "truth" / f"{NAME}.json").read_text())


@pytest.fixture(scope="module")
def found(reading: Reading) -> dict[str, Any]:
    assert reading.document is not None
    return reading.document["qualification"]


def test_every_text_stands_under_its_own_outcome(
    reading: Reading, truth: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    sets = [
        (s["title"], [(o["title"], o["criteria"]) for o in s["outcomes"]]) for s in truth["sets"]
    ]

    score = score_tree(reading, sets)

    with capsys.disabled():
        sys.stdout.write(
            f"\n{NAME}: right {score.right}, wrong and flagged {score.flagged},"
            f" wrong and silent {len(score.silent)}\n"
        )
    assert (score.flagged, score.silent) == (0, [])


def test_counts(found: dict[str, Any], truth: dict[str, Any]) -> None:
    counts = [[len(o["criteria"]) for o in s["outcomes"]] for s in found["sets"]]

    assert counts == truth["counts"]["criteria_per_outcome"]
    assert sum(map(sum, counts)) == 57


def test_nothing_of_the_tree_is_in_doubt(found: dict[str, Any]) -> None:
    assert {o["confidence"] for s in found["sets"] for o in s["outcomes"]} == {"sure"}


def test_the_document_keeps_to_the_schema(reading: Reading) -> None:
    assert problems_of(reading.document) == []


def test_the_ledger_adds_up_and_only_the_consultation_has_no_place(reading: Reading) -> None:
    assert sum(n for state, n in reading.ledger.items() if state != "total") == 429
    assert reading.ledger["total"] == 429
    assert reading.ledger["uncertain"] == 0
    assert reading.document is not None
    assert [part["lines"] for part in reading.document["unmapped"]] == ["218-225"]


def test_the_title_is_inferred_and_asked_about(
    reading: Reading, found: dict[str, Any], truth: dict[str, Any]
) -> None:
    assert (found["title"]["value"], found["title"]["how"]) == (truth["title"], "inferred")
    (item,) = [item for item in reading.review if item["code"] == "title-missing"]
    assert (item["severity"], item["proposal"]) == ("blocker", truth["title"])


def test_the_level_stays_not_stated_with_the_five_as_a_proposal_only(
    reading: Reading, found: dict[str, Any], truth: dict[str, Any]
) -> None:
    assert found["prk_level"] == {
        "value": truth["prk_level"],
        "raw": None,
        "source": "s1",
        "lines": None,
        "how": "absent",
        "confidence": "check",
    }
    (item,) = [item for item in reading.review if item["code"] == "level-missing"]
    assert item["proposal"] == truth["prk_level_inferred"]["value"] == 5
    assert "alternatives" not in item


def test_codes_are_text(reading: Reading, found: dict[str, Any], truth: dict[str, Any]) -> None:
    codes = truth["codes"]
    values = {each["scheme"]: each["value"] for each in found["identifiers"]}

    assert values == {
        "zrk": codes["zrk_code"],
        "zrk_pre2020": codes["zrk_code_pre2020"],
        "mp": "2019:1191",
        "isced": codes["isced"]["code"],
        "pkd": codes["pkd"]["code"],
    }
    assert all(isinstance(value, str) for value in values.values())
    assert reading.document is not None
    assert reading.document["key"] == "zrk:13477"
    assert reading.document["sources"][0]["ref"] == truth["legal_source"]["ref"]


def test_header_values(found: dict[str, Any], truth: dict[str, Any]) -> None:
    assert found["certificate_name"]["how"] == "absent"
    assert found["validity"] == {"kind": "indefinite", "months": None, "raw": "Bezterminowo"}
    assert found["renewal"] is None
    assert (found["category"], found["scope"]) == ("rynkowa", "czastkowa")
    assert squeeze(found["synthesis"]) == squeeze(truth["synthesis"])
    for name in ("applicant", "minister", "functioning_since", "workload_hours"):
        assert found[name] == truth[name]
    assert found["review"]["max_years"] == truth["review"]["max_years"]
    assert found["review"]["next"] == truth["review"]["next_date"]
    assert found["certifying_bodies"] == [
        {"name": "Uniwersytet SWPS", "certifies": True, "validates": None}
    ]


def test_prerequisites(found: dict[str, Any], truth: dict[str, Any]) -> None:
    wanted = truth["prerequisites"]
    degree, licence = found["prerequisites"]["rule"]["all"]

    assert found["prerequisites"]["none"] is False
    assert squeeze(found["prerequisites"]["raw"]) == squeeze(wanted["raw"])
    assert (degree["type"], degree["min_prk_level"]) == ("education", 6)
    assert licence["type"] == "licence"
    assert found["prerequisites"]["preceding"] == [
        each["raw"] for each in wanted["preceding_qualifications"]
    ]


def test_methods(found: dict[str, Any], truth: dict[str, Any]) -> None:
    validation = found["validation"]

    assert {method["name"] for method in validation["methods"]} == {
        method["name"] for method in truth["validation"]["methods"]
    }
    assert validation["methods_closed"] is True
    assert validation["methods_all_required"] is True


def test_the_committee_is_a_tree_with_its_coverage_rule(
    found: dict[str, Any], truth: dict[str, Any]
) -> None:
    committee = found["validation"]["committee"]
    wanted = truth["validation"]["committee"]
    degree, choice, knowledge = committee["each_member"]["all"]
    first, any_of, last = wanted["member_requirements"]["items"]

    assert committee["min_members"] == wanted["min_members"]
    assert squeeze(degree["text"]) == squeeze(first)
    assert degree["min_prk_level"] == 7
    assert [squeeze(leaf["text"]) for leaf in choice["any"]] == list(map(squeeze, any_of["any_of"]))
    assert choice["covered_by_committee"] is True
    assert [leaf.get("min_years") for leaf in choice["any"]] == [None, 5, 5]
    assert [leaf.get("within_years") for leaf in choice["any"]] == [None, 10, 10]
    assert squeeze(knowledge["text"]) == squeeze(last)


def test_other_staff_conflict_appeal_and_institution(
    found: dict[str, Any], truth: dict[str, Any]
) -> None:
    validation, wanted = found["validation"], truth["validation"]
    advisor, extra = validation["other_staff"]

    assert (advisor["role"], extra["role"]) == ("doradca", "statysta")
    assert [squeeze(leaf["text"]) for leaf in advisor["rule"]["all"]] == [
        squeeze(text) for text in wanted["staff"][1]["requirements"]
    ]
    assert advisor["when"] == "identyfikowanie i dokumentowanie"
    rule = wanted["conflict_of_interest"]["rule"]
    assert squeeze(validation["conflict_of_interest"]["raw"]) == squeeze(rule)
    assert validation["conflict_of_interest"]["blocks_trained_candidates"] is True
    assert squeeze(validation["appeal"]["raw"]) == squeeze(wanted["appeal"]["raw"])
    assert validation["appeal"]["scope"] == wanted["appeal"]["scope"]
    assert [squeeze(validation["institution"]["raw"])] == [
        squeeze(text) for text in wanted["certifying_body_requirements"]
    ]
    assert validation["conditions"] == wanted["organisational"]
    assert validation["identification_documentation"] == wanted["identification_and_documentation"]


@pytest.mark.parametrize(
    ("name", "kind"), [("000", "notice"), ("001", "notice"), ("003", "notice"), ("002", None)]
)
def test_the_other_documents_are_recognised_and_left_alone(name: str, kind: str | None) -> None:
    (path,) = sources().glob(f"{name}_*.txt")

    reading = read(path.read_bytes(), file=path.name)

    assert reading.kind == (kind or "occupational_standard")
    assert reading.verdict == "recognised_not_readable"
    assert reading.document is None
    assert sum(n for state, n in reading.ledger.items() if state != "total") == len(reading.lines)
