"""Validity, renewal and what a person must have before validation."""

import re
from typing import Any

from bilans.catalogue.importer.prose import sentences
from bilans.catalogue.importer.rules import Rule, leaf
from bilans.catalogue.importer.source import MAX_RULES_TEXT, Passage, Source
from bilans.catalogue.importer.words import NUMBER, number_of, strip_terminator

_INDEFINITE = re.compile(r"bezterminow|nieograniczon\w+ (?:okres|czas)", re.IGNORECASE)
_YEARS = re.compile(rf"\b({NUMBER})[ -](?:lat\w*|rok\w?|letni\w*)\b", re.IGNORECASE)
_MONTHS = re.compile(rf"\b({NUMBER})\s+miesi", re.IGNORECASE)
_NONE = re.compile(
    r"^(?:brak(?: \w+){0,3}|nie dotyczy|nie określono(?: \w+){0,2}|nie ma(?: \w+){0,3}|[-–—])\.?$",
    re.IGNORECASE,
)
_SHORT_ANSWER = 80
_DEMAND_HEAD = (
    r"(?:co najmniej |minimum )?(?:wykształceni\w+|posiadani\w+|posiadać|ukończeni\w+|ukończone|"
    r"doświadczeni\w+|kwalifikacj\w+ pełn\w+|znajomoś\w+|uprawnieni\w+|zaświadczeni\w+|"
    r"\d{1,2} (?:lat|rok))"
)
_JOINT = re.compile(rf"(?:[,;]| oraz| i| a także|,? lub| albo)\s+(?={_DEMAND_HEAD})", re.IGNORECASE)
_OR = re.compile(r"lub|albo", re.IGNORECASE)


def _says_none(text: str) -> bool:
    return len(text) <= _SHORT_ANSWER and _NONE.match(text) is not None


def read_validity(source: Source) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """How long the certificate holds, by the first sentence; the rest is renewal."""
    passage = source.passage("validity")
    if passage is None:
        return {"kind": "unknown", "months": None, "raw": None}, None
    said = sentences(passage.text[:MAX_RULES_TEXT])
    first = said[0].text if said else passage.text
    rest = passage.text[said[0].end :].strip() if said else ""
    validity: dict[str, Any] = {"kind": "unknown", "months": None, "raw": first}
    months = _period(first)
    indefinite = bool(_INDEFINITE.search(first))
    if indefinite and months is None:
        validity["kind"] = "indefinite"
    elif months is not None and not indefinite:
        validity |= {"kind": "fixed", "months": months}
    else:
        source.ledger.doubt(passage.lines, "validity", "period not recognised")
        source.ask(
            "validity-unread",
            "validity",
            lines=passage.numbers,
        )
    if not rest:
        return validity, None
    source.ask(
        "renewal-proposal",
        "renewal",
        lines=passage.numbers_of(said[0].end, len(passage.text)),
    )
    return validity, {"raw": rest, "rule": leaf(rest), "otherwise": None}


def _period(text: str) -> int | None:
    periods = {(number_of(m) or 0) * 12 for m in _YEARS.findall(text)}
    periods |= {number_of(m) or 0 for m in _MONTHS.findall(text)}
    periods.discard(0)
    return periods.pop() if len(periods) == 1 else None


def read_prerequisites(source: Source) -> dict[str, Any]:
    passage = source.passage("prerequisites")
    preceding = _preceding(source)
    if passage is None:
        source.ask(
            "prerequisites-missing",
            "prerequisites",
        )
        return {"none": False, "raw": None, "rule": None, "preceding": preceding}
    if _says_none(passage.text):
        return {"none": True, "raw": passage.text, "rule": None, "preceding": preceding}
    rule = _rule(source, passage)
    return {"none": False, "raw": passage.text, "rule": rule, "preceding": preceding}


def _rule(source: Source, passage: Passage) -> Rule | None:
    source.ask(
        "prerequisites-proposal",
        "prerequisites.rule",
        lines=passage.numbers,
    )
    if len(passage.text) > MAX_RULES_TEXT // 10:
        return None
    said = sentences(passage.text)
    parts: list[Rule] = []
    for sentence in said:
        found = [leaf(i) for i in sentence.items] if sentence.items else _parts(sentence.text)
        if found is None:
            return None
        parts.extend(found)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"all": parts}


def _parts(text: str) -> list[Rule] | None:
    """Demands joined by a comma or *oraz*; a mix with *lub* is left to a person."""
    joints = list(_JOINT.finditer(text))
    alternatives = [bool(_OR.search(match.group())) for match in joints]
    begins = [0, *(match.end() for match in joints)]
    ends = [*(match.start() for match in joints), len(text)]
    leaves = [leaf(text[a:b]) for a, b in zip(begins, ends, strict=True) if text[a:b].strip()]
    if any(alternatives):
        return [{"any": leaves}] if all(alternatives) else None
    return leaves


def _preceding(source: Source) -> list[str]:
    section = source.sections.get("preceding")
    if section is None:
        return []
    lines = [line for line in section.filled if line.text.rstrip(":") != "Opis"]
    source.ledger.use(section.filled, "prerequisites.preceding")
    if not lines:
        return []
    text = source.vocabulary.join([line.text for line in lines]).text
    if _says_none(text):
        return []
    return [strip_terminator(text)]
