"""The pages of evidence, as advisor and as client."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.states import CaseState
from portfolio.models import Evidence
from tests.interviews.world import make_world
from tests.portfolio.test_evidence import PDF, _add, _pin

pytestmark = pytest.mark.django_db

PLACES = {"office": "", "portal": "portal_"}


def _url(place, route, world, **ids):
    return reverse(f"portfolio:{PLACES[place]}{route}", kwargs={"case_id": world.case.pk} | ids)


def _login(client, world, place):
    client.force_login(world.client if place == "portal" else world.advisor)


@pytest.mark.parametrize("place", PLACES)
def test_a_file_is_added_linked_opened_and_taken_back(client, place):
    world = make_world()
    criterion, *_ = _pin(world, "1.1.a")
    _login(client, world, place)
    sent = {
        "file": SimpleUploadedFile("Świadectwo.pdf", PDF, "application/pdf"),
        "title": "Świadectwo pracy",
        "kind": "employment",
    }

    answer = client.post(_url(place, "evidence_list", world), sent)

    evidence = Evidence.objects.get()
    page = _url(place, "evidence", world, evidence_id=evidence.pk)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    answer = client.post(
        page,
        {"act": "link", "link-criterion": str(criterion.pk), "link-argument": "Potwierdza."},
    )
    assert answer.status_code == 302
    assert "Potwierdza." in client.get(page).content.decode()
    file = client.get(_url(place, "file", world, evidence_id=evidence.pk))
    assert b"".join(file.streaming_content) == PDF
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert client.post(_url(place, "withdraw", world, evidence_id=evidence.pk)).status_code == 302
    assert client.get(page).status_code == 404


def test_a_mislabelled_file_is_said_at_the_field_and_nothing_typed_is_lost(client):
    world = make_world()
    _login(client, world, "portal")

    answer = client.post(
        _url("portal", "evidence_list", world),
        {
            "file": SimpleUploadedFile("zdjecie.png", PDF, "image/png"),
            "title": "Zdjęcie kroju",
            "kind": "photo",
            "description": "Krój marynarki.",
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Krój marynarki." in page
    assert answer.context["form"].errors.keys() == {"file"}


def test_a_script_that_sends_a_file_is_told_the_same_reason(client):
    world = make_world()
    _login(client, world, "portal")
    sent = {
        "file": SimpleUploadedFile("zdjecie.png", PDF, "image/png"),
        "title": "Zdjęcie kroju",
        "kind": "photo",
    }

    answer = client.post(
        _url("portal", "evidence_list", world), sent, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert "PNG" in answer.json()["detail"]
    assert not Evidence.objects.exists()


def test_a_link_without_an_argument_keeps_the_page(client):
    world = make_world()
    criterion, *_ = _pin(world, "1.1.a")
    _login(client, world, "office")
    client.post(
        _url("office", "evidence_list", world),
        {
            "file": SimpleUploadedFile("a.pdf", PDF, "application/pdf"),
            "title": "A",
            "kind": "other",
        },
    )
    evidence = Evidence.objects.get()

    answer = client.post(
        _url("office", "evidence", world, evidence_id=evidence.pk),
        {"act": "link", "link-criterion": str(criterion.pk), "link-argument": ""},
    )

    assert answer.status_code == 422
    assert answer.context["link_form"].errors.keys() == {"argument"}


@pytest.mark.parametrize("state", [CaseState.RECOGNITION, CaseState.PLANNING, CaseState.CLOSED])
def test_the_portal_leads_back_to_evidence_at_every_stage(client, state):
    world = make_world()
    _add(world)
    type(world.case).objects.filter(pk=world.case.pk).update(state=state)
    _login(client, world, "portal")

    home = client.get(reverse("clients:portal_case", kwargs={"case_id": world.case.pk}))

    assert _url("portal", "evidence_list", world) in home.text
