"""Two offices, three whole cases: everything that any address can name.

Built through services, as production does. ``mine`` is the case that the columns of the
access table speak of; ``theirs`` belongs to a colleague and the other client of the same
office; ``foreign`` to another office.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from bilans.accounts.models import Organisation, User
from bilans.accounts.permissions import Role
from bilans.accounts.services import accept_invitation, invite
from bilans.catalogue.models import (
    Criterion,
    Outcome,
    OutcomeSet,
    Qualification,
    QualificationVersion,
)
from bilans.crypto.binding import KeyClass
from clients.contract_content import ContractContent, Difficulty, Goal
from clients.contract_texts import starting_content
from clients.models import Case, IssuedDocument
from clients.permissions import CaseRole
from clients.services import (
    ClientCard,
    assign,
    invite_to_portal,
    move_case,
    offer_contract,
    open_case,
    pin_qualification,
    register_client,
    save_contract,
    sign_contract_on_paper,
)
from clients.uploads import seal_bytes
from interviews.services import (
    Said,
    StarContent,
    StatementContent,
    add_star,
    finish_interview,
    make_statement,
    present_statements,
    start_interview,
    state_position,
)
from portfolio.services import EvidenceCard, add_evidence
from reports.document import ReportSections
from reports.services import write_report
from tests.factories import PASSWORD, make_office, make_person

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffff3f0005fe02fea7352b0a0000000049454e44ae426082"
)
WORDS = "Dłuższa wypowiedź z konkretem: kto, gdzie, kiedy i z jakim skutkiem."


@dataclass(frozen=True)
class Balance:
    """One case with one of everything, and the ids under which addresses name it."""

    client: User
    ids: dict[str, Any]


@dataclass(frozen=True)
class World:
    """Who there is, and what they may or may not reach."""

    people: dict[str, User | None]
    mine: Balance
    theirs: Balance
    foreign: Balance
    token: str
    routes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Ids for single routes that need another object than the rest."""


def build_world() -> World:
    office, other_office = make_office(), make_office()
    version = _publish()
    supervisor = make_person(role=Role.SUPERVISOR, office=office)
    advisor = make_person(office=office)
    stranger = make_person(office=office)
    outsider = make_person(office=other_office)
    committee = make_person(role=Role.COMMITTEE, office=office)
    mine = _balance("Grażyna Żółkiewska", advisor, supervisor, version)
    theirs = _balance("Łukasz Ćma", stranger, supervisor, version)
    foreign = _balance(
        "Irena Źródło", outsider, make_person(role=Role.SUPERVISOR, office=other_office), version
    )
    _people_of(office, supervisor, mine)
    _people_of(other_office, None, foreign)
    mine.ids["membership_id"] = stranger.membership.pk
    foreign.ids["membership_id"] = outsider.membership.pk
    _invitation, token = _invite(office, supervisor)
    return World(
        people={
            "visitor": None,
            "stranger": stranger,
            "outsider": outsider,
            "advisor": advisor,
            "supervisor": supervisor,
            "client": mine.client,
            "other_client": theirs.client,
            "committee": committee,
        },
        mine=mine,
        theirs=theirs,
        foreign=foreign,
        token=token,
    )


def _people_of(office: Organisation, supervisor: User | None, balance: Balance) -> None:
    invitation, _token = _invite(office, supervisor)
    balance.ids["invitation_id"] = invitation.pk


def _invite(office: Organisation, actor: User | None) -> tuple[Any, str]:
    return invite(
        actor=actor,
        organisation=office,
        role=Role.ADVISOR,
        full_name="Osoba Zaproszona",
        email=f"zaproszona{UUID(int=timezone.now().microsecond)}@example.org",
        on=timezone.localdate(),
    )


def _publish() -> QualificationVersion:
    version = QualificationVersion.objects.create(
        qualification=Qualification.objects.create(),
        number=1,
        title="Prowadzenie brygady",
        folded="prowadzenie brygady",
        content_sha256="0" * 64,
    )
    outcome_set = OutcomeSet.objects.create(version=version, ordinal=1, title="Kierowanie")
    outcome = Outcome.objects.create(outcome_set=outcome_set, ordinal=1, title="Planuje pracę")
    Criterion.objects.create(outcome=outcome, ordinal=1, label="1", text="układa plan dnia")
    version.status, version.published_at = "published", timezone.now()
    version.save()
    return version


def _balance(name: str, advisor: User, supervisor: User, version: QualificationVersion) -> Balance:
    today = timezone.localdate()
    given, family = name.split()
    card = register_client(
        actor=advisor,
        card=ClientCard(
            given_name=given,
            family_name=family,
            birth_date=date(1980, 2, 29),
            email=f"{advisor.pk.hex}@example.org",
        ),
    )
    case = open_case(actor=advisor, client_id=card.pk, next_step="Rozmowa", opened_on=today)
    seat = assign(
        actor=advisor,
        case_id=case.pk,
        user=supervisor,
        role=CaseRole.SUPERVISOR,
        reason="prowadzi nadzór",
    )
    pin_qualification(actor=advisor, case_id=case.pk, version_id=version.pk)
    move_case(actor=advisor, case_id=case.pk, step="screen")
    path = invite_to_portal(actor=advisor, case_id=case.pk)
    client = accept_invitation(token=path.rstrip("/").rpartition("/")[2], password=PASSWORD)
    contract = _contract(advisor, case)
    move_case(actor=advisor, case_id=case.pk, step="recognise")
    interview = start_interview(actor=advisor, case_id=case.pk, held_on=today)
    finish_interview(
        actor=advisor, interview_id=interview.pk, note=WORDS, base_version=interview.version
    )
    star = add_star(
        actor=advisor,
        interview_id=interview.pk,
        content=StarContent(
            title="Awaria taśmy", situation=WORDS, task=WORDS, action=WORDS, result=WORDS
        ),
    )
    statement = make_statement(
        actor=advisor,
        case_id=case.pk,
        content=StatementContent(
            text="Planuje dzień pracy brygady.", category="skills", star_ids=(star.pk,)
        ),
    )
    evidence = add_evidence(
        actor=client,
        case_id=case.pk,
        card=EvidenceCard(title="Zdjęcie tablicy", kind="photo"),
        upload=seal_bytes(
            case_id=case.pk,
            name="tablica.png",
            data=PNG,
            declared="image/png",
            protection=KeyClass.PORTFOLIO,
        ),
        at=timezone.now(),
    )
    move_case(actor=advisor, case_id=case.pk, step="synthesise")
    present_statements(actor=advisor, case_id=case.pk)
    move_case(actor=advisor, case_id=case.pk, step="agree_results")
    statement.refresh_from_db()
    state_position(
        actor=client,
        case_id=case.pk,
        statement_id=statement.pk,
        said=Said(wording=statement.wording, stance="agrees", words=""),
    )
    report = write_report(
        actor=advisor,
        case_id=case.pk,
        sections=ReportSections(circumstances=WORDS, course=WORDS, summary=WORDS, next_steps=WORDS),
        base_version=None,
    )
    document = IssuedDocument.objects.filter(case=case).earliest("issued_at")
    return Balance(
        client=client,
        ids={
            "case_id": case.pk,
            "client_id": card.pk,
            "assignment_id": seat.pk,
            "contract_id": contract.pk,
            "document_id": document.pk,
            "interview_id": interview.pk,
            "star_id": star.pk,
            "statement_id": statement.pk,
            "evidence_id": evidence.pk,
            "file_id": evidence.file_id,
            "report_id": report.pk,
            "version_id": version.pk,
        },
    )


def _contract(advisor: User, case: Case) -> Any:
    start = starting_content()
    content = ContractContent(
        main_goal="Wiem, co umiem.",
        intermediate_goals=(Goal("Mam spis", "spis w portalu", timezone.localdate()),),
        advisor_duties=start.advisor_duties,
        client_duties=start.client_duties,
        confidentiality=start.confidentiality,
        confidentiality_limits=start.confidentiality_limits,
        meetings=start.meetings,
        difficulties=(Difficulty("Zmiany w pracy", "umawiamy się z wyprzedzeniem"),),
        ending=start.ending,
    )
    save_contract(actor=advisor, case_id=case.pk, content=content, base_version=None)
    offer_contract(actor=advisor, case_id=case.pk)
    return sign_contract_on_paper(
        actor=advisor,
        case_id=case.pk,
        signed_on=timezone.localdate(),
        upload=seal_bytes(
            case_id=case.pk,
            name="kontrakt.png",
            data=PNG,
            declared="image/png",
            protection=KeyClass.LEGAL,
        ),
        read_aloud=False,
    )
