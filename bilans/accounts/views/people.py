"""People of the office: who belongs, who is invited, who leaves."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bilans.accounts import services
from bilans.accounts.areas import actor_of, people_area
from bilans.accounts.forms import InviteForm
from bilans.accounts.permissions import Role
from bilans.accounts.selectors import office_of
from bilans.errors import InvalidInput, TransitionRefused


@people_area
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """List the people and invite one more; the new link is shown once, in this answer."""
    if request.method != "POST":
        return _people_page(request)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _people_page(request, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        invited, token = services.invite(
            actor=actor_of(request),
            organisation=office_of(actor_of(request)),
            on=timezone.localdate(),
            **form.cleaned_data,
        )
    except InvalidInput as error:
        form.add_error(error.field, error.message)
        return _people_page(request, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    return _people_page(request, invited=invited, link=link)


@people_area
@require_POST
def end_membership(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End somebody's membership, or say on the page why it cannot end now."""
    try:
        services.end_membership(actor=actor_of(request), membership_id=membership_id)
    except TransitionRefused as refusal:
        return _people_page(request, problem=refusal.message, status=HTTPStatus.CONFLICT)
    # no name: messages travel in a cookie that is signed and not sealed
    messages.success(
        request, _("The person no longer belongs to the office and has been logged out.")
    )
    return redirect("accounts:people")


@people_area
@require_POST
def withdraw_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Make an invitation's link stop working."""
    services.revoke_invitation(actor=actor_of(request), invitation_id=invitation_id)
    messages.success(request, _("The invitation has been withdrawn; its link opens nothing."))
    return redirect("accounts:people")


def _people_page(
    request: HttpRequest,
    *,
    form: InviteForm | None = None,
    status: int = HTTPStatus.OK,
    **shown: Any,
) -> HttpResponse:
    context = {
        "page": services.read_people(actor=actor_of(request)),
        "form": form or InviteForm(initial={"role": Role.ADVISOR}),
        **shown,
    }
    return render(request, "accounts/people.html", context, status=status)
