"""The head of a set: its number and title, and the few values printed with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bilans.catalogue.importer.criteria import Gatherer
from bilans.catalogue.importer.reading import Line
from bilans.catalogue.importer.tokens import Token

_LEVEL = re.compile(r"Poziom (?:PRK|Polskiej Ramy Kwalifikacji)\s*:?\s*(\d)?")
_HOURS = re.compile(
    r"(?:Orientacyjny nakład pracy|Nakład pracy|Objętość)[^\d:]{0,40}:?\s*(\d{1,4})?"
    r"(?:\s*(?:godz\.?|godziny?|h))?"
)


@dataclass(slots=True)
class SetHead:
    number: int | None
    title: str
    lines: list[Line]
    doubts: list[str]
    left_out: list[Token]
    other_lines: list[Line] = field(default_factory=list)
    prk_level: int | None = None
    workload_hours: float | None = None


def read_set_head(tokens: Sequence[Token], gatherer: Gatherer) -> SetHead:
    """Read from the set's first line to the line before its first outcome."""
    title: list[Token] = []
    left_out: list[Token] = []
    others: list[Line] = []
    values: dict[str, int] = {}
    anchored = False
    waiting = ""
    for token in tokens:
        if token.kind == "anchor":
            anchored = True
            others.append(token.line)
            continue
        found = _value(token, waiting)
        if found:
            waiting, number = found
            others.append(token.line)
            if number is not None:
                values[waiting], waiting = number, ""
        elif anchored:
            left_out.append(token)
        else:
            title.append(token)
    if not title:
        return SetHead(None, "", [], ["set-without-title"], left_out, others)
    gathered = gatherer.title(title)
    first = title[0]
    return SetHead(
        number=first.number if first.kind == "set" else None,
        title=gathered.text,
        lines=gathered.lines,
        doubts=[f"set-{doubt}" for doubt in gathered.doubts],
        left_out=[*gathered.left_out, *left_out],
        other_lines=others,
        prk_level=values.get("level"),
        workload_hours=values.get("hours"),
    )


def _value(token: Token, waiting: str) -> tuple[str, int | None] | None:
    """``Poziom PRK: 5`` on one line, or the label with its number on the next."""
    if token.kind != "text":
        return None
    if waiting and re.fullmatch(r"\d{1,4}", token.text):
        return waiting, int(token.text)
    for name, pattern in (("level", _LEVEL), ("hours", _HOURS)):
        match = pattern.fullmatch(token.text)
        if match:
            return name, int(match.group(1)) if match.group(1) else None
    return None
