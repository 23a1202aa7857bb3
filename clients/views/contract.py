"""The contract in the office: composed, offered, taken back, signed on paper, amended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilans.accounts.areas import actor_of, office_area
from bilans.accounts.models import User
from bilans.documents import html
from bilans.errors import Conflict, DomainError, InvalidInput, TransitionRefused
from bilans.ui.answers import onward, refusal, wants_json
from clients.casepages import case_context
from clients.contract_content import ELEMENTS, ContractContent, Difficulty, missing_elements
from clients.contract_document import LANGUAGE
from clients.contract_texts import suggested_difficulties
from clients.forms.contract import (
    DIFFICULTIES,
    GOALS,
    ROW_FIELDS,
    ContractForm,
    PaperForm,
    with_one_more,
)
from clients.forms.drafted import restore
from clients.models import Case, Contract
from clients.selectors.contracts import contract_in_preparation
from clients.services import (
    amend_contract,
    contract_to_write,
    offer_contract,
    read_contract,
    read_contract_preview,
    read_scan,
    reopen_contract,
    save_contract,
    sign_contract_on_paper,
)
from clients.services.contract_reading import ContractPage
from clients.states import ContractState
from clients.views.documents import send_file

TAB = "contract"


@office_area
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the contract: the composer while it is prepared, the document from then on."""
    if request.method == "POST":
        return _compose(request, case_id)
    shown = read_contract(actor=actor_of(request), case_id=case_id)
    if shown.state == ContractState.DRAFT and shown.may_prepare:
        instance = _instance(shown.contract, shown.page.case)
        form = ContractForm(content=shown.content, draft=shown.draft, instance=instance)
        restore(form, shown.draft)
        return _composer(request, shown, form)
    return _finished(request, shown)


@office_area
@require_safe
def preview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the contract being prepared as the document it would become."""
    page, document = read_contract_preview(actor=actor_of(request), case_id=case_id)
    return render(
        request,
        "clients/office/contract_preview.html",
        {**case_context(request, page=page, tab=TAB), "rendered": html.render(document)},
    )


@office_area
@require_POST
def reopen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the offered contract back."""
    reopen_contract(
        actor=actor_of(request), case_id=case_id, reason=request.POST.get("reason", "")[:300]
    )
    messages.success(request, _("The contract is back in preparation. Sign it again when ready."))
    return redirect("clients:contract", case_id=case_id)


@office_area
@require_POST
def amend(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin a contract that will replace the signed one."""
    amend_contract(actor=actor_of(request), case_id=case_id)
    messages.success(
        request,
        _("Here is a copy of the signed contract. The signed one holds until this one is signed."),
    )
    return redirect("clients:contract", case_id=case_id)


@office_area
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record the signature on paper with its scan."""
    if request.method != "POST":
        shown = read_contract(actor=actor_of(request), case_id=case_id)
        if shown.state != ContractState.OFFERED or not shown.may_prepare:
            return redirect("clients:contract", case_id=case_id)
        form = PaperForm(initial={"signed_on": timezone.localdate()})
        return _paper(request, shown, form)
    contract_to_write(actor=actor_of(request), case_id=case_id)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sign_contract_on_paper(
                actor=actor_of(request),
                case_id=case_id,
                signed_on=form.cleaned_data["signed_on"],
                upload=form.cleaned_data["scan"],
                read_aloud=form.cleaned_data["read_aloud"],
                present=form.cleaned_data["present"],
                today=timezone.localdate(),
            )
        except InvalidInput as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("The contract is in force."))
            return onward(request, reverse("clients:contract", kwargs={"case_id": case_id}))
    if wants_json(request):
        return refusal(_first_error(form), code="invalid", status=422)
    shown = read_contract(actor=actor_of(request), case_id=case_id)
    return _paper(request, shown, form, status=422)


@office_area
@require_safe
def scan(request: HttpRequest, case_id: UUID, contract_id: UUID) -> HttpResponseBase:
    """Send the scan of a contract signed on paper."""
    opened = read_scan(actor=actor_of(request), case_id=case_id, contract_id=contract_id)
    return send_file(opened)


# -- the composer ------------------------------------------------------------------------


def _compose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    case, contract = contract_to_write(actor=actor, case_id=case_id)
    form = ContractForm(request.POST, content=ContractContent(), instance=_instance(contract, case))
    if "_add" in request.POST or "_suggest" in request.POST:
        return _with_row(request, case, contract)
    if not form.is_valid():
        return _again(request, actor, case_id, form, status=422)
    try:
        saved = save_contract(
            actor=actor, case_id=case_id, content=form.content(), base_version=form.typed_version
        )
    except Conflict:
        current = contract_in_preparation(case_id)
        if current is None:
            raise
        form.show_conflict(current)
        return _again(request, actor, case_id, form, status=409)
    except TransitionRefused as error:
        # offered or signed from another page; what was typed on this one stays
        form.add_error(None, error.message)
        return _again(request, actor, case_id, form, status=error.http_status)
    return _after_saving(request, actor, saved, form)


def _after_saving(
    request: HttpRequest, actor: User, saved: Contract, form: ContractForm
) -> HttpResponse:
    then = request.POST.get("_then", "offer")
    if then == "preview":
        return redirect("clients:contract_preview", case_id=saved.case_id)
    if then == "save":
        messages.success(request, _("Saved. The contract is still being prepared."))
        return redirect("clients:contract", case_id=saved.case_id)
    try:
        offer_contract(actor=actor, case_id=saved.case_id, on=timezone.localdate())
    except DomainError as error:
        if error.code != "contract_incomplete":
            raise
        form.show_missing(missing_elements(form.content()), saved.version)
        return _again(request, actor, saved.case_id, form, status=409)
    messages.success(request, _("The contract is ready: the client can sign it now."))
    return redirect("clients:contract", case_id=saved.case_id)


def _with_row(request: HttpRequest, case: Case, contract: Contract | None) -> HttpResponse:
    """Show what was typed with one more row; nothing is saved and nothing is lost."""
    group, values = request.POST.get("_add", GOALS), None
    if "_suggest" in request.POST:
        group, values = DIFFICULTIES, _suggestion(request.POST["_suggest"])
    if group not in ROW_FIELDS:
        group = GOALS
    data = with_one_more(request.POST, group, values)
    form = ContractForm(data, content=ContractContent(), instance=_instance(contract, case))
    rows = form.goals if group == GOALS else form.difficulties
    first = next(iter(rows.forms[-1].fields.values()))
    first.widget.attrs["autofocus"] = True
    return _again(request, actor_of(request), case.pk, form)


def _suggestion(number: str) -> dict[str, str] | None:
    with translation.override(LANGUAGE):
        suggestions = suggested_difficulties()
    if not number.isdigit() or int(number) >= len(suggestions):
        return None
    chosen = suggestions[int(number)]
    return {"difficulty": chosen.difficulty, "remedy": chosen.remedy}


def _again(
    request: HttpRequest, actor: User, case_id: UUID, form: ContractForm, *, status: int = 200
) -> HttpResponse:
    shown = read_contract(actor=actor, case_id=case_id)
    return _composer(request, shown, form, status=status)


def _composer(
    request: HttpRequest, shown: ContractPage, form: ContractForm, *, status: int = 200
) -> HttpResponse:
    lacking = {element.field for element in shown.missing}
    return render(
        request,
        "clients/office/contract_compose.html",
        {
            **_context(request, shown),
            "form": form,
            "elements": [(each, each.field not in lacking) for each in ELEMENTS],
            "suggestions": _suggestions(form),
            "target_id": shown.page.case.pk if shown.contract is None else shown.contract.pk,
        },
        status=status,
    )


def _suggestions(form: ContractForm) -> list[tuple[int, Difficulty]]:
    """Offer what does not stand in the form yet; each keeps its number."""
    taken = {row["difficulty"].value() for row in form.difficulties.forms}
    with translation.override(LANGUAGE):
        known = list(enumerate(suggested_difficulties()))
    return [(number, each) for number, each in known if each.difficulty not in taken]


def _instance(contract: Contract | None, case: Case) -> Contract:
    return contract or Contract(case=case)


# -- the finished contract -----------------------------------------------------------------


def _finished(request: HttpRequest, shown: ContractPage) -> HttpResponse:
    document = shown.document
    return render(
        request,
        "clients/office/contract.html",
        {**_context(request, shown), "rendered": html.render(document) if document else ""},
    )


def _paper(
    request: HttpRequest, shown: ContractPage, form: PaperForm, *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "clients/office/contract_paper.html",
        {**_context(request, shown), "form": form},
        status=status,
    )


def _context(request: HttpRequest, shown: ContractPage) -> dict[str, Any]:
    return {**case_context(request, page=shown.page, tab=TAB), "shown": shown}


def _first_error(form: PaperForm) -> str:
    return str(next(iter(form.errors.values()))[0])
