"""Rows: saved once, never over somebody else's words, never where they would not open."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError

from bilans.audit.services import unit_of_work
from bilans.crypto.binding import KeyClass
from bilans.crypto.models import KeyRecord, KeyState
from bilans.errors import Conflict, SealBroken
from tests.records.conftest import body_of, put_body
from tests.records.trial import Page, Verdict

pytestmark = pytest.mark.django_db


def _again(row):
    return type(row).objects.get(pk=row.pk)


# -- saved ---------------------------------------------------------------------------


def test_a_row_can_be_saved_again_and_again(leaf):
    for n in range(4):
        leaf.title = f"Strona {n}"
        leaf.save()

    assert (_again(leaf).title, _again(leaf).version) == ("Strona 3", 5)


def test_one_sealed_attribute_is_saved_without_opening_the_others_first(leaf):
    leaf.title = "Nowy"
    leaf.save()

    assert (_again(leaf).title, _again(leaf).words) == ("Nowy", "sierpień 2019")


@pytest.mark.parametrize("fields", [["title"], ["title", "number"], ("title",), {"title"}])
def test_update_fields_may_name_sealed_attributes(leaf, fields):
    leaf.title, leaf.number = "Nowy", 7
    leaf.save(update_fields=fields)

    assert _again(leaf).title == "Nowy"
    assert _again(leaf).number == (7 if "number" in fields else 0)


def test_what_was_typed_is_never_lost_to_update_fields(leaf):
    """The body is one: what stands in any attribute is saved with it."""
    leaf.title, leaf.words = "Nowy", "nowe słowa"
    leaf.save(update_fields=["title"])

    assert _again(leaf).words == "nowe słowa"


def test_a_plain_column_is_saved_with_the_body_as_it_was(leaf):
    before = body_of(leaf)
    leaf.number = 3
    leaf.save()

    assert body_of(leaf) == before


def test_a_plain_column_is_saved_though_the_key_is_destroyed(leaf):
    KeyRecord.objects.update(state=KeyState.DESTROYED, wrapped=None)
    leaf.number = 3
    leaf.save()

    assert _again(leaf).number == 3
    with pytest.raises(SealBroken):
        _again(leaf).title  # noqa: B018 -- the access is the act


def test_a_destroyed_key_seals_no_new_words(leaf):
    before = body_of(leaf)
    KeyRecord.objects.update(state=KeyState.DESTROYED, wrapped=None)
    leaf.title = "Nowy"

    with pytest.raises(SealBroken), unit_of_work():
        leaf.save()

    assert body_of(leaf) == before


def test_a_refused_save_can_be_tried_again_after_reading(leaf):
    other = _again(leaf)
    other.title = "Druga"
    other.save()
    leaf.title = "Pierwsza"
    with pytest.raises(Conflict), unit_of_work():
        leaf.save()
    assert (leaf.title, leaf.version) == ("Pierwsza", 1)

    leaf.version = _again(leaf).version
    leaf.save()

    assert (_again(leaf).title, _again(leaf).version) == ("Pierwsza", 3)


def test_a_row_of_an_undone_unit_is_stale_and_says_so(leaf):
    with unit_of_work():
        with suppress(ZeroDivisionError), unit_of_work():
            leaf.title = "Cofnięta"
            leaf.save()
            raise ZeroDivisionError
        with pytest.raises(Conflict), unit_of_work():
            leaf.save()

    assert _again(leaf).title == "Mundurki"


# -- refreshed and deferred ----------------------------------------------------------


def test_refreshing_forgets_what_was_typed(leaf):
    leaf.title = "Nowy"
    leaf.refresh_from_db()

    assert leaf.title == "Mundurki"


def test_refreshing_a_sealed_attribute_reads_the_body_anew(leaf):
    other = _again(leaf)
    other.title = "Druga"
    other.save()
    leaf.refresh_from_db(fields=["title"])

    assert (leaf.title, leaf.version) == ("Druga", 2)
    leaf.save()


def test_refreshing_a_plain_column_keeps_what_was_typed_and_what_was_read(leaf):
    other = _again(leaf)
    other.number = 9
    other.save()
    leaf.title = "Nowy"
    leaf.refresh_from_db(fields=["number"])

    assert (leaf.title, leaf.number) == ("Nowy", 9)
    with pytest.raises(Conflict), unit_of_work():
        leaf.save()


@pytest.mark.parametrize(
    "narrow",
    [
        lambda pages: pages.only("number"),
        lambda pages: pages.only("title"),
        lambda pages: pages.defer("number"),
        lambda pages: pages.defer("sealed", "version", "book"),
        lambda pages: pages.defer("sealed").defer(None),
        lambda pages: pages.only("id").only("number"),
    ],
)
def test_a_row_read_in_part_opens_in_one_query_and_can_be_saved(
    leaf, narrow, django_assert_max_num_queries
):
    with unit_of_work(), django_assert_max_num_queries(2):
        part = narrow(Page.objects.all()).get()
        assert part.title == "Mundurki"
    part.title = "Nowy"
    part.save()

    assert (_again(leaf).title, _again(leaf).words) == ("Nowy", "sierpień 2019")


def test_a_deferred_column_read_late_keeps_what_was_typed(leaf):
    part = Page.objects.defer("number").get()
    part.title = "Nowy"
    assert part.number == 0
    part.save()

    assert _again(leaf).title == "Nowy"


def test_a_part_of_another_row_opens_too(leaf):
    """``select_related().only("case__number")`` reaches past this model's queryset."""
    part = super(type(Page.objects.all()), Page.objects.all()).only("number").get()
    assert "sealed" not in part.__dict__

    assert part.title == "Mundurki"
    part.title = "Nowy"
    part.save()
    assert _again(leaf).title == "Nowy"


def test_a_part_typed_into_before_anything_was_read_is_saved(leaf):
    part = super(type(Page.objects.all()), Page.objects.all()).only("number").get()
    part.title = "Nowy"
    part.save()

    assert (_again(leaf).title, _again(leaf).words) == ("Nowy", "sierpień 2019")


def test_rows_read_one_by_one_open(book):
    Page.objects.bulk_create(Page(book=book, number=n, title=f"Strona {n}") for n in range(5))

    titles = {page.title for page in Page.objects.filter(book=book).iterator(chunk_size=2)}

    assert titles == {f"Strona {n}" for n in range(5)}


# -- moved ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"), [("book", uuid4()), ("protection", KeyClass.LEGAL), ("id", uuid4())]
)
def test_a_row_does_not_move_to_another_key(leaf, name, value):
    setattr(leaf, name, value)

    with pytest.raises(FieldError):
        leaf.save()


@pytest.mark.parametrize("opened", [True, False])
def test_a_row_is_not_copied_by_clearing_its_key(leaf, opened):
    """Django's way to copy a row would keep the body of the old one."""
    if opened:
        assert leaf.title
    leaf.pk = uuid4()
    leaf._state.adding = True

    with pytest.raises(FieldError):
        leaf.save()
    with pytest.raises(FieldError):
        Page.objects.bulk_create([leaf])


def test_a_row_made_just_now_does_not_move_either(book):
    for page in (
        Page.objects.create(book=book),
        *Page.objects.bulk_create([Page(book=book, number=1)]),
    ):
        page.book = uuid4()
        with pytest.raises(FieldError):
            page.save()


def test_plain_columns_are_updated_and_older_copies_become_stale(leaf):
    assert Page.objects.filter(pk=leaf.pk).update(number=5) == 1

    with pytest.raises(Conflict), unit_of_work():
        leaf.save()
    assert _again(leaf).title == "Mundurki"


# -- decisions -----------------------------------------------------------------------


def test_a_decision_is_saved_twice_and_opens(verdict):
    for outcome in ("negative", "positive", "negative"):
        verdict.outcome = outcome
        verdict.save()

    assert (_again(verdict).outcome, _again(verdict).version) == ("negative", 4)


def test_a_decision_saved_for_a_plain_column_opens(verdict):
    verdict.is_final = True
    verdict.save(update_fields=["is_final"])

    assert (_again(verdict).outcome, _again(verdict).is_final) == ("positive", True)


@pytest.mark.parametrize("with_its_version", [False, True])
def test_an_older_decision_written_back_does_not_open(verdict, with_its_version):
    older = body_of(verdict)
    verdict.outcome = "negative"
    verdict.save()
    newer = body_of(verdict)

    put_body(verdict, older)
    with pytest.raises(SealBroken):
        _again(verdict).outcome  # noqa: B018 -- the access is the act

    # whoever turns the version back too writes an old state that was once true; the trail tells
    put_body(verdict, newer, version=1)
    with pytest.raises(SealBroken):
        _again(verdict).outcome  # noqa: B018 -- the access is the act


def test_an_ordinary_row_opens_in_its_older_state(leaf):
    """Stated openly: only rows that carry a decision bind their version."""
    older = body_of(leaf)
    leaf.title = "Nowy"
    leaf.save()
    put_body(leaf, older)

    assert _again(leaf).title == "Mundurki"


def test_decisions_are_not_updated_in_the_database(verdict):
    with pytest.raises(FieldError):
        Verdict.objects.update(is_final=True)


def test_a_stale_decision_is_refused_and_still_opens(verdict):
    other = _again(verdict)
    other.outcome = "negative"
    other.save()
    verdict.is_final = True

    with pytest.raises(Conflict), unit_of_work():
        verdict.save()

    assert verdict.outcome == "positive"
    assert _again(verdict).outcome == "negative"
