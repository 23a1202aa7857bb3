"""Competence statements: each rests on a story; reworded, shown to the client, withdrawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.accounts.models import User
from bilans.audit.registry import EventType
from bilans.audit.services import record, unit_of_work
from bilans.catalogue.models import Criterion
from bilans.errors import InvalidInput, TransitionRefused
from clients.models import Case
from clients.services import discard_draft
from interviews import events
from interviews.models import StarRecord, Statement, StatementCriterion, StatementSource
from interviews.selectors.statements import find_statement
from interviews.services.rules import (
    Drafted,
    hold_case,
    next_number,
    page_to_record,
    require_recording,
    require_version,
)
from interviews.states import Category, StatementState
from interviews.workflow import not_withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementContent:
    """What is typed into a statement: the sentence, the stories it rests on, the criteria."""

    text: str
    star_ids: tuple[UUID, ...]
    category: str = ""
    criterion_ids: tuple[UUID, ...] = ()


def make_statement(*, actor: User, case_id: UUID, content: StatementContent) -> Statement:
    """Word a statement; it cannot exist without a story it rests on.

    Raises:
        Case.DoesNotExist: no such case, or none the actor may see.
        NotPermitted: the actor draws no conclusions in the case.
        TransitionRefused: ``contract_missing``, ``case_not_running``.
        InvalidInput: ``statement_without_source``, ``statement_empty``, ``source_unknown``,
            ``criterion_unknown``, ``category_unknown``.
    """
    with unit_of_work():
        case = page_to_record(actor=actor, case_id=case_id).case
        stars, criteria = _checked(case, content)
        statement = Statement(
            case=case,
            number=next_number(Statement, case),
            created_by=actor,
            text=content.text.strip(),
            category=content.category,
        )
        statement.save()
        _link(statement, stars, criteria)
        discard_draft(actor=actor, case_id=case.pk, form=Drafted.NEW_STATEMENT, target_id=case.pk)
        _trace(events.STATEMENT_MADE, actor, statement)
        return statement


def save_statement(
    *, actor: User, statement_id: UUID, content: StatementContent, base_version: int
) -> Statement:
    """Change a statement; one that was shown becomes a new wording.

    A new wording has to be shown again, and what the client said to the old one stays
    beside the old text and does not count for the new one. Criteria are the advisor's
    own note and change without that.

    Raises:
        Conflict: ``stale``; nothing was overwritten.
        TransitionRefused: ``withdrawn``, ``contract_missing``, ``case_not_running``.
        InvalidInput: as in :func:`make_statement`.
    """
    with unit_of_work():
        statement = find_statement(actor=actor, statement_id=statement_id)
        require_recording(actor, statement.case)
        hold_case(statement.case)
        not_withdrawn(statement)
        require_version(statement, base_version)
        stars, criteria = _checked(statement.case, content)
        event = events.STATEMENT_SAVED
        if _would_read_otherwise(statement, content) and statement.presented_at is not None:
            _open_new_wording(statement)
            event = events.STATEMENT_REWORDED
        statement.text = content.text.strip()
        statement.category = content.category
        statement.save()
        statement.sources.all().delete()
        statement.criteria.all().delete()
        _link(statement, stars, criteria)
        discard_draft(
            actor=actor,
            case_id=statement.case_id,
            form=Drafted.STATEMENT,
            target_id=statement.pk,
        )
        _trace(event, actor, statement)
        return statement


def present_statements(
    *, actor: User, case_id: UUID, statement_ids: Sequence[UUID] | None = None, doubt: str = ""
) -> list[Statement]:
    """Show statements to the client, who may answer from now on.

    Args:
        actor: who shows them.
        case_id: whose.
        statement_ids: which; ``None`` for every one not shown yet.
        doubt: what would speak against them, in one line; kept with each, not shown.

    Raises:
        Statement.DoesNotExist: one of the ids is not of this case.
        TransitionRefused: ``nothing_to_present``, ``withdrawn``, ``contract_missing``,
            ``case_not_running``.
    """
    with unit_of_work():
        case = page_to_record(actor=actor, case_id=case_id).case
        hold_case(case)
        drafts = _to_present(case, statement_ids)
        if not drafts:
            raise TransitionRefused(
                _("There is nothing new to show: word a statement first."),
                code="nothing_to_present",
            )
        now = timezone.now()
        for statement in drafts:
            not_withdrawn(statement)
            statement.state = StatementState.PRESENTED
            statement.presented_at = now
            statement.doubt = doubt.strip() or statement.doubt
            statement.save()
            _trace(events.STATEMENT_PRESENTED, actor, statement)
        return drafts


def withdraw_statement(*, actor: User, statement_id: UUID, reason: str) -> Statement:
    """Take a statement back, and say why; what the client said to it is kept.

    Raises:
        TransitionRefused: ``withdrawn``, ``contract_missing``, ``case_not_running``.
        InvalidInput: ``reason_missing``.
    """
    with unit_of_work():
        statement = find_statement(actor=actor, statement_id=statement_id)
        require_recording(actor, statement.case)
        hold_case(statement.case)
        not_withdrawn(statement)
        if not reason.strip():
            raise InvalidInput(
                _("Say in one sentence why the statement is withdrawn."),
                code="reason_missing",
                field="reason",
            )
        statement.state = StatementState.WITHDRAWN
        statement.withdrawal_reason = reason.strip()
        statement.save()
        _trace(events.STATEMENT_WITHDRAWN, actor, statement)
        return statement


def restore_statement(*, actor: User, statement_id: UUID) -> Statement:
    """Take a withdrawn statement up again; it has to be shown before it counts."""
    with unit_of_work():
        statement = find_statement(actor=actor, statement_id=statement_id)
        require_recording(actor, statement.case)
        hold_case(statement.case)
        if statement.state == StatementState.WITHDRAWN:
            _require_live_sources(statement)
            statement.state = StatementState.DRAFT
            statement.withdrawal_reason = ""
            statement.save()
            _trace(events.STATEMENT_RESTORED, actor, statement)
        return statement


def _checked(case: Case, content: StatementContent) -> tuple[list[StarRecord], list[Criterion]]:
    if not content.text.strip():
        raise InvalidInput(
            _("Write what the person does: a verb, what they do, and where."),
            code="statement_empty",
            field="text",
        )
    if content.category not in {"", *Category.values}:
        raise InvalidInput(
            _("Choose knowledge, skills or social competence."),
            code="category_unknown",
            field="category",
        )
    return _stars(case, content.star_ids), _criteria(case, content.criterion_ids)


def _stars(case: Case, ids: Iterable[UUID]) -> list[StarRecord]:
    wanted = set(ids)
    if not wanted:
        raise InvalidInput(
            _(
                "A statement needs behaviour it rests on. Tick the story in which it can be seen;"
                " if there is none, ask: what did the person do, and how can one tell?"
            ),
            code="statement_without_source",
            field="stars",
        )
    stars = list(StarRecord.objects.filter(case=case, pk__in=wanted, removed_at=None))
    if len(stars) != len(wanted):
        raise InvalidInput(
            _("One of the stories was set aside in the meantime. Choose again."),
            code="source_unknown",
            field="stars",
        )
    return stars


def _criteria(case: Case, ids: Iterable[UUID]) -> list[Criterion]:
    wanted = set(ids)
    if not wanted:
        return []
    found = Criterion.objects.filter(
        pk__in=wanted, outcome__outcome_set__version=case.qualification_id
    )
    criteria = list(found)
    if len(criteria) != len(wanted):
        raise InvalidInput(
            _("These criteria are not of the qualification this case is tied to. Choose again."),
            code="criterion_unknown",
            field="criterion_ids",
        )
    return criteria


def _to_present(case: Case, ids: Sequence[UUID] | None) -> list[Statement]:
    rows = Statement.objects.filter(case=case).order_by("number")
    if ids is None:
        return list(rows.filter(state=StatementState.DRAFT))
    chosen = list(rows.filter(pk__in=ids))
    if len(chosen) != len(set(ids)):
        raise Statement.DoesNotExist
    return [row for row in chosen if row.state != StatementState.PRESENTED]


def _would_read_otherwise(statement: Statement, content: StatementContent) -> bool:
    """Whether the client would see something else than what they were shown."""
    cited = set(statement.sources.values_list("star", flat=True))
    return (
        statement.text != content.text.strip()
        or statement.category != content.category
        or cited != set(content.star_ids)
    )


def _open_new_wording(statement: Statement) -> None:
    statement.earlier = [
        *statement.earlier,
        {
            "wording": statement.wording,
            "text": statement.text,
            "until": timezone.now().isoformat(),
        },
    ]
    statement.wording += 1
    statement.state = StatementState.DRAFT
    statement.presented_at = None


def _require_live_sources(statement: Statement) -> None:
    if statement.sources.filter(star__removed_at__isnull=False).exists():
        raise TransitionRefused(
            _("A story this statement rests on was set aside. Bring the story back first."),
            code="source_set_aside",
        )


def _link(statement: Statement, stars: Iterable[StarRecord], criteria: Iterable[Criterion]) -> None:
    StatementSource.objects.bulk_create(
        StatementSource(statement=statement, star=star) for star in stars
    )
    StatementCriterion.objects.bulk_create(
        StatementCriterion(statement=statement, criterion=criterion) for criterion in criteria
    )


def _trace(event: EventType, actor: User, statement: Statement) -> None:
    facts = {"number": statement.number, "wording": statement.wording}
    if "reason" in event.payload:
        facts["reason"] = statement.withdrawal_reason
    record(
        event,
        actor=actor,
        subject=statement,
        data={key: value for key, value in facts.items() if key in event.payload},
    )
