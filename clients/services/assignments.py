"""Who is let into a case, for how long and why: the only source of grants."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import Actor, require
from bilans.accounts.models import Membership, User
from bilans.accounts.permissions import Role
from bilans.audit.services import record, unit_of_work
from bilans.errors import InvalidInput, TransitionRefused
from clients.events import ASSIGNMENT_ENDED, PERSON_ASSIGNED
from clients.models import Assignment, Case, CaseUserObjectPermission
from clients.permissions import ROLE_GRANTS, CasePermission, CaseRole
from clients.selectors.cases import cases_for

JOB_FOR: dict[str, str] = {CaseRole.ADVISOR: Role.ADVISOR, CaseRole.SUPERVISOR: Role.SUPERVISOR}
"""Which job in the office a part in a case takes; a client's part comes with the account."""


def assign(
    *,
    actor: Actor,
    case_id: UUID,
    user: User,
    role: str,
    reason: str = "",
    ends_at: datetime | None = None,
) -> Assignment:
    """Let a person of the office into the case; the client can read who and why.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may not let anybody in.
        InvalidInput: ``role_not_assignable``, ``not_in_office``, ``already_assigned``,
            ``reason_missing`` (nobody but the opener comes in without one), ``ends_in_past``.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.SHARE, case)
        _wait_for_others(case)
        _check_assignment(case, user=user, role=role, reason=reason, ends_at=ends_at)
        assignment = let_in(
            case=case, user=user, role=role, by=actor, reason=reason, ends_at=ends_at
        )
        record(
            PERSON_ASSIGNED,
            actor=actor,
            subject=case,
            data={
                "name": user.full_name,
                "role": role,
                "until": "" if ends_at is None else timezone.localdate(ends_at).isoformat(),
                "reason": reason,
            },
        )
        return assignment


def end_assignment(*, actor: Actor, case_id: UUID, assignment_id: UUID) -> Assignment:
    """End a person's part in the case now.

    Raises:
        Case.DoesNotExist, Assignment.DoesNotExist: nothing of that kind for the actor.
        NotPermitted: the actor may not change who is let in.
        TransitionRefused: ``already_ended``, ``client_stays`` or ``last_advisor``.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.SHARE, case)
        _wait_for_others(case)
        assignment = Assignment.objects.select_related("user").get(pk=assignment_id, case=case)
        now = timezone.now()
        _check_ending(case, assignment, now)
        assignment.ends_at = now
        assignment.save(update_fields=["ends_at"])
        sync_grants(case)
        record(
            ASSIGNMENT_ENDED,
            actor=actor,
            subject=case,
            data={"name": assignment.user.full_name, "role": assignment.role},
        )
        return assignment


def let_in(
    *,
    case: Case,
    user: User | Actor,
    role: str,
    by: User | Actor,
    reason: str = "",
    ends_at: datetime | None = None,
) -> Assignment:
    """Write an assignment and the grants that follow; judges and records nothing.

    For services that have done both: opening a case, joining the portal.
    """
    assignment = Assignment.objects.create(
        case=case,
        user_id=user.pk,
        role=role,
        reason=reason,
        ends_at=ends_at,
        assigned_by_id=by.pk,
    )
    sync_grants(case)
    return assignment


def sync_grants(case: Case) -> None:
    """Make the grants of a case exactly what its assignments say.

    A pure function of the assignments that have not ended: nothing else writes grants.
    """
    wanted = _wanted_grants(case)
    kept: set[tuple[UUID, int]] = set()
    surplus = []
    for grant in CaseUserObjectPermission.objects.filter(content_object=case):
        pair = (grant.user_id, grant.permission_id)
        if pair in wanted and pair not in kept:
            kept.add(pair)
        else:
            surplus.append(grant.pk)
    CaseUserObjectPermission.objects.filter(pk__in=surplus).delete()
    CaseUserObjectPermission.objects.bulk_create(
        CaseUserObjectPermission(content_object=case, user_id=user_id, permission_id=permission_id)
        for user_id, permission_id in wanted - kept
    )


def _wanted_grants(case: Case) -> set[tuple[UUID, int]]:
    permissions = dict(
        Permission.objects.filter(
            content_type__app_label="clients", content_type__model="case"
        ).values_list("codename", "pk")
    )
    lasting = Assignment.objects.filter(case=case).filter(
        Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    )
    return {
        (user_id, permissions[CasePermission(value).codename])
        for user_id, role in lasting.values_list("user_id", "role")
        for value in ROLE_GRANTS[role]
    }


def _wait_for_others(case: Case) -> None:
    """Of two who change the people of a case at once, let the second see what the first did."""
    Case.objects.select_for_update().get(pk=case.pk)


def _check_assignment(
    case: Case, *, user: User, role: str, reason: str, ends_at: datetime | None
) -> None:
    if role not in JOB_FOR:
        raise InvalidInput(
            _("This part in a case is not given by hand."), code="role_not_assignable", field="role"
        )
    member = Membership.objects.open().filter(
        organisation=case.organisation_id, user=user, role=JOB_FOR[role]
    )
    if not user.is_active or not member.exists():
        raise InvalidInput(
            _("This person does not have that job in the office. Choose somebody else."),
            code="not_in_office",
            field="user",
        )
    if not reason.strip():
        raise InvalidInput(
            _("Say why this person is let in; the client will read it."),
            code="reason_missing",
            field="reason",
        )
    now = timezone.now()
    if ends_at is not None and ends_at <= now:
        raise InvalidInput(
            _("The last day has already passed. Choose a later one."),
            code="ends_in_past",
            field="ends_on",
        )
    if _lasting(case, now).filter(user=user, role=role).exists():
        raise InvalidInput(
            _("This person already has that part in the case."),
            code="already_assigned",
            field="user",
        )


def _check_ending(case: Case, assignment: Assignment, now: datetime) -> None:
    if assignment.ends_at is not None and assignment.ends_at <= now:
        raise TransitionRefused(_("This part in the case has already ended."), code="already_ended")
    if assignment.role == CaseRole.CLIENT:
        raise TransitionRefused(
            _("The case is the client's own; their part does not end."), code="client_stays"
        )
    others = _lasting(case, now).filter(role=CaseRole.ADVISOR, starts_at__lte=now)
    if assignment.role == CaseRole.ADVISOR and not others.exclude(pk=assignment.pk).exists():
        raise TransitionRefused(
            _("Somebody has to lead the balance. Let another advisor in first."),
            code="last_advisor",
        )


def _lasting(case: Case, now: datetime) -> Any:
    return Assignment.objects.filter(case=case).filter(Q(ends_at=None) | Q(ends_at__gt=now))
