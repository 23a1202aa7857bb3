import datetime

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from bilans.documents import tree
from bilans.documents.text import clean, lines_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x1f", "abc"),
        ("a\x0bb\x0cc\u2028d\r\ne\rf", "a\nb\nc\nd\ne\nf"),
        ("a\tb", "a b"),
        ("\ud800lone\udfff", "lone"),
        ("\ufffe\uffffnot characters\ufdd0", "not characters"),
        ("pay \u202e1000\u202d", "pay 1000"),
        ("  edges \n", "edges"),
        ("😀 żółć שלום", "😀 żółć שלום"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_only_what_no_rendering_can_carry_is_taken_out(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


def test_blank_lines_are_no_paragraphs() -> None:
    assert lines_of("one\n\n  two \n") == ["one", "two"]


def test_lists_become_tuples_so_that_equal_trees_are_equal() -> None:
    listed = tree.Table("t", ["a", "b"], [["1", "2"]], [1, 2])

    assert listed == tree.Table("t", ("a", "b"), (("1", "2"),), (1, 2))
    assert hash(listed) == hash(tree.Table("t", ("a", "b"), (("1", "2"),), (1, 2)))


def test_a_lazy_label_is_settled_in_the_documents_language() -> None:
    document = tree.Document(title=gettext_lazy("Sunday"), language="pl")  # Django's own word

    assert document.title == "Niedziela"


def test_no_heading_skips_a_level() -> None:
    levels = [3, 3, 1, 3, 9, 2, 0]

    document = tree.Document("t", blocks=[tree.Heading("h", level) for level in levels])

    assert [block.level for block in document.blocks if isinstance(block, tree.Heading)] == (
        [1, 2, 1, 2, 3, 2, 1]
    )


@pytest.mark.parametrize(
    "build",
    [
        lambda: tree.Document("\x00 "),
        lambda: tree.Document("t", language="de"),  # type: ignore[arg-type]
        lambda: tree.Table("t", (), ()),
        lambda: tree.Table("t", ("a", "b"), [("1",)]),
        lambda: tree.Table("t", ("a", "b"), (), (1,)),
        lambda: tree.Table("t", ("a",), (), (0,)),
        lambda: tree.Figure("<svg/>", "alt"),
        lambda: tree.Figure('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', ""),
    ],
)
def test_a_tree_that_no_rendering_could_show_is_refused(build: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        build()  # type: ignore[operator]


def test_number_and_day_come_first_among_the_particulars() -> None:
    document = tree.Document(
        "t", language="en", number="7", issued_on=datetime.date(2026, 3, 1), facts=[("a", "b")]
    )

    assert tree.plain_text(document) == (
        ["t", "Number", "7", "Date of issue", "1 March 2026", "a", "b"]
    )


def test_an_item_that_says_nothing_is_no_item() -> None:
    assert tree.Bullets(["a", "\x00", " "]) == tree.Bullets(["a"])
    assert tree.Numbered(["", "a"]) == tree.Numbered(["a"]) != tree.Bullets(["a"])
    assert tree.Statement("1", "s", sources=["\n", "b"]).sources == ("b",)
