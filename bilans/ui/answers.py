"""Small answers that views share: JSON for a script, a page for a person, somebody's file."""

from typing import TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect

Answer = TypeVar("Answer", bound=HttpResponseBase)
FILE_MARK = "bilans_file"


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the sender is one of our scripts, which name JSON first."""
    return request.headers.get("Accept", "").startswith("application/json")


def onward(request: HttpRequest, address: str) -> HttpResponse:
    """Send the person on after a successful POST.

    A script cannot stop at a redirect, so it gets the address to open instead.
    """
    if wants_json(request):
        return JsonResponse({"location": address}, status=201, headers={"Location": address})
    return redirect(address)


def refusal(detail: str, *, code: str, status: int) -> JsonResponse:
    """Answer a script in the shape the API uses for every refusal."""
    return JsonResponse({"detail": detail, "code": code}, status=status)


def form_refusal(form: BaseForm, *, status: int) -> JsonResponse:
    """Answer a script whose form was refused: every complaint with the field it is about."""
    told = [
        f"{form[name].label}: {message}" if name in form.fields else str(message)
        for name, complaints in form.errors.items()
        for message in complaints
    ]
    return refusal("\n".join(told), code="invalid", status=status)


def as_file(response: Answer) -> Answer:
    """Mark an answer as somebody's file: the browser may keep it, never run it."""
    setattr(response, FILE_MARK, True)
    return response


def is_file(response: HttpResponseBase) -> bool:
    """Tell whether a view marked this answer with ``as_file``."""
    return getattr(response, FILE_MARK, False)
