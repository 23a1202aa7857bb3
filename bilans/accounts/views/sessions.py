"""Coming in, going out, and the first page of each role."""

from http import HTTPStatus

import orjson
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilans.accounts import services
from bilans.accounts.areas import actor_of
from bilans.accounts.forms import LoginForm
from bilans.accounts.models import User
from bilans.accounts.permissions import Role
from bilans.accounts.views.resuming import kept_of, resend_page, show_login_to_resume
from bilans.ui.answers import refusal, wants_json

FIRST_PAGES = {
    Role.ADVISOR: "clients:caseload",
    Role.SUPERVISOR: "clients:caseload",
    Role.CLIENT: "clients:portal",
    Role.COMMITTEE: "portfolio:committee",
}
CLEARED = '"cache", "cookies", "storage"'


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Let somebody in: a page for a person, JSON for the dialog over a long text."""
    if wants_json(request) and request.method == "POST":
        return _login_in_place(request)
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect(_onward(request, request.GET.get("next", "")))
        return _login_page(request, LoginForm(), request.GET.get("next", ""))
    form = LoginForm(request.POST)
    onward = request.POST.get("next", "")
    kept = kept_of(request)
    user = _typed_user(form)
    if user is not None:
        auth.login(request, user)
        return resend_page(request, kept) if kept else redirect(_onward(request, onward))
    if form.is_valid():
        form.add_error(None, _refused())
    if kept:
        return show_login_to_resume(request, form, kept)
    status = HTTPStatus.UNAUTHORIZED if form.non_field_errors() else HTTPStatus.UNPROCESSABLE_ENTITY
    return _login_page(request, form, onward, status=status)


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session and let the browser forget everything it holds of this address."""
    if isinstance(request.user, User):
        services.log_out(actor=request.user)
    auth.logout(request)
    response = redirect(settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead everybody to the first page of their role."""
    try:
        return redirect(reverse(FIRST_PAGES[Role(actor_of(request).role)]))
    except NoReverseMatch:
        return render(request, "accounts/welcome.html")


def _login_in_place(request: HttpRequest) -> JsonResponse:
    form = LoginForm(_posted(request))
    user = _typed_user(form)
    if user is not None:
        auth.login(request, user)
        return JsonResponse({"ok": True, "csrf": get_token(request), "user": str(user.pk)})
    if form.is_valid():
        return refusal(_refused(), code="wrong_credentials", status=HTTPStatus.UNAUTHORIZED)
    return refusal(
        _("Type the e-mail address and the password."),
        code="incomplete",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _typed_user(form: LoginForm) -> User | None:
    if not form.is_valid():
        return None
    return services.log_in(
        identifier=form.cleaned_data["username"], password=form.cleaned_data["password"]
    )


def _posted(request: HttpRequest) -> QueryDict | dict[str, str]:
    if request.content_type != "application/json":
        return request.POST
    try:
        typed = orjson.loads(request.body)  # refuses half characters and endless nesting
    except ValueError:
        return {}
    return typed if isinstance(typed, dict) else {}


def _login_page(
    request: HttpRequest, form: LoginForm, onward: str, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "accounts/login.html", {"form": form, "next": onward}, status=status)


def _refused() -> str:
    """Say the same whatever was wrong: nobody learns here whether an account exists."""
    return _(
        "The e-mail address or the password is not right, or the account is closed. "
        "Check both and try again; if it still fails, ask the office."
    )


def _onward(request: HttpRequest, address: str) -> str:
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
