"""Conditions and small steps that the services of this app share."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from bilans.access import Actor, require
from bilans.errors import Conflict, InvalidInput
from clients.models import Case, CaseRecord
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page
from clients.selectors.contracts import contract_in_force, require_contract
from interviews.workflow import WORKING, work_goes_on


class Drafted(StrEnum):
    """Names of the forms that save themselves while somebody types."""

    NOTE = "interviews.note"
    STAR = "interviews.star"
    NEW_STATEMENT = "interviews.new_statement"
    STATEMENT = "interviews.statement"
    POSITION = "interviews.position"
    DESK_POSITION = "interviews.desk_position"


def page_to_record(*, actor: Actor, case_id: UUID) -> CasePage:
    """Find a case in which the actor may record now.

    Raises:
        Case.DoesNotExist: none, or none the actor may see.
        NotPermitted: the actor sees the case but does not lead its interviews.
        TransitionRefused: ``contract_missing`` or ``case_not_running``.
    """
    page = case_page(actor=actor, case_id=case_id)
    require_recording(actor, page.case)
    return page


def require_recording(actor: Actor, case: Case) -> None:
    """Refuse whoever may not record in the case, and every case that is not ready for it."""
    require(actor, CasePermission.RECORD_INTERVIEW, case)
    require_contract(case)
    work_goes_on(case)


def to_look(*, to_write: bool) -> str:
    """Permission for a page: to read it, or to be shown it again after trying to write."""
    return CasePermission.RECORD_INTERVIEW if to_write else CasePermission.VIEW_STATEMENTS


def may_record_in(page: CasePage) -> bool:
    """Whether the reader of a page could record in its case now; for showing forms."""
    return (
        CasePermission.RECORD_INTERVIEW in page.held
        and page.case.state in WORKING
        and contract_in_force(page.case.pk) is not None
    )


def require_version(row: CaseRecord, base_version: int) -> None:
    """Refuse to write over what the person has not seen.

    Raises:
        Conflict: code ``stale``.
    """
    if row.version != base_version:
        raise Conflict(
            _(
                "Somebody else, or you in another window, has saved this in the meantime."
                " Nothing was overwritten: compare the two texts and save again."
            ),
            code="stale",
        )


def require_past(day: date, *, today: date, case: Case) -> None:
    """Accept a day on which a conversation of this case can have been held.

    Raises:
        InvalidInput: code ``future`` or ``before_case``.
    """
    if day > today:
        raise InvalidInput(
            _("This day is still to come. Enter the day of the conversation."),
            code="future",
            field="held_on",
        )
    if day < case.opened_on:
        raise InvalidInput(
            _("The case was not open yet on this day. Check the date."),
            code="before_case",
            field="held_on",
        )


def hold_case(case: Case) -> None:
    """Keep the case for oneself until the end: no report is issued from half a change."""
    list(Case.objects.select_for_update().filter(pk=case.pk).values_list("pk"))


def next_number(model: type[CaseRecord], case: Case) -> int:
    """Give the next ordinal in the case; two people at once wait for each other."""
    hold_case(case)
    last = model._default_manager.filter(case=case).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
