"""The frame of every request: who asks, one transaction, one answer to one form."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from bilans.accounts.services import submissions
from bilans.accounts.views import resume_page
from bilans.audit.context import Origin, coming_from
from bilans.audit.services import unit_of_work
from bilans.errors import Conflict, DomainError, TrailUnavailable
from bilans.ui.answers import onward, refusal, wants_json
from bilans.ui.views import domain_error_page, not_found, server_error

GetResponse = Callable[[HttpRequest], HttpResponseBase]
REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
ONCE = "_once"
"""Name of the form field that carries the form's one-time key."""


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Log-in everywhere unless a view says otherwise; what was being sent is not lost."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        if wants_json(request) or request.path.startswith("/api/"):
            return refusal(
                _("Your log-in has expired. Log in again."), code="logged_out", status=401
            )
        if request.method not in SAFE_METHODS:
            return resume_page(request)
        return super().handle_no_permission(request, view_func)


class RequestTransactionMiddleware:
    """One unit of work per request: the view runs and renders, entries last, then commit.

    An answer that refuses or fails undoes everything and, where it is a refusal, leaves
    an entry of its own in a new transaction; a view that answers a refused form itself is
    no failure. Nothing is shown that was not recorded: when the trail cannot be written
    the answer is 503.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with coming_from(_origin(request)):
            try:
                response = self._in_one_transaction(request)
                if response.status_code in REFUSALS:
                    self._record_refusal(request, response.status_code)
            except TrailUnavailable:
                response = server_error(request)
        return response

    def process_view(
        self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let a form with a one-time key take effect once, however often it is sent.

        Not earlier: reading the form needs the route, which says where files go.
        """
        key = _once_key(request)
        if key is None or not request.user.is_authenticated:
            return None
        try:
            with unit_of_work():
                request.submission = submissions.begin_submission(user=request.user, key=key)  # type: ignore[attr-defined]
        except IntegrityError:
            location = submissions.answer_of_submission(user=request.user, key=key)
            return onward(request, location or request.get_full_path())
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            return domain_error_page(request, _still_working())
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer what a view let through: refusals as such, unseen rows as missing.

        A row of somebody else and a row that never was raise the same, so they get the
        same answer.
        """
        request.undone = True  # type: ignore[attr-defined]
        if isinstance(error, ObjectDoesNotExist):
            return not_found(request, error)
        if isinstance(error, DomainError):
            return domain_error_page(request, error)
        return server_error(request) if isinstance(error, TrailUnavailable) else None

    def _in_one_transaction(self, request: HttpRequest) -> HttpResponseBase:
        try:
            with unit_of_work():
                response = _standing(request, self.get_response(request))
                _close_submission(request, response)
        except _Undo as undo:
            return undo.response
        return response

    def _record_refusal(self, request: HttpRequest, status: int) -> None:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return
        with unit_of_work():
            submissions.record_refusal(
                actor=user, what=f"{status} {request.path}", method=request.method or ""
            )


def _standing(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Pass on an answer that may take effect.

    Raises:
        _Undo: with the answer, when it refuses or failed.
    """
    failed = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    if failed or response.status_code in REFUSALS or hasattr(request, "undone"):
        raise _Undo(response)
    return response


class _Undo(Exception):
    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def _close_submission(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep where a form with a one-time key led; one that led nowhere may be sent again."""
    submission = getattr(request, "submission", None)
    if submission is None:
        return
    if location := response.headers.get("Location"):
        submissions.end_submission(submission=submission, location=location)
    else:
        submissions.forget_submission(submission=submission)


def _still_working() -> Conflict:
    return Conflict(
        _(
            "This form was sent twice, and its first sending is still being worked on. "
            "Wait a moment, then open the page again; do not send the form once more."
        ),
        code="still_working",
    )


def _once_key(request: HttpRequest) -> uuid.UUID | None:
    form_types = ("application/x-www-form-urlencoded", "multipart/form-data")
    if request.method != "POST" or request.content_type not in form_types:
        return None
    try:
        return uuid.UUID(request.POST.get(ONCE, ""))
    except ValueError:
        return None


def _origin(request: HttpRequest) -> Origin:
    return Origin(
        request_id=uuid.uuid4(),
        address=request.META.get("REMOTE_ADDR", ""),
        device=request.headers.get("User-Agent", "")[:200],
    )
