"""Pages with statements: shown, and the look at them recorded."""

from dataclasses import dataclass
from uuid import UUID

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.services import record, unit_of_work
from clients.models import Case, Draft
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page
from clients.selectors.contracts import contract_in_force
from clients.services import find_draft
from interviews import events
from interviews.models import Statement
from interviews.selectors.findings import Finding, findings
from interviews.selectors.interviews import StarView, stars_of
from interviews.selectors.statements import (
    PositionView,
    StatementView,
    find_shown,
    find_statement,
    in_issued_report,
    positions_on,
    presented_in,
    statements_of,
    view_statement,
    withdrawn_in,
)
from interviews.services.rules import Drafted, may_record_in, to_look
from interviews.workflow import can_be_answered


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage:
    """The tab with the statements of a case."""

    page: CasePage
    statements: list[StatementView]
    withdrawn: list[StatementView]
    has_contract: bool
    has_stories: bool
    may_record: bool

    @property
    def drafts(self) -> list[StatementView]:
        return [view for view in self.statements if view.is_draft]

    @property
    def findings(self) -> list[Finding]:
        return findings(self.drafts)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """One statement, or the empty form of a new one, with the stories to choose from."""

    page: CasePage
    statement: Statement | None
    shown: StatementView | None
    stories: list[StarView]
    draft: Draft | None
    desk_draft: Draft | None
    may_record: bool
    in_report: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPage:
    """What the client was shown in their case."""

    case: Case
    statements: list[StatementView]

    @property
    def waiting(self) -> list[StatementView]:
        return [view for view in self.statements if view.position is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientStatementPage(ClientPage):
    """One of the statements being read."""

    current: StatementView
    draft: Draft | None
    in_report: bool

    @property
    def place(self) -> int:
        """Which of the statements it is, counted from 1."""
        return [view.id for view in self.statements].index(self.current.id) + 1


def read_statements(*, actor: User, case_id: UUID) -> StatementsPage:
    """Show every statement of a case with its sources and positions."""
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.VIEW_STATEMENTS, page.case)
        statements = statements_of(page.case)
        record(events.STATEMENTS_READ, actor=actor, subject=page.case, count=len(statements))
        return StatementsPage(
            page=page,
            statements=statements,
            withdrawn=withdrawn_in(page.case),
            has_contract=contract_in_force(page.case.pk) is not None,
            has_stories=bool(stars_of(page.case)),
            may_record=may_record_in(page),
        )


def read_statement(*, actor: User, statement_id: UUID, to_write: bool = False) -> StatementPage:
    """Show one statement with what it rests on and what was said to it."""
    with unit_of_work():
        statement = find_statement(actor=actor, statement_id=statement_id)
        require(actor, to_look(to_write=to_write), statement.case)
        page = case_page(actor=actor, case_id=statement.case_id)
        may_record = may_record_in(page)
        record(
            events.STATEMENT_READ,
            actor=actor,
            subject=statement,
            data={"number": statement.number},
        )
        return StatementPage(
            page=page,
            statement=statement,
            shown=view_statement(statement),
            stories=stars_of(page.case),
            draft=_draft(actor, page, Drafted.STATEMENT, statement.pk) if may_record else None,
            desk_draft=(
                _draft(actor, page, Drafted.DESK_POSITION, statement.pk) if may_record else None
            ),
            may_record=may_record,
            in_report=in_issued_report(statement),
        )


def read_positions(*, actor: User, statement_id: UUID) -> list[PositionView]:
    """Show everything the client has said to a statement, oldest first."""
    with unit_of_work():
        statement = find_statement(actor=actor, statement_id=statement_id)
        require(actor, CasePermission.VIEW_STATEMENTS, statement.case)
        positions = positions_on(statement)
        record(
            events.STATEMENT_READ,
            actor=actor,
            subject=statement,
            data={"number": statement.number},
            count=len(positions),
        )
        return positions


def read_new_statement(*, actor: User, case_id: UUID) -> StatementPage:
    """Show the stories a new statement can rest on."""
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.RECORD_INTERVIEW, page.case)
        stories = stars_of(page.case)
        record(events.INTERVIEWS_READ, actor=actor, subject=page.case, count=len(stories))
        return StatementPage(
            page=page,
            statement=None,
            shown=None,
            stories=stories,
            draft=_draft(actor, page, Drafted.NEW_STATEMENT, page.case.pk),
            desk_draft=None,
            may_record=may_record_in(page),
            in_report=False,
        )


def read_presented(*, actor: User, case_id: UUID) -> ClientPage:
    """Show the client everything they were asked about."""
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.STATE_POSITION, page.case)
        statements = presented_in(page.case)
        record(events.STATEMENTS_READ, actor=actor, subject=page.case, count=len(statements))
        return ClientPage(case=page.case, statements=statements)


def read_presented_statement(
    *, actor: User, case_id: UUID, statement_id: UUID
) -> ClientStatementPage:
    """Show the client one statement with the story it comes from.

    Raises:
        Statement.DoesNotExist: nothing of that kind was shown to the actor.
        TransitionRefused: ``not_presented``; it is being worded anew or was withdrawn.
    """
    with unit_of_work():
        statement = find_shown(actor=actor, case_id=case_id, statement_id=statement_id)
        can_be_answered(statement, in_report=False)
        statements = presented_in(statement.case)
        record(
            events.STATEMENT_READ,
            actor=actor,
            subject=statement,
            data={"number": statement.number},
        )
        return ClientStatementPage(
            case=statement.case,
            statements=statements,
            current=next(view for view in statements if view.id == statement.pk),
            draft=find_draft(
                actor=actor,
                case_id=statement.case_id,
                form=Drafted.POSITION,
                target_id=statement.pk,
            ),
            in_report=in_issued_report(statement),
        )


def _draft(actor: User, page: CasePage, form: str, target_id: UUID) -> Draft | None:
    return find_draft(actor=actor, case_id=page.case.pk, form=form, target_id=target_id)
