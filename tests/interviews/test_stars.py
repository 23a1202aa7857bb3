"""STAR records: saved with gaps, complete without them, set aside but never thrown away."""

import pytest

from bilans.audit.selectors import history
from bilans.errors import Conflict, InvalidInput, NotPermitted, TransitionRefused
from clients.services import find_draft, save_draft
from interviews.models import StarRecord
from interviews.services import (
    StarContent,
    add_star,
    complete_star,
    read_star,
    restore_star,
    save_star,
    set_aside_star,
    withdraw_statement,
)
from interviews.services.rules import Drafted
from tests.factories import make_person
from tests.interviews.world import QUARRELS, UNIFORMS, make_world

pytestmark = pytest.mark.django_db


def test_a_story_with_empty_parts_is_saved_but_not_complete():
    world = make_world()
    star = world.star(QUARRELS)

    with pytest.raises(InvalidInput) as refusal:
        complete_star(actor=world.advisor, star_id=star.pk)

    assert (refusal.value.code, refusal.value.field) == ("star_incomplete", "task")
    for name in ("zadanie", "rezultat"):
        assert name in refusal.value.message.lower() or "task" in refusal.value.message
    kept = StarRecord.objects.get(pk=star.pk)
    assert (kept.action, kept.missing_parts, kept.completed_at) == (
        QUARRELS.action,
        ["task", "result"],
        None,
    )


def test_a_story_told_whole_is_marked_complete_once():
    world = make_world()
    star = world.star()

    complete_star(actor=world.advisor, star_id=star.pk)
    complete_star(actor=world.advisor, star_id=star.pk)

    codes = [line.code for line in history(world.case.audit_stream)]
    assert codes.count("interviews.star.completed") == 1


def test_a_complete_story_that_loses_a_part_is_complete_no_more():
    world = make_world()
    star = complete_star(actor=world.advisor, star_id=world.star().pk)

    saved = save_star(
        actor=world.advisor,
        star_id=star.pk,
        content=StarContent(title="Mundurki", situation="s", task="t", action="a"),
        base_version=star.version,
    )

    assert saved.completed_at is None


def test_a_story_needs_a_title():
    world = make_world()
    interview = world.interview()

    with pytest.raises(InvalidInput) as refusal:
        add_star(actor=world.advisor, interview_id=interview.pk, content=StarContent(title="  "))

    assert (refusal.value.code, refusal.value.field) == ("title_missing", "title")
    assert not StarRecord.objects.exists()


def test_of_two_windows_the_second_is_told_and_overwrites_nothing():
    world = make_world()
    star = world.star(QUARRELS)
    change = {"actor": world.advisor, "star_id": star.pk, "base_version": star.version}
    save_star(content=UNIFORMS, **change)

    with pytest.raises(Conflict) as refusal:
        save_star(content=QUARRELS, **change)

    assert refusal.value.code == "stale"
    assert StarRecord.objects.get(pk=star.pk).title == "Mundurki"


def test_saving_ends_the_draft_and_names_what_changed():
    world = make_world()
    star = world.star(QUARRELS)
    what = {"case_id": world.case.pk, "form": Drafted.STAR, "target_id": star.pk}
    save_draft(
        actor=world.advisor, base_version=1, values={"title": "Kłótnie", "task": "Pog"}, **what
    )
    assert read_star(actor=world.advisor, star_id=star.pk).draft.values["task"] == "Pog"

    save_star(
        actor=world.advisor,
        star_id=star.pk,
        content=StarContent(
            title="Kłótnie", situation=QUARRELS.situation, task="Pogodzić", action=QUARRELS.action
        ),
        base_version=1,
    )

    assert find_draft(actor=world.advisor, **what) is None
    assert "interviews.star.saved" in [line.code for line in history(world.case.audit_stream)]


def test_a_cited_story_cannot_be_set_aside_and_the_refusal_says_by_which_statement():
    world = make_world()
    star = world.star()
    statement = world.statement(star)

    with pytest.raises(TransitionRefused) as refusal:
        set_aside_star(actor=world.advisor, star_id=star.pk)

    assert refusal.value.code == "star_cited"
    assert str(statement.number) in refusal.value.message
    withdraw_statement(actor=world.advisor, statement_id=statement.pk, reason="pomyłka")
    assert set_aside_star(actor=world.advisor, star_id=star.pk).removed_at is not None


def test_a_story_set_aside_cannot_be_changed_until_it_is_brought_back():
    world = make_world()
    star = set_aside_star(actor=world.advisor, star_id=world.star().pk)

    with pytest.raises(TransitionRefused) as refusal:
        save_star(actor=world.advisor, star_id=star.pk, content=QUARRELS, base_version=star.version)

    assert refusal.value.code == "set_aside"
    assert restore_star(actor=world.advisor, star_id=star.pk).removed_at is None


def test_a_supervisor_reads_the_story_without_the_note_and_writes_nothing():
    world = make_world()
    star = world.star()
    star.interview.note = "luźna notatka"
    star.interview.save()

    page = read_star(actor=world.supervisor, star_id=star.pk)

    assert (page.shown.title, page.note, page.may_record) == ("Mundurki", "", False)
    for act in (
        lambda: save_star(
            actor=world.supervisor, star_id=star.pk, content=QUARRELS, base_version=1
        ),
        lambda: complete_star(actor=world.supervisor, star_id=star.pk),
        lambda: set_aside_star(actor=world.supervisor, star_id=star.pk),
        lambda: restore_star(actor=world.supervisor, star_id=star.pk),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_stranger_finds_no_story():
    star = make_world().star()

    with pytest.raises(StarRecord.DoesNotExist):
        read_star(actor=make_person(), star_id=star.pk)
