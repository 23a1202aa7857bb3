"""Office forms that change a case: its step, next date, people, client card, portal."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bilans.accounts.areas import actor_of, office_area
from bilans.accounts.selectors import staff_for
from bilans.errors import Conflict, DomainError, InvalidInput, TransitionRefused
from clients import casepages
from clients.forms.case import (
    EndPartForm,
    LetInForm,
    NextStepForm,
    QualificationForm,
    StepForm,
)
from clients.forms.client import ClientCardForm, show_refusal
from clients.selectors.cases import (
    CasePage,
    OpenStep,
    open_steps,
    people_in,
    published_qualifications,
)
from clients.services import (
    assign,
    correct_client,
    end_assignment,
    invite_to_portal,
    move_case,
    pin_qualification,
    read_client,
    read_invitation_page,
    read_people,
    read_steering,
    set_next_step,
)
from clients.views.office import case_page


@office_area
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose a step of the case and say what it asks; the case page's button posts here too."""
    page = read_steering(actor=actor_of(request), case_id=case_id)
    if request.method == "POST":
        return _take_step(request, page)
    chosen = _chosen_step(page, request.GET.get("krok", ""))
    form = None if chosen is None else StepForm(step=chosen.step)
    return _step_page(request, page, chosen, form)


def _take_step(request: HttpRequest, page: CasePage) -> HttpResponse:
    name = request.POST.get("step", "")
    chosen = _chosen_step(page, name)
    form = None if chosen is None else StepForm(request.POST, step=chosen.step)
    if form is not None and not form.is_valid():
        return _step_page(request, page, chosen, form, status=422)
    try:
        moved = move_case(
            actor=actor_of(request),
            case_id=page.case.pk,
            step=name,
            **(form.cleaned_data if form is not None else {}),
        )
    except TransitionRefused as refusal:
        return case_page(request, page, refusal=refusal)
    except InvalidInput as refusal:
        if form is not None:
            show_refusal(form, refusal)
        return _step_page(request, page, chosen, form, status=422)
    messages.success(request, _("The case is now at: %s") % moved.get_state_display())
    return redirect("clients:case", case_id=page.case.pk)


def _chosen_step(page: CasePage, name: str) -> OpenStep | None:
    return next((each for each in open_steps(page) if each.step.name == name), None)


def _step_page(
    request: HttpRequest,
    page: CasePage,
    chosen: OpenStep | None,
    form: StepForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "chosen": chosen, "steps": open_steps(page)}
    return _page(request, page, "clients/office/step.html", context, status=status)


@office_area
@require_http_methods(["GET", "POST"])
def next_step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say what comes next in the case and by when."""
    page = read_steering(actor=actor_of(request), case_id=case_id)
    form = NextStepForm(
        request.POST if request.method == "POST" else None, instance=copy(page.case)
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            set_next_step(
                actor=actor_of(request),
                case_id=case_id,
                base_version=form.typed_version or 0,
                **form.typed(),
            )
        except Conflict:
            form.show_conflict(page.case)
            status = 409
        except DomainError as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("clients:case", case_id=case_id)
    return _page(request, page, "clients/office/next_step.html", {"form": form}, status=status)


@office_area
@require_http_methods(["GET", "POST"])
def client_card(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Correct the client card; what two people typed at once stands side by side."""
    page = read_client(actor=actor_of(request), case_id=case_id)
    form = ClientCardForm(
        request.POST if request.method == "POST" else None, instance=copy(page.client)
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            correct_client(
                actor=actor_of(request),
                case_id=case_id,
                card=form.card(),
                base_version=form.typed_version or 0,
            )
        except Conflict:
            form.show_conflict(page.client)
            status = 409
        except DomainError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The card is corrected."))
            return redirect("clients:case", case_id=case_id)
    return _page(request, page, "clients/office/client_card.html", {"form": form}, status=status)


@office_area
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who is let into the case, and let somebody in."""
    page = read_people(actor=actor_of(request), case_id=case_id)
    form = LetInForm(
        request.POST if request.method == "POST" else None,
        staff=staff_for(actor_of(request)),
    )
    if form.is_bound and form.is_valid():
        try:
            assign(actor=actor_of(request), case_id=case_id, **form.part())
        except DomainError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The person is let in. The client can see it."))
            return redirect("clients:people", case_id=case_id)
    return _people_page(request, page, form, status=422 if form.is_bound else 200)


@office_area
@require_POST
def end_part(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """End somebody's part in the case."""
    page = read_people(actor=actor_of(request), case_id=case_id)
    chosen = EndPartForm(request.POST)
    refusal: DomainError | None = None
    if chosen.is_valid():
        try:
            end_assignment(
                actor=actor_of(request),
                case_id=case_id,
                assignment_id=chosen.cleaned_data["assignment"],
            )
        except TransitionRefused as error:
            refusal = error
        else:
            messages.success(request, _("This part in the case has ended."))
            return redirect("clients:people", case_id=case_id)
    form = LetInForm(staff=staff_for(actor_of(request)))
    return _people_page(
        request, page, form, refusal=refusal, status=409 if refusal is not None else 422
    )


@office_area
@require_http_methods(["GET", "POST"])
def qualification(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Tie the case to one published version of a qualification."""
    page = read_steering(actor=actor_of(request), case_id=case_id)
    form = QualificationForm(
        request.POST if request.method == "POST" else None,
        versions=published_qualifications(),
        initial={"version": str(page.case.qualification_id or "")},
    )
    if form.is_bound and form.is_valid():
        try:
            pin_qualification(
                actor=actor_of(request),
                case_id=case_id,
                version_id=form.chosen(),
            )
        except DomainError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The case is tied to this qualification."))
            return redirect("clients:case", case_id=case_id)
    return _page(
        request,
        page,
        "clients/office/qualification.html",
        {"form": form, "has_versions": bool(form.offered)},
        status=422 if form.is_bound else 200,
    )


@office_area
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Invite the client to the portal: the link is shown once, to be handed over."""
    page = read_invitation_page(actor=actor_of(request), case_id=case_id)
    link, refusal = "", None
    if request.method == "POST":
        try:
            path = invite_to_portal(actor=actor_of(request), case_id=case_id)
        except DomainError as error:
            refusal = error
        else:
            link = request.build_absolute_uri(path)
    return _page(
        request,
        page,
        "clients/office/invitation.html",
        {
            "link": link,
            "refusal": refusal,
            "remedy": refusal and casepages.remedy_link(refusal.code, case_id),
        },
        status=200 if refusal is None else refusal.http_status,
    )


def _people_page(
    request: HttpRequest,
    page: CasePage,
    form: LetInForm,
    *,
    status: int,
    refusal: DomainError | None = None,
) -> HttpResponse:
    everybody = people_in(page.case)
    return _page(
        request,
        page,
        "clients/office/people.html",
        {
            "form": form,
            "refusal": refusal,
            "inside": [person for person in everybody if person.is_open],
            "outside": [person for person in everybody if not person.is_open],
        },
        status=status,
    )


def _page(
    request: HttpRequest,
    page: CasePage,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    head = casepages.case_context(request, page=page, tab="case")
    return render(request, template, {**head, **context}, status=status)
