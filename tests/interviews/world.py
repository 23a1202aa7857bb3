"""A case with a contract in force and its people, for the tests of this app."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from bilans.accounts.models import Organisation, User
from bilans.accounts.permissions import Role
from bilans.audit.services import unit_of_work
from clients.models import Case, Client, Contract
from clients.permissions import CaseRole
from clients.services import ClientCard, open_case, register_client
from clients.services.assignments import let_in
from clients.states import CaseState, ContractState
from interviews.models import Interview, Position, StarRecord, Statement
from interviews.services import (
    Said,
    StarContent,
    StatementContent,
    add_star,
    make_statement,
    present_statements,
    start_interview,
    state_position,
)
from interviews.states import Stance
from tests.factories import DAY_OPENED, make_office, make_person

DAY_HELD = date(2026, 10, 26)
_numbers = count(1)

UNIFORMS = StarContent(
    title="Mundurki",
    happened="sierpień 2019",
    situation="Dwie z ośmiu dziewczyn na zwolnieniu, a było zamówienie na 1200 mundurków.",
    task="Miałam oddać całość 28 sierpnia.",
    action="Rozpisałam operacje na nowo, sama uszyłam wzór.",
    result="Oddałyśmy 1184 sztuki w terminie.",
)
QUARRELS = StarContent(
    title="Kłótnie",
    situation="Dwie się kłóciły o maszynę.",
    action="Rozsadzałam je. Zawsze bym starała się pogodzić.",
)


@dataclass(frozen=True, kw_only=True)
class World:
    office: Organisation
    advisor: User
    supervisor: User
    client: User
    case: Case

    def interview(self) -> Interview:
        return start_interview(actor=self.advisor, case_id=self.case.pk, held_on=DAY_HELD)

    def star(self, content: StarContent = UNIFORMS, **parts: Any) -> StarRecord:
        interview = self.case.interviews.first() or self.interview()
        if parts:
            content = StarContent(**{"title": "Historia", **parts})
        return add_star(actor=self.advisor, interview_id=interview.pk, content=content)

    def statement(self, *stars: StarRecord, text: str = "") -> Statement:
        return make_statement(
            actor=self.advisor,
            case_id=self.case.pk,
            content=StatementContent(
                text=text or f"Organizuje pracę brygady nr {next(_numbers)}",
                star_ids=tuple(star.pk for star in stars or (self.star(),)),
            ),
        )

    def presented(self, **fields: Any) -> Statement:
        statement = self.statement(**fields)
        (shown,) = present_statements(
            actor=self.advisor, case_id=self.case.pk, statement_ids=[statement.pk]
        )
        return shown

    def says(self, statement: Statement, stance: str = Stance.AGREES, words: str = "") -> Position:
        return state_position(
            actor=self.client,
            case_id=self.case.pk,
            statement_id=statement.pk,
            said=Said(wording=statement.wording, stance=stance, words=words),
        )


def make_world(*, state: str = CaseState.RECOGNITION, with_contract: bool = True) -> World:
    office = make_office()
    advisor = make_person(office=office)
    supervisor = make_person(role=Role.SUPERVISOR, office=office)
    client = make_person(role=Role.CLIENT, office=office)
    with unit_of_work():
        card = register_client(
            actor=advisor,
            card=ClientCard(
                given_name="Grażyna",
                family_name="Żółkiewska",
                birth_date=date(1971, 3, 14),
            ),
        )
        case = open_case(actor=advisor, client_id=card.pk, opened_on=DAY_OPENED)
        Client.objects.filter(pk=card.pk).update(user=client)
        let_in(case=case, user=client, role=CaseRole.CLIENT, by=advisor)
        let_in(case=case, user=supervisor, role=CaseRole.SUPERVISOR, by=advisor)
        if with_contract:
            put_contract_in_force(case, advisor)
        Case.objects.filter(pk=case.pk).update(state=state)
        case = Case.objects.get(pk=case.pk)
    return World(office=office, advisor=advisor, supervisor=supervisor, client=client, case=case)


def put_contract_in_force(case: Case, advisor: User) -> Contract:
    return Contract.objects.create(
        case=case,
        number=1,
        state=ContractState.IN_FORCE,
        in_force_at=timezone.now(),
        prepared_by=advisor,
    )
