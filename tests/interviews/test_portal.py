"""The client's pages: one statement at a time, three equal answers, nothing lost."""

import re

import pytest
from django.urls import reverse

from clients.services import save_draft
from interviews.models import Position
from interviews.services import StatementContent, present_statements, save_statement
from interviews.services.rules import Drafted
from interviews.states import Stance
from tests.interviews.world import make_world
from tests.pages import masked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    world = make_world()
    client.force_login(world.client)
    return world


def page_of(world, statement):
    return reverse("interviews:portal_statement", args=[world.case.pk, statement.pk])


def list_of(world):
    return reverse("interviews:portal_statements", args=[world.case.pk])


def test_one_statement_with_its_story_and_three_answers_of_one_kind(client, world):
    statement = world.presented(text="Organizuje pracę brygady")

    body = client.get(page_of(world, statement)).content.decode()

    assert "Organizuje pracę brygady" in body
    assert "Rozpisałam operacje na nowo" in body  # the story it comes from
    answers = re.findall(r'<label class="choice"\s+for="id_stance_\d">', body)
    assert len(answers) == 3


def test_answers_lead_from_one_statement_to_the_next_and_then_to_the_list(client, world):
    first, second = world.presented(), world.presented()

    one = client.post(page_of(world, first), {"stance": "agrees", "words": "", "wording": 1})
    two = client.post(
        page_of(world, second), {"stance": "partly", "words": "Prawie.", "wording": 1}
    )

    assert one.headers["Location"] == page_of(world, second)
    assert two.headers["Location"] == list_of(world)
    assert [each.words for each in Position.objects.all()] == ["", "Prawie."]
    assert "Prawie." in client.get(list_of(world)).content.decode()


def test_without_own_words_the_answer_is_asked_for_again_and_stays_chosen(client, world):
    statement = world.presented()

    answer = client.post(
        page_of(world, statement), {"stance": "disagrees", "words": "", "wording": 1}
    )

    body = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'value="disagrees"[^>]*checked', body)
    assert not Position.objects.exists()


def test_words_typed_while_the_statement_was_reworded_stay_in_sight(client, world):
    statement = world.presented(text="Szyje")
    stars = tuple(statement.sources.values_list("star", flat=True))
    save_statement(
        actor=world.advisor,
        statement_id=statement.pk,
        content=StatementContent(text="Szyje na miarę", star_ids=stars),
        base_version=statement.version,
    )
    late = {"stance": "disagrees", "words": "Nie szyję mundurów.", "wording": 1}

    away = client.post(page_of(world, statement), late)
    present_statements(actor=world.advisor, case_id=world.case.pk)
    stale = client.post(page_of(world, statement), late)

    assert (away.status_code, stale.status_code) == (409, 409)
    assert "Nie szyję mundurów." in away.content.decode()
    body = stale.content.decode()
    assert "Nie szyję mundurów.</textarea>" in body
    assert "Szyje na miarę" in body
    assert 'name="wording" value="2"' in body
    assert not Position.objects.exists()


def test_what_was_being_typed_comes_back(client, world):
    statement = world.presented()
    save_draft(
        actor=world.client, case_id=world.case.pk, form=Drafted.POSITION,
        target_id=statement.pk, base_version=statement.version,
        values={"stance": "partly", "words": "Prowadzę, ale", "wording": "1"},
    )  # fmt: skip

    body = client.get(page_of(world, statement)).content.decode()

    assert "Prowadzę, ale</textarea>" in body
    assert re.search(r'value="partly"[^>]*checked', body)


def test_an_answer_can_be_changed(client, world):
    statement = world.presented()
    world.says(statement, Stance.AGREES)

    client.post(
        page_of(world, statement), {"stance": "disagrees", "words": "Jednak nie.", "wording": 1}
    )

    assert Position.objects.count() == 2
    assert "Jednak nie." in client.get(list_of(world)).content.decode()


def test_a_foreign_client_gets_the_answer_of_a_missing_page(client, world):
    statement = world.presented()
    other = make_world()
    client.force_login(other.client)
    nowhere = reverse("interviews:portal_statement", args=[other.case.pk, other.case.pk])
    foreign = (
        page_of(world, statement),
        reverse("interviews:portal_statement", args=[other.case.pk, statement.pk]),
    )

    def ask(address):
        answer = client.get(address)
        return answer.status_code, masked(answer.content).replace(address.encode(), b"(address)")

    missing = ask(nowhere)

    assert missing[0] == 404
    for address in foreign:
        assert ask(address) == missing
        assert client.post(address, {"stance": "agrees", "wording": 1}).status_code == 404
    assert client.get(list_of(world)).status_code == 404
    assert not Position.objects.exists()


def test_a_statement_that_was_not_shown_does_not_exist_here(client, world):
    statement = world.statement(text="Jeszcze nie gotowe")

    assert client.get(page_of(world, statement)).status_code == 404
    assert "Jeszcze nie gotowe" not in client.get(list_of(world)).content.decode()


def test_people_of_the_office_have_no_business_in_the_portal(client, world):
    statement = world.presented()

    for person in (world.advisor, world.supervisor):
        client.force_login(person)
        assert client.get(page_of(world, statement)).status_code == 403


def test_the_portals_home_asks_to_read_the_statements(client, world):
    statement = world.presented()

    body = client.get(reverse("clients:portal_case", args=[world.case.pk])).content.decode()

    assert page_of(world, statement) in body
