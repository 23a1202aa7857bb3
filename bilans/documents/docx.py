"""The tree as a Word document, by python-docx over a template of our own."""

import datetime
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import resvg_py
from django.utils import translation
from docx.shared import Mm

from bilans.documents import glyphs, labels, layout, tree
from bilans.documents import word_xml as xml
from bilans.documents.text import lines_of

UNDATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Date in the properties of a document without one: the same document gives the same bytes."""

_PARTS = Path(__file__).parent / "word"
_PLACES = {
    "content_types.xml": "[Content_Types].xml",
    "package_rels.xml": "_rels/.rels",
    "document_rels.xml": "word/_rels/document.xml.rels",
    "core.xml": "docProps/core.xml",
    "document.xml": "word/document.xml",
    "styles.xml": "word/styles.xml",
    "numbering.xml": "word/numbering.xml",
    "settings.xml": "word/settings.xml",
    "fontTable.xml": "word/fontTable.xml",
}
_TEXT_WIDTH = 9298
"""Width between the margins, in twentieths of a point."""

_NUMBERS = 2
"""The list in ``word/numbering.xml`` that counts."""

_PICTURE_WIDTH, _PICTURE_HEIGHT = 160.0, 205.0
"""Largest picture, in millimetres."""

_LATO = [glyphs.FONTS / f"Lato-{face}.ttf" for face in ("Regular", "Bold")]
"""The faces a picture uses."""

_PIXELS = 1000
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def render(document: tree.Document) -> bytes:
    """Return the bytes of a ``.docx``; the same document gives the same bytes."""
    with translation.override(document.language):
        return _Writer(document).finished()


@cache
def _template(locale: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, place in _PLACES.items():
            part = (_PARTS / name).read_text(encoding="utf-8")
            archive.writestr(place, part.replace("pl-PL", locale))
    return buffer.getvalue()


class _Writer:
    """One document on its way to paper."""

    def __init__(self, document: tree.Document) -> None:
        self.document = document
        self.locale = labels.LOCALES[document.language]
        self.file = docx.Document(BytesIO(_template(self.locale)))
        self.body = xml.Body(self.file.element.body)

    def finished(self) -> bytes:
        self._properties()
        self._margins()
        self._head()
        for block, following in layout.with_following(self.document.blocks):
            before = self.body.length
            _WRITERS[type(block)](self, block)
            if layout.leads_to_signatures(block, following):
                self.body.keep_from(before, last_too=True)
            elif layout.stays_whole(block):
                self.body.keep_from(before, last_too=False)
            if isinstance(block, tree.Table) and not isinstance(following, tree.Heading):
                self.body.paragraph("Gap")
        buffer = BytesIO()
        self.file.save(buffer)
        return _without_times(buffer)

    def _properties(self) -> None:
        properties = self.file.core_properties
        properties.title = self.document.title
        properties.language = self.locale
        properties.author = properties.last_modified_by = ""
        moment = UNDATED
        if self.document.issued_on:
            moment = datetime.datetime.combine(
                self.document.issued_on, datetime.time(), tzinfo=datetime.UTC
            )
        properties.created = properties.modified = moment.replace(tzinfo=None)

    def _margins(self) -> None:
        section = self.file.sections[0]
        header = section.header.paragraphs[0]._p
        xml.run(header, self.document.title)
        if self.document.marking:
            xml.tab(header)
            xml.run(header, self.document.marking)
        for footer in (section.first_page_footer, section.footer):
            self._page_numbers(footer.paragraphs[0]._p)

    def _page_numbers(self, paragraph: Any) -> None:
        if self.document.number:
            xml.run(paragraph, self.document.number)
        xml.tab(paragraph)
        before, _, rest = labels.page_of_pages().partition("{page}")
        between, _, after = rest.partition("{pages}")
        for words, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            if words:
                xml.words(paragraph, words)
            if code:
                xml.field(paragraph, code)

    def _head(self) -> None:
        if self.document.marking:
            self.body.paragraph("Marking", self.document.marking)
        self.body.paragraph("Title", self.document.title)
        if self.document.subtitle:
            self.body.paragraph("Subtitle", self.document.subtitle)
        self.body.paragraph("TitleRule")
        self._pairs(self.document.particulars(), "Fact")

    def _pairs(self, rows: tree.Rows, style: str) -> None:
        for label, value in rows:
            paragraph = self.body.paragraph(style)
            xml.run(paragraph, label, style="Label")
            xml.tab(paragraph)
            xml.run(paragraph, value)

    def _facts_in_one_line(self, rows: tree.Rows) -> None:
        if not rows:
            return
        paragraph = self.body.paragraph("StatementFact")
        for place, (label, value) in enumerate(rows):
            if place:
                xml.words(paragraph, "  ·  ")
            xml.run(paragraph, label, style="Label")
            xml.words(paragraph, " ")
            xml.run(paragraph, value)

    def _paragraphs(self, style: str, text: str) -> None:
        for line in lines_of(text):
            self.body.paragraph(style, line)

    def heading(self, block: tree.Heading) -> None:
        self.body.paragraph(f"Heading{block.level}", block.text)

    def paragraph(self, block: tree.Paragraph) -> None:
        self._paragraphs("Normal", block.text)

    def quote(self, block: tree.Quote) -> None:
        self._paragraphs("Quote", block.text)
        if block.who:
            self.body.paragraph("QuoteSource", f"— {block.who}")

    def note(self, block: tree.Note) -> None:
        if block.title:
            self.body.paragraph("NoteTitle", block.title)
        self._paragraphs("Note", block.text)

    def bullets(self, block: tree.Bullets) -> None:
        for item in block.items:
            self.body.paragraph("ListBullet", item)

    def numbered(self, block: tree.Numbered) -> None:
        number = xml.list_from_one(self.file.part.numbering_part.element, like=_NUMBERS)
        for item in block.items:
            self.body.paragraph("ListNumber", item, number=number)

    def facts(self, block: tree.Facts) -> None:
        self._pairs(block.rows, "Fact")

    def table(self, block: tree.Table) -> None:
        if block.caption:
            self.body.paragraph("Caption", block.caption)
        self.body.table(
            caption=block.caption,
            head=block.head,
            rows=block.rows,
            widths=[int(share * _TEXT_WIDTH) for share in layout.column_shares(block)],
        )

    def figure(self, block: tree.Figure) -> None:
        width, height = layout.picture_size(block.svg, width=_PICTURE_WIDTH, height=_PICTURE_HEIGHT)
        inline = self.file.part.new_pic_inline(
            BytesIO(picture(block.svg)), width=Mm(width), height=Mm(height)
        )
        inline.docPr.set("descr", block.alt)
        xml.add(xml.add(self.body.paragraph("Picture"), "r"), "drawing").append(inline)
        if block.caption:
            self.body.paragraph("FigureCaption", block.caption)

    def statement(self, block: tree.Statement) -> None:
        opening = self.body.paragraph("Statement")
        if block.number:
            xml.run(opening, block.number, style="StatementNumber")
            xml.tab(opening)
        xml.run(opening, block.text)
        self._facts_in_one_line(block.facts)
        if block.sources:
            self.body.paragraph("StatementLabel", labels.sources())
        for source in block.sources:
            self.body.paragraph("StatementSource", source)
        if block.position_label:
            position = self.body.paragraph("StatementPosition")
            xml.run(position, labels.position(), style="Label")
            xml.tab(position)
            xml.run(position, block.position_label, style="Strong")
        self._paragraphs("StatementWords", block.position_words)

    def signatures(self, block: tree.SignatureLines) -> None:
        for person in block.people:
            self.body.paragraph("SignatureLine", person.name)
            if person.role:
                self.body.paragraph("SignatureText", person.role)
            self.body.paragraph("SignatureHint", person.note or labels.signature_line())


def picture(svg: str) -> bytes:
    """Return the picture as PNG, drawn with Lato only."""
    made = resvg_py.svg_to_bytes(
        svg_string=glyphs.for_picture(svg),
        width=_PIXELS,
        background="white",
        skip_system_fonts=True,
        font_files=[str(path) for path in _LATO],
        font_family=glyphs.FAMILIES[0],
        sans_serif_family=glyphs.FAMILIES[0],
    )
    return bytes(made)


def _without_times(written: BytesIO) -> bytes:
    """Pack the file again with one fixed time, so that its hash depends on its content alone."""
    buffer = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


_WRITERS: dict[type[tree.Node], Callable[..., None]] = {
    tree.Heading: _Writer.heading,
    tree.Paragraph: _Writer.paragraph,
    tree.Quote: _Writer.quote,
    tree.Note: _Writer.note,
    tree.Bullets: _Writer.bullets,
    tree.Numbered: _Writer.numbered,
    tree.Facts: _Writer.facts,
    tree.Table: _Writer.table,
    tree.Figure: _Writer.figure,
    tree.Statement: _Writer.statement,
    tree.SignatureLines: _Writer.signatures,
}
