"""One case played through the services, from the first call to the report in hand."""

from datetime import date, datetime, timedelta

from bilans.accounts.models import User
from bilans.accounts.services import accept_invitation
from bilans.catalogue.models import Criterion, QualificationVersion
from bilans.crypto.binding import KeyClass
from bilans.demo import stories
from bilans.demo.office import CLIENT_EMAIL, NAME, PASSWORD, Office
from bilans.documents import pdf
from bilans.documents.tree import Document, Paragraph
from clients.contract_content import ContractContent, Goal
from clients.contract_texts import starting_content
from clients.models import Case, IssuedDocument
from clients.permissions import CaseRole
from clients.services import (
    ClientCard,
    assign,
    confirm_receipt,
    invite_to_portal,
    move_case,
    offer_contract,
    open_case,
    pin_qualification,
    register_client,
    save_contract,
    sign_contract_in_portal,
)
from clients.states import DocumentKind
from clients.uploads import seal_bytes
from interviews.models import StarRecord, Statement
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
from portfolio.selectors.evidence import criteria_of
from portfolio.services import EvidenceCard, add_evidence, link_to_criterion, support_statement
from portfolio.states import EvidenceKind
from reports.document import ReportSections
from reports.services import issue_report, write_report


def play(office: Office, *, version: QualificationVersion, now: datetime) -> IssuedDocument:
    """Play the whole case and return the final report; it stays in planning."""
    today = now.date()
    advisor = office.advisor
    case = _open(office, today)
    pin_qualification(actor=advisor, case_id=case.pk, version_id=version.pk)
    client = _let_client_in(advisor, case)
    _agree_contract(advisor, client, case, today)
    move_case(actor=advisor, case_id=case.pk, step="recognise")
    stars = _interview(advisor, case, today)
    statements = _statements(advisor, case, stars)
    move_case(actor=advisor, case_id=case.pk, step="synthesise")
    present_statements(actor=advisor, case_id=case.pk)
    _evidence(client, case, statements, now)
    move_case(actor=advisor, case_id=case.pk, step="agree_results")
    _positions(client, case, statements)
    report = _report(advisor, case, now)
    confirm_receipt(actor=client, document_id=report.pk)
    move_case(actor=advisor, case_id=case.pk, step="plan")
    return report


def documents() -> list[IssuedDocument]:
    """Return the contract and the report of the case that was played."""
    of_office = IssuedDocument.objects.filter(case__organisation__name=NAME).order_by("issued_at")
    report = of_office.filter(kind=DocumentKind.FINAL_REPORT).first()
    if report is None:
        return []
    contract = of_office.filter(kind=DocumentKind.CONTRACT, case=report.case_id).first()
    return [contract, report] if contract else [report]


def fill_caseload(office: Office, *, today: date) -> None:
    """Add two more clients at earlier stages, so that the caseload looks like one."""
    advisor = office.advisor
    lukasz = register_client(
        actor=advisor,
        card=ClientCard(
            given_name="Łukasz",
            family_name="Żółć",
            birth_date=date(1988, 9, 2),
            phone="600 100 218",
            email="lukasz.zolc@example.org",
        ),
    )
    case = open_case(
        actor=advisor,
        client_id=lukasz.pk,
        reason_for_contact="Chcę zmienić branżę, ale nie zaczynać od zera.",
        next_step="Rozmowa behawioralna",
        due_on=today + timedelta(days=4),
        opened_on=today - timedelta(days=21),
    )
    client = _let_client_in(advisor, case)
    _agree_contract(advisor, client, case, today)
    move_case(actor=advisor, case_id=case.pk, step="recognise")
    anna = register_client(
        actor=advisor,
        card=ClientCard(
            given_name="Anna",
            family_name="Ćwiklińska",
            birth_date=date(1995, 4, 23),
            phone="600 100 219",
        ),
    )
    open_case(
        actor=advisor,
        client_id=anna.pk,
        reason_for_contact="Wracam na rynek pracy po przerwie.",
        next_step="Umówić rozmowę wstępną",
        due_on=today,
        opened_on=today,
    )


def _open(office: Office, today: date) -> Case:
    client = register_client(
        actor=office.advisor,
        card=ClientCard(
            given_name="Grażyna",
            family_name="Żółkiewska",
            birth_date=date(1971, 3, 14),
            pesel="71031442868",
            email=CLIENT_EMAIL,
            phone="600 100 217",
            address="ul. Źródlana 7/3, 33-300 Nowy Sącz",
        ),
    )
    case = open_case(
        actor=office.advisor,
        client_id=client.pk,
        reason_for_contact=stories.NEEDS,
        next_step="Omówić plan rozwoju",
        due_on=today + timedelta(days=7),
        opened_on=today - timedelta(days=45),
    )
    assign(
        actor=office.advisor,
        case_id=case.pk,
        user=office.supervisor,
        role=CaseRole.SUPERVISOR,
        reason="zastępstwo w czasie urlopu",
    )
    move_case(actor=office.advisor, case_id=case.pk, step="screen")
    return case


def _let_client_in(advisor: User, case: Case) -> User:
    token = invite_to_portal(actor=advisor, case_id=case.pk).rstrip("/").rpartition("/")[2]
    return accept_invitation(token=token, password=PASSWORD)


def _agree_contract(advisor: User, client: User, case: Case, today: date) -> None:
    start = starting_content()
    content = ContractContent(
        main_goal=stories.MAIN_GOAL,
        intermediate_goals=(
            Goal("Mam spis tego, co umiem, z dowodami", "spis w portalu", today + timedelta(14)),
            Goal("Rozmawiam z trzema zakładami", "trzy rozmowy", today + timedelta(70)),
        ),
        advisor_duties=start.advisor_duties,
        client_duties=start.client_duties,
        confidentiality=start.confidentiality,
        confidentiality_limits=start.confidentiality_limits,
        meetings=start.meetings,
        difficulties=stories.DIFFICULTIES,
        ending=start.ending,
    )
    save_contract(actor=advisor, case_id=case.pk, content=content, base_version=None)
    offer_contract(actor=advisor, case_id=case.pk)
    sign_contract_in_portal(actor=client, case_id=case.pk)


def _interview(advisor: User, case: Case, today: date) -> list[StarRecord]:
    interview = start_interview(actor=advisor, case_id=case.pk, held_on=today)
    finish_interview(
        actor=advisor,
        interview_id=interview.pk,
        note=stories.NOTE,
        base_version=interview.version,
    )
    return [
        add_star(actor=advisor, interview_id=interview.pk, content=StarContent(**star))
        for star in stories.STARS
    ]


def _statements(advisor: User, case: Case, stars: list[StarRecord]) -> list[Statement]:
    return [
        make_statement(
            actor=advisor,
            case_id=case.pk,
            content=StatementContent(
                text=text,
                category=category,
                star_ids=tuple(stars[place].pk for place in places),
                criterion_ids=tuple(
                    each.pk for each in _speaking_of(case, stories.CRITERIA.get(places, ()))
                ),
            ),
        )
        for text, category, places, _stance, _words in stories.STATEMENTS
    ]


def _speaking_of(case: Case, words: tuple[str, ...]) -> list[Criterion]:
    """Return the criteria of the pinned qualification with one of these words in them."""
    criteria = criteria_of(Case.objects.get(pk=case.pk))
    return [each for each in criteria if any(word in each.text for word in words)]


def _positions(client: User, case: Case, statements: list[Statement]) -> None:
    for statement, (_text, _category, _places, stance, words) in zip(
        statements, stories.STATEMENTS, strict=True
    ):
        state_position(
            actor=client,
            case_id=case.pk,
            statement_id=statement.pk,
            said=Said(wording=statement.wording, stance=stance, words=words),
        )


def _evidence(client: User, case: Case, statements: list[Statement], now: datetime) -> None:
    paper = Document(
        title="Świadectwo pracy",
        subtitle="Wzór do biura przykładowego",
        language="pl",
        blocks=(
            Paragraph(
                "Pani Grażyna Żółkiewska była zatrudniona w „Jutrzenka” Sp. z o.o. od 1 stycznia "
                "2008 r. do 30 kwietnia 2024 r. na stanowisku brygadzistki."
            ),
        ),
    )
    evidence = add_evidence(
        actor=client,
        case_id=case.pk,
        card=EvidenceCard(
            title=stories.REFERENCE_TITLE,
            kind=EvidenceKind.EMPLOYMENT,
            description="Szesnaście lat na stanowisku brygadzistki.",
            issuer="„Jutrzenka” Sp. z o.o.",
            produced_on=date(2024, 4, 30),
        ),
        upload=seal_bytes(
            case_id=case.pk,
            name=stories.REFERENCE_FILE,
            data=pdf.render(paper),
            declared="application/pdf",
            protection=KeyClass.PORTFOLIO,
        ),
        at=now,
    )
    support_statement(
        actor=client,
        evidence_id=evidence.pk,
        statement_id=statements[0].pk,
        argument="W świadectwie jest stanowisko brygadzistki i okres kierowania brygadą.",
        at=now,
    )
    for words, argument in stories.ARGUMENTS.items():
        for criterion in _speaking_of(case, (words,)):
            link_to_criterion(
                actor=client,
                evidence_id=evidence.pk,
                criterion_id=criterion.pk,
                argument=argument,
                at=now,
            )


def _report(advisor: User, case: Case, now: datetime) -> IssuedDocument:
    report = write_report(
        actor=advisor,
        case_id=case.pk,
        sections=ReportSections(
            circumstances=stories.CIRCUMSTANCES,
            course=stories.COURSE,
            summary=stories.SUMMARY,
            next_steps=stories.NEXT_STEPS,
        ),
        base_version=None,
    )
    return issue_report(
        actor=advisor, case_id=case.pk, base_version=report.version, language="pl", at=now
    )
