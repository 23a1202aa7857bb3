"""What the client says to a statement: in the portal, or at the desk, typed by the advisor.

A position is never changed or deleted: another one follows it, and the newest counts.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.services import record, unit_of_work
from bilans.errors import Conflict, InvalidInput
from clients.permissions import CasePermission
from clients.services import discard_draft
from interviews import events
from interviews.models import Position, Statement
from interviews.selectors.statements import find_shown, find_statement, in_issued_report
from interviews.services.rules import Drafted, hold_case, require_recording
from interviews.states import NEEDS_WORDS, Stance, Voice
from interviews.workflow import can_be_answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A position as it was said, to the wording that was read."""

    wording: int
    stance: str
    words: str = ""


def state_position(*, actor: User, case_id: UUID, statement_id: UUID, said: Said) -> Position:
    """Let the client take a position in the portal.

    Raises:
        Statement.DoesNotExist: nothing of that kind was shown to the actor.
        NotPermitted: nobody but the client speaks for the client.
        TransitionRefused: ``not_presented``, ``report_issued``.
        Conflict: ``stale_wording``.
        InvalidInput: ``stance_missing``, ``words_missing``.
    """
    with unit_of_work():
        statement = find_shown(actor=actor, case_id=case_id, statement_id=statement_id)
        require(actor, CasePermission.STATE_POSITION, statement.case)
        position = _take(actor, statement, said, typed_by=Voice.CLIENT)
        record(events.POSITION_STATED, actor=actor, subject=position, data=_facts(statement))
        discard_draft(
            actor=actor,
            case_id=statement.case_id,
            form=Drafted.POSITION,
            target_id=statement.pk,
        )
        return position


def record_position(*, actor: User, statement_id: UUID, said: Said, read_back: bool) -> Position:
    """Write down what the client says at the desk, word for word, and read it back to them.

    Raises:
        Statement.DoesNotExist: no such statement for the actor.
        NotPermitted: the actor does not lead the interviews of the case.
        TransitionRefused: ``not_presented``, ``report_issued``, ``contract_missing``,
            ``case_not_running``.
        Conflict: ``stale_wording``.
        InvalidInput: ``stance_missing``, ``words_missing``, ``not_read_back``.
    """
    with unit_of_work():
        statement = find_statement(actor=actor, statement_id=statement_id)
        require_recording(actor, statement.case)
        if not read_back:
            raise InvalidInput(
                _("Read it back to the client first and ask whether it is what they said."),
                code="not_read_back",
                field="read_back",
            )
        position = _take(actor, statement, said, typed_by=Voice.ADVISOR)
        record(events.POSITION_WRITTEN_DOWN, actor=actor, subject=position, data=_facts(statement))
        discard_draft(
            actor=actor,
            case_id=statement.case_id,
            form=Drafted.DESK_POSITION,
            target_id=statement.pk,
        )
        return position


def _take(actor: User, statement: Statement, said: Said, *, typed_by: str) -> Position:
    hold_case(statement.case)
    can_be_answered(statement, in_report=in_issued_report(statement))
    if said.wording != statement.wording:
        raise Conflict(
            _(
                "The statement was worded anew while this page was open."
                " Read the new text; your words are kept below."
            ),
            code="stale_wording",
        )
    _check(said)
    position = Position(
        case=statement.case,
        statement=statement,
        wording=statement.wording,
        recorded_at=timezone.now(),
        recorded_by=actor,
        stance=said.stance,
        words=said.words,
        typed_by=typed_by,
        read_back="yes" if typed_by == Voice.ADVISOR else "",
    )
    position.save()
    return position


def _check(said: Said) -> None:
    if said.stance not in Stance.values:
        raise InvalidInput(
            _("Choose one of the three answers. All of them are good answers."),
            code="stance_missing",
            field="stance",
        )
    if said.stance in NEEDS_WORDS and not said.words.strip():
        raise InvalidInput(
            _(
                "Say in your own words what you see differently. One sentence is enough;"
                " it will stand in the report exactly as you write it."
            ),
            code="words_missing",
            field="words",
        )


def _facts(statement: Statement) -> dict[str, int]:
    return {"number": statement.number, "wording": statement.wording}
