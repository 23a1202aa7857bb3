"""The advisor's page of the final report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bilans.accounts.areas import actor_of, office_area
from bilans.documents.html import render as document_html
from bilans.errors import Conflict, DomainError, NotPermitted
from clients.casepages import case_context
from clients.forms.drafted import restore
from clients.services import find_draft
from reports.forms import FinalReportForm, IssueForm
from reports.services import issue_report, read_report_page, write_report
from reports.services.final_report import DRAFT_FORM, Language, ReportPage


def _language() -> Language:
    return "en" if get_language() == "en" else "pl"


@office_area
@require_http_methods(["GET", "POST"])
def final_report(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write the report: the advisor's sections, what blocks it, and how it will read."""
    report = read_report_page(actor=actor_of(request), case_id=case_id, language=_language())
    if request.method == "GET":
        draft = find_draft(
            actor=actor_of(request), case_id=case_id, form=DRAFT_FORM, target_id=_target(report)
        )
        form = FinalReportForm(instance=report.draft, initial=_start(report))
        restore(form, draft)
        return _page(request, report, form, saved_draft=draft)
    form = FinalReportForm(request.POST, instance=report.draft)
    if not form.is_valid():
        return _page(request, report, form, status=422)
    try:
        write_report(
            actor=actor_of(request),
            case_id=case_id,
            sections=form.sections(),
            base_version=form.typed_version,
        )
    except Conflict:
        fresh = read_report_page(actor=actor_of(request), case_id=case_id, language=_language())
        if fresh.draft is None:
            form.show_issued()
        else:
            form.show_conflict(fresh.draft)
        return _page(request, fresh, form, status=409)
    messages.success(request, _("The report was saved."))
    return redirect("reports:final", case_id=case_id)


@office_area
@require_POST
def issue(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Issue the report as it was seen, or say what is missing."""
    form = IssueForm(request.POST)
    if not form.is_valid():
        # whoever may not write the report gets the answer of the page, not of the form
        read_report_page(actor=actor_of(request), case_id=case_id, language=_language())
        messages.error(request, _("Save the report first, then issue it."))
        return redirect("reports:final", case_id=case_id)
    try:
        document = issue_report(
            actor=actor_of(request),
            case_id=case_id,
            base_version=form.cleaned_data["base_version"],
            language=_language(),
            at=timezone.now(),
        )
    except NotPermitted:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("reports:final", case_id=case_id)
    messages.success(request, _("The report was issued and stands in the client's portal."))
    return redirect("clients:document", case_id=case_id, document_id=document.pk)


@office_area
@require_GET
def preview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the report as the client will read it."""
    report = read_report_page(actor=actor_of(request), case_id=case_id, language=_language())
    context = case_context(request, page=report.page, tab="report") | {"report": report}
    if report.preview is not None:
        context["document_html"] = document_html(report.preview)
    return render(request, "reports/office/preview.html", context)


def _start(report: ReportPage) -> dict[str, Any]:
    """What the next version begins with: the words of the last one, to be corrected."""
    if report.draft is not None or report.issued is None:
        return {}
    return {name: getattr(report.issued, name) for name in FinalReportForm.Meta.fields}


def _target(report: ReportPage) -> UUID:
    return report.draft.pk if report.draft else report.page.case.pk


def _page(
    request: HttpRequest,
    report: ReportPage,
    form: FinalReportForm,
    *,
    status: int = 200,
    saved_draft: Any = None,
) -> HttpResponse:
    context = case_context(request, page=report.page, tab="report") | {
        "report": report,
        "form": form,
        "draft_form": DRAFT_FORM,
        "draft_target": _target(report),
        "saved_draft": saved_draft,
        "issue_form": IssueForm(initial={"base_version": report.draft.version})
        if report.draft
        else None,
    }
    return render(request, "reports/office/final_report.html", context, status=status)
