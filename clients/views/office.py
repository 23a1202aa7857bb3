"""Office pages: the list of cases, a new case, the page of a case and its history."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bilans.access import require_office
from bilans.accounts.areas import actor_of, office_area
from bilans.accounts.permissions import OfficePermission
from bilans.errors import DomainError
from bilans.ui.shapes import Words
from clients import casepages
from clients.forms.client import NewCaseForm, show_refusal
from clients.models import Case
from clients.permissions import CasePermission
from clients.selectors.caseload import PAGE_SIZE, CaseFilters, Caseload
from clients.selectors.cases import CasePage, OpenStep, is_late, open_steps, people_in
from clients.selectors.history import course_of, full_history
from clients.services import (
    open_case,
    open_first_case,
    read_case,
    read_caseload,
    read_history,
    seek_namesakes,
)
from clients.states import RailStage
from clients.workflow import ENDING_STEPS

SHOW = {
    "": ("running", gettext_lazy("Under way")),
    "po-terminie": ("overdue", gettext_lazy("Overdue")),
    "najblizsze": ("soon", gettext_lazy("Due within 7 days")),
    "do-podpisu": ("to_sign", gettext_lazy("Contract to sign")),
    "zakonczone": ("ended", gettext_lazy("Ended")),
}
TILE_ICONS = {
    "running": "folder-open",
    "overdue": "alarm-clock",
    "soon": "calendar-clock",
    "to_sign": "signature",
}
STAGES: dict[str, tuple[str, Words]] = {
    slug: (stage.value, stage.label)
    for slug, stage in (
        ("zgloszenie", RailStage.ENQUIRY),
        ("kontrakt", RailStage.CONTRACT),
        ("rozpoznanie", RailStage.RECOGNITION),
        ("synteza", RailStage.SYNTHESIS),
        ("uzgodnienie", RailStage.AGREEING),
        ("plan", RailStage.PLAN),
        ("zakonczenie", RailStage.CLOSING),
    )
}
BY_NAME = "nazwisko"
HISTORY_SIZE = 50
DIGITS = 5
"""No list has a page number longer than this."""


@office_area
@require_http_methods(["GET", "POST"])
def caseload(request: HttpRequest) -> HttpResponse:
    """List one's cases; a search is posted, so that no name enters an address."""
    show, stage = request.GET.get("pokaz", ""), request.GET.get("etap", "")
    order = request.GET.get("kolejnosc", "")
    filters = CaseFilters(
        show=SHOW.get(show, SHOW[""])[0],
        stage=STAGES[stage][0] if stage in STAGES else "",
        by_name=order == BY_NAME,
        page=_page_number(request),
    )
    term = request.POST.get("szukaj", "")
    shown = read_caseload(
        actor=actor_of(request),
        filters=filters,
        search=term,
        today=timezone.localdate(),
    )
    return render(
        request,
        "clients/office/caseload.html",
        {
            "shown": shown,
            "term": term.strip(),
            "tiles": _tiles(shown),
            "chips": _chips(show, searching=bool(term.strip()), etap=stage, kolejnosc=order),
            "stages": [(slug, label, slug == stage) for slug, (_, label) in STAGES.items()],
            "show": show,
            "order": order,
            "by_name": filters.by_name and not shown.too_many_for_names,
            "name_order": _address(pokaz=show, etap=stage, kolejnosc=BY_NAME),
            "due_order": _address(pokaz=show, etap=stage),
            "page": Paginator(range(shown.total), PAGE_SIZE).get_page(shown.page),
            "query": _query(pokaz=show, etap=stage, kolejnosc=order),
            "may_open": OfficePermission.OPEN_CASE in actor_of(request).office_permissions,
            "is_filtered": bool(show or stage),
        },
    )


@office_area
@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Make a client card and its first case on one page; offer the card that exists."""
    actor = actor_of(request)
    require_office(actor, OfficePermission.OPEN_CASE)
    form = NewCaseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        namesakes = seek_namesakes(actor=actor, card=form.card())
        form = NewCaseForm(request.POST, namesakes=namesakes)
        if form.is_valid():
            try:
                opened = _open(request, form)
            except DomainError as refusal:
                show_refusal(form, refusal)
            else:
                return redirect("clients:case", case_id=opened.pk)
    return render(
        request,
        "clients/office/new_case.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@office_area
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show where a case stands, what comes next, what happened and who is in it."""
    page = read_case(actor=actor_of(request), case_id=case_id)
    return case_page(request, page)


def case_page(
    request: HttpRequest, page: CasePage, *, refusal: DomainError | None = None
) -> HttpResponse:
    """Render the page of a case, with a refusal on top when a step was not taken."""
    steps = [_told_step(each, page.case) for each in open_steps(page)]
    pointer = casepages.remedy_link(page.case.state, page.case.pk)
    steers = CasePermission.STEER in page.held
    return render(
        request,
        "clients/office/case.html",
        {
            **casepages.case_context(request, page=page, tab="case"),
            "refusal": refusal,
            "remedy": refusal and casepages.remedy_link(refusal.code, page.case.pk),
            "onward": next((step for step in steps if step["primary"]), None),
            "steps": [step for step in steps if not step["primary"]],
            "pointer": pointer if steers else None,
            "course": course_of(page.case) if CasePermission.VIEW_HISTORY in page.held else None,
            "people": [person for person in people_in(page.case) if person.is_open],
            "identity": CasePermission.VIEW_IDENTITY in page.held,
            "may_edit_client": CasePermission.EDIT_CLIENT in page.held,
            "may_share": CasePermission.SHARE in page.held,
            "may_steer": steers,
            "is_late": is_late(page.case, timezone.localdate()),
        },
        status=200 if refusal is None else refusal.http_status,
    )


@office_area
@require_safe
def history(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show everything that happened in a case, looks at it included."""
    page = read_history(actor=actor_of(request), case_id=case_id)
    number = _page_number(request)
    items, more = full_history(page.case, start=(number - 1) * HISTORY_SIZE, size=HISTORY_SIZE)
    return render(
        request,
        "clients/office/history.html",
        {
            **casepages.case_context(request, page=page, tab="history"),
            "items": items,
            "number": number,
            "newer": number - 1,
            "older": number + 1 if more else None,
        },
    )


def _open(request: HttpRequest, form: NewCaseForm) -> Case:
    actor, same = actor_of(request), form.same_as()
    if same is not None:
        return open_case(actor=actor, client_id=same.pk, **form.opening())
    return open_first_case(actor=actor, card=form.card(), **form.opening())


def _told_step(each: OpenStep, case: Case) -> dict[str, Any]:
    return {
        "name": each.step.name,
        "label": each.step.label,
        "primary": each.primary,
        "asks": each.step.needs_reason or each.step.name in ENDING_STEPS,
        "missing": [
            (refusal.message, casepages.remedy_link(refusal.code, case.pk))
            for refusal in each.missing
        ],
    }


def _tiles(shown: Caseload) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "count": getattr(shown.counts, code),
            "url": _address(pokaz=slug),
            "tone": "warn" if code == "overdue" and shown.counts.overdue else "",
            "icon": TILE_ICONS[code],
        }
        for slug, (code, label) in SHOW.items()
        if code in TILE_ICONS
    ]


def _chips(show: str, *, searching: bool, **kept: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": _address(pokaz=slug, **kept),
            "here": slug == show and not searching,
        }
        for slug, (_, label) in SHOW.items()
    ]


def _address(**parameters: str) -> str:
    query = _query(**parameters).rstrip("&")
    return f"{reverse('clients:caseload')}{'?' if query else ''}{query}"


def _query(**parameters: str) -> str:
    written = urlencode({name: value for name, value in parameters.items() if value})
    return f"{written}&" if written else ""


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("strona", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 1
