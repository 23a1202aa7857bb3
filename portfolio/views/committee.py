"""The committee's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bilans.accounts.areas import committee_area


@committee_area
@require_GET
def released(request: HttpRequest) -> HttpResponse:
    """List what was released to this member: a portfolio comes only by its owner's release."""
    return render(request, "portfolio/committee/released.html")
