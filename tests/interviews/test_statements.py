"""Statements: never without a source; reworded, shown, withdrawn; what stands out."""

import pytest

from bilans.audit.selectors import history
from bilans.audit.services import unit_of_work
from bilans.errors import Conflict, InvalidInput, NotPermitted, TransitionRefused
from clients.services import move_case
from clients.states import CaseState
from clients.workflow import CASE_WORKFLOW
from interviews.models import Statement
from interviews.selectors import findings, statements_of, undecided
from interviews.services import (
    StatementContent,
    make_statement,
    present_statements,
    read_statements,
    restore_statement,
    save_statement,
    set_aside_star,
    withdraw_statement,
)
from interviews.states import Stance
from tests.factories import make_person
from tests.interviews.world import QUARRELS, make_world

pytestmark = pytest.mark.django_db


def content(*stars, text="Organizuje pracę brygady", **more):
    return StatementContent(text=text, star_ids=tuple(star.pk for star in stars), **more)


def test_a_statement_without_a_source_is_refused_and_nothing_is_kept():
    world = make_world()

    with pytest.raises(InvalidInput) as refusal:
        make_statement(
            actor=world.advisor,
            case_id=world.case.pk,
            content=content(text="Jest sumienna i mało asertywna"),
        )

    assert (refusal.value.code, refusal.value.field) == ("statement_without_source", "stars")
    assert not Statement.objects.exists()


def test_every_other_thing_that_makes_no_statement_is_refused_at_its_field():
    world = make_world()
    star, foreign = world.star(), make_world().star()
    gone = set_aside_star(actor=world.advisor, star_id=world.star(QUARRELS).pk)
    attempts = {
        ("statement_empty", "text"): content(star, text="  "),
        ("source_unknown", "stars"): content(star, foreign),
        ("category_unknown", "category"): content(star, category="magic"),
        ("criterion_unknown", "criterion_ids"): content(star, criterion_ids=(star.pk,)),
    }
    assert gone.removed_at is not None

    refused = {}
    for expected, typed in attempts.items():
        with pytest.raises(InvalidInput) as refusal:
            make_statement(actor=world.advisor, case_id=world.case.pk, content=typed)
        refused[expected] = (refusal.value.code, refusal.value.field)

    assert refused == {expected: expected for expected in attempts}
    assert not Statement.objects.exists()


def test_a_story_that_was_set_aside_is_no_source():
    world = make_world()
    gone = set_aside_star(actor=world.advisor, star_id=world.star().pk)

    with pytest.raises(InvalidInput) as refusal:
        world.statement(gone)

    assert refusal.value.code == "source_unknown"


def test_a_statement_before_the_contract_or_by_somebody_else_is_refused():
    bare = make_world(with_contract=False, state=CaseState.AGREED)
    world = make_world()
    star = world.star()

    with pytest.raises(TransitionRefused) as refusal:
        make_statement(actor=bare.advisor, case_id=bare.case.pk, content=content(star))
    assert refusal.value.code == "contract_missing"
    for person in (world.supervisor, world.client):
        with pytest.raises(NotPermitted):
            make_statement(actor=person, case_id=world.case.pk, content=content(star))


def test_before_it_is_shown_a_statement_changes_freely():
    world = make_world()
    star = world.star()
    statement = world.statement(star)

    saved = save_statement(
        actor=world.advisor, statement_id=statement.pk, content=content(star, text="Inaczej"),
        base_version=statement.version,
    )  # fmt: skip

    assert (saved.text, saved.wording, saved.earlier) == ("Inaczej", 1, [])


def test_rewording_opens_a_new_wording_and_the_old_position_stays_with_the_old_text():
    world = make_world()
    statement = world.presented(text="Rozwiązuje konflikty w zespole")
    world.says(statement, Stance.DISAGREES, "Ja tylko rozsadzałam.")
    (source,) = [link.star for link in statement.sources.all()]

    save_statement(
        actor=world.advisor,
        statement_id=statement.pk,
        content=content(source, text="Rozdziela osoby w konflikcie"),
        base_version=statement.version,
    )

    (view,) = statements_of(world.case)
    assert (view.wording, view.status, view.position) == (2, "draft", None)
    (old,) = view.earlier
    assert (old.wording, old.text, old.position.stance, old.position.words) == (
        1,
        "Rozwiązuje konflikty w zespole",
        "disagrees",
        "Ja tylko rozsadzałam.",
    )
    present_statements(actor=world.advisor, case_id=world.case.pk)
    (view,) = statements_of(world.case)
    assert (view.status, view.position) == ("waiting", None)


def test_another_source_is_another_wording_but_another_criterion_is_not():
    world = make_world()
    star, other = world.star(), world.star(QUARRELS)
    statement = world.statement(star, text="Szyje")
    present_statements(actor=world.advisor, case_id=world.case.pk)
    statement.refresh_from_db()

    same = save_statement(
        actor=world.advisor, statement_id=statement.pk, content=content(star, text="Szyje"),
        base_version=statement.version,
    )  # fmt: skip
    assert (same.wording, same.state) == (1, "presented")

    more = save_statement(
        actor=world.advisor,
        statement_id=statement.pk,
        content=content(star, other, text="Szyje"),
        base_version=same.version,
    )
    assert (more.wording, more.state) == (2, "draft")


def test_of_two_windows_the_second_is_told():
    world = make_world()
    star = world.star()
    statement = world.statement(star)
    change = {
        "actor": world.advisor,
        "statement_id": statement.pk,
        "base_version": statement.version,
    }
    save_statement(content=content(star, text="Pierwsze okno"), **change)

    with pytest.raises(Conflict) as refusal:
        save_statement(content=content(star, text="Drugie okno"), **change)

    assert refusal.value.code == "stale"
    assert Statement.objects.get(pk=statement.pk).text == "Pierwsze okno"


def test_showing_takes_one_or_all_new_ones_and_keeps_the_doubt():
    world = make_world()
    star = world.star()
    first, second, third = (world.statement(star) for _ in range(3))
    show = {"actor": world.advisor, "case_id": world.case.pk}

    one = present_statements(**show, statement_ids=[second.pk])
    rest = present_statements(**show, doubt="Gdyby kierownik mówił inaczej")

    assert [row.pk for row in one] == [second.pk]
    assert [row.pk for row in rest] == [first.pk, third.pk]
    assert {row.doubt for row in rest} == {"Gdyby kierownik mówił inaczej"}
    with pytest.raises(TransitionRefused) as refusal:
        present_statements(**show)
    assert refusal.value.code == "nothing_to_present"
    with pytest.raises(Statement.DoesNotExist):
        present_statements(**show, statement_ids=[make_world().statement().pk])


def test_withdrawing_needs_a_reason_and_keeps_what_was_said():
    world = make_world()
    statement = world.presented()
    world.says(statement)
    act = {"actor": world.advisor, "statement_id": statement.pk}

    with pytest.raises(InvalidInput) as refusal:
        withdraw_statement(**act, reason=" ")
    assert refusal.value.code == "reason_missing"
    withdraw_statement(**act, reason="To nie wynika z tej historii.")

    assert statements_of(world.case) == []
    page = read_statements(actor=world.advisor, case_id=world.case.pk)
    assert page.withdrawn[0].withdrawal_reason == "To nie wynika z tej historii."
    assert page.withdrawn[0].position.stance == "agrees"
    with pytest.raises(TransitionRefused) as refusal:
        withdraw_statement(**act, reason="znowu")
    assert refusal.value.code == "withdrawn"
    assert restore_statement(**act).state == "draft"


def test_a_statement_whose_story_is_set_aside_is_not_taken_up_again():
    world = make_world()
    star = world.star()
    statement = world.statement(star)
    withdraw_statement(actor=world.advisor, statement_id=statement.pk, reason="r")
    set_aside_star(actor=world.advisor, star_id=star.pk)

    with pytest.raises(TransitionRefused) as refusal:
        restore_statement(actor=world.advisor, statement_id=statement.pk)

    assert refusal.value.code == "source_set_aside"


def test_what_stands_out_is_said_before_the_client_sees_it():
    world = make_world()
    weak, whole = world.star(QUARRELS), world.star()
    world.statement(weak, text="Rozwiązuje konflikty")
    world.statement(weak, whole, text="Jest sumienna")

    found = [(each.number, each.code) for each in findings(statements_of(world.case))]

    assert found == [(1, "single_incomplete_source"), (2, "labels")]


def test_statements_that_all_rest_on_one_story_are_noticed():
    world = make_world()
    star = world.star()
    world.statement(star)
    world.statement(star)

    codes = [each.code for each in findings(statements_of(world.case))]

    assert codes == ["single_source", "single_source", "one_story"]


def test_a_synthesis_waits_for_a_statement_and_the_agreement_for_one_shown():
    world = make_world()
    synthesise, agree = CASE_WORKFLOW["synthesise"], CASE_WORKFLOW["agree_results"]

    def missing(step):
        return [refusal.code for refusal in CASE_WORKFLOW.missing(step, world.case)]

    assert missing(synthesise) == ["statement_missing"]
    world.statement()
    assert missing(synthesise) == []
    move_case(actor=world.advisor, case_id=world.case.pk, step="synthesise")
    assert missing(agree) == ["nothing_presented"]
    present_statements(actor=world.advisor, case_id=world.case.pk)
    assert missing(agree) == []


def test_the_history_tells_who_did_what():
    world = make_world()
    statement = world.presented()
    withdraw_statement(actor=world.advisor, statement_id=statement.pk, reason="Za mało")

    line = history(world.case.audit_stream, limit=1)[0]

    assert (line.code, line.actor_id, line.data["reason"]) == (
        "interviews.statement.withdrawn",
        world.advisor.pk,
        "Za mało",
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_take_the_same_queries_for_any_number(rows, django_assert_num_queries):
    world = make_world()
    for _each in range(rows):
        statement = world.presented()
        world.says(statement)

    with unit_of_work(), django_assert_num_queries(5):
        views = statements_of(world.case)
        texts = [(view.text, view.sources[0].title, view.position.words) for view in views]

    assert len(texts) == rows
    assert undecided(world.case) == []


def test_nobody_reads_statements_of_a_foreign_case():
    world = make_world()

    with pytest.raises(type(world.case).DoesNotExist):
        read_statements(actor=make_person(), case_id=world.case.pk)
