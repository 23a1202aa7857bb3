"""Reading the renderings back, each with a tool that knows nothing of how it was made."""

import re
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
from django.utils import translation
from docx.table import Table
from pypdf import PdfReader

from bilans.documents import labels, tree
from tests.require import libreoffice

FURNITURE = re.compile(r"[•—·]|\d+\.")
"""What a rendering may add between the lines: list marks, dashes."""


def squeezed(text: str) -> str:
    """Drop white space and break marks: each rendering breaks its lines elsewhere."""
    return re.sub(r"[\s\u200b]+", "", text)


def without_lines(text: str, lines: list[str]) -> str:
    """Take the lines out of the text, in this order, and return what is left over.

    Raises:
        AssertionError: a line is missing, or stands elsewhere.
    """
    rest, left_over = squeezed(text), ""
    for line in map(squeezed, lines):
        before, found, rest = rest.partition(line)
        assert found == line, f"missing, or out of order: {line!r}; next came {before[:80]!r}"
        left_over += before + " "
    return left_over + rest


def page_of_pages(document: tree.Document) -> str:
    with translation.override(document.language):
        return labels.page_of_pages()


def without_pictures(text: str, document: tree.Document) -> str:
    """Letters in a picture are no lines of the document; the PDF holds them as text."""
    for block in document.blocks:
        if isinstance(block, tree.Figure):
            words = "".join(re.findall(r">([^<>]+)<", block.svg))
            text = text.replace(squeezed(words), "", 1)
    return text


class _TextOfPage(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.in_picture = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.in_picture += tag == "svg"
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.in_picture -= tag == "svg"

    def handle_data(self, data: str) -> None:
        if not self.in_picture:
            self.parts.append(data)


def text_of_html(page: str) -> str:
    reader = _TextOfPage()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts)


def text_of_docx(file: bytes) -> str:
    lines: list[str] = []
    for block in docx.Document(BytesIO(file)).iter_inner_content():
        if isinstance(block, Table):
            lines.extend(cell.text for row in block.rows for cell in row.cells)
        else:
            lines.append(block.text)
    return "\n".join(lines)


def text_of_pdf(file: bytes, document: tree.Document) -> str:
    """Return the text without header and footer, which stand on every page."""
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(file)).pages]
    pattern = page_of_pages(document)
    header = squeezed(document.title + document.marking)
    texts = []
    for number, text in enumerate(pages, start=1):
        footer = pattern.format(page=number, pages=len(pages))
        body = _without_once(text, squeezed(document.number + footer))
        texts.append(_without_once(body, header) if number > 1 else body)
    return "".join(texts)


def _without_once(text: str, part: str) -> str:
    assert part in text, f"not on the page: {part!r}"
    return text.replace(part, "", 1)


def printed_by_libreoffice(file: Path, *, into: Path) -> PdfReader:
    """Let LibreOffice open a document and print it as a PDF."""
    subprocess.run(
        [
            *(libreoffice(), f"-env:UserInstallation=file://{into}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(into), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return PdfReader(into / f"{file.stem}.pdf")
