"""Pages of the office: what they show, what a refusal keeps, who gets in."""

import re

import pytest
from django.urls import reverse

from clients.services import save_draft
from clients.states import CaseState
from interviews.models import Interview, Position, StarRecord, Statement
from interviews.services import set_aside_star
from interviews.services.rules import Drafted
from tests.factories import make_person
from tests.interviews.world import DAY_HELD, QUARRELS, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    world = make_world()
    client.force_login(world.advisor)
    return world


def url(route, **ids):
    return reverse(f"interviews:{route}", kwargs=ids)


def version_in(response):
    return re.search(r'name="base_version" value="(\d+)"', response.content.decode())[1]


def test_a_case_without_a_contract_says_so_and_starts_nothing(client):
    world = make_world(with_contract=False, state=CaseState.AGREED)
    client.force_login(world.advisor)

    page = client.get(url("list", case_id=world.case.pk))
    answer = client.post(url("start", case_id=world.case.pk), {"held_on": DAY_HELD.isoformat()})

    contract = reverse("clients:contract", args=[world.case.pk])
    for shown, status in ((page, 200), (answer, 409)):
        assert shown.status_code == status
        assert contract in shown.content.decode()
    assert not Interview.objects.exists()


def test_a_conversation_is_one_field_and_nothing_to_tick(client, world):
    answer = client.post(url("start", case_id=world.case.pk), {"held_on": DAY_HELD.isoformat()})
    interview = Interview.objects.get()
    assert answer.headers["Location"] == url("interview", interview_id=interview.pk)

    body = client.get(answer.headers["Location"]).content.decode()
    form = body[body.index("data-autosave-form") :]
    form = form[: form.index("</form>")]

    assert re.findall(r"<textarea|type=\"checkbox\"|type=\"radio\"|<select", form) == ["<textarea"]


def test_a_note_is_saved_then_finished_and_sorted(client, world):
    interview = world.interview()
    page = url("interview", interview_id=interview.pk)

    client.post(page, {"note": "1200 mundurków", "base_version": 1, "act": "save"})
    answer = client.post(page, {"note": "1200 mundurków, 9 dni", "base_version": 2})

    assert answer.headers["Location"] == page
    body = client.get(page).content.decode()
    assert body.count("1200 mundurków, 9 dni") == 2  # beside it, and folded above on a phone
    assert url("add_star", interview_id=interview.pk) in body


def test_two_windows_on_one_note_show_both_texts_and_the_second_try_decides(client, world):
    interview = world.interview()
    page = url("interview", interview_id=interview.pk)
    client.post(page, {"note": "pierwsze okno", "base_version": 1, "act": "save"})

    answer = client.post(page, {"note": "drugie okno", "base_version": 1, "act": "save"})

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "pierwsze okno" in body
    assert "drugie okno" in body
    assert Interview.objects.get().note == "pierwsze okno"
    again = {"note": "drugie okno", "base_version": version_in(answer), "act": "save"}
    assert client.post(page, again).status_code == 302
    assert Interview.objects.get().note == "drugie okno"


def test_a_story_saved_as_complete_with_gaps_is_saved_and_told_what_is_missing(client, world):
    star = world.star(QUARRELS)

    answer = client.post(
        url("star", star_id=star.pk),
        {
            "title": "Dziewczyny z Ukrainy",
            "situation": "Przyszło sześć nowych.",
            "task": "Miały po miesiącu robić normę.",
            "action": "Zrobiliśmy instrukcję z obrazkami.",
            "result": "",
            "base_version": 1,
            "act": "complete",
        },
    )

    body = answer.content.decode()
    assert answer.status_code == 422
    assert "<q>Zrobiliśmy</q>" in body
    kept = StarRecord.objects.get()
    assert (kept.title, kept.missing_parts) == ("Dziewczyny z Ukrainy", ["result"])
    assert version_in(answer) == str(kept.version)


def test_two_windows_on_one_story_show_both_texts(client, world):
    star = world.star()
    page = url("star", star_id=star.pk)
    client.post(page, {"title": "Pierwsze okno", "base_version": 1})

    answer = client.post(page, {"title": "Drugie okno", "action": "szyłam", "base_version": 1})

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Pierwsze okno" in body
    assert "Drugie okno" in body
    assert StarRecord.objects.get().title == "Pierwsze okno"


def test_a_draft_comes_back_into_the_form(client, world):
    star = world.star()
    save_draft(
        actor=world.advisor, case_id=world.case.pk, form=Drafted.STAR, target_id=star.pk,
        base_version=1, values={"title": "Mundurki", "action": "Rozpisałam operacje i"},
    )  # fmt: skip

    body = client.get(url("star", star_id=star.pk)).content.decode()

    assert "Rozpisałam operacje i</textarea>" in body
    assert reverse("clients:draft_discard") in body


def test_a_form_that_was_saved_leaves_no_draft_behind(client, world):
    star = world.star()
    sent = client.post(
        reverse("clients:draft"),
        {
            "form": "interviews.star",
            "object": str(star.pk),
            "base_version": 1,
            "seq": 1,
            "values": {"title": "Mundurki 2"},
        },
        content_type="application/json",
    )
    assert sent.status_code == 200
    client.post(url("star", star_id=star.pk), {"title": "Mundurki 3", "base_version": 1})

    body = client.get(url("star", star_id=star.pk)).content.decode()

    assert reverse("clients:draft_discard") not in body
    assert "Mundurki 3" in body


def test_hints_answer_what_is_typed_and_keep_nothing(client, world):
    star = world.star()

    body = client.post(
        url("star_hints", star_id=star.pk),
        {"action": "Zrobiliśmy", "situation": "Zawsze bym starała się", "result": ""},
    ).content.decode()

    assert "<q>Zrobiliśmy</q>" in body
    assert "<q>Zawsze bym</q>" in body
    assert StarRecord.objects.get().action == star.action


def test_a_cited_story_is_not_set_aside_and_the_page_says_why(client, world):
    star = world.star()
    world.statement(star)

    answer = client.post(url("set_aside", star_id=star.pk))

    assert answer.status_code == 409
    assert StarRecord.objects.get().removed_at is None


def test_a_story_set_aside_is_listed_with_a_way_back(client, world):
    star = set_aside_star(actor=world.advisor, star_id=world.star().pk)

    body = client.get(url("list", case_id=world.case.pk)).content.decode()
    client.post(url("restore_star", star_id=star.pk))

    assert url("restore_star", star_id=star.pk) in body
    assert StarRecord.objects.get().removed_at is None


def test_a_statement_without_a_story_is_refused_with_everything_typed(client, world):
    world.star()

    answer = client.post(
        url("new_statement", case_id=world.case.pk), {"text": "Jest sumienna i mało asertywna"}
    )

    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Jest sumienna i mało asertywna</textarea>" in body
    assert "<q>sumienna</q>, <q>mało asertywna</q>" in body
    assert not Statement.objects.exists()


def test_a_statement_is_worded_shown_and_answered_at_the_desk(client, world):
    star = world.star()
    client.post(
        url("new_statement", case_id=world.case.pk),
        {"text": "Organizuje pracę brygady", "stars": [str(star.pk)]},
    )
    statement = Statement.objects.get()
    client.post(url("present", case_id=world.case.pk), {"doubt": ""})

    desk = url("desk", statement_id=statement.pk)
    typed = {"stance": "disagrees", "words": "Ja tylko rozsadzałam.", "wording": 1}
    unread = client.post(desk, typed)
    read = client.post(desk, typed | {"read_back": "on"})

    assert unread.status_code == 422
    assert "Ja tylko rozsadzałam.</textarea>" in unread.content.decode()
    assert read.headers["Location"] == url("statements", case_id=world.case.pk)
    position = Position.objects.get()
    assert (position.words, position.typed_by) == ("Ja tylko rozsadzałam.", "advisor")
    body = client.get(url("statements", case_id=world.case.pk)).content.decode()
    assert "Ja tylko rozsadzałam." in body


def test_a_shown_statement_says_that_rewording_undoes_the_position(client, world):
    statement = world.presented(text="Rozwiązuje konflikty")
    page = url("statement", statement_id=statement.pk)
    star = StarRecord.objects.get()

    client.post(
        page, {"text": "Rozdziela skłócone osoby", "stars": [str(star.pk)], "base_version": 2}
    )

    body = client.get(page).content.decode()
    assert Statement.objects.get().wording == 2
    assert "Rozwiązuje konflikty" in body


def test_two_windows_on_one_statement_show_both_texts(client, world):
    star = world.star()
    statement = world.statement(star)
    page = url("statement", statement_id=statement.pk)
    typed = {"stars": [str(star.pk)], "base_version": 1}
    client.post(page, typed | {"text": "Pierwsze okno"})

    answer = client.post(page, typed | {"text": "Drugie okno"})

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Pierwsze okno" in body
    assert "Drugie okno</textarea>" in body
    assert Statement.objects.get().text == "Pierwsze okno"


def test_the_history_of_the_case_tells_it_in_words(client, world):
    world.says(world.presented())

    body = client.get(reverse("clients:history", args=[world.case.pk])).content.decode()

    assert "interviews." not in body  # every event has its sentence


def test_a_statement_is_withdrawn_with_a_reason_only(client, world):
    statement = world.presented()
    page = url("withdraw", statement_id=statement.pk)

    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Nie wynika z historii"}).status_code == 302

    body = client.get(url("statements", case_id=world.case.pk)).content.decode()
    assert "Nie wynika z historii" in body
    client.post(url("restore_statement", statement_id=statement.pk))
    assert Statement.objects.get().state == "draft"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_statements_takes_the_same_queries_for_any_number(
    client, world, rows, django_assert_num_queries
):
    for _each in range(rows):
        world.says(world.presented())
    page = url("statements", case_id=world.case.pk)
    client.get(page)

    with django_assert_num_queries(26):
        response = client.get(page)

    assert len(response.context["shown"].statements) == rows


def test_the_supervisor_reads_stories_and_statements_but_no_note(client, world):
    star = world.star()
    statement = world.presented()
    client.force_login(world.supervisor)
    read = {
        url("list", case_id=world.case.pk): 200,
        url("star", star_id=star.pk): 200,
        url("statements", case_id=world.case.pk): 200,
        url("statement", statement_id=statement.pk): 200,
        url("interview", interview_id=star.interview_id): 403,
        url("new_statement", case_id=world.case.pk): 403,
    }

    assert {page: client.get(page).status_code for page in read} == read


def test_somebody_of_another_office_finds_nothing(client, world):
    star = world.star()
    statement = world.presented()
    client.force_login(make_person())

    answers = {
        client.get(page).status_code
        for page in (
            url("list", case_id=world.case.pk),
            url("interview", interview_id=star.interview_id),
            url("star", star_id=star.pk),
            url("statements", case_id=world.case.pk),
            url("statement", statement_id=statement.pk),
            url("desk", statement_id=statement.pk),
        )
    }

    assert answers == {404}
