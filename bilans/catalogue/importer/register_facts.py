"""Codes, dates, hours and bodies of a register print-out; codes stay text throughout."""

import re
from typing import Any

from bilans.catalogue.importer.header import LegalTitle, Preamble, category_of
from bilans.catalogue.importer.reading import Line
from bilans.catalogue.importer.source import Source
from bilans.catalogue.importer.words import NUMBER, find_date, number_of

_JOURNAL = re.compile(
    r"(?:Monitor(?:ze|a)? Polski\w{0,2}|M\. ?P\.)"
    r"(?P<when>[^()]{0,60}?),? ?poz\. ?(?P<position>\d{1,5})"
)
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_CODE_NAME = re.compile(r"^([0-9][0-9A-Z.]{0,9})\s?(?:[-–—]\s(.*))?$")
_SHAPES = {
    "zrk": re.compile(r"\d{3,6}"),
    "zrk_pre2020": re.compile(r"[1-8][PC]\d{9}"),
    "isced": re.compile(r"\d{2,4}"),
    "pkd": re.compile(r"\d{2}(?:\.\d{1,2})?(?:\.[A-Z])?"),
}
_LONGEST_CODE = 30
_LONGEST_NAME = 400
_BODY = re.compile(r"^(\d{1,3})\.?\s+(\S.*)$")
_EVERY = re.compile(rf"(?:raz na|co)\s+({NUMBER})\s+(?:lata|lat|rok)", re.IGNORECASE)


def journal_of(source: Source) -> tuple[str | None, str | None, str | None]:
    """Reference, identifier and date of the official journal named in the legal basis."""
    passage = source.passage("legal_basis")
    match = _JOURNAL.search(passage.text) if passage else None
    year = _YEAR.search(match["when"]) if match else None
    if passage is None or match is None or year is None:
        source.ask(
            "legal-basis-unread",
            "identifiers",
            lines=passage.numbers if passage else (),
        )
        return None, None, None
    published = find_date(match["when"])
    position = match["position"]
    return (
        f"M.P. {year.group()} poz. {position}",
        f"{year.group()}:{position}",
        published.isoformat() if published else None,
    )


def read_identifiers(source: Source, journal: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for scheme in ("zrk", "zrk_pre2020"):
        passage = source.passage(scheme)
        if passage:
            found.append({"scheme": scheme, "value": _plain_code(source, scheme, passage.text)})
    if journal:
        found.append({"scheme": "mp", "value": journal})
    for scheme in ("isced", "pkd"):
        section = source.sections.get(scheme)
        source.passage(scheme)
        if section:
            lines = [section.inline, *(line.text for line in section.filled)]
            found.extend(_named_codes(source, scheme, [text for text in lines if text]))
    return [each for each in found if each["value"]]


def _plain_code(source: Source, scheme: str, text: str) -> str:
    code = text.strip().rstrip(".")
    if not _SHAPES[scheme].fullmatch(code):
        _ask_odd_code(source, scheme, text)
        return code if len(code) <= _LONGEST_CODE and " " not in code else ""
    return code


def _named_codes(source: Source, scheme: str, texts: list[str]) -> list[dict[str, Any]]:
    """One code a line, its name after a dash; a line without a code continues the name."""
    found: list[dict[str, Any]] = []
    for text in texts:
        match = _CODE_NAME.match(text) if len(text) <= _LONGEST_NAME else None
        if match and _SHAPES[scheme].fullmatch(match.group(1)):
            found.append({"scheme": scheme, "value": match.group(1)})
            if match.group(2):
                found[-1]["name"] = match.group(2).strip()
        elif found and text[:1].islower():
            found[-1]["name"] = f"{found[-1].get('name', '')} {text}".strip()
        else:
            _ask_odd_code(source, scheme, text)
    return found


def _ask_odd_code(source: Source, scheme: str, text: str) -> None:
    passage = source.passage(scheme)
    numbers = passage.numbers if passage else ()
    source.ledger.doubt(passage.lines if passage else (), scheme, "odd code")
    source.ask(
        "code-odd",
        "identifiers",
        value=text[:60],
        lines=numbers,
    )


def read_date(source: Source, name: str) -> str | None:
    passage = source.passage(name)
    if passage is None:
        return None
    day = find_date(passage.text[:200])
    if day is None:
        source.ledger.doubt(passage.lines, name, "no date found")
        source.ask(
            "date-unread",
            name,
            lines=passage.numbers,
        )
        return None
    return day.isoformat()


def read_hours(source: Source) -> int | None:
    passage = source.passage("workload_hours")
    if passage is None:
        return None
    match = re.match(r"(\d{1,5})(?:[,.]0+)?(?:\s*(?:godz\.?|godziny?|h))?\.?$", passage.text)
    if match:
        return int(match.group(1))
    source.ledger.doubt(passage.lines, "workload_hours", "no number of hours found")
    source.ask(
        "hours-unread",
        "workload_hours",
        lines=passage.numbers,
    )
    return None


def read_review(source: Source) -> dict[str, Any]:
    passage = source.passage("review_max")
    match = _EVERY.search(passage.text[:400]) if passage else None
    if passage and not match:
        source.ask(
            "review-unread",
            "review",
            lines=passage.numbers,
        )
    return {
        "max_years": number_of(match.group(1)) if match else None,
        "next": read_date(source, "review_next"),
        "raw": passage.text if passage else None,
    }


def read_scope(source: Source, preamble: Preamble, old_code: str | None) -> str | None:
    """Full or partial, as printed; else by the letter of the old code, with a question."""
    printed = (source.text("scope") or "").casefold()
    stated = preamble.scope or (
        "pelna" if "pełn" in printed else "czastkowa" if "cząstk" in printed else None
    )
    if stated:
        return stated
    match = re.match(r"[1-8]([PC])\d", old_code or "")
    if not match:
        return None
    scope = {"P": "pelna", "C": "czastkowa"}[match.group(1)]
    passage = source.passage("zrk_pre2020")
    source.ask(
        "scope-inferred",
        "scope",
        letter=match.group(1),
        value=old_code,
        lines=passage.numbers if passage else (),
        proposal=scope,
    )
    return scope


def read_category(source: Source, legal: LegalTitle | None) -> str | None:
    printed = source.text("category")
    return (category_of(printed) if printed else None) or (legal.category if legal else None)


def read_bodies(source: Source) -> list[dict[str, Any]]:
    """Rows ``1 Name`` of the table of bodies; which column a name stood in is a reading."""
    section = source.sections.get("certifying_bodies")
    if section is None:
        return []
    names: list[str] = []
    rows: list[Line] = []
    header: list[Line] = []
    for line in section.filled:
        match = _BODY.match(line.text)
        if match and int(match.group(1)) == len(names) + 1:
            names.append(match.group(2))
            rows.append(line)
        elif names:
            names[-1] = f"{names[-1]} {line.text}"
            rows.append(line)
        else:
            header.append(line)
    source.ledger.use(rows, "certifying_bodies")
    _account_for_header(source, header)
    if names:
        source.ask(
            "certifying-bodies-reading",
            "certifying_bodies",
            lines=tuple(line.no for line in rows),
        )
    return [{"name": name.strip(), "certifies": True, "validates": None} for name in names]


def _account_for_header(source: Source, header: list[Line]) -> None:
    known = [
        line for line in header if re.search(r"[Ii]nstytucj|walidując|certyfikując|Brak", line.text)
    ]
    source.ledger.use(known, "certifying_bodies")
    strange = [line for line in header if line not in known]
    if strange:
        source.ledger.doubt(strange, "", "in the table of bodies")
        source.ask(
            "unmapped-lines",
            "certifying_bodies",
            lines=tuple(line.no for line in strange),
        )
