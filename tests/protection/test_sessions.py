"""A session lives in the browser: what a dump shows of it opens nothing."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db

LOGIN = "accounts:login"


@pytest.fixture
def person():
    return make_person()


def _log_in(person, browser=None):
    browser = browser or Client()
    answer = browser.post(reverse(LOGIN), {"username": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def _with_cookie(key):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser


def _is_in(browser):
    return browser.get("/").headers.get("Location", "") != f"{reverse(LOGIN)}?next=/"


def test_the_table_holds_no_cookie(person):
    browser = _log_in(person)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value

    stored = Session.objects.get().session_key

    assert stored != cookie
    assert cookie not in str(Session.objects.values_list())
    assert _is_in(_with_cookie(cookie))
    assert not _is_in(_with_cookie(stored))


def test_a_session_holds_no_more_than_who_is_in(person):
    browser = _log_in(person)
    browser.get("/")

    assert set(Session.objects.get().get_decoded()) <= {
        "_auth_user_id", "_auth_user_backend", "_auth_user_hash",
    }  # fmt: skip


def test_logging_in_changes_the_key_and_ends_the_old_one(person):
    browser = Client()
    browser.get(reverse(LOGIN))
    session = browser.session
    session["planted"] = True
    session.save()
    before = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = before
    _log_in(person, browser)

    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not _is_in(_with_cookie(before))
    assert Session.objects.count() == 1


def test_a_cookie_of_somebody_who_left_opens_nothing(person):
    browser = _log_in(person)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post(reverse("accounts:logout"))

    assert not Session.objects.exists()
    assert not _is_in(_with_cookie(cookie))


def test_an_expired_session_opens_nothing(person):
    browser = _log_in(person)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not _is_in(browser)


def test_a_closed_account_is_out_at_the_next_request(person):
    browser = _log_in(person)
    assert _is_in(browser)
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert not _is_in(browser)


@pytest.mark.parametrize("cookie", ["", "x", "0" * 40, "a" * 5000, "'; --", "%00"])
def test_a_made_up_cookie_opens_nothing_and_breaks_nothing(person, cookie):
    _log_in(person)

    assert not _is_in(_with_cookie(cookie))
