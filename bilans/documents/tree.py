"""The document tree: what a document says, before anybody decides how it looks.

A tree is made of frozen dataclasses that clean their texts and settle their lists as they are
built, so that the three renderings of one tree, and a tree read back from storage, are equal.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

from django.utils import translation

from bilans.documents import labels
from bilans.documents.svg import check_picture
from bilans.documents.text import clean, lines_of

Language = Literal["pl", "en"]
Rows: TypeAlias = Sequence[Sequence[str]]


_NOT_TEXT = frozenset(["level", "widths", "issued_on"])
"""Fields that hold a number or a day; every other one holds text, parts, or rows of them."""


def _settle(value: object) -> object:
    if isinstance(value, Node):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(_settle(part) for part in value)
    return clean(value)


class Node:
    """Anything in the tree: texts are cleaned and sequences become tuples on the way in."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, field.name)
            if field.name not in _NOT_TEXT:
                object.__setattr__(self, field.name, _settle(value))
            elif isinstance(value, list):
                object.__setattr__(self, field.name, tuple(value))

    def lines(self) -> Iterator[str]:
        """Yield the texts a reader must find, in reading order."""
        raise NotImplementedError


def _pairs(rows: Rows) -> Iterator[str]:
    for label, value in rows:
        yield label
        yield from lines_of(value)


@dataclass(frozen=True)
class Heading(Node):
    """A heading below the document's title; a level never skips the one above it."""

    text: str
    level: int = 1

    def lines(self) -> Iterator[str]:
        yield self.text


@dataclass(frozen=True)
class Paragraph(Node):
    """Running text; each line of it is a paragraph of its own."""

    text: str

    def lines(self) -> Iterator[str]:
        yield from lines_of(self.text)


@dataclass(frozen=True)
class Quote(Node):
    """Somebody's own words, and whose they are."""

    text: str
    who: str = ""

    def lines(self) -> Iterator[str]:
        yield from lines_of(self.text)
        yield self.who


@dataclass(frozen=True)
class Note(Node):
    """A remark set apart from the text, such as the limits of what a report may be used for."""

    text: str
    title: str = ""

    def lines(self) -> Iterator[str]:
        yield self.title
        yield from lines_of(self.text)


@dataclass(frozen=True)
class Bullets(Node):
    """A list; an item of which nothing is left after cleaning is no item."""

    items: Sequence[str]

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "items", tuple(filter(None, self.items)))

    def lines(self) -> Iterator[str]:
        for item in self.items:
            yield from lines_of(item)


@dataclass(frozen=True)
class Numbered(Bullets):
    """A list that counts from one."""


@dataclass(frozen=True)
class Facts(Node):
    """Rows of label and value."""

    rows: Rows

    def lines(self) -> Iterator[str]:
        yield from _pairs(self.rows)


@dataclass(frozen=True)
class Table(Node):
    """A data table; ``widths`` are relative, one a column, and follow the content when empty."""

    caption: str
    head: Sequence[str]
    rows: Rows
    widths: Sequence[float] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.head:
            raise ValueError("a table needs the heads of its columns")
        columns = len(self.head)
        if any(len(row) != columns for row in self.rows):
            raise ValueError("every row of a table has as many cells as its head")
        if self.widths and (len(self.widths) != columns or min(self.widths) <= 0):
            raise ValueError("a table has one positive width for each of its columns")

    def lines(self) -> Iterator[str]:
        yield self.caption
        for row in (self.head, *self.rows):
            for cell in row:
                yield from lines_of(cell)


@dataclass(frozen=True)
class Figure(Node):
    """A picture with the sentence that replaces it; its numbers stand in a table beside it.

    ``svg`` may hold only what ``bilans.documents.svg`` lets through.
    """

    svg: str
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        check_picture(self.svg)
        if not self.alt:
            raise ValueError("a figure needs a text that replaces it")

    def lines(self) -> Iterator[str]:
        yield self.caption


@dataclass(frozen=True)
class Statement(Node):
    """A competence statement with what it rests on and what the client says about it."""

    number: str
    text: str
    facts: Rows = ()
    sources: Sequence[str] = ()
    position_label: str = ""
    position_words: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "sources", tuple(filter(None, self.sources)))

    def lines(self) -> Iterator[str]:
        yield self.number
        yield from lines_of(self.text)
        yield from _pairs(self.facts)
        if self.sources:
            yield labels.sources()
        for source in self.sources:
            yield from lines_of(source)
        if self.position_label:
            yield labels.position()
            yield self.position_label
        yield from lines_of(self.position_words)


@dataclass(frozen=True)
class Signer(Node):
    """One person's place to sign; a note says that, how and when it has been signed."""

    name: str
    role: str = ""
    note: str = ""

    def lines(self) -> Iterator[str]:
        yield self.name
        yield self.role
        yield self.note or labels.signature_line()


@dataclass(frozen=True)
class SignatureLines(Node):
    people: Sequence[Signer]

    def lines(self) -> Iterator[str]:
        for person in self.people:
            yield from person.lines()


Block: TypeAlias = (
    Heading
    | Paragraph
    | Quote
    | Note
    | Bullets
    | Numbered
    | Facts
    | Table
    | Figure
    | Statement
    | SignatureLines
)


@dataclass(frozen=True)
class Document(Node):
    """A whole document: its head, its particulars as rows of label and value, its blocks.

    ``marking`` is the line about confidentiality that stands on every page.
    """

    title: str
    subtitle: str = ""
    language: Language = "pl"
    number: str = ""
    issued_on: datetime.date | None = None
    marking: str = ""
    facts: Rows = ()
    blocks: Sequence[Block] = ()

    def __post_init__(self) -> None:
        with translation.override(self.language):
            super().__post_init__()
        if not self.title:
            raise ValueError("a document needs a title")
        if self.language not in labels.LOCALES:
            raise ValueError(f"no rendering speaks {self.language!r}")
        object.__setattr__(self, "blocks", tuple(_without_gaps(self.blocks)))

    def lines(self) -> Iterator[str]:
        yield self.marking
        yield self.title
        yield self.subtitle
        yield from _pairs(self.particulars())
        for block in self.blocks:
            yield from block.lines()

    def particulars(self) -> list[tuple[str, str]]:
        """Return number, date and the document's own facts, labelled in the active language."""
        rows = [(labels.number(), self.number)] if self.number else []
        if self.issued_on:
            rows.append((labels.issued_on(), labels.day(self.issued_on)))
        return [*rows, *((label, value) for label, value in self.facts)]


def _without_gaps(blocks: Sequence[Block]) -> Iterator[Block]:
    """Keep the outline whole: a screen reader takes a skipped level for a missing heading."""
    deepest = 0
    for block in blocks:
        if isinstance(block, Heading):
            deepest = max(1, min(block.level, deepest + 1, 3))
            yield block if block.level == deepest else replace(block, level=deepest)
        else:
            yield block


def plain_text(document: Document) -> list[str]:
    """Return the lines every rendering of the document carries, in this order."""
    with translation.override(document.language):
        return [line for line in document.lines() if line]
