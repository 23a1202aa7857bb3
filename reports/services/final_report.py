"""Writing and issuing the final report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bilans import access
from bilans.accounts.models import User
from bilans.audit.services import record, unit_of_work
from bilans.documents.tree import Document
from bilans.errors import Conflict, TransitionRefused
from clients.models import Case, IssuedDocument
from clients.permissions import CasePermission, CaseRole
from clients.selectors.cases import CasePage, case_page
from clients.services import deliver_document, discard_draft, issue_document
from clients.states import CaseState, DeliveryChannel, DocumentKind
from reports import events
from reports.document import ReportSections, final_report_document
from reports.models import FinalReport
from reports.selectors.material import ReportMaterial, draft_of, latest_issued, material_of
from reports.states import ReportState

Language = Literal["pl", "en"]

DRAFT_FORM = "reports.final"
"""Name under which the typing into the report saves itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """What the advisor's page of the report shows."""

    page: CasePage
    draft: FinalReport | None
    issued: FinalReport | None
    material: ReportMaterial
    preview: Document | None


def read_report_page(*, actor: User, case_id: UUID, language: Language) -> ReportPage:
    """Show the report being written, and leave an entry."""
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        access.require(actor, CasePermission.WRITE_REPORT, page.case)
        draft = draft_of(page.case)
        material = material_of(page.case, advisor_name=_leader(page.case, actor))
        preview = None
        if not material.obstacles:
            number = draft.number if draft else _next_number(page.case)
            preview = final_report_document(
                material, _sections(draft), number=number, issued_on=None, language=language
            )
        record(events.REPORT_READ, actor=actor, subject=page.case)
        return ReportPage(
            page=page,
            draft=draft,
            issued=latest_issued(page.case),
            material=material,
            preview=preview,
        )


def write_report(
    *, actor: User, case_id: UUID, sections: ReportSections, base_version: int | None
) -> FinalReport:
    """Save the advisor's sections of the report being written, starting one if needed.

    Raises:
        NotPermitted: the actor may not write reports here.
        Conflict: code ``stale``; somebody saved it since ``base_version``.
    """
    with unit_of_work():
        case = case_page(actor=actor, case_id=case_id).case
        access.require(actor, CasePermission.WRITE_REPORT, case)
        # two first savings at once would start two reports
        Case.objects.select_for_update().get(pk=case.pk)
        report = draft_of(case)
        if (report.version if report else 0) != (base_version or 0):
            raise Conflict(
                _("Somebody else has saved this in the meantime. Compare both texts."),
                code="stale",
            )
        if report is None:
            report = FinalReport(case=case, number=_next_number(case), written_by=actor)
        for name, value in _values(sections).items():
            setattr(report, name, value)
        report.save()
        for target_id in (case.pk, report.pk):
            discard_draft(actor=actor, case_id=case.pk, form=DRAFT_FORM, target_id=target_id)
        record(events.REPORT_WRITTEN, actor=actor, subject=report)
    return report


def issue_report(
    *, actor: User, case_id: UUID, base_version: int, language: Language, at: datetime
) -> IssuedDocument:
    """Issue the report being written: from now on it never changes, and the client has it.

    Raises:
        TransitionRefused: ``wrong_state`` before the results are being agreed,
            ``nothing_written`` without a text, or the code of the first statement that may
            not enter: ``statement_without_source``, ``statement_without_position``.
        Conflict: code ``stale``; what would be issued is not what the actor saw.
    """
    with unit_of_work():
        case = case_page(actor=actor, case_id=case_id).case
        access.require(actor, CasePermission.WRITE_REPORT, case)
        # no statement changes under a report that is being issued
        case = (
            Case.objects.select_related("client", "organisation", "qualification")
            .select_for_update(of=("self",))
            .get(pk=case.pk)
        )
        if case.state not in {CaseState.AGREEING, CaseState.PLANNING}:
            raise TransitionRefused(
                _("The final report is issued when the results are being agreed. Move on first."),
                code="wrong_state",
            )
        report = draft_of(case)
        if report is None or not report.summary.strip():
            raise TransitionRefused(
                _("Write the summary of the report first."), code="nothing_written"
            )
        if report.version != base_version:
            raise Conflict(
                _("The report was changed in the meantime. Read it again before you issue it."),
                code="stale",
            )
        material = material_of(case, advisor_name=_leader(case, actor))
        if material.obstacles:
            first = material.obstacles[0]
            raise TransitionRefused(first.message, code=first.code)
        document = issue_document(
            actor=actor,
            case=case,
            kind=DocumentKind.FINAL_REPORT,
            document=final_report_document(
                material,
                _sections(report),
                number=report.number,
                issued_on=timezone.localdate(at),
                language=language,
            ),
        )
        report.document = document
        report.state = ReportState.ISSUED
        report.save()
        record(events.REPORT_ISSUED, actor=actor, subject=report, data={"number": report.number})
        deliver_document(actor=actor, document_id=document.pk, channel=DeliveryChannel.PORTAL)
    return document


def _leader(case: Case, actor: User) -> str:
    """The advisor who leads the case: whoever has been its advisor longest."""
    first = (
        case.assignments.filter(role=CaseRole.ADVISOR, ends_at=None)
        .select_related("user")
        .order_by("starts_at")
        .first()
    )
    return (first.user if first else actor).full_name


def _next_number(case: Case) -> int:
    return (FinalReport.objects.filter(case=case).aggregate(n=Max("number"))["n"] or 0) + 1


def _sections(report: FinalReport | None) -> ReportSections:
    if report is None:
        return ReportSections()
    return ReportSections(
        circumstances=report.circumstances,
        course=report.course,
        summary=report.summary,
        next_steps=tuple(report.next_steps),
    )


def _values(sections: ReportSections) -> dict[str, Any]:
    return {
        "circumstances": sections.circumstances,
        "course": sections.course,
        "summary": sections.summary,
        "next_steps": list(sections.next_steps),
    }
