"""The API: the same services, the same refusals."""

import pytest
from django.urls import reverse

from interviews.models import Statement
from interviews.states import Stance
from tests.factories import make_person
from tests.interviews.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    world = make_world()
    client.force_login(world.advisor)
    return world


def statements_of(world):
    return reverse("interviews:api_statements", args=[world.case.pk])


def send(client, world, **payload):
    return client.post(statements_of(world), payload, content_type="application/json")


def test_a_statement_without_a_source_is_refused_here_too(client, world):
    answer = send(client, world, text="Jest sumienna i mało asertywna")

    assert answer.status_code == 422
    body = answer.json()
    assert (body["code"], body["field"]) == ("statement_without_source", "stars")
    assert not Statement.objects.exists()


def test_a_statement_is_made_and_listed(client, world):
    star = world.star()

    made = send(client, world, text="Szyje", sources=[str(star.pk)], category="skills")
    (listed,) = client.get(statements_of(world)).json()

    assert made.status_code == 201
    assert listed == {
        "id": made.json()["id"],
        "number": 1,
        "text": "Szyje",
        "category": "skills",
        "state": "draft",
        "status": "draft",
        "wording": 1,
        "sources": [{"id": str(star.pk), "number": 1, "complete": True}],
        "criteria": [],
        "position": None,
    }


def test_positions_are_read_and_never_written(client, world):
    statement = world.presented()
    world.says(statement, Stance.DISAGREES, "Nie.")
    address = reverse("interviews:api_positions", args=[statement.pk])

    (position,) = client.get(address).json()

    assert (position["stance"], position["words"], position["typed_by"]) == (
        "disagrees",
        "Nie.",
        "client",
    )
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address, {}, content_type="application/json").status_code == 405


def test_strangers_find_nothing_and_clients_have_no_business_here(client, world):
    world.presented()
    answers = {}
    for name, person in {
        "stranger": make_person(office=world.office),
        "outsider": make_person(),
        "client": world.client,
    }.items():
        client.force_login(person)
        answers[name] = (
            client.get(statements_of(world)).status_code,
            send(client, world, text="x", sources=[str(world.case.pk)]).status_code,
        )
    client.logout()
    answers["visitor"] = (client.get(statements_of(world)).status_code,)

    assert answers == {
        "stranger": (404, 404),
        "outsider": (404, 404),
        "client": (403, 403),
        "visitor": (401,),
    }
    assert Statement.objects.count() == 1


def test_the_supervisor_reads_but_does_not_word(client, world):
    star = world.star()
    client.force_login(world.supervisor)

    assert client.get(statements_of(world)).status_code == 200
    assert send(client, world, text="x", sources=[str(star.pk)]).status_code == 403


def test_more_than_a_form_holds_is_refused_before_it_is_read(client, world, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(world.advisor)

    answer = send(client, world, text="x" * 1000, sources=[])

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
