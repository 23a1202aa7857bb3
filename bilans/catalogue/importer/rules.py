"""Requirement leaves and trees: what one demand asks for, beside its own wording."""

import re
from typing import Any

from bilans.catalogue.importer.words import NUMBER, number_of, strip_terminator

Rule = dict[str, Any]

_TYPES = (
    ("licence", r"uprawnie(?:nia|ń|nie)|licencj|koncesj"),
    ("experience", r"doświadczeni|staż|praktyk[aęi]"),
    ("education", r"wykształceni|kwalifikacj\w+ pełn|pełn\w+ kwalifikacj|dyplom|studi(?:a|ów)"),
    ("training", r"szkoleni|kurs(?:u|y|ów)?\b"),
    ("knowledge", r"wiedz|zna(?:ć|jomość|ją|)\b|zasad|metod"),
)
_LEVEL = re.compile(r"poziom(?:ie|u)?\s+(?:co najmniej\s+)?([1-8])\.?\s*(?:PRK|Polskiej Ramy)")
_LEVEL_BEFORE = re.compile(r"\b([1-8])\s+poziom(?:ie|u)?\s+(?:PRK|Polskiej Ramy)")
_LEVEL_SHORT = re.compile(r"\bPRK\s*([1-8])\b|\bpoziom(?:ie|u)?\s+([1-8])\b")
_WITHIN = re.compile(
    rf"w\s+(?:okresie|ciągu)?\s*(?:ostatnich\s+)?({NUMBER})\s+(?:ostatnich\s+)?lat(?:ach)?\b",
    re.IGNORECASE,
)
_YEARS_WORD = re.compile(r"\b(\w+)letni\w*|\b(\d{1,2})-letni\w*|\b(roczn\w+)", re.IGNORECASE)
_YEARS = re.compile(rf"\b({NUMBER})\s+(?:lat[aom]*|rok[u]?)\b", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d{1,5})\s*(?:godzin\w*|godz\.)", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?:co najmniej|minimum|min\.|przynajmniej)\s+({NUMBER})\s+"
    r"(?!lat|rok|letni|godz|osob|osób|człon|poziom)[a-ząćęłńóśźż]{4,}",
    re.IGNORECASE,
)


def leaf(text: str) -> Rule:
    """One requirement: its wording, its type, and the numbers a check can use."""
    wording = strip_terminator(text.strip())
    rule: Rule = {"text": wording}
    lowered = wording.casefold()
    for name, pattern in _TYPES:
        if re.search(pattern, lowered):
            rule["type"] = name
            break
    else:
        rule["type"] = "other"
    _add_numbers(rule, wording)
    return rule


def _add_numbers(rule: Rule, wording: str) -> None:
    level = _LEVEL.search(wording) or _LEVEL_BEFORE.search(wording) or _LEVEL_SHORT.search(wording)
    if level and rule["type"] in {"education", "licence", "other"}:
        rule["type"] = "education"
        rule["min_prk_level"] = int(next(group for group in level.groups() if group))
    within = _WITHIN.search(wording)
    if within:
        rule["within_years"] = number_of(within.group(1))
    if rule["type"] == "experience":
        years = _years(wording, within)
        if years:
            rule["min_years"] = years
    hours = _HOURS.search(wording)
    if hours:
        rule["min_hours"] = int(hours.group(1))
    count = _COUNT.search(wording)
    if count and "letni" not in count.group(1) and rule["type"] != "education":
        rule["min_count"] = number_of(count.group(1))


def _years(wording: str, within: re.Match[str] | None) -> int | None:
    """Years of experience, leaving out the window they must fall in."""
    before = wording[: within.start()] if within else wording
    after = wording[within.end() :] if within else ""
    for part in (before, after):
        match = _YEARS_WORD.search(part)
        if match:
            return number_of(match.group(2) or match.group(0))
        match = _YEARS.search(part)
        if match:
            return number_of(match.group(1))
    return None


def all_of(rules: list[Rule]) -> Rule | None:
    if not rules:
        return None
    return rules[0] if len(rules) == 1 else {"all": rules}
