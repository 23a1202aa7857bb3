"""What no honest browser sends is refused, never a crash: half characters, noughts, depths."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_case

pytestmark = pytest.mark.django_db

HALF = "\\ud800"
"""Half of a character, as JSON can spell it and UTF-8 cannot."""
BROKEN = [HALF, "\\u0000", "a" * 100_000, "\\udfff\\ud800 x"]


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize("name", ["username", "password"])
def test_a_log_in_with_broken_text_is_refused(browser, name, text):
    typed = {"username": "a@example.org", "password": "x"}
    raw = json.dumps(typed | {name: "@@"}).replace("@@", text)

    answer = browser.post(
        reverse("accounts:login"), raw, content_type="application/json",
        headers={"Accept": "application/json"},
    )  # fmt: skip

    assert answer.status_code in {401, 422}


@pytest.mark.parametrize("text", BROKEN)
def test_a_log_in_that_carries_broken_text_on_is_no_crash(browser, text):
    kept = json.dumps({"path": "/", "fields": [["note", "@@"]], "files": False}).replace("@@", text)

    answer = browser.post(
        reverse("accounts:login"), {"username": "a@example.org", "password": "x", "kept": kept}
    )

    assert answer.status_code < 500


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "[" * 5000, '{"a": NaN}', "\xff", "1"])
@pytest.mark.parametrize(
    "route", ["clients:draft", "clients:api_steps", "interviews:api_positions"]
)
def test_what_is_no_request_is_refused(browser, route, body):
    case = make_case()
    browser.force_login(case.assignments.get().user)
    kwargs = {"clients:api_steps": {"case_id": case.pk}}.get(route, {})
    if route == "interviews:api_positions":
        kwargs = {"statement_id": case.pk}

    answer = browser.post(
        reverse(route, kwargs=kwargs), body.encode("latin-1"), content_type="application/json"
    )

    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("text", BROKEN)
def test_a_step_with_a_broken_reason_is_no_crash(browser, text):
    case = make_case()
    browser.force_login(case.assignments.get().user)
    raw = '{"step": "decline", "reason": "@@"}'.replace("@@", text)

    answer = browser.post(
        reverse("clients:api_steps", args=[case.pk]), raw, content_type="application/json"
    )

    assert answer.status_code < 500


@pytest.mark.parametrize("address", ["/%00/", "/%ff/", "/sprawy/%E0%80/", "/" + "a" * 5000])
def test_a_broken_address_is_not_found(browser, address):
    browser.login(username="x", password=PASSWORD)

    assert browser.get(address).status_code in {302, 400, 404}
