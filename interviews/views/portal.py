"""The client's pages: one statement at a time, and what they have said so far."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bilans.accounts.areas import actor_of, portal_area
from bilans.errors import DomainError, NotPermitted, TransitionRefused
from clients.forms.drafted import restore
from clients.portalpages import portal_context
from interviews.forms import PositionForm, put_on
from interviews.services import (
    Said,
    read_presented,
    read_presented_statement,
    state_position,
)


@portal_area
@require_safe
def statements(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show every statement with what the client said to it."""
    page = read_presented(actor=actor_of(request), case_id=case_id)
    return render(
        request,
        "interviews/portal/statements.html",
        portal_context(request, case=page.case) | {"shown": page},
    )


@portal_area
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, case_id: UUID, statement_id: UUID) -> HttpResponse:
    """Ask about one statement; the next one follows."""
    if request.method != "POST":
        return _page(request, case_id, statement_id)
    form = PositionForm(request.POST)
    if not form.is_valid():
        return _page(request, case_id, statement_id, form, status=422)
    typed = form.cleaned_data
    try:
        state_position(
            actor=actor_of(request),
            case_id=case_id,
            statement_id=statement_id,
            said=Said(wording=typed["wording"], stance=typed["stance"], words=typed["words"]),
        )
    except NotPermitted:
        raise
    except TransitionRefused as error:
        return _away(request, case_id, error, words=typed["words"])
    except DomainError as error:
        put_on(form, error)
        return _page(request, case_id, statement_id, form, status=error.http_status)
    return _onward(request, case_id)


def _onward(request: HttpRequest, case_id: UUID) -> HttpResponse:
    waiting = read_presented(actor=actor_of(request), case_id=case_id).waiting
    if waiting:
        messages.success(request, _("Your answer is saved. Here is the next statement."))
        return redirect("interviews:portal_statement", case_id=case_id, statement_id=waiting[0].id)
    messages.success(request, _("Your answer is saved. That was the last one, thank you."))
    return redirect("interviews:portal_statements", case_id=case_id)


def _page(
    request: HttpRequest,
    case_id: UUID,
    statement_id: UUID,
    form: PositionForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    try:
        page = read_presented_statement(
            actor=actor_of(request), case_id=case_id, statement_id=statement_id
        )
    except TransitionRefused as error:
        return _away(request, case_id, error)
    if form is None:
        form = PositionForm.about(page.current)
        restore(form, page.draft)
    else:
        form.now_about(page.current)
    return render(
        request,
        "interviews/portal/statement.html",
        portal_context(request, case=page.case)
        | {"shown": page, "view": page.current, "form": form},
        status=status,
    )


def _away(
    request: HttpRequest, case_id: UUID, error: TransitionRefused, *, words: str = ""
) -> HttpResponse:
    """Say that a statement is not open for an answer now; what was typed stays in sight."""
    page = read_presented(actor=actor_of(request), case_id=case_id)
    return render(
        request,
        "interviews/portal/away.html",
        portal_context(request, case=page.case) | {"refusal": error.message, "words": words},
        status=error.http_status,
    )
