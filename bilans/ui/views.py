"""Pages that belong to no app: refusals, errors, language, the two legal pages.

Every refusal says what to do next and that nothing was lost. A page for a broken
server asks neither the session nor the database, because they may be what broke.
"""

import sys
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from bilans.errors import DomainError, KeysUnavailable, TrailUnavailable
from bilans.ui.answers import refusal, wants_json

language = login_not_required(require_POST(set_language))


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what works for whom, what does not yet, and whom to tell."""
    return render(request, "ui/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show in plain words what is kept, how it is guarded and which rights one has."""
    return render(request, "ui/privacy.html")


@require_POST
def keep_alive(request: HttpRequest) -> HttpResponse:
    """Renew the session of somebody who reads or types for long; changes nothing else."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def domain_error_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Show a refusal of the domain that belongs to no form on the page."""
    if wants_json(request):
        return refusal(error.message, code=error.code, status=error.http_status)
    template = "403.html" if error.http_status == HTTPStatus.FORBIDDEN else "409.html"
    return render(request, template, {"message": error.message}, status=error.http_status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain that the page was open for too long; what was typed is one step back."""
    if wants_json(request):
        return refusal(_("Reload the page and try again."), code="csrf", status=403)
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


def foreign_request(request: HttpRequest) -> HttpResponse:
    """Refuse a change that was sent from another site's page."""
    message = _("The request came from another site, so it was not carried out.")
    if wants_json(request):
        return refusal(message, code="foreign_site", status=403)
    return render(request, "403.html", {"message": message}, status=HTTPStatus.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a malformed request; one that is merely too large gets its own page."""
    if isinstance(exception, RequestDataTooBig):
        return _broken(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "413.html")
    return _broken(HTTPStatus.BAD_REQUEST, "400.html")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this act is not open to this person, with the domain's words if any."""
    cause = exception.__cause__ if isinstance(exception, PermissionDenied) else None
    message = cause.message if isinstance(cause, DomainError) else ""
    if wants_json(request):
        return refusal(message or _("You may not do this."), code="not_permitted", status=403)
    return render(request, "403.html", {"message": message}, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer alike for what does not exist and for what may not be seen."""
    if wants_json(request):
        return refusal(_("There is no such page."), code="not_found", status=404)
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Apologise without asking anything that may be broken itself."""
    error = sys.exc_info()[1]
    if isinstance(error, KeysUnavailable | TrailUnavailable):
        return _broken(HTTPStatus.SERVICE_UNAVAILABLE, "503.html")
    return _broken(HTTPStatus.INTERNAL_SERVER_ERROR, "500.html")


def _broken(status: HTTPStatus, template: str) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=status)
