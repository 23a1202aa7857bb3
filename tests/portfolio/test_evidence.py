"""Evidence: put in, described, linked with an argument, opened, and taken back for good."""

from contextlib import closing
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from bilans.audit.selectors import history
from bilans.audit.services import unit_of_work
from bilans.catalogue.models import (
    Criterion,
    Outcome,
    OutcomeSet,
    Qualification,
    QualificationVersion,
)
from bilans.crypto.binding import KeyClass
from bilans.crypto.files import stored_path
from bilans.errors import Conflict, InvalidInput, NotPermitted, TransitionRefused
from clients.models import Case
from clients.states import CaseState
from clients.uploads import seal_bytes
from portfolio.models import Evidence, EvidenceLink, EvidenceSupport
from portfolio.selectors.evidence import portfolio_of, strength, supportable_statements
from portfolio.services import (
    EvidenceCard,
    add_evidence,
    describe_evidence,
    link_to_criterion,
    open_evidence_file,
    read_evidence,
    read_portfolio,
    remove_support,
    support_statement,
    unlink_criterion,
    withdraw_evidence,
)
from portfolio.states import EvidenceState, Strength
from tests.interviews.world import make_world

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\nstartxref\n0\n%%EOF\n"
CARD = EvidenceCard(title="Świadectwo pracy", kind="employment", description="Szesnaście lat.")


@pytest.fixture
def world():
    return make_world()


def _version(*labels: str) -> QualificationVersion:
    version = QualificationVersion.objects.create(
        qualification=Qualification.objects.create(),
        number=1,
        title="Organizowanie pracy zespołu",
        folded="organizowanie pracy zespolu",
        content_sha256="0" * 64,
    )
    outcome = Outcome.objects.create(
        outcome_set=OutcomeSet.objects.create(version=version, ordinal=1, title="Zestaw"),
        ordinal=1,
        title="Organizuje pracę",
    )
    for place, label in enumerate(labels, 1):
        Criterion.objects.create(
            outcome=outcome, ordinal=place, label=label, text=f"planuje pracę {label}"
        )
    return version


def _pin(world, *labels: str) -> list[Criterion]:
    version = _version(*labels)
    Case.objects.filter(pk=world.case.pk).update(qualification=version)
    return list(Criterion.objects.filter(outcome__outcome_set__version=version))


def _upload(world, *, name="swiadectwo.pdf", data=PDF, declared="application/pdf"):
    return seal_bytes(
        case_id=world.case.pk, name=name, data=data, declared=declared,
        protection=KeyClass.PORTFOLIO,
    )  # fmt: skip


def _add(world, *, actor=None, card=CARD, at: datetime | None = None, **upload) -> Evidence:
    with closing(_upload(world, **upload)) as sent:  # the request would close it
        return add_evidence(
            actor=actor or world.client,
            case_id=world.case.pk,
            card=card,
            upload=sent,
            at=at or timezone.now(),
        )


def _told(case) -> list[str]:
    return [line.code for line in history(case.audit_stream)]


def test_the_client_adds_a_file_and_gets_it_back_as_it_was(world):
    evidence = _add(world)

    opened = open_evidence_file(actor=world.client, case_id=world.case.pk, evidence_id=evidence.pk)

    assert (opened.name, opened.media_type, opened.size) == (
        "swiadectwo.pdf",
        "application/pdf",
        len(PDF),
    )
    assert b"".join(opened.chunks) == PDF
    assert PDF not in stored_path(evidence.file_id).read_bytes()
    assert _told(world.case)[0] == "portfolio.evidence.added"


def test_numbers_go_on_after_a_withdrawal(world):
    first = _add(world)
    withdraw_evidence(actor=world.client, evidence_id=first.pk)

    assert _add(world).number == 2


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        ({"name": "zdjecie.pdf", "data": b"\x89PNG\r\n\x1a\n" + b"0" * 64}, "file_mislabelled"),
        ({"data": b""}, "file_empty"),
    ],
)
def test_a_file_that_cannot_be_accepted_leaves_nothing(world, upload, code):
    with pytest.raises(InvalidInput) as refusal:
        _add(world, **upload)

    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert not Evidence.objects.exists()


def test_a_document_from_the_future_is_refused_at_its_date(world):
    tomorrow = timezone.localdate() + timedelta(days=1)
    card = EvidenceCard(title="Dyplom", kind="certificate", produced_on=tomorrow)

    with pytest.raises(InvalidInput) as refusal:
        _add(world, card=card)

    assert (refusal.value.code, refusal.value.field) == ("future", "produced_on")


def test_the_supervisor_neither_adds_nor_sees_evidence(world):
    _add(world)

    with pytest.raises(NotPermitted):
        _add(world, actor=world.supervisor)
    with pytest.raises(NotPermitted):
        read_portfolio(actor=world.supervisor, case_id=world.case.pk)


def test_nobody_elses_case_is_found(world):
    stranger = make_world()
    evidence = _add(world)

    with pytest.raises(Case.DoesNotExist):
        read_portfolio(actor=stranger.advisor, case_id=world.case.pk)
    with pytest.raises(Evidence.DoesNotExist):
        open_evidence_file(actor=stranger.advisor, case_id=world.case.pk, evidence_id=evidence.pk)


def test_a_piece_is_not_opened_through_another_case(world):
    other = make_world()
    evidence = _add(other)

    with pytest.raises(Evidence.DoesNotExist):
        open_evidence_file(actor=world.client, case_id=world.case.pk, evidence_id=evidence.pk)
    with pytest.raises(Evidence.DoesNotExist):
        open_evidence_file(actor=other.client, case_id=world.case.pk, evidence_id=evidence.pk)


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.ON_HOLD, CaseState.WITHDRAWN])
def test_a_resting_case_takes_no_evidence(world, state):
    held_from = CaseState.RECOGNITION if state == CaseState.ON_HOLD else ""
    Case.objects.filter(pk=world.case.pk).update(state=state, held_from=held_from)

    with pytest.raises(TransitionRefused) as refusal:
        _add(world)

    assert refusal.value.code == "case_not_running"


def test_a_link_needs_its_argument_and_a_criterion_of_the_pinned_version(world):
    criterion, *_ = _pin(world, "1.1.a")
    foreign = Criterion.objects.get(outcome__outcome_set__version=_version("9.9.z"), label="9.9.z")
    evidence = _add(world)
    now = timezone.now()

    def link(target, argument):
        return link_to_criterion(
            actor=world.client,
            evidence_id=evidence.pk,
            criterion_id=target.pk,
            argument=argument,
            at=now,
        )

    for target, argument, code in (
        (criterion, "  ", "argument_missing"),
        (foreign, "Bo tak.", "foreign_criterion"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            link(target, argument)
        assert refusal.value.code == code
    link(criterion, "Dokument potwierdza kierowanie pracą.")
    with pytest.raises(InvalidInput) as refusal:
        link(criterion, "Jeszcze raz.")
    assert refusal.value.code == "linked_already"

    (view,) = portfolio_of(Case.objects.get(pk=world.case.pk))
    assert [(each.label, each.argument) for each in view.links] == [
        ("1.1.a", "Dokument potwierdza kierowanie pracą.")
    ]
    unlink_criterion(actor=world.client, evidence_id=evidence.pk, link_id=view.links[0].id)
    assert not EvidenceLink.objects.exists()


def test_evidence_is_put_to_a_statement_of_its_own_case_only(world):
    statement = world.presented()
    foreign = make_world().presented()
    evidence = _add(world)
    now = timezone.now()

    with pytest.raises(InvalidInput) as refusal:
        support_statement(
            actor=world.client,
            evidence_id=evidence.pk,
            statement_id=foreign.pk,
            argument="Nie ta sprawa.",
            at=now,
        )
    assert refusal.value.code == "foreign_statement"
    support = support_statement(
        actor=world.client,
        evidence_id=evidence.pk,
        statement_id=statement.pk,
        argument="Stanowisko i okres.",
        at=now,
    )

    (view,) = portfolio_of(world.case)
    assert [each.statement_id for each in view.supports] == [statement.pk]
    remove_support(actor=world.client, evidence_id=evidence.pk, support_id=support.pk)
    assert not EvidenceSupport.objects.exists()


def test_the_client_meets_no_statement_that_they_were_not_shown(world):
    shown, unshown = world.presented(), world.statement(text="Jeszcze nie pokazane")
    evidence = _add(world)
    act = {"evidence_id": evidence.pk, "argument": "Stanowisko.", "at": timezone.now()}

    offered = {
        who: [each.pk for each in supportable_statements(world.case, actor=who)]
        for who in (world.advisor, world.client)
    }
    with pytest.raises(InvalidInput) as refusal:
        support_statement(actor=world.client, statement_id=unshown.pk, **act)
    for statement in (shown, unshown):
        support_statement(actor=world.advisor, statement_id=statement.pk, **act)

    assert offered == {world.advisor: [shown.pk, unshown.pk], world.client: [shown.pk]}
    assert refusal.value.code == "foreign_statement"
    for who, seen in ((world.advisor, {shown.pk, unshown.pk}), (world.client, {shown.pk})):
        where = {"actor": who, "case_id": world.case.pk}
        _page, (listed,) = read_portfolio(**where)
        _page, one = read_evidence(**where, evidence_id=evidence.pk)
        assert {each.statement_id for each in listed.supports} == seen
        assert {each.statement_id for each in one.supports} == seen


def test_the_history_never_says_what_the_evidence_was(world):
    evidence = _add(world)
    withdraw_evidence(actor=world.client, evidence_id=evidence.pk)

    told = history(world.case.audit_stream, readings=True)

    assert not [line for line in told if CARD.title in str(line.data)]


def test_a_document_of_today_is_accepted_just_after_midnight(world):
    midnight = datetime(2026, 7, 10, 0, 30, tzinfo=timezone.get_default_timezone())
    card = EvidenceCard(title="Zaświadczenie", kind="employment", produced_on=midnight.date())

    assert _add(world, card=card, at=midnight).produced_on == date(2026, 7, 10)


def test_the_description_rests_with_the_case(world):
    evidence = _add(world)
    Case.objects.filter(pk=world.case.pk).update(state=CaseState.CLOSED)

    with pytest.raises(TransitionRefused) as refusal:
        describe_evidence(
            actor=world.client, evidence_id=evidence.pk, card=CARD,
            base_version=evidence.version, at=timezone.now(),
        )  # fmt: skip

    assert refusal.value.code == "case_not_running"


def test_taking_back_erases_file_words_and_links_and_says_not_what_it_was(world):
    criterion, *_ = _pin(world, "1.1.a")
    evidence = _add(world)
    link_to_criterion(
        actor=world.client,
        evidence_id=evidence.pk,
        criterion_id=criterion.pk,
        argument="Pokazuje.",
        at=timezone.now(),
    )
    path = stored_path(evidence.file_id)
    assert path.exists()

    withdraw_evidence(actor=world.client, evidence_id=evidence.pk)

    row = Evidence.objects.get(pk=evidence.pk)
    assert (row.state, row.title, row.description, row.file.name) == (
        EvidenceState.WITHDRAWN, "", "", "",
    )  # fmt: skip
    assert not row.links.exists()
    assert portfolio_of(world.case) == []
    last = history(world.case.audit_stream)[0]
    assert (last.code, last.data["number"]) == ("portfolio.evidence.withdrawn", 1)
    assert "title" not in last.data


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_withdrawn_piece_leaves_the_disk(world):
    evidence = _add(world)
    path = stored_path(evidence.file_id)
    assert path.exists()

    withdraw_evidence(actor=world.client, evidence_id=evidence.pk)

    assert not path.exists()


def test_the_second_of_two_describers_is_told(world):
    evidence = _add(world)
    read = evidence.version
    now = timezone.now()
    describe_evidence(
        actor=world.client,
        evidence_id=evidence.pk,
        card=EvidenceCard(title="Pierwszy", kind="employment"),
        base_version=read,
        at=now,
    )

    with pytest.raises(Conflict) as refusal:
        describe_evidence(
            actor=world.advisor,
            evidence_id=evidence.pk,
            card=EvidenceCard(title="Drugi", kind="employment"),
            base_version=read,
            at=now,
        )

    assert refusal.value.code == "stale"
    assert Evidence.objects.get(pk=evidence.pk).title == "Pierwszy"


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_portfolio_costs_the_same_for_any_number_of_pieces(
    world, pieces, django_assert_num_queries
):
    for _ in range(pieces):
        _add(world)

    with unit_of_work(), django_assert_num_queries(4):
        views = portfolio_of(world.case)

    assert [view.number for view in views] == list(range(1, pieces + 1))


@pytest.mark.parametrize(
    ("stories", "evidence", "expected"),
    [
        (0, 0, Strength.DECLARED),
        (0, 1, Strength.WEAK),
        (0, 5, Strength.WEAK),
        (1, 0, Strength.WEAK),
        (1, 1, Strength.SUFFICIENT),
        (2, 0, Strength.SUFFICIENT),
        (3, 0, Strength.SUFFICIENT),
        (2, 1, Strength.STRONG),
        (1, 2, Strength.STRONG),
    ],
)
def test_strength_counts_sources_and_wants_both_kinds(stories, evidence, expected):
    assert strength(complete_stories=stories, evidence=evidence) == expected


def test_dates_on_documents_come_back(world):
    day = date(2024, 4, 30)
    evidence = _add(world, card=EvidenceCard(title="Dyplom", kind="certificate", produced_on=day))

    assert Evidence.objects.get(pk=evidence.pk).produced_on == day
