"""The tree as a tagged PDF (PDF/UA-1 and PDF/A-2a), set by Typst.

Text reaches Typst only as data in memory; its root is an empty folder, so there is nothing to
read, and nothing readable is written anywhere.
"""

import datetime
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson
import typst
from django.utils import translation

from bilans.documents import glyphs, labels, layout, tree
from bilans.documents.text import lines_of

UNDATED = datetime.date(2000, 1, 1)
"""Date in the properties of a document without one; the archive standard asks for some date."""

_SOURCE = (Path(__file__).parent / "document.typ").read_bytes()
_WIDTH, _HEIGHT = 160.0, 205.0
"""Largest picture, in millimetres."""

_LONE_LETTER = re.compile(r"(?<![^\s(„])([aiouwzAIOUWZ]) (?=\S)")
_WORD = re.compile(r"\S+")
_LONGEST_WORD, _LONGEST_IN_CELL = 45, 22
"""A longer word may be broken, in running text and in a table's cell."""
_JOINT_OR_TEN = re.compile(r"[^/\-_.?&=]{0,9}[/\-_.?&=]+|[^/\-_.?&=]{1,10}")


def render(document: tree.Document) -> bytes:
    """Return the bytes of a PDF; the same document gives the same bytes.

    A letter none of our fonts has is drawn with the machine's fonts, and if these lack it too,
    it is spelt out by its name.
    """
    with translation.override(document.language):
        source = orjson.dumps(_prepared(document)).decode()
    missing = glyphs.undrawable(source)
    if not missing:
        return _compile(source, document, machine_fonts=False)
    try:
        return _compile(source, document, machine_fonts=True)
    except typst.TypstError:
        return _compile(glyphs.spelt_out(source, missing), document, machine_fonts=False)


def _compile(source: str, document: tree.Document, *, machine_fonts: bool) -> bytes:
    moment = datetime.datetime.combine(
        document.issued_on or UNDATED, datetime.time(), tzinfo=datetime.UTC
    )
    with tempfile.TemporaryDirectory(prefix="bilans-empty-") as empty:
        made = typst.compile(  # type: ignore[call-overload]  # its stub wants the root as bytes
            _SOURCE,
            root=empty,
            font_paths=glyphs.fonts(of_the_machine=machine_fonts),
            format="pdf",
            sys_inputs={"document": source},
            pdf_standards=glyphs.STANDARDS,
            timestamp=moment,
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst returned no PDF")
    return made


def _prepared(document: tree.Document) -> dict[str, Any]:
    set_text = _Typesetter(document.language)
    day = document.issued_on or UNDATED
    return {
        "language": document.language,
        "region": labels.LOCALES[document.language].partition("-")[2],
        "fonts": glyphs.FAMILIES,
        "date": [day.year, day.month, day.day],
        "plain-title": document.title.replace("\n", " "),
        "title": set_text.line(document.title),
        "subtitle": set_text.line(document.subtitle),
        "marking": set_text.line(document.marking),
        "number": set_text.line(document.number),
        "running": set_text.line(document.title),
        "particulars": set_text.pairs(document.particulars()),
        "blocks": [
            {**set_text.block(block), "leads": layout.leads_to_signatures(block, following)}
            for block, following in layout.with_following(document.blocks)
        ],
        "labels": {
            "page": labels.page_of_pages(),
            "sources": labels.sources(),
            "position": labels.position(),
        },
    }


class _Typesetter:
    """Turns blocks into plain values for the template, with the line breaks Polish wants."""

    def __init__(self, language: str) -> None:
        self.language = language

    def line(self, text: str, *, longest: int = _LONGEST_WORD) -> str:
        if self.language == "pl":  # no line ends with a one-letter word
            text = _LONE_LETTER.sub("\\1\u00a0", text)
        return _WORD.sub(
            lambda found: found[0] if len(found[0]) <= longest else _breakable(found[0]),
            text.replace("\n", " "),
        )

    def lines(self, text: str) -> list[str]:
        return [self.line(line) for line in lines_of(text)]

    def cells(self, row: Sequence[str]) -> list[list[str]]:
        return [
            [self.line(line, longest=_LONGEST_IN_CELL) for line in lines_of(cell)] for cell in row
        ]

    def pairs(self, rows: tree.Rows) -> list[list[Any]]:
        return [[self.line(label), self.lines(value)] for label, value in rows]

    def block(self, block: tree.Block) -> dict[str, Any]:
        return _PREPARERS[type(block)](self, block)

    def heading(self, block: tree.Heading) -> dict[str, Any]:
        return {"kind": "heading", "level": block.level, "text": self.line(block.text)}

    def paragraph(self, block: tree.Paragraph) -> dict[str, Any]:
        return {"kind": "paragraph", "lines": self.lines(block.text)}

    def quote(self, block: tree.Quote) -> dict[str, Any]:
        return {"kind": "quote", "lines": self.lines(block.text), "who": self.line(block.who)}

    def note(self, block: tree.Note) -> dict[str, Any]:
        return {"kind": "note", "title": self.line(block.title), "lines": self.lines(block.text)}

    def bullets(self, block: tree.Bullets) -> dict[str, Any]:
        return {"kind": "bullets", "items": [self.lines(item) for item in block.items]}

    def numbered(self, block: tree.Numbered) -> dict[str, Any]:
        return {"kind": "numbered", "items": [self.lines(item) for item in block.items]}

    def facts(self, block: tree.Facts) -> dict[str, Any]:
        whole = layout.stays_whole(block)
        return {"kind": "facts", "rows": self.pairs(block.rows), "whole": whole}

    def table(self, block: tree.Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": self.line(block.caption),
            "whole": layout.stays_whole(block),
            "shares": layout.column_shares(block),
            "head": self.cells(block.head),
            "rows": [self.cells(row) for row in block.rows],
        }

    def figure(self, block: tree.Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "svg": block.svg,
            "alt": block.alt,
            "caption": self.line(block.caption),
            "width": layout.picture_size(block.svg, width=_WIDTH, height=_HEIGHT)[0],
        }

    def statement(self, block: tree.Statement) -> dict[str, Any]:
        return {
            "kind": "statement",
            "whole": layout.stays_whole(block),
            "number": self.line(block.number),
            "lines": self.lines(block.text),
            "facts": self.pairs(block.facts),
            "sources": [self.lines(source) for source in block.sources],
            "position": self.line(block.position_label),
            "words": self.lines(block.position_words),
        }

    def signatures(self, block: tree.SignatureLines) -> dict[str, Any]:
        people = [
            {
                "name": self.line(person.name),
                "role": self.line(person.role),
                "note": self.line(person.note or labels.signature_line()),
            }
            for person in block.people
        ]
        return {"kind": "signatures", "people": people}


def _breakable(word: str) -> str:
    """Let a very long word, such as an address, break after its joints or every ten letters."""
    return "\u200b".join(_JOINT_OR_TEN.findall(word))


_PREPARERS: dict[type[tree.Node], Callable[..., dict[str, Any]]] = {
    tree.Heading: _Typesetter.heading,
    tree.Paragraph: _Typesetter.paragraph,
    tree.Quote: _Typesetter.quote,
    tree.Note: _Typesetter.note,
    tree.Bullets: _Typesetter.bullets,
    tree.Numbered: _Typesetter.numbered,
    tree.Facts: _Typesetter.facts,
    tree.Table: _Typesetter.table,
    tree.Figure: _Typesetter.figure,
    tree.Statement: _Typesetter.statement,
    tree.SignatureLines: _Typesetter.signatures,
}
