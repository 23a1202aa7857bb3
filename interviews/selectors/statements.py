"""Statements with their sources and the client's positions, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from bilans.access import Actor, visible
from clients.models import Case, IssuedDocument
from clients.permissions import CasePermission
from clients.states import DocumentKind
from interviews.models import Position, Statement, StatementCriterion, StatementSource
from interviews.selectors.interviews import StarView, view_star
from interviews.states import OUTCOME_OF, Category, Stance, StatementState, StatementStatus, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """What the client said to one wording, verbatim, and how it came to paper."""

    wording: int
    stance: str
    words: str
    typed_by: str
    read_back: bool
    recorded_at: datetime

    @property
    def stance_label(self) -> str:
        return str(Stance(self.stance).label)

    @property
    def by_advisor(self) -> bool:
        """Whether the client spoke and the advisor typed."""
        return self.typed_by == Voice.ADVISOR


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionView:
    """A verification criterion the statement speaks to."""

    id: UUID
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierWording:
    """A text that was shown and then worded anew, with what the client had said to it."""

    wording: int
    text: str
    until: datetime
    position: PositionView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A competence statement as it stands now.

    ``position`` is the newest one on the current wording; silence is ``None``.
    """

    id: UUID
    number: int
    version: int
    text: str
    category: str
    state: str
    status: str
    wording: int
    presented_at: datetime | None
    doubt: str
    withdrawal_reason: str
    sources: tuple[StarView, ...]
    criteria: tuple[CriterionView, ...]
    position: PositionView | None
    earlier: tuple[EarlierWording, ...]

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label) if self.category else ""

    @property
    def status_label(self) -> str:
        return str(StatementStatus(self.status).label)

    @property
    def is_disputed(self) -> bool:
        """Whether it belongs among the differences, with the client's words beside it."""
        return self.status == StatementStatus.DIFFERS

    @property
    def is_draft(self) -> bool:
        return self.state == StatementState.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        return self.state == StatementState.WITHDRAWN


def find_statement(*, actor: Actor, statement_id: UUID) -> Statement:
    """Raises Statement.DoesNotExist for a missing id and a foreign one alike."""
    rows = visible(actor, CasePermission.VIEW_STATEMENTS, Statement.objects.all(), root_path="case")
    return rows.select_related("case__client", "case__qualification").get(pk=statement_id)


def find_shown(*, actor: Actor, case_id: UUID, statement_id: UUID) -> Statement:
    """Find what the client was shown in their own case, even if it is reworded now.

    Raises:
        Statement.DoesNotExist: missing, foreign, or never shown: one answer.
    """
    rows = visible(actor, CasePermission.STATE_POSITION, Statement.objects.all(), root_path="case")
    once_shown = Q(presented_at__isnull=False) | Q(wording__gt=1)
    return rows.filter(once_shown).select_related("case__client").get(pk=statement_id, case=case_id)


def statements_of(case: Case) -> list[StatementView]:
    """Every statement of the case but the withdrawn ones, by number."""
    return _views(Statement.objects.filter(case=case).exclude(state=StatementState.WITHDRAWN))


def withdrawn_in(case: Case) -> list[StatementView]:
    """Statements that were withdrawn, with the reason."""
    return _views(Statement.objects.filter(case=case, state=StatementState.WITHDRAWN))


def presented_in(case: Case) -> list[StatementView]:
    """What the client has been shown and can answer."""
    return _views(Statement.objects.filter(case=case, state=StatementState.PRESENTED))


def undecided(case: Case) -> list[StatementView]:
    """Statements shown to the client that have no position yet: silence is none."""
    return [view for view in presented_in(case) if view.position is None]


def view_statement(statement: Statement) -> StatementView:
    """One statement, in as many queries as a list of them."""
    return _views(Statement.objects.filter(pk=statement.pk))[0]


def positions_on(statement: Statement) -> list[PositionView]:
    """Everything said to any wording of a statement, oldest first."""
    rows = Position.objects.filter(statement=statement).order_by("recorded_at", "id")
    return [view_position(row) for row in rows]


def in_issued_report(statement: Statement) -> bool:
    """Whether a final report was issued since this wording was shown."""
    if statement.presented_at is None:
        return False
    return IssuedDocument.objects.filter(
        case_id=statement.case_id,
        kind=DocumentKind.FINAL_REPORT,
        issued_at__gte=statement.presented_at,
    ).exists()


def _views(rows: Iterable[Statement]) -> list[StatementView]:
    statements = sorted(rows, key=lambda row: row.number)
    ids = [row.pk for row in statements]
    sources: dict[UUID, list[StarView]] = {}
    links = StatementSource.objects.filter(statement__in=ids).select_related("star")
    for link in links.order_by("star__number"):
        sources.setdefault(link.statement_id, []).append(view_star(link.star))
    criteria: dict[UUID, list[CriterionView]] = {}
    marks = StatementCriterion.objects.filter(statement__in=ids).select_related("criterion")
    for mark in marks.order_by("criterion__label"):
        each = mark.criterion
        criteria.setdefault(mark.statement_id, []).append(
            CriterionView(id=each.pk, label=each.label, text=each.text)
        )
    newest: dict[tuple[UUID, int], PositionView] = {}
    for position in Position.objects.filter(statement__in=ids).order_by("recorded_at", "id"):
        newest[position.statement_id, position.wording] = view_position(position)
    return [
        _view(row, tuple(sources.get(row.pk, ())), tuple(criteria.get(row.pk, ())), newest)
        for row in statements
    ]


def _view(
    row: Statement,
    sources: tuple[StarView, ...],
    criteria: tuple[CriterionView, ...],
    newest: dict[tuple[UUID, int], PositionView],
) -> StatementView:
    position = newest.get((row.pk, row.wording))
    return StatementView(
        id=row.pk,
        number=row.number,
        version=row.version,
        text=row.text,
        category=row.category,
        state=row.state,
        status=_status(row, position),
        wording=row.wording,
        presented_at=row.presented_at,
        doubt=row.doubt,
        withdrawal_reason=row.withdrawal_reason,
        sources=sources,
        criteria=criteria,
        position=position,
        earlier=tuple(
            EarlierWording(
                wording=old["wording"],
                text=old["text"],
                until=datetime.fromisoformat(old["until"]),
                position=newest.get((row.pk, old["wording"])),
            )
            for old in row.earlier
        ),
    )


def _status(row: Statement, position: PositionView | None) -> str:
    if row.state == StatementState.PRESENTED:
        return OUTCOME_OF[position.stance] if position else StatementStatus.WAITING
    return StatementStatus(row.state)


def view_position(row: Position) -> PositionView:
    return PositionView(
        wording=row.wording,
        stance=row.stance,
        words=row.words,
        typed_by=row.typed_by,
        read_back=row.read_back == "yes",
        recorded_at=row.recorded_at,
    )
