import datetime
import zipfile
from io import BytesIO

import docx as python_docx
import pytest
from docx.table import Table

from bilans.documents import docx, tree
from tests.documents.samples import full_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _opened(document: tree.Document) -> python_docx.document.Document:
    return python_docx.Document(BytesIO(docx.render(document)))


def _part(document: tree.Document, name: str) -> str:
    return zipfile.ZipFile(BytesIO(docx.render(document))).read(name).decode()


@pytest.mark.parametrize(("language", "locale"), [("pl", "pl-PL"), ("en", "en-GB")])
def test_title_and_language_are_set_and_nobody_signs(language: tree.Language, locale: str) -> None:
    document = full_document(language)

    properties = _opened(document).core_properties

    assert (properties.title, properties.language) == (document.title, locale)
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.modified == datetime.datetime(2026, 3, 3, tzinfo=datetime.UTC)
    assert f'<w:lang w:val="{locale}"' in _part(document, "word/styles.xml")


def test_headings_lists_and_quotes_are_real_ones() -> None:
    styles = {p.text: p.style.name for p in _opened(full_document("pl")).paragraphs}

    assert styles["Raport końcowy z bilansu kompetencji"] == "Title"
    assert styles["Cel i przebieg"] == "Heading 1"
    assert styles["Poziom drugi"] == "Heading 2"
    assert styles["Poziom trzeci"] == "Heading 3"
    assert styles["jeden"] == "List Bullet"
    assert styles["pierwszy krok"] == "List Number"
    assert styles["Po prostu."] == "Quote"
    assert styles["Zapis STAR „Wielkanoc”"] == "Statement Source"


def test_each_numbered_list_counts_from_one() -> None:
    numbers = {
        p.text: p._p.pPr.numPr.numId.val
        for p in _opened(full_document("pl")).paragraphs
        if p.style.name == "List Number"
    }

    assert numbers["pierwszy krok"] == numbers["drugi krok"] != numbers["od nowa"]
    assert '<w:startOverride w:val="1"/>' in _part(full_document("pl"), "word/numbering.xml")


def test_the_head_of_a_table_comes_back_on_every_page() -> None:
    tables = _opened(full_document("pl")).tables

    assert len(tables) == 2
    for table in tables:
        heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(table.rows) - 1)


def test_a_picture_says_what_it_shows() -> None:
    document = full_document("pl")
    figure = next(block for block in document.blocks if isinstance(block, tree.Figure))

    opened = _opened(document)

    (shape,) = opened.inline_shapes
    assert shape._inline.docPr.get("descr") == figure.alt
    assert opened.part.related_parts[
        shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    ].blob.startswith(b"\x89PNG")


def test_header_and_footer_carry_marking_and_page_numbers() -> None:
    document = full_document("en")

    section = _opened(document).sections[0]

    assert section.header.paragraphs[0].text == f"{document.title}\t{document.marking}"
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        fields = [field.get(f"{W}instr") for field in footer._element.iter(f"{W}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_every_style_in_use_is_in_the_template() -> None:
    opened = _opened(full_document("pl"))
    known = {style.style_id for style in opened.styles}

    used = {element.get(f"{W}val") for element in opened.element.iter(f"{W}pStyle", f"{W}rStyle")}

    assert used - known == set()


def test_a_table_costs_the_same_for_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def quadratic(*_: object) -> None:
        raise AssertionError("Table.cell walks the whole table for each cell")

    monkeypatch.setattr(Table, "cell", quadratic)
    sizes = []
    for rows in (100, 200, 400):
        table = tree.Table("t", ("a", "b"), [("left", "right")] * rows)
        sizes.append(len(_part(tree.Document("t", blocks=[table]), "word/document.xml")))

    assert sizes[2] - sizes[1] == 2 * (sizes[1] - sizes[0])
