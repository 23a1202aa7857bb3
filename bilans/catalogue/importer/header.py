"""Title, level and certificate: values a print-out may lack, and must never guess."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bilans.catalogue.importer.questions import question
from bilans.catalogue.importer.source import ABSENT, MAX_RULES_TEXT, Passage, Source, traced
from bilans.catalogue.importer.words import key

_CLOSING = {"„": '”“"', "“": '”"', "”": '”"', '"': '"', ">": "<", "«": "»", "‚": "’'"}
_INCLUSION = re.compile(
    r"włączenia kwalifikacji(?: (?P<category>[a-ząćęłńóśźż]{5,20}(?:ej|ych)))?"
    r"\s{0,3}(?P<open>[„“”\">«‚])"
)
_LEVEL_SENTENCE = re.compile(
    r"[Kk]walifikacja (?P<scope>pełna|cząstkowa) na poziomie (?P<level>[1-8])"
    r" (?:PRK|Polskiej Ramy Kwalifikacji)[^.\n]{0,80}"
)
_LEVEL_VALUE = re.compile(r"^(?:poziom )?(?P<level>[1-8])\b(?! ?[-–/,] ?\d)", re.IGNORECASE)
_QUOTED = re.compile(r"kwalifikacj\w{1,3}(?: \w+)? [„“”\">«]([^„“”\"<>«»]{5,200})[”“\"<»]")
_SHORTEST_TITLE = 3
_LONGEST_TITLE = 300
CATEGORIES = {
    "rynkow": "rynkowa", "wolnorynkow": "wolnorynkowa", "sektorow": "sektorowa",
    "rzemieślnicz": "rzemieslnicza", "uregulowan": "uregulowana",
    "szkolnictwo branżow": "szkolnictwo_branzowe", "po studiach podyplom": "studia_podyplomowe",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preamble:
    """What stands above the first heading, when the print-out kept its page header."""

    title: str | None = None
    level: int | None = None
    scope: str | None = None
    raw: str | None = None
    lines: tuple[int, ...] = ()
    title_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalTitle:
    title: str
    category: str | None
    lines: tuple[int, ...]


def category_of(text: str) -> str | None:
    lowered = text.strip().casefold()
    return next((name for stem, name in CATEGORIES.items() if lowered.startswith(stem)), None)


def read_preamble(source: Source, legal: LegalTitle | None) -> Preamble:
    """Read the page header above the first heading; lines it does not explain are asked about."""
    section = source.sections.preamble
    if not section.filled:
        return Preamble()
    lines = section.filled[:40]
    joined = source.vocabulary.join([line.text for line in lines])
    passage = Passage(joined.text, tuple(lines), joined.starts)
    match = _LEVEL_SENTENCE.search(joined.text)
    title: str | None = None
    title_lines: tuple[int, ...] = ()
    if match and _SHORTEST_TITLE <= match.start() <= _LONGEST_TITLE:
        title = joined.text[: match.start()].strip(' „”"')
        title_lines = passage.numbers_of(0, match.start())
    elif legal and key(joined.text) == key(legal.title):
        title, title_lines = joined.text, passage.numbers
    known = set(title_lines)
    if match:
        known |= set(passage.numbers_of(match.start(), match.end()))
    _account_for_preamble(source, known)
    if match is None:
        return Preamble(title=title, title_lines=title_lines)
    return Preamble(
        title=title,
        level=int(match["level"]),
        scope={"pełna": "pelna", "cząstkowa": "czastkowa"}[match["scope"]],
        raw=match.group().strip(),
        lines=passage.numbers_of(match.start(), match.end()),
        title_lines=title_lines,
    )


def _account_for_preamble(source: Source, known: set[int]) -> None:
    filled = source.sections.preamble.filled
    source.ledger.use([line for line in filled if line.no in known], "header")
    strange = [line for line in filled if line.no not in known]
    if strange:
        source.ledger.doubt(strange, "", "above the first heading")
        numbers = tuple(line.no for line in strange)
        source.ledger.ask(question("unmapped-lines", lines=numbers))


def read_legal_title(source: Source) -> LegalTitle | None:
    """The name quoted in the legal basis, up to the quotation mark that closes it."""
    passage = source.passage("legal_basis")
    match = _INCLUSION.search(passage.text) if passage else None
    if passage is None or match is None:
        return None
    begin = match.end()
    window = passage.text[begin : begin + _LONGEST_TITLE]
    closing = _CLOSING[match["open"]]
    ends = [i for i, sign in enumerate(window) if sign in closing]
    if not ends:
        return None
    end = next(
        (i for i in ends if window[i + 1 :].lstrip().startswith("do Zintegrowanego")), ends[0]
    )
    title = window[:end].strip()
    if len(title) < _SHORTEST_TITLE:
        return None
    category = category_of(match["category"]) if match["category"] else None
    return LegalTitle(title, category, passage.numbers_of(begin, begin + end))


def read_title(source: Source, legal: LegalTitle | None, preamble: Preamble) -> dict[str, Any]:
    """The printed name, else the one quoted in the legal basis, else nothing."""
    stated = source.passage("title")
    value = stated.text if stated else preamble.title
    if value:
        lines = stated.numbers if stated else preamble.title_lines
        agreed = legal is not None and key(legal.title) == key(value)
        if not agreed and (legal is not None or stated is None):
            alternatives = tuple(dict.fromkeys([value, *([legal.title] if legal else [])]))
            source.ask(
                "title-unconfirmed",
                "title",
                lines=lines,
                proposal=value,
                alternatives=alternatives,
            )
            return traced(value, lines=lines, confidence="check")
        return traced(value, lines=lines)
    if legal:
        source.ask(
            "title-missing",
            "title",
            lines=legal.lines,
            proposal=legal.title,
        )
        return traced(legal.title, lines=legal.lines, how="inferred", confidence="check")
    source.ask(
        "title-missing",
        "title",
        proposal=_most_quoted(source),
    )
    return dict(ABSENT)


def _quoted(source: Source) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in ("short_characteristics", "uses", "synthesis", "demand"):
        text = source.text(name)
        if text and len(text) <= MAX_RULES_TEXT:
            found.update(quoted.strip() for quoted in _QUOTED.findall(text))
    return found


def _most_quoted(source: Source) -> str | None:
    return next((name for name, _count in _quoted(source).most_common(1)), None)


def title_variants(source: Source, title: str | None) -> list[str]:
    """Other names the text itself gives the qualification, in quotation marks."""
    return [name for name in _quoted(source) if title and key(name) != key(title)]


def read_level(source: Source, preamble: Preamble, old_code: str | None) -> dict[str, Any]:
    """The level where the register prints it; otherwise absent, with a proposal at most.

    Levels of prerequisites and of committee members are other things' levels and are
    never looked at. The first digit of the code used before 2020 is a proposal only.
    """
    digit = int(old_code[0]) if old_code and re.match(r"[1-8][PC]\d", old_code) else None
    passage = source.passage("prk_level")
    match = _LEVEL_VALUE.match(passage.text) if passage else None
    if passage and match:
        level = int(match["level"])
        found = traced(level, passage, raw=passage.text)
    elif preamble.level:
        level = preamble.level
        found = traced(level, lines=preamble.lines, raw=preamble.raw)
    else:
        return _absent_level(source, passage, digit, old_code)
    disagreeing = {
        level,
        *([preamble.level] if preamble.level else []),
        *([digit] if digit else []),
    }
    if len(disagreeing) > 1:
        found["confidence"] = "check"
        source.ask(
            "level-disagrees",
            "prk_level",
            lines=passage.numbers if passage else preamble.lines,
            proposal=level,
            alternatives=tuple(sorted(disagreeing - {level})),
        )
    return found


def _absent_level(
    source: Source, passage: Passage | None, digit: int | None, old_code: str | None
) -> dict[str, Any]:
    old = source.passage("zrk_pre2020")
    if digit and old:
        source.ask(
            "level-missing",
            "prk_level",
            lines=old.numbers,
            proposal=digit,
            wording="level-by-code",
            value=old_code,
            level=digit,
        )
    else:
        source.ask("level-missing", "prk_level", lines=passage.numbers if passage else ())
    return dict(ABSENT) | {"raw": passage.text if passage else None}


def read_certificate(source: Source) -> dict[str, Any]:
    passage = source.passage("certificate_name")
    if passage and len(passage.text) <= _LONGEST_TITLE:
        return traced(passage.text, passage)
    source.ask(
        "certificate-missing",
        "certificate_name",
        lines=passage.numbers if passage else (),
    )
    return dict(ABSENT)
