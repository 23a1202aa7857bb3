"""Who belongs to an office, read and ended."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require_office
from bilans.accounts.events import MEMBERSHIP_ENDED, PEOPLE_READ
from bilans.accounts.models import Membership, Organisation, User
from bilans.accounts.permissions import OfficePermission, Role
from bilans.accounts.selectors import office_of, open_invitations_for, staff_for
from bilans.audit.services import record, unit_of_work
from bilans.collation import sort_key
from bilans.errors import TransitionRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One row of the people page."""

    membership_id: UUID
    name: str
    role: str
    since: datetime
    is_reader: bool

    @property
    def dialog_id(self) -> str:
        return f"end-{self.membership_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """Somebody who has not joined yet."""

    invitation_id: UUID
    name: str
    role: str
    until: date

    @property
    def form_id(self) -> str:
        return f"withdraw-{self.invitation_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Everybody of the reader's office but its clients."""

    organisation: Organisation
    members: list[Member]
    invitations: list[OpenInvitation]


def read_people(*, actor: User) -> PeoplePage:
    """Show a supervisor the office's people and open invitations; one entry for the list.

    Raises:
        NotPermitted: not the actor's job.
    """
    with unit_of_work():
        require_office(actor, OfficePermission.INVITE_STAFF)
        members = [
            Member(
                membership_id=each.pk,
                name=each.user.full_name,
                role=each.get_role_display(),
                since=each.starts_at,
                is_reader=each.user_id == actor.pk,
            )
            for each in staff_for(actor)
        ]
        invitations = [
            OpenInvitation(
                invitation_id=each.pk,
                name=each.full_name,
                role=each.get_role_display(),
                until=each.last_day,
            )
            for each in open_invitations_for(actor)
        ]
        record(PEOPLE_READ, actor=actor, subject=actor, count=len(members) + len(invitations))
    return PeoplePage(
        organisation=office_of(actor),
        members=sorted(members, key=lambda member: sort_key(member.name)),
        invitations=invitations,
    )


def end_membership(*, actor: User, membership_id: UUID) -> Membership:
    """End somebody's membership; their sessions end with it, at the next request.

    Raises:
        NotPermitted: not the actor's job.
        Membership.DoesNotExist: not an open one of the actor's office.
        TransitionRefused: ``last_supervisor``; nobody would be left to invite others.
    """
    with unit_of_work():
        require_office(actor, OfficePermission.INVITE_STAFF)
        # all of them are locked, so that two supervisors cannot end each other at once
        locked = staff_for(actor).order_by("pk").select_for_update(of=("self",))
        open_ones = {each.pk: each for each in locked}
        membership = open_ones.get(membership_id)
        if membership is None:
            raise Membership.DoesNotExist
        supervisors = [each for each in open_ones.values() if each.role == Role.SUPERVISOR]
        if supervisors == [membership]:
            raise TransitionRefused(
                _(
                    "This is the last supervisor of the office. Invite another supervisor first; "
                    "otherwise nobody could invite people any more."
                ),
                code="last_supervisor",
            )
        membership.ends_at = timezone.now()
        membership.save()
        record(
            MEMBERSHIP_ENDED,
            actor=actor,
            subject=membership.organisation,
            data={
                "name": membership.user.full_name,
                "role": membership.get_role_display(),
            },
        )
    return membership
