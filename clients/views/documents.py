"""Issued documents: the list of a case, the page of one, its files, its delivery."""

from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bilans.accounts.areas import actor_of, office_area, portal_area
from bilans.documents import html
from bilans.ui.answers import as_file
from clients.casepages import case_context
from clients.portalpages import portal_context
from clients.selectors.cases import case_page
from clients.selectors.documents import documents_for
from clients.services import (
    confirm_receipt,
    deliver_document,
    may_deliver,
    read_document,
    read_documents,
)
from clients.states import DeliveryChannel

TAB = "documents"


class Sendable(Protocol):
    """A file on its way out."""

    @property
    def media_type(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def chunks(self) -> Any: ...


def send_file(opened: Any) -> HttpResponseBase:
    """Stream a sealed file; the trail's entry stands before the first byte leaves."""
    response = StreamingHttpResponse(opened.chunks, content_type=opened.media_type)
    response["Content-Length"] = str(opened.size)
    name = getattr(opened, "file_name", "") or opened.name
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003 -- Django's signature
    return as_file(response)


@office_area
@require_safe
def documents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """List the documents of a case."""
    shown = read_documents(actor=actor_of(request), case_id=case_id)
    return render(
        request,
        "clients/office/documents.html",
        {**case_context(request, page=shown.page, tab=TAB), "documents": shown.documents},
    )


@office_area
@require_safe
def document(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Show a document as a page."""
    actor = actor_of(request)
    page = case_page(actor=actor, case_id=case_id)
    issued = documents_for(actor).get(pk=document_id, case_id=case_id)
    opened = read_document(actor=actor, document_id=document_id)
    deliveries = list(issued.deliveries.order_by("delivered_at"))
    return render(
        request,
        "clients/office/document.html",
        {
            **case_context(request, page=page, tab=TAB),
            "issued": opened.issued,
            "rendered": html.render(opened.document),
            "deliveries": deliveries,
            "may_hand_over": may_deliver(actor, issued) and not _on_paper(deliveries),
        },
    )


@office_area
@require_safe
def document_file(
    request: HttpRequest, case_id: UUID, document_id: UUID, rendering: str
) -> HttpResponseBase:
    """Send a document as PDF or Word file."""
    return _file(request, case_id, document_id, rendering)


@office_area
@require_POST
def deliver(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Write down that the document was handed over."""
    actor = actor_of(request)
    documents_for(actor).only("pk", "case", "kind").get(pk=document_id, case_id=case_id)
    deliver_document(
        actor=actor,
        document_id=document_id,
        channel=request.POST.get("channel", DeliveryChannel.PAPER),
        note=request.POST.get("note", "")[:300],
    )
    messages.success(request, _("The delivery is written down."))
    return redirect("clients:document", case_id=case_id, document_id=document_id)


@portal_area
@require_safe
def portal_documents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """List the client's documents."""
    shown = read_documents(actor=actor_of(request), case_id=case_id)
    return render(
        request,
        "clients/portal/documents.html",
        {**portal_context(request, case=shown.page.case), "documents": shown.documents},
    )


@portal_area
@require_safe
def portal_document(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Show a document to the client."""
    actor = actor_of(request)
    page = case_page(actor=actor, case_id=case_id)
    issued = documents_for(actor).get(pk=document_id, case_id=case_id)
    opened = read_document(actor=actor, document_id=document_id)
    deliveries = list(issued.deliveries.order_by("delivered_at"))
    return render(
        request,
        "clients/portal/document.html",
        {
            **portal_context(request, case=page.case),
            "issued": opened.issued,
            "rendered": html.render(opened.document),
            "waits_for_receipt": bool(deliveries)
            and not any(each.confirmed_at for each in deliveries),
            "confirmed": next((each for each in deliveries if each.confirmed_at), None),
        },
    )


@portal_area
@require_safe
def portal_document_file(
    request: HttpRequest, case_id: UUID, document_id: UUID, rendering: str
) -> HttpResponseBase:
    """Send a document to the client as PDF or Word file."""
    return _file(request, case_id, document_id, rendering)


@portal_area
@require_POST
def confirm(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Take the client's confirmation that the document has reached them."""
    actor = actor_of(request)
    documents_for(actor).get(pk=document_id, case_id=case_id)
    confirm_receipt(actor=actor, document_id=document_id)
    messages.success(request, _("Thank you. The receipt is confirmed."))
    return redirect("clients:portal_document", case_id=case_id, document_id=document_id)


def _file(
    request: HttpRequest, case_id: UUID, document_id: UUID, rendering: str
) -> HttpResponseBase:
    actor = actor_of(request)
    documents_for(actor).get(pk=document_id, case_id=case_id)
    return send_file(read_document(actor=actor, document_id=document_id, rendering=rendering))


def _on_paper(deliveries: list[Any]) -> bool:
    return any(each.channel == DeliveryChannel.PAPER for each in deliveries)
