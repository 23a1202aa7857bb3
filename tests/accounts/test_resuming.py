"""A form sent after the log-in expired comes back whole after the log-in."""

import json

import pytest
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bilans.accounts.models import Invitation
from bilans.accounts.permissions import Role
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db

PEOPLE = "/biuro/ludzie/"
TYPED = {
    "full_name": 'Zażółć "gęślą" <jaźń>',
    "email": "jan.lis@example.org",
    "role": ["advisor", "committee"],
    "long": "pierwszy wiersz\r\n\r\n  trzeci 😀",
    "empty": "",
}


def kept_in(response) -> dict:
    return json.loads(response.context["kept"])


def hidden_fields(response) -> list[list[str]]:
    return response.context["fields"]


def test_an_expired_log_in_keeps_every_typed_field(client):
    response = client.post(PEOPLE + "?strona=2", TYPED)

    assert response.status_code == 401
    assert kept_in(response) == {
        "path": "/biuro/ludzie/?strona=2",
        "fields": [
            ["full_name", TYPED["full_name"]],
            ["email", TYPED["email"]],
            ["role", "advisor"],
            ["role", "committee"],
            ["long", TYPED["long"]],
            ["empty", ""],
        ],
        "files": False,
    }


def test_after_the_log_in_one_button_sends_it_all_again(client):
    supervisor = make_person(role=Role.SUPERVISOR)
    typed = {"full_name": "Jan Lis", "email": "jan.lis@example.org", "role": "advisor"}
    expired = client.post(PEOPLE, typed)

    back = client.post(
        "/logowanie/",
        {"username": supervisor.email, "password": PASSWORD, "kept": expired.context["kept"]},
    )
    main = back.content.decode().partition("<main")[2].partition("</main>")[0]
    sent = client.post(back.context["path"], dict(hidden_fields(back)))

    assert back.status_code == 200
    assert main.count("<button") == 1
    assert f'action="{PEOPLE}"' in main
    assert dict(hidden_fields(back)) == typed
    assert sent.status_code == 200
    assert Invitation.objects.get().full_name == "Jan Lis"


def test_a_wrong_password_keeps_it_still(client):
    user = make_person()
    expired = client.post(PEOPLE, TYPED)

    again = client.post(
        "/logowanie/",
        {"username": user.email, "password": "nie to hasło", "kept": expired.context["kept"]},
    )

    assert again.status_code == 401
    assert kept_in(again) == kept_in(expired)


def test_passwords_tokens_and_files_do_not_travel(client):
    response = client.post(
        PEOPLE,
        {
            "full_name": "Jan",
            "password": "tajne",
            "new_password1": "tajne",
            "csrfmiddlewaretoken": "x" * 64,
            "kept": "{}",
            "scan": SimpleUploadedFile("skan.pdf", b"%PDF-1.7 tajne"),
        },
    )

    assert kept_in(response) == {
        "path": PEOPLE, "fields": [["full_name", "Jan"]], "files": True,
    }  # fmt: skip
    assert "tajne" not in response.content.decode()


@pytest.mark.parametrize(
    "path", ["https://example.com/", "//example.com/", "javascript:alert(1)", "sprawy/", "\\\\x"]
)
def test_it_is_sent_only_within_this_site(client, path):
    user = make_person()
    kept = json.dumps({"path": path, "fields": [["a", "b"]], "files": False})

    response = client.post(
        "/logowanie/", {"username": user.email, "password": PASSWORD, "kept": kept}
    )

    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"path": 1}', '{"path": "/", "fields": 3}'])
def test_a_damaged_page_is_an_ordinary_log_in(client, kept):
    user = make_person()

    response = client.post(
        "/logowanie/", {"username": user.email, "password": PASSWORD, "kept": kept}
    )

    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_button_carries_a_fresh_token():
    client = Client(enforce_csrf_checks=True)
    supervisor = make_person(role=Role.SUPERVISOR)
    token = str(client.get("/logowanie/").context["csrf_token"])
    expired = client.post(PEOPLE, {"full_name": "Jan", "csrfmiddlewaretoken": token})
    back = client.post(
        "/logowanie/",
        {
            "username": supervisor.email,
            "password": PASSWORD,
            "kept": expired.context["kept"],
            "csrfmiddlewaretoken": token,
        },
    )
    fields = dict(hidden_fields(back))

    stale = client.post(PEOPLE, fields | {"csrfmiddlewaretoken": token})
    fresh = client.post(PEOPLE, fields | {"csrfmiddlewaretoken": str(back.context["csrf_token"])})

    assert (stale.status_code, fresh.status_code) == (403, 422)


def test_a_script_is_told_in_json(client):
    response = client.post(PEOPLE, TYPED, headers={"Accept": "application/json"})

    assert (response.status_code, response.json()["code"]) == (401, "logged_out")
    assert not get_user(client).is_authenticated
