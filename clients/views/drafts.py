"""Where pages leave what is being typed, and where a draft is put away."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bilans.accounts.areas import actor_of
from bilans.errors import DomainError
from bilans.ui.answers import refusal
from clients.selectors.drafts import case_of_target
from clients.services import discard_draft, save_draft

MAX_BODY = 512 * 1024
"""Largest draft, in bytes; forms hold far less."""


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep a draft (JSON; the protocol stands in docs/ui.md)."""
    if int(request.headers.get("Content-Length") or 0) > MAX_BODY:
        return refusal(
            _("The text is too long for a draft. Shorten it or save it in parts."),
            code="draft_too_large",
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    sent = _sent(request.body)
    if sent is None:
        return refusal(
            _("The draft could not be read. Reload the page."),
            code="draft_unreadable",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    target_id = UUID(sent["object"])
    try:
        saved = save_draft(
            actor=actor_of(request),
            case_id=case_of_target(sent["form"], target_id),
            form=sent["form"],
            target_id=target_id,
            base_version=sent["base_version"],
            values=sent["values"],
        )
    except DomainError as error:
        return refusal(error.message, code=error.code, status=error.http_status)
    answer: dict[str, Any] = {
        "seq": sent["seq"],
        "saved_at": date_format(timezone.localtime(saved.saved_at), "H:i:s"),
    }
    if saved.conflict is None:
        return JsonResponse(answer)
    return JsonResponse(
        {
            **answer,
            "detail": _("Somebody else has saved this in the meantime. Your text is kept too."),
            "code": "stale",
            "version": saved.conflict.version,
            "theirs": saved.conflict.theirs,
        },
        status=HTTPStatus.CONFLICT,
    )


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Put a draft away and go back to the page it was typed on."""
    form = request.POST.get("form", "")
    try:
        target_id = UUID(request.POST.get("object", ""))
    except ValueError:
        return redirect("/")
    discard_draft(
        actor=actor_of(request),
        case_id=case_of_target(form, target_id),
        form=form,
        target_id=target_id,
    )
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else "/")


def _sent(body: bytes) -> dict[str, Any] | None:
    """Read a draft as it was sent, if it has the form of one."""
    try:
        sent = orjson.loads(body)
        UUID(sent["object"])
        well_formed = (
            isinstance(sent["form"], str)
            and isinstance(sent["values"], dict)
            and isinstance(sent["base_version"], int)
            and 0 <= sent["base_version"] < 2**31
            and isinstance(sent["seq"], int)
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
        return None
    return sent if well_formed else None
