"""Cut a register print-out into sections by the text of its headings.

Number and depth of a heading mean nothing; its words do. A heading may wrap over
blank lines and page breaks, stand with its value on one line, or come twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bilans.catalogue.importer.ledger import Ledger
from bilans.catalogue.importer.lexicon import BY_KEY, LONGEST, ONE_LINE, Heading
from bilans.catalogue.importer.questions import question
from bilans.catalogue.importer.reading import Line
from bilans.catalogue.importer.words import ends_with_abbreviation, key

_NUMBER = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})\.\s*")
_LONGEST_HEADING = 200
_WRAPS = 3
_LONG_KEY = 17
"""Letters of a heading that nobody writes by chance at the start of a line."""
_HEADING_LINE = 110


@dataclass(slots=True)
class Section:
    heading: Heading
    heading_lines: list[Line]
    lines: list[Line] = field(default_factory=list)
    """Everything below the heading but layout noise; blank lines stay, they carry meaning."""
    inline: str = ""
    """Value printed on the heading's own line, after a colon."""

    @property
    def name(self) -> str:
        return self.heading.name

    @property
    def filled(self) -> list[Line]:
        return [line for line in self.lines if not line.blank]

    @property
    def has_content(self) -> bool:
        return bool(self.inline or self.filled)


PREAMBLE = Heading("preamble", "", "text")
UNKNOWN = Heading("unknown", "", "text")


@dataclass(slots=True)
class Sections:
    preamble: Section
    by_name: dict[str, Section]
    order: list[Section]

    def get(self, name: str) -> Section | None:
        return self.by_name.get(name)


def cut(lines: Sequence[Line], ledger: Ledger) -> Sections:
    """Give every line to a section; what belongs to none becomes a question."""
    order = list(_walk(lines, ledger))
    by_name: dict[str, Section] = {}
    for section in order[1:]:
        for line in section.heading_lines:
            ledger.use([line], f"heading:{section.name}")
        if section.name == "unknown" or section.heading.holds == "group":
            _ask_about_stray(section, ledger)
        elif section.name not in by_name or not by_name[section.name].has_content:
            by_name[section.name] = section
        elif section.has_content:
            _ask_about_repeated(section, ledger)
    return Sections(order[0], by_name, order)


def _walk(lines: Sequence[Line], ledger: Ledger) -> Iterator[Section]:
    current = Section(PREAMBLE, [])
    seen: set[str] = set()
    skip_until = 0
    for index, line in enumerate(lines):
        if index < skip_until:
            continue
        if not line.blank and ledger.is_layout(line):
            continue
        found = None if line.blank else _heading_at(lines, index, current, ledger)
        if found is None:
            if not line.blank and _unknown_heading(lines, index, current):
                yield current
                current = Section(UNKNOWN, [])
            current.lines.append(line)
            continue
        section, skip_until = found
        again = section.heading.text in seen
        if again and (section.heading.holds == "group" or section.name == current.name):
            for repeated in section.heading_lines:
                ledger.drop(repeated, "repeated heading")
            continue
        seen.add(section.heading.text)
        yield current
        current = section
    yield current


def _heading_at(
    lines: Sequence[Line], index: int, current: Section, ledger: Ledger
) -> tuple[Section, int] | None:
    line = lines[index]
    if len(line.text) > _LONGEST_HEADING:
        return None
    text = _NUMBER.sub("", line.text)
    if not text[:1].isupper():
        return None
    found = _wrapped(lines, index, text, ledger) or _on_one_line(line, text, index)
    if found is None:
        return None
    stands_free = _free_above(lines, index, current, ledger)
    if not _trusted(found[0], current, stands_free=stands_free):
        return None
    return found


def _wrapped(
    lines: Sequence[Line], index: int, text: str, ledger: Ledger
) -> tuple[Section, int] | None:
    """The longest known heading that starts here, on one line or up to three more."""
    best = None
    joined, used = key(text), [lines[index]]
    position = index + 1
    for _ in range(_WRAPS + 1):
        heading = BY_KEY.get(joined)
        if heading:
            best = Section(heading, list(used)), position
        while position < len(lines) and ledger.is_layout(lines[position]):
            position += 1
        if position >= len(lines) or len(joined) >= LONGEST:
            break
        following = lines[position]
        joined += key(following.text[:_LONGEST_HEADING])
        if not any(each.startswith(joined) for each in BY_KEY):
            break
        used.append(following)
        position += 1
    return best


def _on_one_line(line: Line, text: str, index: int) -> tuple[Section, int] | None:
    label, colon, value = text.partition(":")
    heading = BY_KEY.get(key(label)) if colon and value.strip() else None
    if heading is None or heading.holds not in {"value", "text"}:
        return None
    return Section(heading, [line], inline=value.strip()), index + 1


def _free_above(lines: Sequence[Line], index: int, current: Section, ledger: Ledger) -> bool:
    above = lines[index - 1] if index else None
    return above is None or ledger.is_layout(above) or above in current.heading_lines


def _trusted(found: Section, current: Section, *, stands_free: bool) -> bool:
    """A short heading needs air above it, and is never believed inside the sets."""
    heading = found.heading
    sure = len(heading.key) >= _LONG_KEY or found.heading_lines[-1].text.endswith(":")
    if sure and not heading.weak:
        return True
    if heading.weak and current.name == "sets":
        return False
    return stands_free or (bool(found.inline) and current.name in {"preamble", *ONE_LINE})


def _unknown_heading(lines: Sequence[Line], index: int, current: Section) -> bool:
    """A short capitalised line with air around it, after a finished paragraph."""
    text = lines[index].text
    if current.name in {"preamble", "sets", "validation", "unknown", "certifying_bodies"}:
        return False
    if not current.filled and not current.inline:
        return False
    if current.heading.holds == "value":
        return current.name in ONE_LINE
    if not (text[:1].isupper() and len(text) < _HEADING_LINE and text[-1] not in ".,;:-–"):
        return False
    air = index > 0 and lines[index - 1].blank
    air = air and (index + 1 >= len(lines) or lines[index + 1].blank)
    last = current.filled[-1].text if current.filled else current.inline
    return air and last[-1] in ".!?;" and not ends_with_abbreviation(last)


def _ask_about_stray(section: Section, ledger: Ledger) -> None:
    if not section.filled:
        return
    ledger.doubt(section.filled, "", "belongs to no known section")
    ledger.ask(question("unmapped-lines", lines=tuple(line.no for line in section.filled)))


def _ask_about_repeated(section: Section, ledger: Ledger) -> None:
    ledger.doubt(section.filled, "", "under a heading that comes twice")
    ledger.ask(
        question(
            "second-document" if section.name == "sets" else "heading-repeated",
            path=f"qualification.{section.name}",
            lines=tuple(line.no for line in (*section.heading_lines, *section.filled)),
            heading=section.heading.text,
        )
    )
