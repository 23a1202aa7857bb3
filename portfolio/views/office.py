"""The advisor's pages of evidence."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bilans.accounts.areas import office_area
from clients.casepages import case_context
from clients.selectors.cases import CasePage
from portfolio.views import pages


def _frame(request: HttpRequest, page: CasePage) -> dict[str, Any]:
    return case_context(request, page=page, tab="evidence")


PLACE = pages.Place("office", _frame)


@office_area
@require_http_methods(["GET", "POST"])
def evidence_list(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return pages.listing(request, PLACE, case_id)


@office_area
@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    return pages.detail(request, PLACE, case_id, evidence_id)


@office_area
@require_POST
def withdraw(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    return pages.withdraw(request, PLACE, case_id, evidence_id)


@office_area
@require_GET
def file(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    return pages.download(request, case_id, evidence_id)
