"""Routes that no app has: each does one thing wrong after it has written something."""

import uuid
from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import include, path

from bilans.accounts.models import Membership, Organisation
from bilans.audit.events import REFUSED
from bilans.audit.services import record
from bilans.errors import Conflict, InvalidInput, NotPermitted

OFFICE = "Biuro na próbę"


def _write(request: HttpRequest) -> None:
    Organisation.objects.create(name=OFFICE)
    record(REFUSED, actor=request.user, subject=request.user, data={"what": "próba"})


def fine(request: HttpRequest) -> HttpResponse:
    _write(request)
    return HttpResponse("dobrze")


def refused(request: HttpRequest) -> HttpResponse:
    _write(request)
    return HttpResponse(status=403)


ERRORS = {
    "not_permitted": lambda: NotPermitted("nie wolno", code="not_permitted"),
    "conflict": lambda: Conflict("za późno", code="stale"),
    "invalid": lambda: InvalidInput("źle", code="wrong"),
    "missing": ObjectDoesNotExist,
    "bad": BadRequest,
    "broken": ZeroDivisionError,
}


def raising(request: HttpRequest, error: str) -> HttpResponse:
    _write(request)
    raise ERRORS[error]()


def form_refused(request: HttpRequest) -> HttpResponse:
    """A view that answers a refused form itself: what it recorded stays."""
    _write(request)
    return HttpResponse("źle", status=422)


def swallowing(request: HttpRequest) -> HttpResponse:
    """Forgets that a database error ends the transaction."""
    Organisation.objects.create(name=OFFICE)
    with suppress(IntegrityError):
        Membership.objects.create(organisation_id=uuid.uuid4(), user=request.user, role="nobody")
    return HttpResponse("dobrze")


def counted(request: HttpRequest) -> HttpResponse:
    """One effect of a form: an office more; what is typed decides about the answer."""
    if request.POST.get("name") == "":
        return HttpResponse("brak nazwy", status=422)
    office = Organisation.objects.create(name=request.POST["name"])
    if request.POST.get("as") == "json":
        address = f"/counted/{office.pk}/"
        return JsonResponse({"location": address}, status=201, headers={"Location": address})
    far = "?" + "x" * 400 if request.POST.get("as") == "far" else ""
    return redirect(f"/counted/{office.pk}/{far}")


@login_not_required
def open_door(request: HttpRequest) -> HttpResponse:
    return HttpResponse("witamy")


urlpatterns = [
    path("fine/", fine),
    path("refused/", refused),
    path("raising/<error>/", raising),
    path("form-refused/", form_refused),
    path("swallowing/", swallowing),
    path("counted/", counted),
    path("open/", open_door),
    path("", include("bilans.urls")),
]

handler400 = "bilans.ui.views.bad_request"
handler403 = "bilans.ui.views.permission_denied"
handler404 = "bilans.ui.views.not_found"
handler500 = "bilans.ui.views.server_error"
