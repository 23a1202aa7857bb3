"""The final report: nothing without source and position, the client's words verbatim."""

import pytest
from django.utils import timezone

from bilans.audit.selectors import history
from bilans.documents import tree
from bilans.documents.tree import plain_text
from bilans.errors import Conflict, NotPermitted, TransitionRefused
from clients.models import Case, Delivery, IssuedDocument
from clients.services import read_document
from clients.states import CaseState
from clients.workflow import CASE_WORKFLOW
from interviews.services import present_statements, restore_statement, withdraw_statement
from interviews.states import Stance
from reports.document import ReportSections
from reports.models import FinalReport
from reports.services import issue_report, read_report_page, write_report
from reports.states import ReportState
from tests.interviews.world import QUARRELS, make_world

pytestmark = pytest.mark.django_db

SECTIONS = ReportSections(
    circumstances="Zwolnienie grupowe.",
    course="Trzy spotkania.",
    summary="Najmocniej: organizowanie pracy.",
    next_steps=("Opisać w CV", "Trzy rozmowy"),
)
WORDS = "Ja nie rozwiązywałam, tylko rozsadzałam."


@pytest.fixture
def world():
    return make_world(state=CaseState.AGREEING)


def _write(world, *, base_version=None, sections=SECTIONS):
    return write_report(
        actor=world.advisor, case_id=world.case.pk, sections=sections, base_version=base_version
    )


def _issue(world, report, **fields):
    return issue_report(
        actor=fields.pop("actor", world.advisor),
        case_id=world.case.pk,
        base_version=fields.pop("base_version", report.version),
        language=fields.pop("language", "pl"),
        at=timezone.now(),
    )


def test_a_statement_taken_up_again_waits_until_it_is_shown_again(world):
    disputed = world.presented()
    world.says(disputed, Stance.DISAGREES, WORDS)
    withdraw_statement(actor=world.advisor, statement_id=disputed.pk, reason="Do rozmowy.")
    restore_statement(actor=world.advisor, statement_id=disputed.pk)
    report = _write(world)

    with pytest.raises(TransitionRefused) as refusal:
        _issue(world, report)
    assert refusal.value.code == "statement_without_position"
    present_statements(actor=world.advisor, case_id=world.case.pk)
    page = read_report_page(actor=world.advisor, case_id=world.case.pk, language="pl")
    assert [each.view.id for each in page.material.differences] == [disputed.pk]


def test_a_disputed_statement_stands_only_among_the_differences_with_the_clients_words(world):
    agreed = world.presented(text="Organizuje pracę brygady")
    disputed = world.presented(text="Rozwiązuje konflikty w zespole")
    world.says(agreed)
    world.says(disputed, Stance.DISAGREES, WORDS)

    page = read_report_page(actor=world.advisor, case_id=world.case.pk, language="pl")

    headings, under = "", {}
    for block in page.preview.blocks:
        if isinstance(block, tree.Heading):
            headings = block.text
        if isinstance(block, tree.Statement):
            under.setdefault(headings, []).append((block.text, block.position_words))
    assert list(under.values()) == [
        [("Organizuje pracę brygady", "")],
        [("Rozwiązuje konflikty w zespole", WORDS)],
    ]


@pytest.mark.parametrize("stance", [Stance.AGREES, Stance.PARTLY])
def test_what_the_client_agrees_with_shows_its_sources_and_their_voice(world, stance):
    words = "Prowadzę, ale rozliczenia nie robię." if stance == Stance.PARTLY else ""
    world.says(world.presented(), stance, words)

    page = read_report_page(actor=world.advisor, case_id=world.case.pk, language="pl")

    (block,) = [each for each in page.preview.blocks if isinstance(each, tree.Statement)]
    assert len(block.sources) == 1
    assert "Mundurki" in block.sources[0]
    assert block.position_label == Stance(stance).label
    assert block.position_words == words


def test_silence_is_not_a_position(world):
    world.says(world.presented())
    silent = world.presented()
    report = _write(world)

    with pytest.raises(TransitionRefused) as refusal:
        _issue(world, report)

    assert refusal.value.code == "statement_without_position"
    assert f"W{silent.number}" in refusal.value.message
    assert not IssuedDocument.objects.exists()
    assert FinalReport.objects.get().state == ReportState.DRAFT


def test_a_statement_that_lost_its_source_cannot_enter(world):
    statement = world.presented()
    world.says(statement)
    statement.sources.all().delete()

    with pytest.raises(TransitionRefused) as refusal:
        _issue(world, _write(world))

    assert refusal.value.code == "statement_without_source"


def test_a_report_without_statements_is_refused(world):
    with pytest.raises(TransitionRefused) as refusal:
        _issue(world, _write(world))

    assert refusal.value.code == "no_statements"


def test_a_report_is_not_issued_before_the_results_are_agreed():
    world = make_world(state=CaseState.RECOGNITION)
    world.says(world.presented())

    with pytest.raises(TransitionRefused) as refusal:
        _issue(world, _write(world))

    assert refusal.value.code == "wrong_state"


def test_an_issued_report_is_sealed_delivered_and_stays_as_it_is(world):
    statement = world.presented()
    world.says(statement)

    document = _issue(world, _write(world))

    report = FinalReport.objects.get()
    assert (report.state, report.document_id, report.number) == ("issued", document.pk, 1)
    assert Delivery.objects.get().document_id == document.pk
    assert document.hashes.keys() == {"tree", "docx", "pdf"}
    pdf = b"".join(
        read_document(actor=world.client, document_id=document.pk, rendering="pdf").chunks
    )
    assert pdf.startswith(b"%PDF-")
    codes = [line.code for line in history(world.case.audit_stream)]
    assert "reports.final.issued" in codes


def test_the_next_report_is_the_next_version(world):
    world.says(world.presented())
    first = _issue(world, _write(world))

    second = _issue(world, _write(world, sections=SECTIONS))

    assert [first.number, second.number] == [1, 2]
    assert IssuedDocument.objects.count() == 2


def test_what_is_issued_is_what_was_seen(world):
    world.says(world.presented())
    report = _write(world)
    _write(world, base_version=report.version)

    with pytest.raises(Conflict):
        _issue(world, report)


def test_the_second_of_two_writers_is_told(world):
    _write(world)

    with pytest.raises(Conflict):
        _write(world)


@pytest.mark.parametrize("who", ["client", "supervisor"])
def test_only_the_advisor_writes(world, who):
    with pytest.raises(NotPermitted):
        write_report(
            actor=getattr(world, who), case_id=world.case.pk, sections=SECTIONS, base_version=None
        )


@pytest.mark.parametrize("step", ["plan", "close"])
def test_a_case_goes_on_only_with_the_report_in_the_clients_hands(world, step):
    case = Case.objects.get(pk=world.case.pk)
    codes = [refusal.code for refusal in CASE_WORKFLOW.missing(CASE_WORKFLOW[step], case)]
    assert "report_not_delivered" in codes
    world.says(world.presented())
    _issue(world, _write(world))

    codes = [refusal.code for refusal in CASE_WORKFLOW.missing(CASE_WORKFLOW[step], case)]

    assert "report_not_delivered" not in codes


def test_the_strength_chart_and_its_table_carry_the_same_rows(world):
    world.says(world.presented(text="Mocne stwierdzenie"))
    weak = world.statement(world.star(QUARRELS), text="Słabe stwierdzenie")
    present_statements(actor=world.advisor, case_id=world.case.pk, statement_ids=[weak.pk])
    world.says(weak)

    page = read_report_page(actor=world.advisor, case_id=world.case.pk, language="pl")

    tables = [each for each in page.preview.blocks if isinstance(each, tree.Table)]
    figures = [each for each in page.preview.blocks if isinstance(each, tree.Figure)]
    assert [row[1] for row in tables[0].rows] == ["Mocne stwierdzenie", "Słabe stwierdzenie"]
    assert "Mocne stwierdzenie" in figures[0].svg
    assert figures[0].alt
    assert "Mocne stwierdzenie" in " ".join(plain_text(page.preview))
