"""One tree, three renderings, the same words in the same order, and nothing but these words."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bilans.documents import docx, html, pdf, tree
from tests.documents.reading import (
    FURNITURE,
    page_of_pages,
    printed_by_libreoffice,
    squeezed,
    text_of_docx,
    text_of_html,
    text_of_pdf,
    without_lines,
    without_pictures,
)
from tests.documents.samples import full_document, hostile_document

LANGUAGES = ["pl", "en"]


def _texts(document: tree.Document) -> dict[str, str]:
    return {
        "html": text_of_html(html.render(document)),
        "docx": text_of_docx(docx.render(document)),
        "pdf": text_of_pdf(pdf.render(document), document),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rendering", ["html", "docx", "pdf"])
def test_every_line_is_there_in_order_and_nothing_else_is(
    language: tree.Language, rendering: str
) -> None:
    document = full_document(language)

    left_over = without_lines(_texts(document)[rendering], tree.plain_text(document))

    assert FURNITURE.sub("", without_pictures(left_over, document)).strip() == ""


@pytest.mark.parametrize("rendering", ["html", "docx", "pdf"])
def test_hostile_text_comes_out_as_it_was_typed(rendering: str) -> None:
    document = hostile_document()
    lines = [line for line in tree.plain_text(document) if line != "שלום"]

    text = _texts(document)[rendering]
    if rendering == "pdf":  # a machine without a font for it has its name there
        text = re.sub(r"\[GRINNING\s*FACE\]", "😀", text)

    without_lines(text, lines)
    assert "שלום" in text or "םולש" in text


def test_pdftotext_reads_the_same() -> None:
    found = shutil.which("pdftotext")
    if found is None:
        pytest.skip("Needs pdftotext (Debian: poppler-utils)")
    document = full_document("pl")

    read = subprocess.run(
        [found, "-raw", "-", "-"], input=pdf.render(document), capture_output=True, check=True
    )

    text = squeezed(read.stdout.decode())
    assert [line for line in tree.plain_text(document) if squeezed(line) not in text] == []


@pytest.mark.slow
def test_libreoffice_opens_the_word_document_and_prints_the_same(tmp_path: Path) -> None:
    document = full_document("pl")
    (tmp_path / "report.docx").write_bytes(docx.render(document))

    pages = printed_by_libreoffice(tmp_path / "report.docx", into=tmp_path).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    assert [line for line in tree.plain_text(document) if squeezed(line) not in text] == []
    assert squeezed(page_of_pages(document).format(page=1, pages=len(pages))) in text


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_makes_all_three(typed: str) -> None:
    document = tree.Document(
        title=f"A {typed}",
        blocks=[tree.Paragraph(typed), tree.Table(typed, (typed, "b"), [(typed, "c")])],
    )
    lines = tree.plain_text(document)

    without_lines(text_of_html(html.render(document)), lines)
    without_lines(text_of_docx(docx.render(document)), lines)
    assert PdfReader(BytesIO(pdf.render(document))).pages


@pytest.mark.parametrize("rendering", [html, docx, pdf])
def test_the_same_document_gives_the_same_bytes(rendering: object) -> None:
    first = rendering.render(full_document("pl"))  # type: ignore[attr-defined]

    assert rendering.render(full_document("pl")) == first  # type: ignore[attr-defined]


def test_labels_follow_the_document_and_not_the_reader() -> None:
    document = full_document("pl")
    with translation.override("en"):
        there = (html.render(document), docx.render(document), pdf.render(document))
    with translation.override("pl"):
        here = (html.render(document), docx.render(document), pdf.render(document))

    assert there == here
    assert {"Źródła", "Stanowisko klienta", "Data wystawienia", "3 marca 2026"} <= set(
        tree.plain_text(document)
    )
    assert page_of_pages(document) == "Strona {page} z {pages}"
