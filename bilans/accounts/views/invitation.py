"""The page behind a one-time link."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bilans.accounts import services
from bilans.accounts.forms import NewPasswordForm
from bilans.accounts.models import User
from bilans.errors import InvalidInput


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites and as what; take a password and let the person in."""
    try:
        invited = services.read_invitation(token=token)
        shown = "pokaz" in request.GET
        typed = request.POST if request.method == "POST" else None
        form = NewPasswordForm(typed, shown=shown)
        if request.method == "POST":
            user = _accepted(token, form)
            if user is not None:
                auth.login(request, user)
                messages.success(request, _("Your account is ready. You are logged in."))
                return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    except services.InvitationRefused as refusal:
        return render(
            request,
            "accounts/invitation_refused.html",
            {"message": refusal.message},
            status=refusal.http_status,
        )
    return render(
        request,
        "accounts/invitation.html",
        {"invitation": invited, "form": form, "shown": shown},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _accepted(token: str, form: NewPasswordForm) -> User | None:
    if not form.is_valid():
        return None
    try:
        return services.accept_invitation(token=token, password=form.cleaned_data["password"])
    except InvalidInput as error:
        form.add_error("password" if error.field == "password" else None, error.message)
    return None
