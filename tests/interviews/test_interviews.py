"""Interviews: under a contract only, one note, finished before sorting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bilans.audit.selectors import history
from bilans.errors import Conflict, InvalidInput, NotPermitted, TransitionRefused
from clients.models import Case
from clients.services import find_draft, save_draft
from clients.states import CaseState
from interviews.models import Interview
from interviews.services import (
    finish_interview,
    read_interview,
    read_interviews,
    reopen_interview,
    save_note,
    start_interview,
)
from interviews.services.rules import Drafted
from tests.factories import make_person
from tests.interviews.world import DAY_HELD, make_world

pytestmark = pytest.mark.django_db


def test_an_interview_before_the_contract_is_refused_with_its_reason():
    world = make_world(with_contract=False, state=CaseState.AGREED)

    with pytest.raises(TransitionRefused) as refusal:
        start_interview(actor=world.advisor, case_id=world.case.pk, held_on=DAY_HELD)

    assert refusal.value.code == "contract_missing"
    assert not Interview.objects.exists()


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.ARCHIVED])
def test_an_ended_case_takes_no_interview(state):
    world = make_world(state=state)

    with pytest.raises(TransitionRefused) as refusal:
        world.interview()

    assert refusal.value.code == "case_not_running"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (timezone.localdate() + timedelta(days=1), "future"),
        (date(2026, 10, 4), "before_case"),
    ],
)
def test_the_day_of_a_conversation_must_be_possible(day, code):
    world = make_world()

    with pytest.raises(InvalidInput) as refusal:
        start_interview(actor=world.advisor, case_id=world.case.pk, held_on=day)

    assert (refusal.value.code, refusal.value.field) == (code, "held_on")


def test_interviews_are_numbered_within_the_case_and_traced():
    world = make_world()

    numbers = [world.interview().number, world.interview().number]

    assert numbers == [1, 2]
    assert [line.code for line in history(world.case.audit_stream, limit=2)] == [
        "interviews.interview.started",
        "interviews.interview.started",
    ]


def test_a_stranger_finds_no_case_and_a_supervisor_may_not_record():
    world = make_world()

    with pytest.raises(Case.DoesNotExist):
        start_interview(actor=make_person(), case_id=world.case.pk, held_on=DAY_HELD)
    with pytest.raises(NotPermitted):
        start_interview(actor=world.supervisor, case_id=world.case.pk, held_on=DAY_HELD)
    assert not Interview.objects.exists()


def test_the_note_is_saved_over_what_was_read_only():
    world = make_world()
    interview = world.interview()

    saved = save_note(
        actor=world.advisor, interview_id=interview.pk, note="mundurki, 1200 sztuk",
        base_version=interview.version,
    )  # fmt: skip
    with pytest.raises(Conflict) as refusal:
        save_note(
            actor=world.advisor, interview_id=interview.pk, note="drugie okno",
            base_version=interview.version,
        )  # fmt: skip

    assert refusal.value.code == "stale"
    kept = Interview.objects.get(pk=interview.pk)
    assert (kept.note, kept.version) == ("mundurki, 1200 sztuk", saved.version)


def test_finishing_saves_the_note_ends_the_draft_and_can_be_undone():
    world = make_world()
    interview = world.interview()
    what = {"case_id": world.case.pk, "form": Drafted.NOTE, "target_id": interview.pk}
    save_draft(actor=world.advisor, base_version=1, values={"note": "mundu"}, **what)

    finished = finish_interview(
        actor=world.advisor, interview_id=interview.pk, note="mundurki", base_version=1
    )

    assert (finished.state, finished.note) == ("finished", "mundurki")
    assert find_draft(actor=world.advisor, **what) is None
    with pytest.raises(TransitionRefused) as refusal:
        save_note(
            actor=world.advisor, interview_id=interview.pk, note="x",
            base_version=finished.version,
        )  # fmt: skip
    assert refusal.value.code == "interview_finished"
    assert reopen_interview(actor=world.advisor, interview_id=interview.pk).state == "open"


def test_a_draft_of_the_note_is_found_again_by_whoever_typed_it():
    world = make_world()
    interview = world.interview()
    save_draft(
        actor=world.advisor, case_id=world.case.pk, form=Drafted.NOTE, target_id=interview.pk,
        base_version=1, values={"note": "Zamówienie na 1200"},
    )  # fmt: skip

    page = read_interview(actor=world.advisor, interview_id=interview.pk)

    assert page.draft.values == {"note": "Zamówienie na 1200"}


def test_the_note_is_not_for_the_supervisor_or_the_client():
    world = make_world()
    interview = world.interview()

    for person in (world.supervisor, world.client):
        with pytest.raises(NotPermitted):
            read_interview(actor=person, interview_id=interview.pk)


@pytest.mark.parametrize("stories", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_stories(
    stories, django_assert_num_queries
):
    world = make_world()
    interview = world.interview()
    for _each in range(stories):
        world.star()
    world.advisor.membership  # noqa: B018 -- asked once per request anyway

    with django_assert_num_queries(15):
        page = read_interviews(actor=world.advisor, case_id=world.case.pk)

    assert [row.id for row in page.interviews] == [interview.pk]
    assert len(page.interviews[0].stars) == stories
    assert page.may_record
