"""A report is issued from the whole truth: what is said at the same moment waits for it."""

from threading import Event, Thread

import pytest
from django.db import connections
from django.utils import timezone

from bilans.audit.services import unit_of_work
from bilans.errors import TransitionRefused
from clients.states import CaseState
from interviews.models import Position
from reports.document import ReportSections
from reports.services import issue_report, write_report
from tests.interviews.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)

PAUSE = 0.3
"""Seconds in which an answer that does not wait would be through."""


def test_an_answer_given_while_the_report_is_issued_comes_too_late():
    world = make_world(state=CaseState.AGREEING)
    statement = world.presented()
    world.says(statement)
    report = write_report(
        actor=world.advisor, case_id=world.case.pk, base_version=None,
        sections=ReportSections(summary="Najmocniej: organizowanie pracy."),
    )  # fmt: skip
    issued, answers = Event(), []

    def answer():
        issued.wait(timeout=30)
        try:
            world.says(statement)
            answers.append("said")
        except TransitionRefused as refusal:
            answers.append(refusal.code)
        finally:
            connections["default"].close()

    client = Thread(target=answer)
    client.start()
    with unit_of_work():
        issue_report(
            actor=world.advisor, case_id=world.case.pk, base_version=report.version,
            language="pl", at=timezone.now(),
        )  # fmt: skip
        issued.set()
        client.join(timeout=PAUSE)
    client.join(timeout=30)

    assert answers == ["report_issued"]
    assert Position.objects.count() == 1
