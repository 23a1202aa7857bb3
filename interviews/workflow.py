"""When interviews are recorded and statements worked on, and when a position is still open."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bilans.errors import TransitionRefused
from clients.states import CaseState
from interviews.states import StatementState

if TYPE_CHECKING:
    from clients.models import Case
    from interviews.models import Statement

WORKING = frozenset(
    {
        CaseState.CONTRACT_IN_FORCE,
        CaseState.RECOGNITION,
        CaseState.SYNTHESIS,
        CaseState.AGREEING,
        CaseState.PLANNING,
    }
)
"""Stages in which the person's stories are recorded and put into words."""


def work_goes_on(case: "Case") -> None:
    """Keep a case that is on hold or ended as it is.

    Raises:
        TransitionRefused: code ``case_not_running``.
    """
    if case.state not in WORKING:
        raise TransitionRefused(
            _(
                "The case is at “%(stage)s”, so nothing can be recorded in it now."
                " Take it up again on the page of the case."
            )
            % {"stage": case.get_state_display()},
            code="case_not_running",
        )


def can_be_answered(statement: "Statement", *, in_report: bool) -> None:
    """Take a position only on a wording that the client was shown, until it is reported.

    Raises:
        TransitionRefused: code ``not_presented`` or ``report_issued``.
    """
    if statement.state != StatementState.PRESENTED:
        raise TransitionRefused(
            _(
                "This statement is being worded and is not open for an answer now."
                " It can be answered when it has been shown to the client."
            ),
            code="not_presented",
        )
    if in_report:
        raise TransitionRefused(
            _(
                "The final report with this statement has been issued, so the position in it"
                " stays. If it should change, talk to your advisor: the statement can be"
                " worded anew and the report issued again."
            ),
            code="report_issued",
        )


def not_withdrawn(statement: "Statement") -> None:
    """Leave a withdrawn statement alone until it is taken up again.

    Raises:
        TransitionRefused: code ``withdrawn``.
    """
    if statement.state == StatementState.WITHDRAWN:
        raise TransitionRefused(
            _("This statement was withdrawn. Take it up again first."), code="withdrawn"
        )
