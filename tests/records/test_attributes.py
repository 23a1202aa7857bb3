"""Sealed attributes behave like fields wherever Django expects fields."""

import pickle
from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext_lazy

from bilans.accounts.models import User
from bilans.audit.services import unit_of_work
from bilans.crypto import body
from bilans.errors import SealBroken
from tests.records.conftest import body_of, put_body
from tests.records.trial import Page, PageForm

pytestmark = pytest.mark.django_db

WHOLE = {
    "title": "Mundurki",
    "words": "Rozpisałam operacje na nowo.\nDwa wiersze.",
    "lines": [{"text": "ą", "due": ""}, ["x", 1, None]],
    "day": date(2019, 8, 28),
    "amount": Decimal("1184.50"),
    "called": "",
}


def _values(row):
    return {name: getattr(row, name) for name in WHOLE}


def test_a_constructor_takes_and_gives_every_kind(book):
    assert _values(Page(book=book, **WHOLE)) == WHOLE


def test_every_kind_comes_back_from_the_database(book):
    made = Page.objects.create(book=book, **WHOLE)

    assert _values(made) == WHOLE
    assert _values(Page.objects.get(pk=made.pk)) == WHOLE


def test_what_is_not_given_is_empty(book):
    made = Page.objects.create(book=book)

    assert _values(Page.objects.get(pk=made.pk)) == {
        "title": "", "words": "", "lines": [], "day": None, "amount": None, "called": "",
    }  # fmt: skip


@pytest.mark.parametrize("words", ["", None, " ", "\x00", "0", "ł" * 5000])
def test_an_empty_text_is_not_an_absent_one(book, words):
    made = Page.objects.create(book=book, words=words)

    assert Page.objects.get(pk=made.pk).words == words


def test_two_rows_do_not_share_a_default(book):
    one, other = Page(book=book), Page(book=book)
    one.lines.append("x")

    assert other.lines == []


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("day", datetime(2026, 10, 5, 12, tzinfo=UTC), date(2026, 10, 5)),
        ("day", "2026-10-05", date(2026, 10, 5)),
        ("day", "", None),
        ("amount", 3, Decimal(3)),
        ("amount", "0.10", Decimal("0.10")),
        ("amount", 0.1, Decimal("0.1")),
        ("title", gettext_lazy("case"), None),
        ("lines", ("a", "b"), ["a", "b"]),
        ("lines", {"when": date(2026, 10, 5)}, {"when": "2026-10-05"}),
    ],
)
def test_what_code_may_hand_over_is_stored_so_that_it_opens_again(book, name, given, kept):
    made = Page.objects.create(book=book, **{name: given})

    assert getattr(Page.objects.get(pk=made.pk), name) == (
        str(given) if kept is None and given else kept
    )


@pytest.mark.parametrize(
    ("name", "given"),
    [("day", "5.10.2026"), ("day", "2026-02-30"), ("amount", "many"), ("amount", "NaN"),
     ("title", "x" * 21), ("title", ""), ("title", None)],
)  # fmt: skip
def test_what_does_not_fit_is_told_at_its_field(book, name, given):
    leaf = Page(book=book, **{"title": "Mundurki", name: given})

    with pytest.raises(ValidationError) as refusal:
        leaf.full_clean()

    assert list(refusal.value.message_dict) == [name]


def test_a_form_shows_and_takes_sealed_attributes(book):
    leaf = Page.objects.create(book=book, **WHOLE)
    form = PageForm(instance=Page.objects.get(pk=leaf.pk))
    shown = {name: form[name].value() for name in ("title", "day", "amount")}
    assert shown == {"title": "Mundurki", "day": date(2019, 8, 28), "amount": Decimal("1184.50")}

    typed = {"title": "Nowy", "words": "", "lines": "[]", "day": "2020-01-02", "amount": "1.5"}
    sent = PageForm(typed | {"base_version": "1"}, instance=leaf)

    assert sent.is_valid(), sent.errors
    assert sent.typed() == {
        "title": "Nowy", "words": "", "lines": [], "day": date(2020, 1, 2),
        "amount": Decimal("1.5"),
    }  # fmt: skip
    assert sent.typed_version == 1


def test_a_form_says_what_is_wrong_where(book):
    sent = PageForm(
        {"title": "", "day": "wczoraj", "amount": "dużo", "lines": "{", "base_version": "1"},
        instance=Page(book=book),
    )

    assert set(sent.errors) == {"title", "day", "amount", "lines"}


def test_rows_made_in_bulk_open_and_can_be_saved(book):
    made = Page.objects.bulk_create(
        Page(book=book, number=n, title=f"Strona {n}", words="ą" * n) for n in range(5)
    )
    made[2].title = "Zmieniona"
    made[2].save()

    titles = [leaf.title for leaf in Page.objects.filter(book=book).order_by("number")]
    assert titles == ["Strona 0", "Strona 1", "Zmieniona", "Strona 3", "Strona 4"]


def test_get_or_create_keeps_what_stands(book):
    first, made = Page.objects.get_or_create(book=book, number=1, defaults={"title": "Pierwsza"})
    second, again = Page.objects.get_or_create(book=book, number=1, defaults={"title": "Druga"})

    assert (made, again, second.title, second.pk) == (True, False, "Pierwsza", first.pk)


def test_update_or_create_reseals(book):
    Page.objects.create(book=book, number=1, title="Pierwsza", words="zostaje")
    leaf, made = Page.objects.update_or_create(book=book, number=1, defaults={"title": "Druga"})

    again = Page.objects.get(pk=leaf.pk)
    assert (made, again.title, again.words, again.version) == (False, "Druga", "zostaje", 2)


def test_a_list_changed_in_place_is_saved(leaf):
    leaf.lines.append({"text": "nowy"})
    leaf.save()

    again = Page.objects.get(pk=leaf.pk)
    again.lines[0]["text"] = "poprawiony"
    again.save()

    assert Page.objects.get(pk=leaf.pk).lines == [{"text": "poprawiony"}]


def test_a_list_changed_after_saving_is_saved_again(leaf):
    leaf.lines = [1]
    leaf.save()
    leaf.lines.append(2)
    leaf.save()

    assert Page.objects.get(pk=leaf.pk).lines == [1, 2]


def test_a_renamed_attribute_opens_bodies_of_its_old_name(leaf):
    old = body.seal(
        {"title": "Stara", "named": "Dawna nazwa"}, scope=leaf.key_scope(), data=leaf._bound_to()
    )
    put_body(leaf, old)

    again = Page.objects.get(pk=leaf.pk)
    assert (again.title, again.called, again.words) == ("Stara", "Dawna nazwa", "")

    again.title = "Nowa"
    again.save()
    assert Page.objects.get(pk=leaf.pk).called == "Dawna nazwa"


@pytest.mark.parametrize(
    "look",
    [
        lambda pages: pages.filter(title="x"),
        lambda pages: pages.filter(title__isnull=True),
        lambda pages: pages.filter(Q(number=1) | Q(words__contains="x")),
        lambda pages: pages.exclude(lines__0="x"),
        lambda pages: list(pages.order_by("-day")),
        lambda pages: list(pages.values("amount")),
        lambda pages: list(pages.values_list("title", flat=True)),
        lambda pages: pages.aggregate(Max("amount")),
        lambda pages: list(pages.annotate(copy=F("title"))),
        lambda pages: list(pages.values("number").annotate(Count("title"))),
        lambda pages: list(pages.distinct("title")),
        lambda pages: pages.filter(number=F("title")).exists(),
        lambda pages: pages.update(title="x"),
        lambda pages: pages.update(number=F("amount")),
        lambda pages: pages.bulk_update(list(pages), ["title"]),
        lambda pages: pages.bulk_create(
            list(pages), update_conflicts=True, update_fields=["sealed"], unique_fields=["id"]
        ),
    ],
)
def test_the_database_is_never_asked_about_a_sealed_attribute(leaf, look):
    with pytest.raises(FieldError):
        look(Page.objects.all())


@pytest.mark.parametrize("column", ["id", "pk", "version", "sealed", "book", "protection"])
def test_what_a_body_is_bound_to_is_not_updated_in_the_database(leaf, column):
    with pytest.raises(FieldError):
        Page.objects.update(**{column: getattr(leaf, column)})


def test_an_emptied_body_is_broken_and_not_blank(leaf):
    put_body(leaf, b"")

    with pytest.raises(SealBroken):
        Page.objects.get(pk=leaf.pk).title  # noqa: B018 -- the access is the act


def test_neither_pickle_nor_copy_nor_repr_shows_what_was_opened(leaf):
    assert leaf.title == "Mundurki"

    shown = [repr(leaf), str(leaf), repr(Page.objects.all()), f"{leaf.key_scope()}"]

    assert "Mundurki" not in "".join(shown)
    assert b"Mundurki" not in pickle.dumps(leaf)
    assert b"Mundurki" not in pickle.dumps([leaf], protocol=0)
    assert b"Mundurki" not in pickle.dumps(Page.objects.filter(pk=leaf.pk))


def test_a_row_that_was_pickled_or_copied_opens_again():
    with unit_of_work():
        made = User.objects.create(full_name="Beata Wójcik", email="beata@example.org")
    assert made.full_name

    assert pickle.loads(pickle.dumps(made)).full_name == "Beata Wójcik"  # noqa: S301 -- made here
    assert copy(made).full_name == "Beata Wójcik"


def test_an_error_names_no_value(leaf):
    put_body(leaf, body_of(leaf)[:-1])

    with pytest.raises(SealBroken) as refusal:
        Page.objects.get(pk=leaf.pk).title  # noqa: B018 -- the access is the act

    assert "Mundurki" not in str(refusal.value) + repr(refusal.value)
