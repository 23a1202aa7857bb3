import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from bilans.documents import glyphs, pdf, tree
from tests.documents.samples import HOSTILE, full_document


def _read(document: tree.Document) -> PdfReader:
    return PdfReader(BytesIO(pdf.render(document)))


def _elements(node: Any) -> Iterator[DictionaryObject]:
    """Walk the structure tree: headings, paragraphs, tables, figures in reading order."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def _tags(reader: PdfReader) -> list[str]:
    root: Any = reader.trailer["/Root"]
    return [str(element["/S"]) for element in _elements(root["/StructTreeRoot"])]


@pytest.mark.parametrize(("language", "locale"), [("pl", "pl-PL"), ("en", "en-GB")])
def test_it_is_tagged_and_has_language_and_title(language: tree.Language, locale: str) -> None:
    document = full_document(language)

    reader = _read(document)

    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == locale
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert reader.metadata.author is None


def test_it_claims_accessibility_and_archiving() -> None:
    reader = _read(full_document("pl"))

    root: Any = reader.trailer["/Root"]
    claims = root["/Metadata"].get_data().decode()

    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims


def test_headings_lists_tables_and_the_figure_are_known_as_such() -> None:
    tags = _tags(_read(full_document("pl")))

    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TR", "/TD", "/Figure"} <= set(tags)
    assert tags.count("/TH") == 4 + 2
    assert tags.count("/Table") == 2


def test_the_figure_says_what_it_shows() -> None:
    document = full_document("pl")
    figure = next(block for block in document.blocks if isinstance(block, tree.Figure))

    root: Any = _read(document).trailer["/Root"]
    described = [element.get("/Alt") for element in _elements(root["/StructTreeRoot"])]

    assert figure.alt in described


def test_fonts_are_ours_and_embedded() -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2].partition("-")[0]
        for page in _read(full_document("pl")).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert fonts <= {"Lato", "DejaVuSansMono", "LibertinusSerif"}


def test_text_goes_in_as_data_and_no_file_is_in_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    compile_really = typst.compile

    def watched(source: bytes, **options: Any) -> Any:
        seen.update(options, source=source, readable=os.listdir(options["root"]))  # noqa: PTH208
        return compile_really(source, **options)

    monkeypatch.setattr(typst, "compile", watched)
    pdf.render(tree.Document("Secret title", blocks=[tree.Paragraph(text) for text in HOSTILE]))

    assert seen["readable"] == []
    assert b"Secret" not in seen["source"]
    assert "Secret title" in seen["sys_inputs"]["document"]
    assert "output" not in seen
    assert not Path(seen["root"]).exists()


def test_a_letter_no_font_has_is_spelt_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the machine's fonts: what they have differs from place to place."""
    tried = []
    fonts_really = glyphs.fonts

    def only_ours(*, of_the_machine: bool) -> typst.Fonts:
        tried.append(of_the_machine)
        return fonts_really(of_the_machine=False)

    monkeypatch.setattr(glyphs, "fonts", only_ours)
    document = tree.Document("t", blocks=[tree.Paragraph("Wang 王 \U00013000 \ue000 end")])

    text = " ".join(_read(document).pages[0].extract_text().split())

    assert tried[-2:] == [True, False]
    assert "Wang [CJK UNIFIED IDEOGRAPH-738B] [EGYPTIAN HIEROGLYPH A001] [U+E000] end" in text


def test_our_fonts_draw_the_languages_of_the_portal() -> None:
    letters = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ „”–—…•§€½ ґєіїҐЄІЇабвгдщьюя řčőșđ שלום مرحبا ☐☑✓✔→●■№⚠"

    assert glyphs.undrawable(letters) == set()


def test_a_lone_letter_never_ends_a_polish_line() -> None:
    text = "To jest zdanie o domu i w sadzie z psem a bez kota u progu. " * 12

    pages = _read(tree.Document("t", blocks=[tree.Paragraph(text)])).pages

    ends = [line.split()[-1] for page in pages for line in page.extract_text().split("\n") if line]
    assert [word for word in ends if word.lower() in "aiouwz"] == []


def test_the_chart_never_leaves_the_page() -> None:
    tall = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 9000"><g/></svg>'

    assert len(_read(tree.Document("t", blocks=[tree.Figure(tall, "a tall one")])).pages) <= 2
