"""Office pages: competence statements, and the client's positions written down at the desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilans.accounts.areas import actor_of, office_area
from bilans.errors import Conflict, DomainError, InvalidInput, NotPermitted
from clients.casepages import case_context, remedy_link
from clients.forms.drafted import restore
from clients.models import Case
from clients.selectors.cases import case_page
from interviews.forms import PresentForm, StatementForm, WithdrawForm, put_on
from interviews.hints import label_words
from interviews.models import Statement
from interviews.selectors.criteria import criteria_groups
from interviews.selectors.interviews import StarView, stars_of
from interviews.selectors.statements import StatementView, find_statement
from interviews.services import (
    StatementContent,
    make_statement,
    present_statements,
    read_new_statement,
    read_statement,
    read_statements,
    restore_statement,
    save_statement,
    withdraw_statement,
)
from interviews.services.readings import StatementPage


@office_area
@require_safe
def statements(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """List the statements of a case with sources and positions."""
    return _list_page(request, case_id, PresentForm())


@office_area
@require_http_methods(["GET", "POST"])
def new_statement(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Word a statement on the stories of the case."""
    if request.method != "POST":
        return _new_page(request, case_id)
    case = case_page(actor=actor_of(request), case_id=case_id).case
    form = _form(case, stars_of(case), request.POST)
    if not form.is_valid():
        return _new_page(request, case_id, form, status=422)
    try:
        make_statement(actor=actor_of(request), case_id=case_id, content=_content(form))
    except NotPermitted:
        raise
    except DomainError as error:
        put_on(form, error)
        return _new_page(request, case_id, form, status=error.http_status)
    messages.success(request, _("The statement is saved. The client has not been shown it yet."))
    return redirect("interviews:statements", case_id=case_id)


@office_area
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """One statement: its wording, what it rests on, what the client said."""
    if request.method != "POST":
        return _page(request, statement_id)
    found = find_statement(actor=actor_of(request), statement_id=statement_id)
    form = _form(found.case, stars_of(found.case), request.POST, instance=found)
    if not form.is_valid():
        return _page(request, statement_id, form, status=422)
    try:
        saved = save_statement(
            actor=actor_of(request),
            statement_id=statement_id,
            content=_content(form),
            base_version=form.typed_version or 0,
        )
    except NotPermitted:
        raise
    except DomainError as error:
        if isinstance(error, Conflict):
            form.show_conflict(find_statement(actor=actor_of(request), statement_id=statement_id))
        else:
            put_on(form, error)
        return _page(request, statement_id, form, status=error.http_status)
    messages.success(request, _saved_words(found, saved))
    return redirect("interviews:statements", case_id=saved.case_id)


@office_area
@require_POST
def statement_hints(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What language gives away in a statement that is being typed; nothing is kept."""
    case_page(actor=actor_of(request), case_id=case_id)
    words = label_words(request.POST.get("text", "")[:500])
    return render(request, "interviews/office/_label_hint.html", {"labels": words})


@office_area
@require_POST
def present(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show one statement, or all new ones, to the client."""
    form = PresentForm(request.POST)
    if not form.is_valid():
        return _list_page(request, case_id, form, status=422)
    try:
        shown = present_statements(
            actor=actor_of(request),
            case_id=case_id,
            statement_ids=_ids(request.POST.getlist("statement")),
            doubt=form.cleaned_data["doubt"],
        )
    except NotPermitted:
        raise
    except DomainError as error:
        put_on(form, error)
        return _list_page(request, case_id, form, status=error.http_status)
    messages.success(
        request,
        ngettext(
            "%(count)d statement waits for the client in the portal.",
            "%(count)d statements wait for the client in the portal.",
            len(shown),
        )
        % {"count": len(shown)},
    )
    return redirect("interviews:statements", case_id=case_id)


@office_area
@require_POST
def withdraw(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Take a statement back, with the reason."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, statement_id, withdraw_form=form, status=422)
    try:
        gone = withdraw_statement(
            actor=actor_of(request), statement_id=statement_id, reason=form.cleaned_data["reason"]
        )
    except NotPermitted:
        raise
    except DomainError as error:
        put_on(form, error)
        return _page(request, statement_id, withdraw_form=form, status=error.http_status)
    messages.success(request, _("The statement is withdrawn. It can be taken up again below."))
    return redirect("interviews:statements", case_id=gone.case_id)


@office_area
@require_POST
def take_up(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Take a withdrawn statement up again."""
    restore_statement(actor=actor_of(request), statement_id=statement_id)
    return redirect("interviews:statement", statement_id=statement_id)


def _ids(values: list[str]) -> list[UUID] | None:
    try:
        return [UUID(value) for value in values] or None
    except ValueError as error:
        raise InvalidInput(_("Choose the statements again."), code="statement_unknown") from error


def _saved_words(before: Statement, saved: Statement) -> str:
    if saved.wording == before.wording:
        return _("The statement is saved.")
    return _(
        "The statement is reworded. Show it to the client again: what they said to the old"
        " wording stays beside the old text and does not count for the new one."
    )


def _form(
    case: Case, stories: list[StarView], data: Any = None, *, instance: Statement | None = None,
    initial: dict[str, Any] | None = None,
) -> StatementForm:  # fmt: skip
    return StatementForm(
        data,
        instance=instance,
        initial=initial,
        stories=stories,
        criteria=criteria_groups(case),
    )


def _restore(form: StatementForm, page: StatementPage) -> None:
    if page.draft is not None and restore(form, page.draft):
        form.untick(page.draft.values)


def _content(form: StatementForm) -> StatementContent:
    return StatementContent(
        text=form.cleaned_data["text"],
        category=form.cleaned_data["category"],
        star_ids=form.chosen("stars"),
        criterion_ids=form.chosen("criterion_ids"),
    )


def _chosen(shown: StatementView) -> dict[str, Any]:
    return {
        "stars": [str(star.id) for star in shown.sources],
        "criterion_ids": [str(each.id) for each in shown.criteria],
    }


def _list_page(
    request: HttpRequest, case_id: UUID, form: PresentForm, *, status: int = 200
) -> HttpResponse:
    page = read_statements(actor=actor_of(request), case_id=case_id)
    return render(
        request,
        "interviews/office/statements.html",
        case_context(request, page=page.page, tab="statements")
        | {
            "shown": page,
            "form": form,
            "contract_link": remedy_link("contract_missing", case_id),
        },
        status=status,
    )


def _new_page(
    request: HttpRequest, case_id: UUID, form: StatementForm | None = None, *, status: int = 200
) -> HttpResponse:
    page = read_new_statement(actor=actor_of(request), case_id=case_id)
    if form is None:
        form = _form(page.page.case, page.stories)
        _restore(form, page)
    return _render_statement(request, page, form, WithdrawForm(), status)


def _page(
    request: HttpRequest,
    statement_id: UUID,
    form: StatementForm | None = None,
    *,
    withdraw_form: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = read_statement(
        actor=actor_of(request), statement_id=statement_id, to_write=request.method == "POST"
    )
    if form is None:
        initial = _chosen(page.shown) if page.shown else {}
        form = _form(page.page.case, page.stories, instance=page.statement, initial=initial)
        _restore(form, page)
    return _render_statement(request, page, form, withdraw_form or WithdrawForm(), status)


def _render_statement(
    request: HttpRequest,
    page: StatementPage,
    form: StatementForm,
    withdraw_form: WithdrawForm,
    status: int,
) -> HttpResponse:
    return render(
        request,
        "interviews/office/statement.html",
        case_context(request, page=page.page, tab="statements")
        | {
            "shown": page,
            "view": page.shown,
            "form": form,
            "withdraw_form": withdraw_form,
            "labels": label_words(form["text"].value() or ""),
        },
        status=status,
    )
