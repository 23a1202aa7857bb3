"""A fact and its trace stand or fall together, however units of work are nested."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from bilans.accounts.models import Organisation
from bilans.audit.events import REFUSED
from bilans.audit.models import Entry
from bilans.audit.selectors import broken_places, history
from bilans.audit.services import record, unit_of_work
from tests.audit.conftest import leave

pytestmark = pytest.mark.django_db


def _told(person):
    return [line.data["what"] for line in reversed(history(person.audit_stream))]


def test_entries_of_inner_units_stand_in_the_order_they_were_made(person):
    with unit_of_work():
        leave(person, "one")
        with unit_of_work():
            leave(person, "two")
            with unit_of_work():
                leave(person, "three")
        leave(person, "four")

    assert _told(person) == ["one", "two", "three", "four"]


def test_an_undone_unit_takes_its_inner_ones_along(person):
    with unit_of_work():
        leave(person, "kept")
        with suppress(ZeroDivisionError), unit_of_work():
            with unit_of_work():
                leave(person, "inner")
            raise ZeroDivisionError
        leave(person, "after")

    assert _told(person) == ["kept", "after"]


def test_a_plain_savepoint_takes_its_entries_along(person):
    """No ghost: an entry must not tell of what a plain ``atomic`` undid."""
    with unit_of_work():
        leave(person, "before")
        with suppress(ZeroDivisionError), transaction.atomic():
            Organisation.objects.create(name="Undone")
            leave(person, "ghost")
            raise ZeroDivisionError
        leave(person, "after")

    assert _told(person) == ["before", "after"]
    assert not Organisation.objects.exists()


def test_a_unit_inside_an_undone_plain_savepoint_leaves_nothing(person):
    with unit_of_work(), suppress(ZeroDivisionError), transaction.atomic():
        with unit_of_work():
            leave(person, "ghost")
        raise ZeroDivisionError

    assert _told(person) == []


def test_a_released_plain_savepoint_keeps_its_entries(person):
    with unit_of_work(), transaction.atomic(), transaction.atomic():
        leave(person, "kept")

    assert _told(person) == ["kept"]


def test_a_swallowed_database_error_is_not_answered_as_a_success(person):
    """The database would answer the commit with a rollback and say nothing."""

    def work():
        with unit_of_work():
            Organisation.objects.create(name="Kept?")
            with suppress(IntegrityError):
                Organisation.objects.create(pk=person.pk, name=None)

    with pytest.raises(TransactionManagementError):
        work()
    assert not Organisation.objects.exists()


def test_a_unit_left_by_return_or_by_an_exit_ends(person):
    def leaving():
        with unit_of_work():
            leave(person, "kept")
            return "left"

    assert leaving() == "left"
    with suppress(SystemExit), unit_of_work():
        leave(person, "undone")
        raise SystemExit
    with pytest.raises(RuntimeError):
        leave(person, "outside")

    assert _told(person) == ["kept"]


def test_many_streams_in_one_unit_hold(person):
    offices = [Organisation.objects.create(name=str(n)) for n in range(5)]
    with unit_of_work():
        for office in reversed(offices):
            leave(person, office.name)
            _leave_on(office, person)

    assert Entry.objects.count() == 10
    assert list(broken_places()) == []


def test_an_entry_without_data_has_no_payload_and_one_with_data_hides_it(person):
    with unit_of_work():
        _leave_on(person, person)
        leave(person, "tajne")

    bare, telling = Entry.objects.order_by("seq")
    assert (bare.payload, "tajne" in telling.body) == (None, False)


def _leave_on(subject, person):
    record(REFUSED, actor=person, subject=subject)
