"""Read one register print-out from numbered lines to a ``bilans-catalogue/1`` document."""

import re
import uuid
from typing import Any

from bilans.catalogue.importer import checks, conditions, header, lexicon, register_facts
from bilans.catalogue.importer.layout import mark_layout
from bilans.catalogue.importer.ledger import Ledger, spans
from bilans.catalogue.importer.lettered import Outcome, OutcomeSet, read_sets
from bilans.catalogue.importer.reading import SourceText
from bilans.catalogue.importer.sections import cut
from bilans.catalogue.importer.source import Source
from bilans.catalogue.importer.validation import read_validation
from bilans.catalogue.importer.words import Vocabulary

IMPORTER = "bilans-lettered/1"
_LOCAL = uuid.UUID("5f0c7a52-6b1e-4a0f-9a57-0d7f2f3c9b11")
_LETTERS = 26


def read_register(source_text: SourceText, ledger: Ledger) -> dict[str, Any]:
    """The whole document as read; the ledger then holds every line's state and question."""
    vocabulary = Vocabulary(source_text.lines)
    mark_layout(ledger)
    sections = cut(source_text.lines, ledger)
    source = Source(sections, ledger, vocabulary)
    sets = _read_tree(source)
    qualification, identifiers, journal = _header(source)
    qualification["sets"] = [_set_as_dict(each) for each in sets]
    _account_for_rest(source)
    ref, _mp, published = journal
    return {
        "format": "bilans-catalogue/1",
        "kind": "qualification",
        "key": _key_of(identifiers, source_text.sha256),
        "version": {
            "number": 1,
            "status": "draft",
            "valid_from": published,
            "valid_to": None,
            "supersedes": None,
            "change_note": None,
        },
        "sources": [
            {
                "id": "s1",
                "kind": "zrk_printout",
                "ref": ref,
                "url": None,
                "retrieved": None,
                "sha256": source_text.sha256,
                "extraction": "text",
                "importer": IMPORTER,
            }
        ],
        "qualification": qualification,
        "review": [],
        "unmapped": [],
    }


def _read_tree(source: Source) -> list[OutcomeSet]:
    section = source.sections.get("sets")
    if section is None or not section.filled:
        source.ask("no-sets", "sets")
        return []
    sets = read_sets(section.lines, source.ledger, source.vocabulary)
    for i, each in enumerate(sets):
        for j, outcome in enumerate(each.outcomes):
            source.ledger.use(outcome.all_lines, f"sets[{i}].outcomes[{j}]")
    closed = section is not source.sections.order[-1]
    if not closed:
        source.ask(
            "ends-in-sets",
            "sets",
            lines=(section.filled[-1].no,),
        )
    checks.check_tree(sets, source.ledger, closed=closed)
    if not sets:
        source.ask("no-sets", "sets")
    return sets


Journal = tuple[str | None, str | None, str | None]


def _header(source: Source) -> tuple[dict[str, Any], list[dict[str, Any]], Journal]:
    legal = header.read_legal_title(source)
    journal = register_facts.journal_of(source)
    preamble = header.read_preamble(source, legal)
    identifiers = register_facts.read_identifiers(source, journal[1])
    old_code = next((i["value"] for i in identifiers if i["scheme"] == "zrk_pre2020"), None)
    validity, renewal = conditions.read_validity(source)
    title = header.read_title(source, legal, preamble)
    qualification: dict[str, Any] = {
        "title": title,
        "title_variants": header.title_variants(source, title["value"]),
        "category": register_facts.read_category(source, legal),
        "scope": register_facts.read_scope(source, preamble, old_code),
        "prk_level": header.read_level(source, preamble, old_code),
        "sector_levels": [],
        "identifiers": identifiers,
        "certificate_name": header.read_certificate(source),
        "validity": validity,
        "renewal": renewal,
        "short_characteristics": source.text("short_characteristics"),
        "synthesis": source.text("synthesis"),
        "target_groups": source.text("target_groups"),
        "uses": source.text("uses"),
        "demand": source.text("demand"),
        "related_qualifications": source.text("related_qualifications"),
        "workload_hours": register_facts.read_hours(source),
        "sets": [],
        "prerequisites": conditions.read_prerequisites(source),
        "review": register_facts.read_review(source),
        "functioning_since": register_facts.read_date(source, "functioning_since"),
        "status": source.text("status"),
        "applicant": source.text("applicant"),
        "minister": source.text("minister"),
        "certifying_bodies": register_facts.read_bodies(source),
    }
    validation = read_validation(source)
    if validation is not None:
        qualification["validation"] = validation
    return qualification, identifiers, journal


def _account_for_rest(source: Source) -> None:
    """Sections without a field are kept with the source; missing ones are asked about."""
    for section in source.sections.by_name.values():
        if section.heading.holds == "aside" and section.filled:
            source.ledger.set_aside(section.filled, f"section {section.name}")
            source.ask(
                "section-not-carried",
                section.name,
                heading=section.heading.text,
                lines=tuple(line.no for line in section.filled),
            )
    if source.sections.get("included_on"):
        source.text("included_on")
    for name, text in lexicon.EXPECTED:
        if source.sections.get(name) is None:
            source.ask("section-missing", name, heading=text)


def _key_of(identifiers: list[dict[str, Any]], sha256: str) -> str:
    for scheme in ("zrk", "mp"):
        for each in identifiers:
            if each["scheme"] == scheme and re.fullmatch(r"[A-Za-z0-9._:-]+", each["value"]):
                return f"{scheme}:{each['value']}"
    return f"local:{uuid.uuid5(_LOCAL, sha256)}"


def _set_as_dict(each: OutcomeSet) -> dict[str, Any]:
    found: dict[str, Any] = {
        "no": each.number,
        "title": each.title,
        "outcomes": [_outcome_as_dict(each.number, outcome) for outcome in each.outcomes],
    }
    if each.prk_level is not None:
        found["prk_level"] = each.prk_level
    if each.workload_hours is not None:
        found["workload_hours"] = each.workload_hours
    return found


def _outcome_as_dict(set_number: int, outcome: Outcome) -> dict[str, Any]:
    confidence = "check" if outcome.doubts else "sure"
    return {
        "no": outcome.number,
        "title": outcome.title,
        "lines": spans(line.no for line in outcome.lines),
        "confidence": confidence,
        "criteria": [
            {
                "label": f"{set_number}.{outcome.number}.{_letter(criterion.letter)}",
                "text": criterion.text,
                "lines": spans(line.no for line in criterion.lines),
                "confidence": confidence,
            }
            for criterion in outcome.criteria
        ],
    }


def _letter(index: int) -> str:
    return chr(97 + index) if index < _LETTERS else f"a{chr(97 + index - 26)}"
