"""A form sent after the log-in had expired: nothing typed is lost.

What was sent travels in the page itself, through the log-in, to a page with one button
that sends it again. The server keeps nothing, the browser's storage neither. Files and
passwords never travel: the first cannot, the second must not.
"""

import json
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from bilans.accounts.forms import LoginForm

KEPT = "kept"
"""Name of the hidden field that carries everything on."""

_DROPPED = {"csrfmiddlewaretoken", KEPT}
_SECRET = ("password", "haslo", "secret")


def resume_page(request: HttpRequest) -> HttpResponse:
    """Answer a form that came too late with a log-in that carries it on."""
    kept = {
        "path": request.get_full_path(),
        "fields": [
            [name, value]
            for name, values in request.POST.lists()
            if name not in _DROPPED and not any(word in name.lower() for word in _SECRET)
            for value in values
        ],
        "files": bool(request.FILES),
    }
    return show_login_to_resume(request, LoginForm(), kept)


def show_login_to_resume(
    request: HttpRequest, form: LoginForm, kept: dict[str, Any]
) -> HttpResponse:
    """Show the log-in again, with everything still in the page."""
    return render(
        request,
        "accounts/resume.html",
        {"form": form, "kept": json.dumps(kept, ensure_ascii=False), "has_files": kept["files"]},
        status=401,
    )


def kept_of(request: HttpRequest) -> dict[str, Any] | None:
    """Read what a log-in page carries; ``None`` for an ordinary log-in or a forged one."""
    try:
        kept = orjson.loads(request.POST[KEPT])  # refuses half characters
        path = str(kept["path"])
        fields = [[str(name), str(value)] for name, value in kept["fields"]]
        files = bool(kept["files"])
    except (KeyError, TypeError, ValueError):
        return None
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(
        path, allowed_hosts=None, require_https=request.is_secure()
    )
    return {"path": path, "fields": fields, "files": files} if ours else None


def resend_page(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    """Show one button that sends the form to where it was going."""
    return render(request, "accounts/resend.html", kept)
