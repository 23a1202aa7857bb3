"""Interviews: started under a contract, one running note, finished before they are sorted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.registry import EventType
from bilans.audit.services import record, unit_of_work
from bilans.errors import TransitionRefused
from clients.models import Draft
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page
from clients.selectors.contracts import contract_in_force
from clients.services import discard_draft, find_draft
from interviews import events
from interviews.models import Interview
from interviews.selectors.interviews import (
    InterviewView,
    StarView,
    find_interview,
    interviews_of,
    set_aside_in,
)
from interviews.services.rules import (
    Drafted,
    may_record_in,
    next_number,
    page_to_record,
    require_past,
    require_recording,
    require_version,
    to_look,
)
from interviews.states import InterviewState


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewsPage:
    """The tab with the interviews of a case."""

    page: CasePage
    interviews: list[InterviewView]
    set_aside: list[StarView]
    has_contract: bool
    may_record: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPage:
    """One interview: its note, what was typed and not saved yet, and its stories."""

    page: CasePage
    interview: Interview
    shown: InterviewView
    draft: Draft | None
    may_record: bool


def start_interview(*, actor: User, case_id: UUID, held_on: date) -> Interview:
    """Open the page of a conversation.

    Raises:
        Case.DoesNotExist: no such case, or none the actor may see.
        NotPermitted: the actor does not record interviews in the case.
        TransitionRefused: ``contract_missing``, ``case_not_running``.
        InvalidInput: ``future``, ``before_case``.
    """
    with unit_of_work():
        case = page_to_record(actor=actor, case_id=case_id).case
        require_past(held_on, today=timezone.localdate(), case=case)
        interview = Interview(
            case=case, number=next_number(Interview, case), held_on=held_on, led_by=actor
        )
        interview.save()
        _trace(events.INTERVIEW_STARTED, actor, interview)
        return interview


def save_note(*, actor: User, interview_id: UUID, note: str, base_version: int) -> Interview:
    """Keep the running note as it stands.

    Raises:
        Conflict: ``stale``; somebody saved another text since.
        TransitionRefused: ``interview_finished``, ``contract_missing``, ``case_not_running``.
    """
    with unit_of_work():
        interview = _open_interview(actor, interview_id)
        require_version(interview, base_version)
        _write_note(actor, interview, note)
        return interview


def finish_interview(*, actor: User, interview_id: UUID, note: str, base_version: int) -> Interview:
    """Save the note and end the conversation: sorting it into stories comes now.

    Raises:
        Conflict: ``stale``.
        TransitionRefused: ``interview_finished``, ``contract_missing``, ``case_not_running``.
    """
    with unit_of_work():
        interview = _open_interview(actor, interview_id)
        require_version(interview, base_version)
        interview.state = InterviewState.FINISHED
        _write_note(actor, interview, note)
        _trace(events.INTERVIEW_FINISHED, actor, interview)
        return interview


def reopen_interview(*, actor: User, interview_id: UUID) -> Interview:
    """Go back to the conversation; a finished one is left as it was found."""
    with unit_of_work():
        interview = find_interview(actor=actor, interview_id=interview_id)
        require_recording(actor, interview.case)
        if interview.state == InterviewState.FINISHED:
            interview.state = InterviewState.OPEN
            interview.save()
            _trace(events.INTERVIEW_REOPENED, actor, interview)
        return interview


def read_interviews(*, actor: User, case_id: UUID, to_write: bool = False) -> InterviewsPage:
    """Show the interviews of a case and the stories told in them."""
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, to_look(to_write=to_write), page.case)
        interviews = interviews_of(page.case)
        record(events.INTERVIEWS_READ, actor=actor, subject=page.case, count=len(interviews))
        return InterviewsPage(
            page=page,
            interviews=interviews,
            set_aside=set_aside_in(page.case),
            has_contract=contract_in_force(page.case.pk) is not None,
            may_record=may_record_in(page),
        )


def read_interview(*, actor: User, interview_id: UUID) -> InterviewPage:
    """Show the note of one interview to whoever may read working notes."""
    with unit_of_work():
        interview = find_interview(actor=actor, interview_id=interview_id)
        require(actor, CasePermission.VIEW_NOTES, interview.case)
        page = case_page(actor=actor, case_id=interview.case_id)
        may_record = may_record_in(page)
        draft = None
        if may_record and interview.state == InterviewState.OPEN:
            draft = find_draft(
                actor=actor, case_id=page.case.pk, form=Drafted.NOTE, target_id=interview.pk
            )
        _trace(events.INTERVIEW_READ, actor, interview)
        shown = next(each for each in interviews_of(page.case) if each.id == interview.pk)
        return InterviewPage(
            page=page, interview=interview, shown=shown, draft=draft, may_record=may_record
        )


def _open_interview(actor: User, interview_id: UUID) -> Interview:
    interview = find_interview(actor=actor, interview_id=interview_id)
    require_recording(actor, interview.case)
    if interview.state != InterviewState.OPEN:
        raise TransitionRefused(
            _("This conversation was finished in the meantime. Go back to it to change the note."),
            code="interview_finished",
        )
    return interview


def _write_note(actor: User, interview: Interview, note: str) -> None:
    changed = interview.note != note
    interview.note = note
    interview.save()
    discard_draft(actor=actor, case_id=interview.case_id, form=Drafted.NOTE, target_id=interview.pk)
    if changed:
        record(
            events.NOTE_SAVED,
            actor=actor,
            subject=interview,
            data={"number": interview.number},
            changed=("note",),
        )


def _trace(event: EventType, actor: User, interview: Interview) -> None:
    record(event, actor=actor, subject=interview, data={"number": interview.number})
