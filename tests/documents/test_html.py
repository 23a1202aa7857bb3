import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString

from bilans.documents import html, tree
from tests.documents.samples import full_document, hostile_document

Tag = tuple[str, dict[str, str | None]]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _tags(page: str) -> list[Tag]:
    reader = _Tags()
    reader.feed(page)
    return reader.tags


def _named(page: str, *names: str) -> Iterator[dict[str, str | None]]:
    return (attributes for tag, attributes in _tags(page) if tag in names)


@pytest.mark.parametrize("document", [full_document("pl"), hostile_document()])
def test_nothing_in_it_runs_or_needs_an_exception_in_the_policy(document: tree.Document) -> None:
    page = html.render(document)

    assert isinstance(page, SafeString)
    for tag, attributes in _tags(page):
        assert tag not in {"script", "style", "link", "img", "iframe", "object", "a", "form"}
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(("base_level", "levels"), [(2, "2345"), (1, "1234"), (5, "566")])
def test_the_page_keeps_its_one_first_heading(base_level: int, levels: str) -> None:
    page = html.render(full_document("pl"), base_level=base_level)

    found = re.findall(r"<h(\d)", page)
    assert found[0] == levels[0]
    assert sorted(set(found)) == sorted(set(levels))


def test_tables_have_captions_and_the_heads_of_their_columns() -> None:
    page = html.render(full_document("pl"))

    assert page.count("<table>") == page.count("<caption>") == 2
    assert {attributes["scope"] for attributes in _named(page, "th")} == {"col"}


def test_what_scrolls_can_be_reached_and_is_named() -> None:
    regions = [at for at in _named(html.render(full_document("pl")), "div") if "role" in at]

    assert [(at["role"], at["tabindex"]) for at in regions] == [("region", "0")] * 3
    assert all(at["aria-label"] for at in regions)


def test_the_picture_says_what_it_shows_and_takes_the_pages_ink() -> None:
    document = full_document("pl")
    figure = next(block for block in document.blocks if isinstance(block, tree.Figure))

    (picture,) = _named(html.render(document), "svg")

    assert (picture["role"], picture["aria-label"]) == ("img", figure.alt)
    assert "color" not in picture
    assert 'color="#' in figure.svg


def test_the_article_names_its_language() -> None:
    (article,) = _named(html.render(full_document("en")), "article")

    assert article["lang"] == "en"
