"""Our own interchange format: what is accepted, and what a hostile file cannot do."""

import json
from typing import Any

import pytest
import yaml

from bilans.catalogue.importer.own_format import Malformed, load, problems_of
from bilans.catalogue.importer.read import read
from bilans.catalogue.services.samples import SAMPLES
from tests.catalogue.printouts import lettered

(SAMPLE,) = SAMPLES.glob("*.yaml")
HEAD = "format: bilans-catalogue/1\n"


def test_the_sample_keeps_to_the_schema_and_asks_nothing() -> None:
    reading = read(SAMPLE.read_bytes(), file=SAMPLE.name)

    assert (reading.verdict, reading.review) == ("read", ())
    assert reading.document is not None
    sets = reading.document["qualification"]["sets"]
    assert [len(o["criteria"]) for s in sets for o in s["outcomes"]] == [4, 4, 3, 3, 4]
    assert sum(n for s, n in reading.ledger.items() if s != "total") == reading.ledger["total"]


def test_what_is_read_can_be_written_and_read_again() -> None:
    document = read(lettered(), file="a").document

    for text in (json.dumps(document), yaml.safe_dump(document, allow_unicode=True)):
        again = read(text.encode(), file="b")
        assert again.verdict == "read"
        assert again.document == document


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("011001", "011001"),
        ("5C142000002", "5C142000002"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2019-12-20", "2019-12-20"),
        ("no", "no"),
        ("yes", "yes"),
        ("270", 270),
        ("1.5", 1.5),
        ("true", True),
        ("null", None),
        ("", None),
    ],
)
def test_only_what_json_calls_a_number_is_one(written: str, value: Any) -> None:
    assert load(f"{HEAD}x: {written}\n")["x"] == value


def test_a_code_that_is_a_number_is_refused_with_its_place() -> None:
    text = SAMPLE.read_text().replace("value: 6d0c1f4e-2f5b-4f0e-9c1b-52a1f0a7c3d8", "value: 13477")

    reading = read(text.encode(), file="a")

    assert reading.verdict == "invalid"
    assert any("identifiers.0.value" in item["question"] for item in reading.review)


BAD = {
    "aliases": "a: &x [1]\nb: *x\n",
    "a bomb": "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
    "depth": "x: " + "[" * 3000 + "]" * 3000 + "\n",
    "never closed": "x: " + "[" * 100_000,
    "a tag": 'x: !!python/object/apply:os.system ["true"]\n',
    "a repeated key": "x: 1\nx: 2\n",
    "two documents": "---\nx: 1\n",
    "tabs": "\tx: 1\n",
}


@pytest.mark.parametrize("rest", BAD.values(), ids=BAD)
def test_a_hostile_file_is_refused(rest: str) -> None:
    with pytest.raises(Malformed):
        load(HEAD + rest)
    assert read((HEAD + rest).encode(), file="a").verdict == "invalid"


@pytest.mark.parametrize(
    "rest",
    ['"x": ' + "[" * 100_000, '"x": NaN}', '"x": 1, "x": 2}', '"x": ' + "[" * 60 + "]" * 60 + "}"],
    ids=["deep", "nan", "repeated key", "too deep"],
)
def test_hostile_json_is_refused(rest: str) -> None:
    text = '{"format": "bilans-catalogue/1", ' + rest

    assert read(text.encode(), file="a").verdict == "invalid"


def test_a_long_file_is_refused() -> None:
    with pytest.raises(Malformed):
        load(HEAD + "x: " + "a" * 2_000_001)


def test_problems_name_their_place() -> None:
    (first, *_others) = problems_of({"format": "bilans-catalogue/1", "kind": "qualification"})

    assert "key" in first
