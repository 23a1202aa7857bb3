"""The client's voice: theirs alone, verbatim, the newest counts, silence is none."""

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bilans.errors import Conflict, InvalidInput, NotPermitted, TransitionRefused
from clients.models import IssuedDocument, StoredFile
from clients.services import save_draft
from clients.states import DocumentKind
from interviews.models import Position, Statement
from interviews.portaltasks import statement_tasks
from interviews.selectors import statements_of, undecided
from interviews.services import (
    Said,
    StatementContent,
    present_statements,
    read_positions,
    read_presented,
    read_presented_statement,
    record_position,
    save_statement,
    state_position,
    withdraw_statement,
)
from interviews.services.rules import Drafted
from interviews.states import Stance
from tests.interviews.world import make_world

pytestmark = pytest.mark.django_db

WORDS = "Ja nie rozwiązywałam, tylko rozsadzałam.\n  Kłótnie zostawały. "


@pytest.mark.parametrize(
    ("stance", "words", "status"),
    [
        (Stance.AGREES, "", "agreed"),
        (Stance.PARTLY, "Rocznego nie robię", "agreed"),
        (Stance.DISAGREES, WORDS, "differs"),
    ],
)
def test_a_position_is_kept_word_for_word_and_decides_how_things_stand(stance, words, status):
    world = make_world()

    world.says(world.presented(), stance, words)

    (view,) = statements_of(world.case)
    assert (view.status, view.position.stance, view.position.words) == (status, stance, words)
    assert (view.position.typed_by, view.position.read_back) == ("client", False)


def test_silence_is_not_a_position():
    world = make_world()
    world.presented()

    (view,) = undecided(world.case)

    assert (view.status, view.position) == ("waiting", None)


@pytest.mark.parametrize("stance", [Stance.PARTLY, Stance.DISAGREES])
def test_partly_and_no_need_the_clients_own_words(stance):
    world = make_world()
    statement = world.presented()

    with pytest.raises(InvalidInput) as refusal:
        world.says(statement, stance, "  ")

    assert (refusal.value.code, refusal.value.field) == ("words_missing", "words")
    assert not Position.objects.exists()


def test_an_answer_has_to_be_one_of_the_three():
    world = make_world()

    with pytest.raises(InvalidInput) as refusal:
        world.says(world.presented(), "whatever")

    assert (refusal.value.code, refusal.value.field) == ("stance_missing", "stance")


def test_the_client_changes_their_mind_and_both_answers_stay():
    world = make_world()
    statement = world.presented()

    world.says(statement, Stance.AGREES)
    world.says(statement, Stance.DISAGREES, "Jednak nie.")

    (view,) = statements_of(world.case)
    assert view.position.words == "Jednak nie."
    said = read_positions(actor=world.advisor, statement_id=statement.pk)
    assert [each.stance for each in said] == ["agrees", "disagrees"]


@pytest.mark.parametrize("person", ["advisor", "supervisor"])
def test_nobody_speaks_for_the_client_in_the_portal(person):
    world = make_world()
    statement = world.presented()

    with pytest.raises(Statement.DoesNotExist):
        state_position(
            actor=getattr(world, person),
            case_id=world.case.pk,
            statement_id=statement.pk,
            said=Said(wording=1, stance=Stance.AGREES),
        )


def test_a_foreign_client_finds_nothing():
    world, other = make_world(), make_world()
    statement = world.presented()

    for case in (world.case, other.case):
        with pytest.raises(Statement.DoesNotExist):
            state_position(
                actor=other.client,
                case_id=case.pk,
                statement_id=statement.pk,
                said=Said(wording=1, stance=Stance.AGREES),
            )


def test_a_statement_never_shown_does_not_exist_for_the_client():
    world = make_world()
    statement = world.statement()

    with pytest.raises(Statement.DoesNotExist):
        world.says(statement)


def test_a_reworded_statement_waits_and_a_late_answer_is_told_so():
    world = make_world()
    statement = world.presented(text="Szyje")
    star_ids = tuple(statement.sources.values_list("star", flat=True))
    save_statement(
        actor=world.advisor,
        statement_id=statement.pk,
        content=StatementContent(text="Szyje na miarę", star_ids=star_ids),
        base_version=statement.version,
    )

    with pytest.raises(TransitionRefused) as refusal:
        world.says(statement)
    assert refusal.value.code == "not_presented"

    present_statements(actor=world.advisor, case_id=world.case.pk)
    with pytest.raises(Conflict) as refusal:
        world.says(statement)  # still the wording that was on the open page
    assert refusal.value.code == "stale_wording"
    assert not Position.objects.exists()


def test_a_withdrawn_statement_takes_no_answer():
    world = make_world()
    statement = world.presented()
    withdraw_statement(actor=world.advisor, statement_id=statement.pk, reason="r")

    with pytest.raises(TransitionRefused) as refusal:
        world.says(statement)

    assert refusal.value.code == "not_presented"


def test_the_issued_report_closes_the_wording_it_holds():
    world = make_world()
    statement = world.presented()
    world.says(statement)
    _issue_final_report(world)

    with pytest.raises(TransitionRefused) as refusal:
        world.says(statement, Stance.DISAGREES, "Jednak nie.")

    assert refusal.value.code == "report_issued"


def test_the_database_itself_keeps_what_was_said():
    world = make_world()
    position = world.says(world.presented(), Stance.DISAGREES, WORDS)

    position.words = "Zgadzam się"
    with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
        position.save()
    with pytest.raises(FieldError):
        Position.objects.filter(pk=position.pk).update(wording=2)

    assert Position.objects.get().words == WORDS


def test_at_the_desk_the_client_speaks_the_advisor_types_and_reads_it_back():
    world = make_world()
    statement = world.presented()
    act = {
        "actor": world.advisor,
        "statement_id": statement.pk,
        "said": Said(wording=1, stance=Stance.DISAGREES, words=WORDS),
    }

    with pytest.raises(InvalidInput) as refusal:
        record_position(**act, read_back=False)
    assert (refusal.value.code, refusal.value.field) == ("not_read_back", "read_back")
    record_position(**act, read_back=True)

    (view,) = statements_of(world.case)
    position = view.position
    assert (position.words, position.typed_by, position.read_back) == (WORDS, "advisor", True)


def test_nobody_but_whoever_leads_the_interviews_types_for_the_client():
    world = make_world()
    statement = world.presented()

    for person in (world.supervisor, world.client):
        with pytest.raises(NotPermitted):
            record_position(
                actor=person,
                statement_id=statement.pk,
                said=Said(wording=1, stance=Stance.AGREES),
                read_back=True,
            )


def test_what_the_client_was_typing_waits_for_them():
    world = make_world()
    statement = world.presented()
    save_draft(
        actor=world.client, case_id=world.case.pk, form=Drafted.POSITION,
        target_id=statement.pk, base_version=statement.version,
        values={"stance": "partly", "words": "Prowadzę, ale", "wording": "1"},
    )  # fmt: skip

    page = read_presented_statement(
        actor=world.client, case_id=world.case.pk, statement_id=statement.pk
    )

    assert page.draft.values["words"] == "Prowadzę, ale"


def test_the_portal_asks_for_what_is_left_and_then_thanks():
    world = make_world()
    first, second = world.presented(), world.presented()

    (task,) = statement_tasks(actor=world.client, case=world.case)
    assert (task.minutes, task.done) == (6, False)
    assert str(first.pk) in task.url
    world.says(first)
    world.says(second)

    (task,) = statement_tasks(actor=world.client, case=world.case)
    assert task.done
    assert list(statement_tasks(actor=world.advisor, case=world.case)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_portal_list_takes_the_same_queries_for_any_number(rows, django_assert_num_queries):
    world = make_world()
    for _each in range(rows):
        world.says(world.presented())

    with django_assert_num_queries(13):
        page = read_presented(actor=world.client, case_id=world.case.pk)

    assert len(page.statements) == rows


def _issue_final_report(world):
    files = [
        StoredFile.objects.create(case=world.case, media_type="x/y", stored_by=world.advisor)
        for _each in range(2)
    ]
    IssuedDocument.objects.create(
        case=world.case,
        kind=DocumentKind.FINAL_REPORT,
        number=1,
        language="pl",
        issued_at=timezone.now(),
        issued_by=world.advisor,
        docx=files[0],
        pdf=files[1],
    )
