"""Many at once: every stream stays gapless and nobody waits for ever."""

import random
import threading
import time

import pytest
from django.db import connection

from bilans.accounts.models import Organisation
from bilans.audit.events import REFUSED
from bilans.audit.models import Entry, Head
from bilans.audit.selectors import broken_places
from bilans.audit.services import record, unit_of_work
from bilans.crypto.keys import key_to_seal

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, ROUNDS = 20, 10


def _leave(person, offices):
    with unit_of_work():
        for office in offices:
            record(REFUSED, actor=person, subject=office, data={"what": "x"})


def _at_once(work, count):
    """Run the work in threads and return what went wrong."""
    failures = []

    def run(number):
        try:
            work(number)
        except Exception as error:  # noqa: BLE001 -- told by the assertion
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failures


def test_twenty_threads_over_shared_streams_leave_no_gap_and_no_deadlock(person):
    offices = [Organisation.objects.create(name=str(n)) for n in range(5)]
    for office in offices:  # their keys stand: the locks tried here are the trail's
        key_to_seal(office.audit_stream.key_scope())
    room = threading.Semaphore(8)  # no more than the pool holds

    def work(number):
        chance = random.Random(number)  # noqa: S311 -- only chooses an order
        with room:
            for _ in range(ROUNDS):
                _leave(person, chance.sample(offices, 3))

    started = time.monotonic()
    failures = _at_once(work, THREADS)

    assert failures == []
    assert Entry.objects.count() == THREADS * ROUNDS * 3
    assert list(broken_places()) == []
    assert time.monotonic() - started < 60
    for head in Head.objects.all():
        numbers = Entry.objects.filter(scope=head.scope).values_list("seq", flat=True)
        assert sorted(numbers) == list(range(1, head.seq + 1))


def test_keys_made_and_entries_left_by_many_at_once_hold(person):
    offices = [Organisation.objects.create(name=str(n)) for n in range(4)]
    ready = threading.Barrier(6)

    def work(number):
        ready.wait(10)
        _leave(person, offices)

    failures = _at_once(work, 6)

    assert failures == []
    assert Entry.objects.count() == 24
    assert list(broken_places()) == []
