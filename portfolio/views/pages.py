"""The pages of evidence, the same for office and portal but for where they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from bilans.accounts.areas import actor_of
from bilans.errors import Conflict, DomainError, NotPermitted
from bilans.ui.answers import as_file, form_refusal, onward, wants_json
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage
from portfolio.forms import ACCEPTED, AddEvidenceForm, EvidenceForm, LinkForm, SupportForm
from portfolio.selectors.evidence import criteria_of, evidence_for, supportable_statements
from portfolio.services import (
    add_evidence,
    describe_evidence,
    link_to_criterion,
    open_evidence_file,
    read_evidence,
    read_portfolio,
    remove_support,
    support_statement,
    unlink_criterion,
    withdraw_evidence,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages stand: their templates, routes and frame."""

    name: str
    frame: Callable[[HttpRequest, CasePage], dict[str, Any]]

    def template(self, page: str) -> str:
        return f"portfolio/{self.name}/{page}.html"

    def address(self, route: str, **ids: UUID) -> str:
        prefix = "" if self.name == "office" else f"{self.name}_"
        return reverse(f"portfolio:{prefix}{route}", kwargs=ids)


def listing(request: HttpRequest, place: Place, case_id: UUID) -> HttpResponse:
    """Show the portfolio; on POST put a new piece into it."""
    if request.method == "GET":
        return _listing(request, place, case_id, AddEvidenceForm())
    form = AddEvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, place, case_id, form, status=422)
    try:
        evidence = add_evidence(
            actor=actor_of(request),
            case_id=case_id,
            card=form.card(),
            upload=form.cleaned_data["file"],
            at=timezone.now(),
        )
    except NotPermitted:
        raise
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _refused(request, place, case_id, form, status=refusal.http_status)
    messages.success(request, _("The evidence was added. Now say what it shows."))
    return onward(request, place.address("evidence", case_id=case_id, evidence_id=evidence.pk))


def _refused(
    request: HttpRequest, place: Place, case_id: UUID, form: AddEvidenceForm, *, status: int
) -> HttpResponse:
    """Say why at the fields; a script, which keeps the page as it is, gets the words alone."""
    page = _listing(request, place, case_id, form, status=status)
    return form_refusal(form, status=status) if wants_json(request) else page


def _listing(
    request: HttpRequest, place: Place, case_id: UUID, form: AddEvidenceForm, *, status: int = 200
) -> HttpResponse:
    page, views = read_portfolio(actor=actor_of(request), case_id=case_id)
    rows = [
        (view, place.address("evidence", case_id=case_id, evidence_id=view.id)) for view in views
    ]
    context = place.frame(request, page) | {
        "rows": rows,
        "form": form,
        "accepted": ACCEPTED,
        "may_add": CasePermission.ADD_EVIDENCE in page.held,
    }
    return render(request, place.template("evidence_list"), context, status=status)


def detail(request: HttpRequest, place: Place, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Show one piece; on POST correct its card, link it or put it to a statement."""
    if request.method == "GET":
        return _detail(request, place, case_id, evidence_id)
    act = _ACTS.get(request.POST.get("act", ""), _describe)
    return act(request, place, case_id, evidence_id)


def withdraw(request: HttpRequest, place: Place, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Take the piece back for good."""
    evidence_for(actor_of(request)).get(pk=evidence_id, case_id=case_id)
    withdraw_evidence(actor=actor_of(request), evidence_id=evidence_id)
    messages.success(request, _("The evidence was taken back and its file erased."))
    return redirect(place.address("evidence_list", case_id=case_id))


def download(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """Stream the file, opened segment by segment; the entry is kept before the first byte."""
    opened = open_evidence_file(actor=actor_of(request), case_id=case_id, evidence_id=evidence_id)
    response = StreamingHttpResponse(opened.chunks, content_type=opened.media_type)
    response.headers["Content-Length"] = str(opened.size)
    disposition = content_disposition_header(as_attachment=True, filename=opened.name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return as_file(response)


def _describe(request: HttpRequest, place: Place, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    evidence = evidence_for(actor_of(request)).get(pk=evidence_id, case_id=case_id)
    form = EvidenceForm(request.POST, instance=evidence)
    if not form.is_valid():
        return _detail(request, place, case_id, evidence_id, status=422, form=form)
    try:
        describe_evidence(
            actor=actor_of(request),
            evidence_id=evidence_id,
            card=form.card(),
            base_version=form.cleaned_data["base_version"],
            at=timezone.now(),
        )
    except NotPermitted:
        raise
    except Conflict:
        form.show_conflict(evidence_for(actor_of(request)).get(pk=evidence_id))
        return _detail(request, place, case_id, evidence_id, status=409, form=form)
    except DomainError as refusal:
        form.add_error(refusal.field, refusal.message)
        return _detail(request, place, case_id, evidence_id, status=422, form=form)
    messages.success(request, _("The description was saved."))
    return redirect(place.address("evidence", case_id=case_id, evidence_id=evidence_id))


def _link(request: HttpRequest, place: Place, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    evidence = evidence_for(actor_of(request)).get(pk=evidence_id, case_id=case_id)
    form = LinkForm(request.POST, prefix="link", criteria=criteria_of(evidence.case))
    if not form.is_valid():
        return _detail(request, place, case_id, evidence_id, status=422, link_form=form)
    try:
        link_to_criterion(
            actor=actor_of(request),
            evidence_id=evidence_id,
            criterion_id=UUID(form.cleaned_data["criterion"]),
            argument=form.cleaned_data["argument"],
            at=timezone.now(),
        )
    except NotPermitted:
        raise
    except DomainError as refusal:
        form.add_error(refusal.field, refusal.message)
        return _detail(request, place, case_id, evidence_id, status=422, link_form=form)
    messages.success(request, _("The link to the criterion was saved."))
    return redirect(place.address("evidence", case_id=case_id, evidence_id=evidence_id))


def _support(request: HttpRequest, place: Place, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    evidence = evidence_for(actor_of(request)).get(pk=evidence_id, case_id=case_id)
    form = SupportForm(
        request.POST,
        prefix="support",
        statements=supportable_statements(evidence.case, actor=actor_of(request)),
    )
    if not form.is_valid():
        return _detail(request, place, case_id, evidence_id, status=422, support_form=form)
    try:
        support_statement(
            actor=actor_of(request),
            evidence_id=evidence_id,
            statement_id=UUID(form.cleaned_data["statement"]),
            argument=form.cleaned_data["argument"],
            at=timezone.now(),
        )
    except NotPermitted:
        raise
    except DomainError as refusal:
        form.add_error(refusal.field, refusal.message)
        return _detail(request, place, case_id, evidence_id, status=422, support_form=form)
    messages.success(request, _("The evidence was put to the statement."))
    return redirect(place.address("evidence", case_id=case_id, evidence_id=evidence_id))


def _remove(request: HttpRequest, place: Place, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    evidence_for(actor_of(request)).get(pk=evidence_id, case_id=case_id)
    try:
        if link := request.POST.get("link"):
            unlink_criterion(actor=actor_of(request), evidence_id=evidence_id, link_id=UUID(link))
        elif support := request.POST.get("support"):
            remove_support(
                actor=actor_of(request), evidence_id=evidence_id, support_id=UUID(support)
            )
    except ValueError:
        messages.error(request, _("There is nothing to remove. Reload the page."))
    else:
        messages.success(request, _("The link was removed."))
    return redirect(place.address("evidence", case_id=case_id, evidence_id=evidence_id))


_ACTS: dict[str, Callable[[HttpRequest, Place, UUID, UUID], HttpResponse]] = {
    "describe": _describe,
    "link": _link,
    "support": _support,
    "remove": _remove,
}


def _detail(
    request: HttpRequest,
    place: Place,
    case_id: UUID,
    evidence_id: UUID,
    *,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    page, view = read_evidence(actor=actor_of(request), case_id=case_id, evidence_id=evidence_id)
    context = place.frame(request, page) | {
        "evidence": view,
        "may_edit": CasePermission.ADD_EVIDENCE in page.held,
        "form": forms.get("form")
        or EvidenceForm(instance=evidence_for(actor_of(request)).get(pk=evidence_id)),
        "link_form": forms.get("link_form")
        or LinkForm(prefix="link", criteria=criteria_of(page.case)),
        "support_form": forms.get("support_form")
        or SupportForm(
            prefix="support",
            statements=supportable_statements(page.case, actor=actor_of(request)),
        ),
        "list_url": place.address("evidence_list", case_id=case_id),
        "file_url": place.address("file", case_id=case_id, evidence_id=evidence_id),
        "withdraw_url": place.address("withdraw", case_id=case_id, evidence_id=evidence_id),
    }
    return render(request, place.template("evidence"), context, status=status)
