"""Coming in and going out: equal answers, a fresh session, nothing left in the browser."""

import hashlib

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bilans.accounts.events import LOGGED_IN, LOGGED_OUT, LOGIN_FAILED
from bilans.accounts.hashers import OfficeArgon2Hasher
from bilans.accounts.models import Membership, User
from bilans.accounts.permissions import Role
from bilans.audit.models import Entry
from bilans.audit.selectors import history
from bilans.audit.services import Stream
from bilans.crypto.binding import INSTALLATION, ScopeKind
from tests.factories import PASSWORD, make_person
from tests.pages import masked

pytestmark = pytest.mark.django_db

LOGIN = "/logowanie/"


def log_in(client: Client, user: User | str, password: str = PASSWORD, **more: str):
    email = user if isinstance(user, str) else user.email
    return client.post(LOGIN, {"username": email, "password": password, **more})


def codes(stream: Stream) -> list[str]:
    return [line.code for line in history(stream)]


def test_the_right_password_leads_to_the_first_page_and_is_traced(client):
    user = make_person(role=Role.ADVISOR)

    response = log_in(client, user)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert codes(user.audit_stream) == [LOGGED_IN.code]


def test_the_address_may_be_typed_with_other_case_and_spaces(client):
    user = make_person(email="Beata.Wojcik@Example.org")

    assert log_in(client, "  BEATA.wojcik@example.ORG ").status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_an_unknown_address_and_a_closed_account_look_alike(client):
    inactive = make_person()
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    former = make_person()
    Membership.objects.filter(user=former).update(ends_at=timezone.now())
    invited_only = make_person(password=None)

    answers = [
        log_in(client, make_person(email="a@example.org"), "zupełnie inne hasło"),
        log_in(client, "nobody@example.org"),
        log_in(client, inactive),
        log_in(client, former),
        log_in(client, invited_only),
    ]

    assert {answer.status_code for answer in answers} == {401}
    typed = ["a@example.org", "nobody@example.org", inactive.email, former.email]
    typed.append(invited_only.email)
    bodies = {
        masked(answer.content).replace(email.encode(), b"(typed)")
        for answer, email in zip(answers, typed, strict=True)
    }
    assert len(bodies) == 1


def test_unknown_and_known_accounts_cost_one_hash_each(client, monkeypatch):
    user = make_person()
    hashed = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args)
    )

    log_in(client, user, "zupełnie inne hasło")
    known = len(hashed)
    log_in(client, "nobody@example.org", "zupełnie inne hasło")

    assert (known, len(hashed) - known) == (1, 1)


def test_a_failed_attempt_on_an_account_stands_in_its_stream(client):
    user = make_person()

    log_in(client, user, "zupełnie inne hasło")

    (line,) = history(user.audit_stream)
    assert (line.code, line.outcome, line.actor_id) == (LOGIN_FAILED.code, "denied", None)


def test_a_failed_attempt_on_no_account_keeps_no_address(client):
    log_in(client, "podgladacz@example.org")

    (line,) = history(Stream(ScopeKind.SERVICE, INSTALLATION))
    assert line.code == LOGIN_FAILED.code
    assert "podgladacz" not in str(line.data)
    assert "podgladacz" not in str(list(Entry.objects.values()))


def test_logging_in_changes_the_session_key(client):
    user = make_person()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "before"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before

    log_in(client, user)

    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_logging_out_ends_the_session_and_clears_the_browser(client):
    user = make_person()
    log_in(client, user)
    key = client.session.session_key

    response = client.post("/wyloguj/")

    assert (response.status_code, response["Location"]) == (302, LOGIN)
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not client.session.exists(key)
    assert codes(user.audit_stream) == [LOGGED_OUT.code, LOGGED_IN.code]


def test_logging_out_twice_is_harmless_and_needs_a_post(client):
    assert client.post("/wyloguj/").status_code == 302
    assert client.get("/wyloguj/").status_code == 405


def test_a_session_ends_with_the_membership(client):
    user = make_person()
    log_in(client, user)
    Membership.objects.filter(user=user).update(ends_at=timezone.now())

    response = client.get("/")

    assert response["Location"] == f"{LOGIN}?next=/"


@pytest.mark.parametrize(
    ("onward", "expected"),
    [
        ("/sprawy/", "/sprawy/"),
        ("https://example.com/", "/"),
        ("//example.com/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_leads_only_within_this_site(client, onward, expected):
    assert log_in(client, make_person(), next=onward)["Location"] == expected


def test_the_dialog_gets_json(client):
    user = make_person()
    ask = {"headers": {"Accept": "application/json"}}

    right = client.post(LOGIN, {"username": user.email, "password": PASSWORD}, **ask)
    wrong = client.post(LOGIN, {"username": user.email, "password": "nie to hasło"}, **ask)
    empty = client.post(LOGIN, {}, content_type="application/json", **ask)
    typed = client.post(
        LOGIN,
        {"username": user.email, "password": PASSWORD},
        content_type="application/json",
        **ask,
    )

    assert right.status_code == typed.status_code == 200
    assert right.json().keys() == {"ok", "csrf", "user"}
    assert (right.json()["ok"], right.json()["user"]) == (True, str(user.pk))
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_credentials")
    assert (empty.status_code, empty.json()["code"]) == (422, "incomplete")


def test_the_new_token_of_the_dialog_opens_the_next_form():
    client = Client(enforce_csrf_checks=True)
    user = make_person()
    page = client.get(LOGIN)
    answer = client.post(
        LOGIN,
        {"username": user.email, "password": PASSWORD},
        headers={"Accept": "application/json", "X-CSRFToken": str(page.context["csrf_token"])},
    )

    again = client.post("/sesja/", headers={"X-CSRFToken": answer.json()["csrf"]})

    assert again.status_code == 204


def test_nothing_readable_of_a_person_stands_in_the_database():
    make_person(full_name="Żaneta Źdźbłowska", email="zaneta.zdzblowska@example.org")

    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_user::text FROM accounts_user")
        rows = " ".join(row for (row,) in cursor.fetchall())
    for secret in ("Żaneta", "Źdźbłowska", "zaneta.zdzblowska", "example.org"):
        assert secret not in rows
        assert secret.encode().hex() not in rows
    assert hashlib.sha256(b"zaneta.zdzblowska@example.org").hexdigest()[:32] not in rows


def test_passwords_are_hashed_with_the_office_setting():
    encoded = OfficeArgon2Hasher().encode("igla nitka naparstek", "solsolsolsolsol")

    assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert OfficeArgon2Hasher().verify("igla nitka naparstek", encoded)
    assert not OfficeArgon2Hasher().verify("igla nitka", encoded)


def test_the_account_number_is_accepted_in_place_of_the_address(client):
    user = make_person()

    assert log_in(client, user.username).status_code == 302


def test_an_open_session_needs_no_second_log_in(client):
    log_in(client, make_person())

    assert client.get(LOGIN)["Location"] == reverse("accounts:start")


@pytest.mark.parametrize(
    ("role", "route"),
    [
        (Role.ADVISOR, "clients:caseload"),
        (Role.SUPERVISOR, "clients:caseload"),
        (Role.CLIENT, "clients:portal"),
    ],
)
def test_every_role_starts_on_its_own_page(client, role, route):
    log_in(client, make_person(role=role))

    assert client.get("/")["Location"] == reverse(route)


def test_a_committee_member_without_a_portfolio_is_told_so(client):
    log_in(client, make_person(role=Role.COMMITTEE))

    response = client.get("/", follow=True)

    assert response.status_code == 200
