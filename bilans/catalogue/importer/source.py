"""One print-out being read: its sections as running text, and where each word came from."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from bilans.catalogue.importer.ledger import Ledger, spans
from bilans.catalogue.importer.questions import question
from bilans.catalogue.importer.reading import Line
from bilans.catalogue.importer.sections import Section, Sections
from bilans.catalogue.importer.words import Vocabulary

MAX_RULES_TEXT = 60_000
"""Beyond this many characters a section is kept as raw text and no rule is looked for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section's text in one piece; ``raw`` is what the catalogue keeps."""

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.no for line in self.lines)

    def numbers_of(self, begin: int, end: int) -> tuple[int, ...]:
        """Line numbers of the characters from ``begin`` up to ``end``."""
        first = max(bisect_right(self.starts, begin) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, begin)) - 1, first)
        return tuple(line.no for line in self.lines[first : last + 1])


@dataclass(slots=True)
class Source:
    sections: Sections
    ledger: Ledger
    vocabulary: Vocabulary
    _passages: dict[str, Passage | None] = field(default_factory=dict)

    def passage(self, name: str) -> Passage | None:
        """The section's text, its lines marked as used; None when it is missing or empty."""
        if name not in self._passages:
            section = self.sections.get(name)
            self._passages[name] = self._join(section) if section else None
        return self._passages[name]

    def text(self, name: str) -> str | None:
        passage = self.passage(name)
        return passage.text if passage else None

    def ask(self, code: str, path: str, **details: Any) -> None:
        self.ledger.ask(question(code, path=f"qualification.{path}", **details))

    def _join(self, section: Section) -> Passage | None:
        path = section.name
        lines = self._without_lone_numbers(section)
        pieces = [line.text for line in lines]
        if section.inline:
            lines, pieces = [section.heading_lines[0], *lines], [section.inline, *pieces]
        if not pieces:
            return None
        self.ledger.use(lines, path)
        joined = self.vocabulary.join(pieces)
        for doubt in dict.fromkeys(joined.doubts):
            self.ask(
                f"join-{doubt}",
                path,
                lines=tuple(line.no for line in lines),
            )
        return Passage(joined.text, tuple(lines), joined.starts)

    def _without_lone_numbers(self, section: Section) -> list[Line]:
        """A number alone between paragraphs may be a page; it is asked about, not joined."""
        lines = section.filled
        if section.heading.holds == "value" or len(lines) == 1:
            return lines
        lone = [line for line in lines if re.fullmatch(r"[-–]?\s?\d{1,3}\s?[-–]?", line.text)]
        if lone:
            self.ledger.doubt(lone, "", "a number alone on its line")
            self.ask(
                "lone-number",
                section.name,
                lines=tuple(line.no for line in lone),
            )
        return [line for line in lines if line not in lone]


def traced(
    value: Any,
    passage: Passage | None = None,
    *,
    raw: str | None = None,
    how: str = "stated",
    confidence: str = "sure",
    lines: tuple[int, ...] | None = None,
) -> dict[str, Any]:
    """A header value with its trace, as the interchange format writes it."""
    numbers = lines if lines is not None else (passage.numbers if passage else ())
    return {
        "value": value,
        "raw": raw,
        "source": "s1",
        "lines": spans(numbers) if numbers else None,
        "how": how,
        "confidence": confidence,
    }


ABSENT = {
    "value": None,
    "raw": None,
    "source": "s1",
    "lines": None,
    "how": "absent",
    "confidence": "check",
}
