"""Proposals out of the validation section, always beside its raw text.

A wrong tree is worse than raw text: what a sentence does not say in a known way stays
in the raw text only, and everything recognised is put to a person as one question.
"""

import re
from typing import Any

from bilans.catalogue.importer.committee import read_committee
from bilans.catalogue.importer.prose import Sentence, sentences
from bilans.catalogue.importer.rules import Rule, all_of, leaf
from bilans.catalogue.importer.source import MAX_RULES_TEXT, Passage, Source
from bilans.catalogue.importer.words import NUMBER, number_of, strip_terminator

_METHODS_INTRO = re.compile(r"metod\w*", re.IGNORECASE)
_KNOWN_METHODS = (
    "test wiedzy", "test teoretyczny", "test pisemny", "egzamin teoretyczny", "egzamin praktyczny",
    "analiza dowodów i deklaracji", "obserwacja w warunkach symulowanych",
    "obserwacja w warunkach rzeczywistych", "wywiad swobodny", "wywiad ustrukturyzowany",
    "debata swobodna", "debata ustrukturyzowana", "rozmowa z komisją", "prezentacja", "rozmowa",
)  # fmt: skip
_ALL_METHODS = re.compile(r"wszystki(?:e|ch)\s+(?:\w+\s+)?metod", re.IGNORECASE)
_CONFLICT = re.compile(r"\bnie (?:mogą|może|powinn\w+|wolno)\b")
_TRAINED = re.compile(r"szkole|szkoli|przygotow|kształc|naucza|uczestnicz", re.IGNORECASE)
_SEPARATE = re.compile(r"rozdziel\w+|rozdzielność|odrębn\w+ od", re.IGNORECASE)
_PERIOD = re.compile(rf"({NUMBER})\s+(miesi\w+|lata|lat|rok\w?)", re.IGNORECASE)
_APPEAL_SCOPE = (
    ("wynik", "wyniki walidacji"),
    ("przebieg", "przebieg walidacji"),
    ("formaln", "decyzje formalne"),
    ("egzamin", "egzaminy"),
    ("decyzji kończ", "decyzja kończąca walidację"),
    ("decyzji końc", "decyzja kończąca walidację"),
)
_DAYS = re.compile(rf"({NUMBER})\s+dni", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"(?:Podmiot\w*|Instytucj\w+)[^.]{0,120}?(?:nadanie uprawnień|ubiegając|starając)[^.]{0,120}?"
    r"(?:powinn\w+|mus\w+|ma(?:ją)? obowiązek)\s+(?:posiadać\s+)?"
)
_STAFF = re.compile(
    r"^(?P<role>Doradca(?: walidacyjny)?|Asystent\w*|Operator(?: \w+){0,3}|Egzaminator|Koordynator"
    r"(?: \w+)?|Administrator(?: \w+){0,2})\s+(?:musi|powinien|powinna)\b"
)
_PERSONS = {
    "statystę": "statysta", "statystów": "statysta", "doradcę": "doradca",
    "operatora": "operator", "asystenta": "asystent", "koordynatora": "koordynator",
}  # fmt: skip
_STAGE = re.compile(
    r"^Na etapie (?P<stage>\w{5,30}(?: i \w{5,30})?)(?: posiadanych)?(?: efektów uczenia się)? "
)
_PROVIDES = re.compile(r"zapewnia\w*|dysponuje|musi (?:zapewnić|dysponować)")


def read_validation(source: Source) -> dict[str, Any] | None:
    """The whole section raw, and every proposal recognised in it."""
    passage = source.passage("validation")
    if passage is None:
        return None
    validation: dict[str, Any] = {"raw": passage.text}
    if len(passage.text) > MAX_RULES_TEXT:
        source.ask(
            "validation-too-long",
            "validation",
            lines=passage.numbers,
        )
        return validation
    said = sentences(passage.text)
    validation |= _methods(source, passage, said)
    validation["committee"] = read_committee(source, passage, said)
    validation["other_staff"] = _other_staff(said)
    validation["conflict_of_interest"] = _conflict(said)
    validation["appeal"] = _appeal(said)
    validation["institution"] = _institution(said)
    validation["conditions"] = _conditions(said)
    validation["identification_documentation"] = _identification(said)
    source.ask(
        "validation-proposal",
        "validation",
        lines=passage.numbers,
    )
    return validation


def _methods(source: Source, passage: Passage, said: list[Sentence]) -> dict[str, Any]:
    lists = [s for s in said if s.items and _METHODS_INTRO.search(s.intro)]
    names: list[dict[str, Any]] = []
    for sentence in lists:
        names.extend(_method(item) for item in sentence.items)
    if not names:
        about = " ".join(s.text for s in said if "etod" in s.heading or "etod" in s.text).casefold()
        names = [
            {"name": name, "phase": "verification", "details": None}
            for name in _KNOWN_METHODS
            if name in about
            and not any(name in o and name != o and o in about for o in _KNOWN_METHODS)
        ]
        source.ask(
            "methods-unread" if not names else "methods-by-name",
            "validation.methods",
            lines=passage.numbers,
        )
    unique = {method["name"].casefold(): method for method in reversed(names)}
    whole = " ".join(s.text for s in said)
    closed = any("wyłącznie" in s.intro for s in lists)
    return {
        "methods": [m for m in names if unique[m["name"].casefold()] is m],
        "methods_closed": True if closed else None,
        "methods_all_required": True if _ALL_METHODS.search(whole) else None,
    }


def _method(item: str) -> dict[str, Any]:
    """``name (details)``; the closing bracket belongs to the details."""
    name, bracket, details = item.partition("(")
    text = details.rstrip(" ;.,").removesuffix(")").strip() if bracket else None
    return {"name": strip_terminator(name.strip()), "phase": "verification", "details": text}


def _other_staff(said: list[Sentence]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    stage: str | None = None
    for sentence in said:
        match = _STAGE.match(sentence.text)
        if match:
            stage = match["stage"]
        staff = _STAFF.match(sentence.text)
        if staff:
            rule = _staff_rule(sentence, staff.end())
            role = staff["role"][:1].lower() + staff["role"][1:]
            found.append({"role": role, "when": _nominative(stage), "may_be_member": None})
            if rule:
                found[-1]["rule"] = rule
    for item in (item for s in said if s.items and _PROVIDES.search(s.intro) for item in s.items):
        person = _person(item)
        if person and person not in {each["role"] for each in found}:
            found.append({"role": person, "when": "weryfikacja", "may_be_member": None})
    return found


def _staff_rule(sentence: Sentence, after: int) -> Rule | None:
    if sentence.items:
        return all_of([leaf(item) for item in sentence.items])
    rest = sentence.text[after:].strip()
    return leaf(rest) if rest else None


def _nominative(stage: str | None) -> str | None:
    """``identyfikowania i dokumentowania`` names the stage ``identyfikowanie i …``."""
    return re.sub(r"(owa|ow|e|a)nia\b", r"\1nie", stage) if stage else None


def _person(item: str) -> str | None:
    return _PERSONS.get(re.split(r"[ ,;(]", item, maxsplit=1)[0].casefold())


def _conflict(said: list[Sentence]) -> dict[str, Any] | None:
    for sentence in said:
        if _CONFLICT.search(sentence.text) and _TRAINED.search(sentence.text):
            period = _PERIOD.search(sentence.text)
            return {
                "raw": sentence.text,
                "blocks_trained_candidates": True,
                "months": _months(period) if period else None,
                "separate_training_unit": True if _any(_SEPARATE, said) else None,
            }
    return None


def _any(pattern: re.Pattern[str], said: list[Sentence]) -> bool:
    return any(pattern.search(sentence.text) for sentence in said)


def _months(period: re.Match[str]) -> int | None:
    number = number_of(period.group(1))
    if number is None or period.group(2).casefold().startswith("mies"):
        return number
    return number * 12


def _appeal(said: list[Sentence]) -> dict[str, Any] | None:
    about = [s for s in said if re.search(r"odwoła\w*", s.text, re.IGNORECASE)]
    if not about:
        return None
    raw = " ".join(sentence.text for sentence in about)
    days = _DAYS.search(raw)
    return {
        "raw": raw,
        "scope": [name for stem, name in _APPEAL_SCOPE if stem in raw.casefold()],
        "days": number_of(days.group(1)) if days else None,
        "reasons_on_negative": True if "uzasadnieni" in raw.casefold() else None,
    }


def _institution(said: list[Sentence]) -> dict[str, Any] | None:
    for sentence in said:
        match = _INSTITUTION.match(sentence.text)
        if match:
            raw = strip_terminator(sentence.text[match.end() :].strip())
            if raw:
                return {"raw": raw, "rule": leaf(raw)}
    return None


def _conditions(said: list[Sentence]) -> list[str]:
    found: list[str] = []
    for sentence in said:
        if sentence.items and _PROVIDES.search(sentence.intro):
            found.extend(_person(item) or item for item in sentence.items)
    return found


def _identification(said: list[Sentence]) -> str | None:
    about = [
        s for s in said if re.match(r"Na etapie identyfikowania", s.text)
        or re.search("[Ii]dentyfikowani", s.heading)
    ]  # fmt: skip
    if not about:
        return None
    if len(about) == 1:
        match = _STAGE.match(about[0].text)
        return strip_terminator(about[0].text[match.end() :] if match else about[0].text)
    return " ".join(sentence.text for sentence in about)
