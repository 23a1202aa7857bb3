"""The client's position written down at the desk: they speak, the advisor types."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bilans.accounts.areas import actor_of, office_area
from bilans.errors import DomainError, NotPermitted
from clients.casepages import case_context
from clients.forms.drafted import restore
from clients.models import Case
from interviews.forms import DeskPositionForm, put_on
from interviews.selectors.statements import undecided
from interviews.services import Said, read_statement, record_position


@office_area
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Write down what the client says, one statement at a time on a shared screen."""
    if request.method != "POST":
        return _page(request, statement_id)
    form = DeskPositionForm(request.POST)
    if not form.is_valid():
        return _page(request, statement_id, form, status=422)
    typed = form.cleaned_data
    try:
        position = record_position(
            actor=actor_of(request),
            statement_id=statement_id,
            said=Said(wording=typed["wording"], stance=typed["stance"], words=typed["words"]),
            read_back=typed["read_back"],
        )
    except NotPermitted:
        raise
    except DomainError as error:
        put_on(form, error)
        return _page(request, statement_id, form, status=error.http_status)
    messages.success(request, _("The client's position is kept word for word."))
    return _onward(position.case)


def _onward(case: Case) -> HttpResponse:
    waiting = undecided(case)
    if waiting:
        return redirect("interviews:desk", statement_id=waiting[0].id)
    return redirect("interviews:statements", case_id=case.pk)


def _page(
    request: HttpRequest,
    statement_id: UUID,
    form: DeskPositionForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = read_statement(
        actor=actor_of(request), statement_id=statement_id, to_write=request.method == "POST"
    )
    view = page.shown
    if view is not None and form is None:
        form = DeskPositionForm.about(view)
        restore(form, page.desk_draft)
    elif view is not None and form is not None:
        form.now_about(view)
    return render(
        request,
        "interviews/office/desk.html",
        case_context(request, page=page.page, tab="statements")
        | {"shown": page, "view": view, "form": form},
        status=status,
    )
