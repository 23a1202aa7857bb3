"""The four files, each opened by programs that know nothing of how it was made."""

import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from django.utils import translation
from pypdf import PdfReader

from bilans.demo import balance, stories
from bilans.documents import html, storage, tree
from interviews.states import Stance
from tests.documents.reading import (
    FURNITURE,
    printed_by_libreoffice,
    squeezed,
    text_of_docx,
    text_of_html,
    text_of_pdf,
    without_lines,
    without_pictures,
)

pytestmark = pytest.mark.django_db

NAMES = ["kontrakt", "raport-koncowy"]
KINDS = {"kontrakt": "contract", "raport-koncowy": "final_report"}
DISPUTED, _category, _places, _stance, WORDS = stories.STATEMENTS[3]


@pytest.fixture
def stored(printed):
    """The tree that was kept when the document was issued."""

    def find(name: str) -> tree.Document:
        (issued,) = (each for each in balance.documents() if each.kind == KINDS[name])
        return storage.from_json(issued.tree)

    return find


@pytest.fixture
def texts(stored, var):
    """The words of a document in all its renderings."""

    def read(name: str) -> dict[str, str]:
        document = stored(name)
        return {
            "html": text_of_html(html.render(document)),
            "docx": text_of_docx((var / "demo" / f"{name}.docx").read_bytes()),
            "pdf": text_of_pdf((var / "demo" / f"{name}.pdf").read_bytes(), document),
        }

    return read


@pytest.mark.parametrize("name", NAMES)
def test_the_three_renderings_carry_the_same_text(name, stored, texts):
    document = stored(name)

    for rendering, text in texts(name).items():
        left_over = without_lines(text, tree.plain_text(document))
        added = FURNITURE.sub("", without_pictures(left_over, document)).strip()
        assert (rendering, added) == (rendering, "")


@pytest.mark.parametrize("name", NAMES)
def test_the_word_file_opens_with_its_title(name, printed, stored, var):
    opened = docx.Document(str(var / "demo" / f"{name}.docx"))

    assert opened.core_properties.title == stored(name).title
    assert stored(name).title in [paragraph.text for paragraph in opened.paragraphs[:2]]


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_is_tagged_and_has_language_and_title(name, stored, var):
    reader = PdfReader(var / "demo" / f"{name}.pdf")

    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "pl-PL"
    assert reader.metadata is not None
    assert reader.metadata.title == stored(name).title


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_prints_the_word_file_with_every_line(name, stored, var, tmp_path):
    pages = printed_by_libreoffice(var / "demo" / f"{name}.docx", into=tmp_path).pages

    text = squeezed("".join(page.extract_text() for page in pages))
    lines = tree.plain_text(stored(name))
    assert [line for line in lines if squeezed(line) not in text] == []


def test_what_the_client_disputes_stands_once_and_among_the_differences(stored, texts):
    headings = [
        block.text
        for block in stored("raport-koncowy").blocks
        if isinstance(block, tree.Heading) and block.level == 1
    ]
    following = headings[headings.index("Rozbieżności") + 1]

    for text in map(squeezed, texts("raport-koncowy").values()):
        start, end = text.index("Rozbieżności"), text.index(squeezed(following))
        for said in (DISPUTED, WORDS):
            assert text.count(squeezed(said)) == 1
            assert start < text.index(squeezed(said)) < end


def test_a_statement_shows_its_sources_and_the_position(stored):
    report = [b for b in stored("raport-koncowy").blocks if isinstance(b, tree.Statement)]

    first, *_rest, last = report
    assert first.number == "W1"
    assert any("Mundurki" in source for source in first.sources)
    assert any(stories.REFERENCE_TITLE in source for source in first.sources)
    with translation.override("pl"):
        said = [str(Stance(stance).label) for *_, stance, _words in stories.STATEMENTS]
    assert [each.position_label for each in report] == said
    assert said[-1] == "Nie zgadzam się"
    assert last.position_words == WORDS


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_evidence_file_is_nowhere(name, texts, var):
    with zipfile.ZipFile(var / "demo" / f"{name}.docx") as archive:
        everything = b" ".join(map(archive.read, archive.namelist())).decode(errors="ignore")
    metadata = PdfReader(BytesIO((var / "demo" / f"{name}.pdf").read_bytes())).metadata

    for text in [*texts(name).values(), everything, str(metadata)]:
        assert "swiadectwo_2024" not in squeezed(text)
        assert "zolkiewska_" not in squeezed(text)
