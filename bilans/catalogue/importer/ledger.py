"""The line ledger: every line of a source has exactly one state, whatever happens."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bilans.catalogue.importer.reading import LONG_LINE, Line

State = Literal["used", "noise", "uncertain", "unused", "acknowledged"]
STATES: tuple[State, ...] = ("used", "noise", "uncertain", "unused", "acknowledged")
Severity = Literal["blocker", "check", "note"]

_NOISE = tuple(
    re.compile(pattern)
    for pattern in (
        r"Monitor Polski\s*[–—-]\s*\d+\s*[–—-]\s*Poz\.\s*\d+",
        r"(?:Strona|Str\.|Page) \d{1,4}(?: (?:z|of) \d{1,4})?",
        r"\d{1,3} ?/ ?\d{1,3}",
        r"[-–—_*=]{2,}",
        r"(?:https?://|www\.)\S{1,400}(?: \d{1,3}/\d{1,3})?",
        r"ZAMKNIJ close|REKLAMA|Drukuj|Drukuj stronę|Powrót|Pobierz PDF|Udostępnij",
        r"\d{1,2}\.\d{1,2}\.\d{4},? \d{1,2}:\d{2}(?: .{0,60})?",
        r"Wydrukowano .{0,80}|Data wydruku:? .{0,40}",
    )
)


def is_noise(line: Line) -> bool:
    """Layout that carries no content, wherever it stands."""
    text = line.text
    if not text:
        return True
    if len(text) > LONG_LINE:
        return False
    if text.rstrip("0123456789 ").endswith("....."):
        return True
    return any(pattern.fullmatch(text) for pattern in _NOISE)


@dataclass(slots=True)
class Entry:
    state: State
    target: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question to a person; its lines are those the answer depends on."""

    code: str
    severity: Severity
    question: str
    path: str | None = None
    lines: tuple[int, ...] = ()
    proposal: Any = None
    alternatives: tuple[Any, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        item: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "source": "s1" if self.lines else None,
            "lines": spans(self.lines) if self.lines else None,
            "question": self.question,
        }
        if self.proposal is not None:
            item["proposal"] = self.proposal
        if self.alternatives:
            item["alternatives"] = list(self.alternatives)
        return item


def spans(numbers: Iterable[int]) -> str:
    """Line numbers as the interchange format writes them: ``3-5,9``."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(f"{a}-{b}" if a != b else str(a) for a, b in parts)


@dataclass(slots=True)
class Ledger:
    """States of the lines and the questions asked about them.

    A line starts ``unused``; doubt wins over use, so a line that two readings claim
    stays uncertain.
    """

    lines: Sequence[Line]
    entries: dict[int, Entry] = field(init=False)
    review: list[ReviewItem] = field(default_factory=list)
    _asked: set[tuple[str, str | None, tuple[int, ...]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.entries = {
            line.no: Entry("noise", "blank") if line.blank else Entry("unused")
            for line in self.lines
        }

    def is_layout(self, line: Line) -> bool:
        """Blank lines and what :mod:`layout` found; sections read past them."""
        return self.entries[line.no].state == "noise"

    def use(self, lines: Iterable[Line], target: str) -> None:
        for line in lines:
            entry = self.entries[line.no]
            if entry.state in {"unused", "acknowledged"}:
                entry.state, entry.target = "used", target

    def drop(self, line: Line, note: str) -> None:
        entry = self.entries[line.no]
        if entry.state == "unused":
            entry.state, entry.note = "noise", note

    def doubt(self, lines: Iterable[Line], target: str, note: str) -> None:
        for line in lines:
            if line.blank:
                continue
            entry = self.entries[line.no]
            entry.state, entry.note = "uncertain", note
            entry.target = entry.target or target

    def set_aside(self, lines: Iterable[Line], note: str) -> None:
        """Known content that the format has no field for; kept with the source only."""
        for line in lines:
            entry = self.entries[line.no]
            if entry.state == "unused":
                entry.note = note

    def ask(self, item: ReviewItem) -> None:
        asked = (item.code, item.path, item.lines)
        if asked not in self._asked:
            self._asked.add(asked)
            self.review.append(item)

    def acknowledge(self) -> None:
        """Somebody has said that what found no place is not needed."""
        for entry in self.entries.values():
            if entry.state == "unused" or (entry.state == "uncertain" and not entry.target):
                entry.state = "acknowledged"

    def counts(self) -> dict[str, int]:
        found = Counter(entry.state for entry in self.entries.values())
        return {state: found[state] for state in STATES} | {"total": len(self.lines)}

    def unmapped(self) -> list[Line]:
        """Lines that ended in no field and are not layout."""
        return [
            line
            for line in self.lines
            if self.entries[line.no].state in {"unused", "acknowledged"}
            or (self.entries[line.no].state == "uncertain" and not self.entries[line.no].target)
        ]
