"""The contract in the portal: read, signed, or sent back with a wish."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bilans.accounts.areas import actor_of, portal_area
from bilans.documents import html
from bilans.errors import DomainError, NotPermitted
from clients.forms.contract import ChangeForm, SignForm
from clients.portalpages import portal_context
from clients.services import ask_for_change, read_contract, sign_contract_in_portal
from clients.services.contract_reading import ContractPage


@portal_area
@require_safe
def contract(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the contract as a document, and the ways to answer it."""
    shown = read_contract(actor=actor_of(request), case_id=case_id, prepared=False)
    return _page(request, shown)


@portal_area
@require_POST
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the client's signature under the version they have read."""
    form = SignForm(request.POST)
    if not form.is_valid():
        shown = read_contract(actor=actor_of(request), case_id=case_id, prepared=False)
        return _page(request, shown, sign_form=form, status=422)
    try:
        sign_contract_in_portal(
            actor=actor_of(request),
            case_id=case_id,
            on=timezone.localdate(),
            document_id=form.cleaned_data["document"],
        )
    except NotPermitted:
        raise
    except DomainError as error:
        return _refused(request, case_id, error)
    messages.success(request, _("Thank you. The contract is signed and in force."))
    return redirect("clients:portal_contract", case_id=case_id)


@portal_area
@require_POST
def change(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Send the contract back with what should be different."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        shown = read_contract(actor=actor_of(request), case_id=case_id, prepared=False)
        return _page(request, shown, change_form=form, status=422)
    try:
        ask_for_change(actor=actor_of(request), case_id=case_id, words=form.cleaned_data["words"])
    except NotPermitted:
        raise
    except DomainError as error:
        return _refused(request, case_id, error)
    messages.success(
        request, _("Your words have reached your advisor, who will prepare a new version.")
    )
    return redirect("clients:portal_contract", case_id=case_id)


def _refused(request: HttpRequest, case_id: UUID, error: DomainError) -> HttpResponse:
    """A second click on a signed contract is no fault: say how things stand and show it."""
    say = messages.info if error.code == "already_signed" else messages.warning
    say(request, error.message)
    shown = read_contract(actor=actor_of(request), case_id=case_id, prepared=False)
    return _page(request, shown, status=200 if error.code == "already_signed" else 409)


def _page(
    request: HttpRequest,
    shown: ContractPage,
    *,
    sign_form: SignForm | None = None,
    change_form: ChangeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    document, issued = shown.document, shown.issued
    context: dict[str, Any] = {
        **portal_context(request, case=shown.page.case),
        "shown": shown,
        "rendered": html.render(document, base_level=2) if document else "",
        "sign_form": sign_form or SignForm(initial={"document": issued.pk if issued else None}),
        "change_form": change_form or ChangeForm(),
        "asks_for_change": change_form is not None,
    }
    return render(request, "clients/portal/contract.html", context, status=status)
