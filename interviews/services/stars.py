"""STAR records: written from the note after the talk, saved as they are, never thrown away."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.registry import EventType
from bilans.audit.services import record, unit_of_work
from bilans.errors import InvalidInput, TransitionRefused
from clients.models import Draft
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page
from clients.services import discard_draft, find_draft
from interviews import events
from interviews.models import StarRecord
from interviews.selectors.interviews import (
    StarView,
    citing,
    find_interview,
    find_star,
    part_labels,
    view_star,
)
from interviews.services.rules import (
    Drafted,
    may_record_in,
    next_number,
    require_recording,
    require_version,
    to_look,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarContent:
    """What is typed into a STAR record; every part but the title may wait."""

    title: str
    competence: str = ""
    happened: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    learning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StarPage:
    """One story, the note it was made from, and the statements that rest on it."""

    page: CasePage
    star: StarRecord
    shown: StarView
    note: str
    cited_by: list[int]
    draft: Draft | None
    may_record: bool


def add_star(*, actor: User, interview_id: UUID, content: StarContent) -> StarRecord:
    """Add a story to an interview.

    Raises:
        Interview.DoesNotExist: no such interview, or none the actor may see.
        NotPermitted: the actor does not record interviews in the case.
        TransitionRefused: ``contract_missing``, ``case_not_running``.
        InvalidInput: ``title_missing``.
    """
    with unit_of_work():
        interview = find_interview(actor=actor, interview_id=interview_id)
        require_recording(actor, interview.case)
        _require_title(content)
        star = StarRecord(
            case=interview.case,
            interview=interview,
            number=next_number(StarRecord, interview.case),
            **asdict(content),
        )
        star.save()
        _trace(events.STAR_ADDED, actor, star)
        return star


def save_star(*, actor: User, star_id: UUID, content: StarContent, base_version: int) -> StarRecord:
    """Save a story as it stands, with as many empty parts as there are.

    A record marked complete that loses a part is not complete any more.

    Raises:
        Conflict: ``stale``; nothing was overwritten.
        TransitionRefused: ``set_aside``, ``contract_missing``, ``case_not_running``.
        InvalidInput: ``title_missing``.
    """
    with unit_of_work():
        star = _live_star(actor, star_id)
        require_version(star, base_version)
        _require_title(content)
        _write(actor, star, content)
        return star


def complete_star(*, actor: User, star_id: UUID) -> StarRecord:
    """Mark a saved story complete: all four parts are told.

    Raises:
        TransitionRefused: ``set_aside``, ``contract_missing``, ``case_not_running``.
        InvalidInput: ``star_incomplete``, naming the empty parts.
    """
    with unit_of_work():
        star = _live_star(actor, star_id)
        if missing := star.missing_parts:
            raise InvalidInput(
                _(
                    "Everything is saved, but the record is not complete yet. Still to be told:"
                    " %(parts)s. Ask about it in the next conversation."
                )
                % {"parts": get_text_list(part_labels(tuple(missing)), _("and"))},
                code="star_incomplete",
                field=missing[0],
            )
        if star.completed_at is None:
            star.completed_at = timezone.now()
            star.save()
            _trace(events.STAR_COMPLETED, actor, star)
        return star


def set_aside_star(*, actor: User, star_id: UUID) -> StarRecord:
    """Take a story out of the lists; it can be brought back.

    Raises:
        TransitionRefused: ``star_cited``, naming the statements that rest on it;
            ``contract_missing``, ``case_not_running``.
    """
    with unit_of_work():
        star = find_star(actor=actor, star_id=star_id)
        require_recording(actor, star.case)
        if numbers := citing(star):
            raise TransitionRefused(
                _(
                    "Statements rest on this story: %(numbers)s."
                    " Give them another source or withdraw them first."
                )
                % {"numbers": get_text_list([f"{n}" for n in numbers], _("and"))},
                code="star_cited",
            )
        if star.removed_at is None:
            star.removed_at = timezone.now()
            star.save()
            _trace(events.STAR_SET_ASIDE, actor, star)
        return star


def restore_star(*, actor: User, star_id: UUID) -> StarRecord:
    """Bring back a story that was set aside."""
    with unit_of_work():
        star = find_star(actor=actor, star_id=star_id)
        require_recording(actor, star.case)
        if star.removed_at is not None:
            star.removed_at = None
            star.save()
            _trace(events.STAR_RESTORED, actor, star)
        return star


def read_star(*, actor: User, star_id: UUID, to_write: bool = False) -> StarPage:
    """Show one story, with the note beside it to whoever may read working notes.

    Args:
        actor: who looks.
        star_id: which story.
        to_write: whether the page answers an attempt to write, which readers may not make.
    """
    with unit_of_work():
        star = find_star(actor=actor, star_id=star_id)
        require(actor, to_look(to_write=to_write), star.case)
        page = case_page(actor=actor, case_id=star.case_id)
        may_record = star.removed_at is None and may_record_in(page)
        draft = None
        if may_record:
            draft = find_draft(
                actor=actor, case_id=page.case.pk, form=Drafted.STAR, target_id=star.pk
            )
        _trace(events.STAR_READ, actor, star)
        return StarPage(
            page=page,
            star=star,
            shown=view_star(star),
            note=star.interview.note if CasePermission.VIEW_NOTES in page.held else "",
            cited_by=citing(star),
            draft=draft,
            may_record=may_record,
        )


def _live_star(actor: User, star_id: UUID) -> StarRecord:
    star = find_star(actor=actor, star_id=star_id)
    require_recording(actor, star.case)
    if star.removed_at is not None:
        raise TransitionRefused(
            _("This record was set aside. Bring it back to change it."), code="set_aside"
        )
    return star


def _write(actor: User, star: StarRecord, content: StarContent) -> None:
    typed = asdict(content)
    changed = [name for name, text in typed.items() if getattr(star, name) != text]
    for name in changed:
        setattr(star, name, typed[name])
    if star.missing_parts:
        star.completed_at = None
    star.save()
    discard_draft(actor=actor, case_id=star.case_id, form=Drafted.STAR, target_id=star.pk)
    if changed:
        record(
            events.STAR_SAVED,
            actor=actor,
            subject=star,
            data={"number": star.number},
            changed=changed,
        )


def _require_title(content: StarContent) -> None:
    if not content.title.strip():
        raise InvalidInput(
            _("Give the story a short title, in the client's words if you can."),
            code="title_missing",
            field="title",
        )


def _trace(event: EventType, actor: User, star: StarRecord) -> None:
    record(event, actor=actor, subject=star, data={"number": star.number})
