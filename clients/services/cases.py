"""Cases: opened, moved from stage to stage, read; the only writers of a case."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import Actor, require, require_office
from bilans.accounts.permissions import OfficePermission
from bilans.audit.registry import EventType
from bilans.audit.services import record, unit_of_work
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.models.qualification import VersionStatus
from bilans.errors import Conflict, InvalidInput, NotPermitted, TransitionRefused
from bilans.workflow import Step
from clients import events
from clients.models import Case
from clients.permissions import CasePermission, CaseRole
from clients.selectors.cases import cases_for
from clients.selectors.clients import clients_for
from clients.services.assignments import let_in
from clients.services.clients import ClientCard, register_client
from clients.services.numbers import next_number
from clients.states import CaseState, Variant
from clients.workflow import CASE_WORKFLOW, ENDING_STEPS, target_of

_EVENT_OF: dict[str, EventType] = {
    "hold": events.CASE_HELD,
    "resume": events.CASE_RESUMED,
    **dict.fromkeys(ENDING_STEPS, events.CASE_ENDED),
}
_repinning_guards: list[Callable[[Case], None]] = []


def open_case(  # noqa: PLR0913 -- keyword-only, each with a meaning of its own
    *,
    actor: Actor,
    client_id: UUID,
    variant: str = Variant.DEEPENED,
    reason_for_contact: str = "",
    next_step: str = "",
    due_on: date | None = None,
    opened_on: date | None = None,
) -> Case:
    """Open a case of a client; whoever opens it leads it.

    Raises:
        NotPermitted: the actor's job does not include opening cases.
        Client.DoesNotExist: no such client for the actor.
        InvalidInput: ``variant_unknown``, ``due_before_opening``.
    """
    with unit_of_work():
        require_office(actor, OfficePermission.OPEN_CASE)
        client = clients_for(actor).select_related("user").get(pk=client_id)
        opened_on = opened_on or timezone.localdate()
        _check_opening(variant, due_on, opened_on)
        case = Case.objects.create(
            organisation_id=client.organisation_id,
            client=client,
            number=next_number(
                client.organisation_id, f"case-{opened_on.year}", "BK/{year}/{last:04}",
                opened_on.year,
            ),
            variant=variant,
            opened_on=opened_on,
            due_on=due_on,
            reason_for_contact=reason_for_contact.strip(),
            next_step=next_step.strip(),
        )  # fmt: skip
        let_in(case=case, user=actor, role=CaseRole.ADVISOR, by=actor)
        if client.user is not None:
            let_in(case=case, user=client.user, role=CaseRole.CLIENT, by=actor)
        record(
            events.CASE_OPENED,
            actor=actor,
            subject=case,
            data={"number": case.number, "variant": variant},
        )
        return case


def open_first_case(*, actor: Actor, card: ClientCard, **opening: Any) -> Case:
    """Make a client card and open its first case; neither without the other.

    Raises:
        NotPermitted, InvalidInput: as ``register_client`` and ``open_case``.
    """
    with unit_of_work():
        client = register_client(actor=actor, card=card)
        return open_case(actor=actor, client_id=client.pk, **opening)


def move_case(
    *, actor: Actor, case_id: UUID, step: str, reason: str = "", until: date | None = None
) -> Case:
    """Take one step of the case workflow.

    Permission is judged before the stage, so a stranger learns nothing about it. The
    stage is swapped only if it is still the one that was read: of two people who click
    at once one succeeds and the other is told ``wrong_state``.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not hold the step's permission on the case.
        InvalidInput: ``step_unknown``, ``reason_missing``, ``until_missing``, ``until_past``.
        TransitionRefused: ``wrong_state``, ``by_service``, or the code of a guard.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        if step not in CASE_WORKFLOW:
            require(actor, CasePermission.STEER, case)
            raise InvalidInput(_("Choose one of the steps."), code="step_unknown", field="step")
        chosen = CASE_WORKFLOW[step]
        require(actor, chosen.permission, case)
        if chosen.by_service:
            raise TransitionRefused(
                _("This step follows from the act itself; it is not taken by hand."),
                code="by_service",
            )
        CASE_WORKFLOW.check(chosen, case)
        _check_details(chosen, reason, until)
        return _take(chosen, case, actor=actor, reason=reason.strip(), until=until)


def move_case_by_act(*, actor: Actor, case_id: UUID, step: str) -> Case:
    """Take a step that an act causes (``sign``); the act's service judged the permission.

    Raises:
        NotPermitted: the step is one that people take.
        TransitionRefused: ``wrong_state``, or the code of a guard.
    """
    with unit_of_work():
        case = Case.objects.get(pk=case_id)
        chosen = CASE_WORKFLOW[step]
        if not chosen.by_service:
            raise NotPermitted(_("This step is taken by a person."), code="not_permitted")
        CASE_WORKFLOW.check(chosen, case)
        return _take(chosen, case, actor=actor)


def set_next_step(
    *, actor: Actor, case_id: UUID, next_step: str, due_on: date | None, base_version: int
) -> Case:
    """Say what comes next in the case and by when.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not steer the case.
        Conflict: ``stale``; somebody changed the case since ``base_version`` was read.
        InvalidInput: ``step_without_words``; a date needs the step it is for.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.STEER, case)
        if case.version != base_version:
            raise Conflict(
                _("Somebody else has just changed this case. Your text is kept; compare."),
                code="stale",
            )
        if due_on is not None and not next_step.strip():
            raise InvalidInput(
                _("Say what is to be done by that day."),
                code="step_without_words",
                field="next_step",
            )
        case.next_step = next_step.strip()
        case.due_on = due_on
        case.save(update_fields=["next_step", "due_on"])
        record(
            events.NEXT_STEP_SET,
            actor=actor,
            subject=case,
            changed=("next_step", "due_on"),
            data={"next_step": case.next_step, "due_on": "" if due_on is None else due_on},
        )
        return case


def pin_qualification(*, actor: Actor, case_id: UUID, version_id: UUID) -> Case:
    """Tie the case to one published version of a qualification.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not steer the case.
        InvalidInput: ``version_unknown``; there is no such published version.
        TransitionRefused: a higher app's guard; evidence already cites the version in use.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.STEER, case)
        version = QualificationVersion.objects.filter(
            pk=version_id, status=VersionStatus.PUBLISHED
        ).first()
        if version is None:
            raise InvalidInput(
                _("Choose a published qualification."), code="version_unknown", field="version"
            )
        if case.qualification_id == version.pk:
            return case
        if case.qualification_id is not None:
            for guard in _repinning_guards:
                guard(case)
        Case.objects.filter(pk=case.pk).update(qualification=version)
        case.refresh_from_db()
        record(
            events.QUALIFICATION_PINNED,
            actor=actor,
            subject=case,
            changed=("qualification",),
            data={"title": version.title, "version": version.number},
        )
        return case


def guard_repinning(guard: Callable[[Case], None]) -> None:
    """Let a higher app refuse that a case leaves its qualification; called at start-up."""
    if guard not in _repinning_guards:
        _repinning_guards.append(guard)


def _check_opening(variant: str, due_on: date | None, opened_on: date) -> None:
    if variant not in Variant.values:
        raise InvalidInput(_("Choose a variant."), code="variant_unknown", field="variant")
    if due_on is not None and due_on < opened_on:
        raise InvalidInput(
            _("The next step cannot be due before the case is opened."),
            code="due_before_opening",
            field="due_on",
        )


def _check_details(step: Step, reason: str, until: date | None) -> None:
    if step.needs_reason and not reason.strip():
        raise InvalidInput(
            _("Say why; the reason stays in the history of the case."),
            code="reason_missing",
            field="reason",
        )
    if step.name != "hold":
        return
    if until is None:
        raise InvalidInput(
            _("Say until when; the case then comes back to the top of the list."),
            code="until_missing",
            field="until",
        )
    if until < timezone.localdate():
        raise InvalidInput(
            _("This day has already passed. Choose a later one."), code="until_past", field="until"
        )


def _take(
    step: Step, case: Case, *, actor: Actor, reason: str = "", until: date | None = None
) -> Case:
    source, target = case.state, target_of(step, case)
    changes: dict[str, Any] = {"state": target, "held_from": "", "held_until": None}
    if target == CaseState.ON_HOLD:
        changes |= {"held_from": source, "held_until": until, "due_on": until}
    if step.name in ENDING_STEPS:
        changes |= {"closed_on": max(timezone.localdate(), case.opened_on)}
    if not Case.objects.filter(pk=case.pk, state=source).update(**changes):
        raise TransitionRefused(
            _("Somebody else has just moved this case. Reload the page."), code="wrong_state"
        )
    case.refresh_from_db()
    event = _EVENT_OF.get(step.name, events.CASE_MOVED)
    facts: dict[str, Any] = {"source": source, "target": target}
    if reason:
        facts["reason"] = reason
    if until is not None and event is events.CASE_HELD:
        facts["until"] = until
    record(event, actor=actor, subject=case, data=facts, changed=changes)
    return case
