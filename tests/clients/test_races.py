"""Two people click at once: one succeeds, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from bilans.audit.selectors import history
from bilans.errors import TransitionRefused
from clients.models import Case, NumberSeries
from clients.permissions import CaseRole
from clients.services import assign, assignments, end_assignment, move_case
from clients.services.numbers import next_number
from clients.states import CaseState
from tests.factories import make_case, make_office, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, act):
    barrier = Barrier(count)

    def run(number):
        try:
            barrier.wait(timeout=10)
            return act(number)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_two_clicks_one_moves_the_case(monkeypatch):
    advisor = make_person()
    case = make_case(advisor=advisor)
    read = Barrier(2)

    def slow_guard(case):
        read.wait(timeout=10)  # both have read the stage before either writes

    from clients.workflow import CASE_WORKFLOW

    monkeypatch.setitem(CASE_WORKFLOW._guards, "screen", [slow_guard])

    def click(_number):
        try:
            return move_case(actor=advisor, case_id=case.pk, step="screen").state
        except TransitionRefused as refusal:
            return refusal.code

    assert sorted(at_once(2, click)) == sorted([CaseState.SCREENING, "wrong_state"])
    case.refresh_from_db()
    assert case.state == CaseState.SCREENING
    moves = [line for line in history(case.audit_stream) if line.code == "clients.case.moved"]
    assert len(moves) == 1


def test_numbers_given_out_at_once_differ():
    office = make_office()
    numbers = at_once(4, lambda _: next_number(office.pk, "case-2026", "BK/{year}/{last:04}", 2026))
    assert sorted(numbers) == ["BK/2026/0001", "BK/2026/0002", "BK/2026/0003", "BK/2026/0004"]
    assert NumberSeries.objects.get(organisation=office).last == 4
    assert not Case.objects.exists()


def test_of_two_advisors_ended_at_once_one_stays(monkeypatch):
    advisor = make_person()
    case = make_case(advisor=advisor)
    colleague = make_person(office=case.organisation)
    assign(actor=advisor, case_id=case.pk, user=colleague, role=CaseRole.ADVISOR, reason="Urlop")
    parts = list(case.assignments.filter(role=CaseRole.ADVISOR))
    allowed = Barrier(2)

    def slow_require(*_asked):
        allowed.wait(timeout=10)  # both may, before either does

    monkeypatch.setattr(assignments, "require", slow_require)

    def end(number):
        try:
            return end_assignment(
                actor=advisor, case_id=case.pk, assignment_id=parts[number].pk
            ).ends_at
        except TransitionRefused as refusal:
            return refusal.code

    assert "last_advisor" in at_once(2, end)
    assert case.assignments.filter(role=CaseRole.ADVISOR, ends_at=None).count() == 1
