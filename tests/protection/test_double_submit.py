"""A form sent twice, or five times at once, has one effect and one answer."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from bilans.accounts.models import Organisation, Submission
from bilans.audit.services import unit_of_work
from tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Biuro wysłane"


@pytest.fixture(autouse=True)
def _doors(settings):
    settings.ROOT_URLCONF = "tests.audit.doors"


@pytest.fixture
def person():
    return make_person()


def _browser(person, **headers):
    browser = Client(raise_request_exception=False, headers=headers)
    browser.force_login(person)
    return browser


def _made():
    return Organisation.objects.filter(name=NAME).count()


def _send(person, key, **typed):
    return _browser(person).post("/counted/", {"name": NAME, "_once": str(key)} | typed)


def test_five_at_once_have_one_effect_and_one_address(person):
    key, ready, answers = uuid4(), threading.Barrier(5), []
    browsers = [_browser(person) for _ in range(5)]

    def send(browser):
        try:
            ready.wait(10)
            answers.append(browser.post("/counted/", {"name": NAME, "_once": str(key)}))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert [answer.status_code for answer in answers] == [302] * 5
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert _made() == 1


def test_many_keys_at_once_have_an_effect_each(person):
    ready, statuses = threading.Barrier(4), []
    browsers = [_browser(person) for _ in range(4)]

    def send(browser):
        try:
            ready.wait(10)
            typed = {"name": NAME, "_once": str(uuid4())}
            statuses.append(browser.post("/counted/", typed).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert statuses == [302] * 4
    assert _made() == 4


def test_a_form_with_an_error_may_be_corrected_and_sent_again(person):
    key = uuid4()

    assert _send(person, key, name="").status_code == 422
    assert _send(person, key).status_code == 302
    assert _send(person, key).status_code == 302
    assert _made() == 1


@pytest.mark.parametrize("door", ["/refused/", "/raising/conflict/", "/raising/broken/"])
def test_a_form_that_was_refused_gives_its_key_back(person, door):
    key = uuid4()
    _browser(person).post(door, {"_once": str(key)})

    assert not Submission.objects.exists()
    assert _send(person, key).status_code == 302
    assert _made() == 1


def test_the_same_key_of_somebody_else_is_another_key(person):
    key = uuid4()
    _send(person, key)
    _send(make_person(), key)

    assert _made() == 2


def test_a_script_gets_the_same_address_again_and_no_second_effect(person):
    """A page's script cannot follow a redirect, so it is told the address."""
    key = uuid4()
    browser = _browser(person, Accept="application/json")
    typed = {"name": NAME, "_once": str(key), "as": "json"}

    first, second = browser.post("/counted/", typed), browser.post("/counted/", typed)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert _made() == 1


def test_whoever_comes_while_the_first_is_still_at_work_is_told_to_wait(person):
    """The lock is waited for a few seconds only; the first sending may take longer."""
    key, claimed, go_on = uuid4(), threading.Event(), threading.Event()

    def first():
        try:
            with unit_of_work():
                Submission.objects.create(user=person, key=key)
                claimed.set()
                go_on.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    claimed.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    try:
        answer = _send(person, key)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        go_on.set()
        thread.join(20)

    assert answer.status_code == 409
    assert _made() == 0


@pytest.mark.parametrize("key", ["", "no-key", "0", "\x00", "1" * 5000])
def test_a_form_with_a_broken_key_is_a_form_without_one(person, key):
    assert _send(person, key).status_code == 302
    assert _made() == 1
    assert not Submission.objects.exists()


def test_a_visitors_form_needs_no_key_and_leaves_none():
    answer = Client().post("/open/", {"_once": str(uuid4())})

    assert answer.content == b"witamy"
    assert not Submission.objects.exists()


def test_an_address_too_long_to_keep_is_not_kept_in_half(person):
    key = uuid4()
    first, second = (_send(person, key, **{"as": "far"}) for _ in range(2))

    assert len(first.headers["Location"]) > 300
    assert second.headers["Location"] == "/counted/"
    assert _made() == 1
