"""``manage.py audit verify``: passes over an honest trail, names every wound."""

import io

import pytest
from django.core.management import CommandError, call_command

from bilans.audit.services import unit_of_work
from tests.audit.conftest import leave

pytestmark = pytest.mark.django_db(transaction=True)


def _verify():
    said = io.StringIO()
    call_command("audit", "verify", stdout=said)
    return said.getvalue()


@pytest.fixture
def trail(person):
    for what in ("one", "two", "three"):
        with unit_of_work():
            leave(person, what)
    return person.audit_stream


def test_an_honest_trail_holds(trail):
    assert _verify() == "The trail holds: 3 entries verified.\n"


def test_an_empty_trail_holds(db):
    assert "0 entries" in _verify()


WOUNDS = {
    "a deleted row": "DELETE FROM audit.entry WHERE seq = 2",
    "a deleted first row": "DELETE FROM audit.entry WHERE seq = 1",
    "an edited actor column": "UPDATE audit.entry SET actor = gen_random_uuid() WHERE seq = 2",
    "an edited time column": "UPDATE audit.entry SET at = at - interval '1 day' WHERE seq = 2",
    "an edited action column": "UPDATE audit.entry SET action = 'other' WHERE seq = 2",
    "a body that is no JSON": "UPDATE audit.entry SET body = 'x' WHERE seq = 2",
    "a payload taken away": "UPDATE audit.entry SET payload = NULL WHERE seq = 2",
    "two payloads swapped": """
        UPDATE audit.entry e SET payload = (
            SELECT payload FROM audit.entry o WHERE o.seq = CASE e.seq WHEN 1 THEN 2 ELSE 1 END
        ) WHERE seq IN (1, 2)""",
    "an inserted row": """
        INSERT INTO audit.entry (kind, scope, seq, previous, hash, body, payload, at, actor, action)
        SELECT kind, scope, 4, hash, sha256(hash), body, payload, at, actor, action
        FROM audit.entry WHERE seq = 3""",
    "an entry moved to another stream": """
        UPDATE audit.entry SET kind = 'case' WHERE seq = 3""",
    "an end rebuilt on another beginning": """
        UPDATE audit.entry SET previous = decode(repeat('11', 32), 'hex') WHERE seq = 3;
        UPDATE audit.entry SET hash = sha256(
            convert_to('bilans-audit/1', 'UTF8') || '\\x00'::bytea || convert_to(kind, 'UTF8')
            || '\\x00'::bytea || uuid_send(scope) || int8send(seq)
            || sha256(convert_to(body, 'UTF8')) || sha256(coalesce(payload, ''::bytea)) || previous
        ) WHERE seq = 3;
        UPDATE audit.stream SET head = (SELECT hash FROM audit.entry WHERE seq = 3)""",
    "a head turned back": "UPDATE audit.stream SET seq = 2",
    "a head with another hash": "UPDATE audit.stream SET head = decode(repeat('11', 32), 'hex')",
    "a head without its entries": "DELETE FROM audit.entry",
    "entries without their head": "DELETE FROM audit.stream",
}


@pytest.mark.parametrize("wound", WOUNDS.values(), ids=WOUNDS)
def test_every_wound_is_named_and_the_command_fails(trail, as_superuser, wound):
    as_superuser("SET session_replication_role = replica", wound)

    with pytest.raises(CommandError, match="does not hold in"):
        _verify()


def test_a_stream_rebuilt_by_the_owner_of_the_tables_is_only_shown_by_checkpoints(
    trail, as_superuser
):
    """Stated openly: without signed checkpoints a whole rebuilt stream looks honest."""
    as_superuser(
        "SET session_replication_role = replica",
        "DELETE FROM audit.entry",
        "DELETE FROM audit.stream",
    )

    assert "0 entries" in _verify()
