"""What the client is asked to do about statements, for the portal's home."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilans.access import Actor, held
from clients.models import Case
from clients.permissions import CasePermission
from clients.portalpages import PortalTask
from interviews.selectors.statements import presented_in

MINUTES_EACH = 3
"""Reading one statement with its story and answering it, at a slow reader's pace."""


def statement_tasks(*, actor: Actor, case: Case) -> Iterable[PortalTask]:
    """Offer the statements that wait, or say that all have been answered."""
    if CasePermission.STATE_POSITION not in held(actor, case):
        return
    shown = presented_in(case)
    waiting = [view for view in shown if view.position is None]
    if waiting:
        yield PortalTask(
            title=ngettext(
                "Read %(count)d statement and say what you think",
                "Read %(count)d statements and say what you think",
                len(waiting),
            )
            % {"count": len(waiting)},
            detail=_("One at a time. You can stop and come back: every answer is kept."),
            url=reverse(
                "interviews:portal_statement",
                kwargs={"case_id": case.pk, "statement_id": waiting[0].id},
            ),
            minutes=MINUTES_EACH * len(waiting),
            button=_("Read"),
        )
    elif shown:
        yield PortalTask(
            title=_("Your answers to the statements"),
            detail=_("All are answered. You can change them until the report is issued."),
            url=reverse("interviews:portal_statements", kwargs={"case_id": case.pk}),
            done=True,
        )
