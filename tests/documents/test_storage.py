import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilans.documents import storage, tree
from tests.documents.samples import full_document, hostile_document

TEXT = st.text(max_size=20)
TEXTS = st.lists(TEXT, max_size=3)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=3)
PICTURE = st.just('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><g/></svg>')
NAMED = TEXT.map(lambda text: f"x{text}")

BLOCKS = st.one_of(
    st.builds(tree.Heading, text=TEXT, level=st.integers(1, 3)),
    st.builds(tree.Paragraph, text=TEXT),
    st.builds(tree.Quote, text=TEXT, who=TEXT),
    st.builds(tree.Note, text=TEXT, title=TEXT),
    st.builds(tree.Bullets, items=TEXTS),
    st.builds(tree.Numbered, items=TEXTS),
    st.builds(tree.Facts, rows=PAIRS),
    st.builds(
        tree.Table,
        caption=TEXT,
        head=st.tuples(TEXT, TEXT),
        rows=PAIRS,
        widths=st.sampled_from([(), (1, 2), (0.5, 3.25)]),
    ),
    st.builds(tree.Figure, svg=PICTURE, alt=NAMED, caption=TEXT),
    st.builds(
        tree.Statement,
        number=TEXT,
        text=TEXT,
        facts=PAIRS,
        sources=TEXTS,
        position_label=TEXT,
        position_words=TEXT,
    ),
    st.builds(
        tree.SignatureLines,
        people=st.lists(st.builds(tree.Signer, name=TEXT, role=TEXT, note=TEXT), max_size=2),
    ),
)
DOCUMENTS = st.builds(
    tree.Document,
    title=NAMED,
    subtitle=TEXT,
    language=st.sampled_from(["pl", "en"]),
    number=TEXT,
    issued_on=st.none() | st.dates(),
    marking=TEXT,
    facts=PAIRS,
    blocks=st.lists(BLOCKS, max_size=5),
)


@given(DOCUMENTS)
@settings(deadline=None)
def test_a_document_comes_back_equal(document: tree.Document) -> None:
    stored = json.loads(json.dumps(storage.to_json(document)))

    back = storage.from_json(stored)

    assert back == document
    assert storage.to_json(back) == stored
    assert tree.plain_text(back) == tree.plain_text(document)


@pytest.mark.parametrize("document", [full_document("pl"), full_document("en"), hostile_document()])
def test_whole_documents_come_back_equal(document: tree.Document) -> None:
    assert storage.from_json(storage.to_json(document)) == document


def test_the_stored_form_names_its_format_and_its_parts() -> None:
    document = tree.Document(
        "t", issued_on=datetime.date(2026, 3, 3), blocks=[tree.Bullets(["a", "b"])]
    )

    assert storage.to_json(document) == {
        "format": "bilans-document/1",
        "kind": "document",
        "title": "t",
        "subtitle": "",
        "language": "pl",
        "number": "",
        "issued_on": "2026-03-03",
        "marking": "",
        "facts": [],
        "blocks": [{"kind": "bullets", "items": ["a", "b"]}],
    }


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"format": "bilans-document/2", "kind": "document", "title": "t"},
        {"format": "bilans-document/1", "kind": "note", "text": "t"},
        {"format": "bilans-document/1", "kind": "spell", "text": "t"},
        {"format": "bilans-document/1", "kind": "document", "colour": "red"},
    ],
)
def test_anything_else_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        storage.from_json(stored)
