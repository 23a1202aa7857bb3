"""Office pages: the interviews of a case, the running note, the stories made from it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilans.accounts.areas import actor_of, office_area
from bilans.errors import Conflict, DomainError, InvalidInput, NotPermitted
from clients.casepages import case_context, remedy_link
from clients.forms.drafted import restore
from interviews.forms import NewStarForm, NoteForm, StarForm, StartInterviewForm, put_on
from interviews.hints import story_hints
from interviews.models import StarRecord
from interviews.questions import FUNNEL
from interviews.selectors.interviews import find_interview, find_star, view_star
from interviews.services import (
    StarContent,
    add_star,
    complete_star,
    finish_interview,
    read_interview,
    read_interviews,
    read_star,
    reopen_interview,
    restore_star,
    save_note,
    save_star,
    set_aside_star,
    start_interview,
)


@office_area
@require_safe
def interviews(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """List the interviews of a case with the stories told in them."""
    form = StartInterviewForm(initial={"held_on": timezone.localdate()})
    return _list_page(request, case_id, form)


@office_area
@require_POST
def start(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Open the page of a conversation, or say why it has to wait."""
    form = StartInterviewForm(request.POST)
    if form.is_valid():
        try:
            interview = start_interview(
                actor=actor_of(request), case_id=case_id, **form.cleaned_data
            )
        except NotPermitted:
            raise
        except DomainError as error:
            put_on(form, error)
            return _list_page(request, case_id, form, refusal=error)
        return redirect("interviews:interview", interview_id=interview.pk)
    return _list_page(request, case_id, form)


@office_area
@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """One running note during the talk; its stories afterwards."""
    if request.method != "POST":
        return _interview_page(request, interview_id)
    found = find_interview(actor=actor_of(request), interview_id=interview_id)
    form = NoteForm(request.POST, instance=found)
    if not form.is_valid():
        return _interview_page(request, interview_id, form, status=422)
    finishing = request.POST.get("act") != "save"
    act = finish_interview if finishing else save_note
    try:
        act(
            actor=actor_of(request),
            interview_id=interview_id,
            note=form.cleaned_data["note"],
            base_version=form.typed_version or 0,
        )
    except NotPermitted:
        raise
    except DomainError as error:
        if isinstance(error, Conflict):
            form.show_conflict(find_interview(actor=actor_of(request), interview_id=interview_id))
        else:
            put_on(form, error)
        return _interview_page(request, interview_id, form, status=error.http_status)
    if not finishing:
        messages.success(request, _("The note is saved."))
    return redirect("interviews:interview", interview_id=interview_id)


@office_area
@require_POST
def reopen(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Go back from sorting to the conversation."""
    reopen_interview(actor=actor_of(request), interview_id=interview_id)
    return redirect("interviews:interview", interview_id=interview_id)


@office_area
@require_POST
def new_star(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Add a story by its title and open its page."""
    form = NewStarForm(request.POST)
    if not form.is_valid():
        return _interview_page(request, interview_id, new_star=form, status=422)
    try:
        added = add_star(
            actor=actor_of(request),
            interview_id=interview_id,
            content=StarContent(title=form.cleaned_data["title"]),
        )
    except InvalidInput as error:
        put_on(form, error)
        return _interview_page(request, interview_id, new_star=form, status=error.http_status)
    return redirect("interviews:star", star_id=added.pk)


@office_area
@require_http_methods(["GET", "POST"])
def star(request: HttpRequest, star_id: UUID) -> HttpResponse:
    """One story by the STAR method, the note beside it."""
    if request.method != "POST":
        return _star_page(request, star_id)
    form = StarForm(request.POST, instance=find_star(actor=actor_of(request), star_id=star_id))
    if not form.is_valid():
        return _star_page(request, star_id, form, status=422)
    content = StarContent(**form.typed())
    try:
        saved = save_star(
            actor=actor_of(request),
            star_id=star_id,
            content=content,
            base_version=form.typed_version or 0,
        )
    except NotPermitted:
        raise
    except DomainError as error:
        if isinstance(error, Conflict):
            form.show_conflict(find_star(actor=actor_of(request), star_id=star_id))
        else:
            put_on(form, error)
        return _star_page(request, star_id, form, status=error.http_status)
    if request.POST.get("act") == "complete":
        return _complete(request, saved)
    messages.success(request, _("The record is saved."))
    return redirect("interviews:star", star_id=star_id)


@office_area
@require_POST
def star_hints(request: HttpRequest, star_id: UUID) -> HttpResponse:
    """What language gives away in a story that is being typed; nothing is kept."""
    found = find_star(actor=actor_of(request), star_id=star_id)
    typed = {part: request.POST.get(part, "")[:3000] for part in StarRecord.PARTS}
    for part, text in typed.items():
        setattr(found, part, text)
    shown = view_star(found)
    return render(
        request,
        "interviews/office/_star_live.html",
        {"star": shown, "hints": story_hints(**typed)},
    )


@office_area
@require_POST
def set_aside(request: HttpRequest, star_id: UUID) -> HttpResponse:
    """Take a story out of the lists, with a way back."""
    try:
        put_away = set_aside_star(actor=actor_of(request), star_id=star_id)
    except NotPermitted:
        raise
    except DomainError as error:
        return _star_page(request, star_id, refusal=error.message, status=error.http_status)
    messages.success(request, _("The record is set aside. It can be brought back below."))
    return redirect("interviews:list", case_id=put_away.case_id)


@office_area
@require_POST
def bring_back(request: HttpRequest, star_id: UUID) -> HttpResponse:
    """Bring back a story that was set aside."""
    restore_star(actor=actor_of(request), star_id=star_id)
    return redirect("interviews:star", star_id=star_id)


def _complete(request: HttpRequest, saved: StarRecord) -> HttpResponse:
    try:
        complete_star(actor=actor_of(request), star_id=saved.pk)
    except InvalidInput as error:
        return _star_page(request, saved.pk, refusal=error.message, status=error.http_status)
    messages.success(request, _("The record is saved and complete."))
    return redirect("interviews:interview", interview_id=saved.interview_id)


def _list_page(
    request: HttpRequest,
    case_id: UUID,
    form: StartInterviewForm,
    *,
    refusal: DomainError | None = None,
) -> HttpResponse:
    page = read_interviews(
        actor=actor_of(request), case_id=case_id, to_write=request.method == "POST"
    )
    status = HTTPStatus.OK
    if form.errors:
        status = HTTPStatus(refusal.http_status) if refusal else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(
        request,
        "interviews/office/interviews.html",
        case_context(request, page=page.page, tab="interviews")
        | {
            "shown": page,
            "form": form,
            "contract_link": remedy_link("contract_missing", case_id),
        },
        status=status,
    )


def _interview_page(
    request: HttpRequest,
    interview_id: UUID,
    form: NoteForm | None = None,
    *,
    new_star: NewStarForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = read_interview(actor=actor_of(request), interview_id=interview_id)
    if form is None:
        form = NoteForm(instance=page.interview)
        restore(form, page.draft)
    template = "conversation" if page.shown.is_open else "sorting"
    return render(
        request,
        f"interviews/office/{template}.html",
        case_context(request, page=page.page, tab="interviews")
        | {
            "shown": page,
            "interview": page.shown,
            "note": page.interview.note,
            "form": form,
            "new_star": new_star or NewStarForm(),
            "funnel": FUNNEL,
        },
        status=status,
    )


def _star_page(
    request: HttpRequest,
    star_id: UUID,
    form: StarForm | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    page = read_star(actor=actor_of(request), star_id=star_id, to_write=request.method == "POST")
    if form is None:
        form = StarForm(instance=page.star)
        restore(form, page.draft)
    typed = {part: form[part].value() or "" for part in StarRecord.PARTS}
    return render(
        request,
        "interviews/office/star.html",
        case_context(request, page=page.page, tab="interviews")
        | {
            "shown": page,
            "star": page.shown,
            "form": form,
            "hints": story_hints(**typed),
            "refusal": refusal,
            "funnel": FUNNEL,
        },
        status=status,
    )
