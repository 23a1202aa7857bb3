"""A refusal says what to do next, in the shape its reader can use."""

import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from rest_framework.exceptions import NotAuthenticated, ValidationError

from bilans import urls
from bilans.errors import (
    Conflict,
    InvalidInput,
    KeysUnavailable,
    NotPermitted,
    TrailUnavailable,
    TransitionRefused,
)
from bilans.ui import views
from bilans.ui.api import exception_handler

JSON = {"Accept": "application/json"}


def page(view, *args: object, **headers: str):
    response = view(RequestFactory().get("/", headers=headers), *args)
    body = re.sub(r"\s+", " ", response.content.decode())
    return response.status_code, re.sub(r"> | <", lambda gap: gap[0].strip(), body)


@pytest.mark.parametrize(
    ("error", "status", "heading"),
    [
        (NotPermitted("Only the advisor.", code="not_permitted"), 403, "This is not open to you"),
        (Conflict("Only the advisor.", code="conflict"), 409, "This could not be done now"),
        (TransitionRefused("Only the advisor.", code="x"), 409, "This could not be done now"),
        (InvalidInput("Only the advisor.", code="x"), 422, "This could not be done now"),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_a_refusal_of_the_domain_shows_its_own_words(error, status, heading):
    answered, body = page(views.domain_error_page, error)

    assert answered == status
    assert f"<h1>{heading}</h1>" in body
    assert "<p>Only the advisor.</p>" in body


@pytest.mark.parametrize(
    ("view", "args", "expected"),
    [
        (
            views.domain_error_page,
            (Conflict("Somebody was faster.", code="conflict"),),
            (409, '{"detail": "Somebody was faster.", "code": "conflict"}'),
        ),
        (
            views.permission_denied,
            (PermissionDenied(),),
            (403, '{"detail": "You may not do this.", "code": "not_permitted"}'),
        ),
        (
            views.not_found,
            (Http404(),),
            (404, '{"detail": "There is no such page.", "code": "not_found"}'),
        ),
        (
            views.csrf_failure,
            (),
            (403, '{"detail": "Reload the page and try again.", "code": "csrf"}'),
        ),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_a_script_gets_json(view, args, expected):
    assert page(view, *args, **JSON) == expected


@pytest.mark.usefixtures("in_english")
def test_a_refusal_wrapped_by_a_view_keeps_the_words_of_the_domain():
    error = PermissionDenied()
    error.__cause__ = NotPermitted("Ask the supervisor.", code="not_permitted")

    status, body = page(views.permission_denied, error)

    assert status == 403
    assert "<p>Ask the supervisor.</p>" in body


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("view", "args", "status", "heading"),
    [
        (views.bad_request, (BadRequest(),), 400, "We did not understand this request"),
        (views.bad_request, (RequestDataTooBig(),), 413, "This is too large"),
        (views.csrf_failure, ("no cookie",), 403, "The page was open for too long"),
        (views.not_found, (Http404(),), 404, "There is no such page"),
    ],
)
def test_each_error_has_a_calm_page(view, args, status, heading):
    answered, body = page(view, *args)

    assert answered == status
    assert f"<h1>{heading}</h1>" in body


def broken(request: HttpRequest) -> None:
    raise {"keys": KeysUnavailable, "trail": TrailUnavailable, "other": RuntimeError}[
        request.GET["why"]
    ]


urlpatterns = [*urls.urlpatterns, path("zepsute/", broken)]
handler500 = "bilans.ui.views.server_error"


@override_settings(ROOT_URLCONF="tests.ui.test_error_pages", MIDDLEWARE=[])
@pytest.mark.parametrize(("why", "status"), [("keys", 503), ("trail", 503), ("other", 500)])
def test_a_broken_server_asks_neither_session_nor_database(why, status):
    client = Client(raise_request_exception=False)

    response = client.get("/zepsute/", {"why": why})  # no database mark: a query would fail

    assert response.status_code == status
    assert b'href="/"' in response.content


def test_the_api_gives_one_shape():
    refused = exception_handler(InvalidInput("Too short.", code="short", field="goal"), {})
    logged_out = exception_handler(NotAuthenticated(), {})
    invalid = exception_handler(ValidationError({"goal": ["Too short."]}), {})

    assert (refused.status_code, refused.data) == (
        422,
        {"detail": "Too short.", "code": "short", "field": "goal"},
    )
    assert logged_out.data["code"] == "not_authenticated"
    assert invalid.data == {"goal": ["Too short."]}
    assert exception_handler(RuntimeError(), {}) is None
