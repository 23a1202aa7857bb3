"""The client's own pages: where the balance stands, what to do, who saw the data."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bilans.accounts.areas import actor_of, portal_area
from clients.portalpages import portal_context, portal_tasks
from clients.selectors.cases import advisors_of, cases_for
from clients.selectors.documents import documents_of
from clients.selectors.history import looks_at
from clients.services import read_portal


@portal_area
@require_safe
def portal(request: HttpRequest) -> HttpResponse:
    """Open the client's balance at once; only who has several chooses."""
    cases = list(cases_for(actor_of(request)).order_by("-opened_on", "-id"))
    if len(cases) == 1:
        return redirect("clients:portal_case", case_id=cases[0].pk)
    return render(request, "clients/portal/cases.html", {"cases": cases})


@portal_area
@require_safe
def portal_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show where the balance stands and what the client can do now."""
    page = read_portal(actor=actor_of(request), case_id=case_id)
    waiting, done = portal_tasks(actor=actor_of(request), case=page.case)
    return render(
        request,
        "clients/portal/home.html",
        {
            **portal_context(request, case=page.case),
            "given_name": page.client.given_name,
            "waiting": waiting,
            "done": done,
            "documents": documents_of(actor_of(request), case_id),
            "advisors": advisors_of(page.case),
            "office": page.case.organisation,
            "looks": looks_at(page.case),
            "today": timezone.localdate(),
        },
    )


@portal_area
@require_safe
def portal_looks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show everybody who dealt with the client's data, by person and day."""
    page = read_portal(actor=actor_of(request), case_id=case_id)
    return render(
        request,
        "clients/portal/looks.html",
        {**portal_context(request, case=page.case), "looks": looks_at(page.case, limit=None)},
    )
