"""The trail: what a unit of work keeps, what it drops, and what nobody may do."""

from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction

from bilans.accounts.models import Organisation, User
from bilans.audit.events import REFUSED
from bilans.audit.models import Entry
from bilans.audit.selectors import broken_places, history
from bilans.audit.services import record, unit_of_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    with unit_of_work():
        return User.objects.create(full_name="Beata Wójcik", email="beata@example.org")


def _refuse(person, what):
    record(REFUSED, actor=person, subject=person, data={"what": what})


def test_entries_of_a_unit_are_chained_and_told_newest_first(person):
    for what in ("first", "second"):
        with unit_of_work():
            _refuse(person, what)

    lines = history(person.audit_stream)

    assert [line.data["what"] for line in lines] == ["second", "first"]
    assert [line.actor_id for line in lines] == [person.pk, person.pk]
    assert list(broken_places()) == []


def test_an_undone_inner_unit_leaves_no_entry_and_no_row(person):
    with unit_of_work():
        _refuse(person, "kept")
        with suppress(ZeroDivisionError), unit_of_work():
            Organisation.objects.create(name="Undone")
            _refuse(person, "undone")
            raise ZeroDivisionError

    assert [line.data["what"] for line in history(person.audit_stream)] == ["kept"]
    assert not Organisation.objects.exists()


def test_an_undone_outer_unit_leaves_nothing(person):
    with suppress(ZeroDivisionError), unit_of_work():
        _refuse(person, "undone")
        raise ZeroDivisionError

    assert history(person.audit_stream) == []


def test_nothing_is_recorded_outside_a_unit_of_work(person):
    with pytest.raises(RuntimeError):
        _refuse(person, "alone")


def test_an_undeclared_key_is_refused(person):
    with unit_of_work(), pytest.raises(ValueError, match="does not declare"):
        record(REFUSED, actor=person, subject=person, data={"surname": "Wójcik"})


def test_what_an_entry_carries_is_sealed(person):
    with unit_of_work():
        _refuse(person, "tajne słowo")

    entry = Entry.objects.get()

    assert "tajne" not in entry.body
    assert "tajne słowo".encode() not in bytes(entry.payload)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.entry SET body = '{}'",
        "DELETE FROM audit.entry",
        "TRUNCATE audit.entry",
        "INSERT INTO audit.stream (kind, scope) VALUES ('case', gen_random_uuid())",
        "UPDATE audit.stream SET seq = 0",
        "DELETE FROM audit.stream",
        "ALTER TABLE audit.entry DISABLE TRIGGER ALL",
        "DROP FUNCTION audit.append(text, uuid, text, bytea)",
        "SET ROLE bilans_audit",
        "SET session_replication_role = replica",
        "CREATE TABLE audit.other (id int)",
    ],
)
def test_the_application_can_only_append(person, statement):
    with unit_of_work():
        _refuse(person, "kept")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.count() == 1


MUTATIONS = {
    "an edited body": "UPDATE audit.entry SET body = replace(body, 'audit', 'other') WHERE seq = 2",
    "an edited payload": "UPDATE audit.entry SET payload = payload || '\\x00' WHERE seq = 2",
    "a deleted row": "DELETE FROM audit.entry WHERE seq = 2",
    "a deleted last row": "DELETE FROM audit.entry WHERE seq = 3",
    "a moved head": "UPDATE audit.stream SET seq = 2",
    "a dropped stream": "DELETE FROM audit.entry",
}


@pytest.mark.parametrize("statement", MUTATIONS.values(), ids=MUTATIONS)
@pytest.mark.django_db(transaction=True)
def test_verification_notices(person, statement, as_superuser):
    for what in ("one", "two", "three"):
        with unit_of_work():
            _refuse(person, what)
    assert list(broken_places()) == []

    as_superuser("SET session_replication_role = replica", statement)

    assert list(broken_places()) != []
