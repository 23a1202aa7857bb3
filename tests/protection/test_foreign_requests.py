"""No other site acts for a person who is logged in, at any address that there is."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from bilans.accounts.access_table import routes
from bilans.ui.middleware import PAGE_HEADERS
from tests.factories import make_person

pytestmark = pytest.mark.django_db

CHANGING = ("post", "put", "patch", "delete")


def _addresses():
    for name, route in routes().items():
        ids = {key: uuid.uuid4() if key.endswith("_id") else "abc" for key in route.needs}
        yield reverse(name, kwargs=ids) if ":" in name else route.address


@pytest.fixture
def person():
    return make_person()


def _browser(person, **options):
    browser = Client(raise_request_exception=False, **options)
    browser.force_login(person)
    return browser


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_refused_everywhere(person, site):
    browser = _browser(person, headers={"Sec-Fetch-Site": site})

    answers = {
        (method, address): getattr(browser, method)(address).status_code
        for address in _addresses()
        for method in CHANGING
    }

    assert len(answers) > 200
    assert {door for door, status in answers.items() if status != 403} == set()


def test_what_comes_without_a_token_is_refused_everywhere(person):
    browser = _browser(person, enforce_csrf_checks=True)

    answers = {
        (method, address): getattr(browser, method)(address).status_code
        for address in _addresses()
        for method in CHANGING
    }

    assert {door for door, status in answers.items() if status != 403} == set()


def test_a_form_of_our_own_passes(person):
    browser = _browser(person, headers={"Sec-Fetch-Site": "same-origin"})

    assert browser.post(reverse("ui:keep-alive")).status_code == 204


def test_every_answer_forbids_keeping_and_framing(person):
    for browser in (_browser(person), Client(raise_request_exception=False)):
        for address in _addresses():
            sent = browser.get(address).headers
            assert {name: sent.get(name) for name in PAGE_HEADERS} == PAGE_HEADERS, address


def test_no_address_names_a_person_or_takes_a_search():
    """Search terms are posted: an address lands in logs and histories."""
    needs = {key for route in routes().values() for key in route.needs}

    assert {key for key in needs if not key.endswith("_id")} <= {"token"}


def test_there_is_no_back_door(client):
    for address in ("/admin/", "/api/", "/api/schema/", "/__debug__/", "/static/../manage.py"):
        assert client.get(address).status_code in {302, 404}, address
