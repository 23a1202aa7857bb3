"""Pages and acts of the kit itself."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "heading"), [("/dostepnosc/", "Dostępność"), ("/prywatnosc/", "Prywatność")]
)
def test_the_legal_pages_are_open_to_everybody(client, path, heading):
    response = client.get(path)

    assert response.status_code == 200
    assert heading in response.content.decode()


def test_the_language_is_remembered_and_the_page_opens_again(client):
    response = client.post("/jezyk/", {"language": "en", "next": "/prywatnosc/"})

    assert (response.status_code, response["Location"]) == (302, "/prywatnosc/")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert b'<html lang="en"' in client.get("/prywatnosc/").content


def test_the_language_leads_to_no_other_site(client):
    response = client.post("/jezyk/", {"language": "en", "next": "https://example.com/"})

    assert response["Location"] == "/"


def test_staying_logged_in_changes_nothing_but_the_session(client):
    client.force_login(make_person())

    response = client.post("/sesja/")

    assert (response.status_code, response.content) == (204, b"")
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_COOKIE_AGE


def test_a_script_of_an_ended_session_is_told_so(client):
    response = client.post("/sesja/", headers={"Accept": "application/json"})

    assert (response.status_code, response.json()["code"]) == (401, "logged_out")


def test_staying_needs_a_post(client):
    client.force_login(make_person())

    assert client.get("/sesja/").status_code == 405


def test_a_form_without_its_token_is_refused_with_a_way_on():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())

    response = client.post("/sesja/")

    assert response.status_code == 403
    assert "<ol>" in response.content.decode()


def test_the_header_names_who_is_logged_in(client):
    client.force_login(make_person(full_name="Beata Wójcik"))

    page = client.get("/prywatnosc/").content.decode()

    assert "Beata Wójcik" in page
    assert ">BW</span>" in page
    assert f'data-idle-seconds="{settings.SESSION_COOKIE_AGE}"' in page


def test_a_visitor_has_no_menu_and_no_session_watch(client):
    page = client.get("/prywatnosc/").content.decode()

    assert "data-idle-seconds" not in page
    assert "session-login" not in page
