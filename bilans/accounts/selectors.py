"""Accounts, members and invitations, as far as somebody may see them."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bilans.accounts.models import Invitation, Membership, Organisation, User
from bilans.accounts.permissions import STAFF_ROLES
from bilans.collation import sort_key
from bilans.crypto.blind import login_index


def account_for(identifier: str) -> User | None:
    """Find an account by its log-in e-mail, or by its account number."""
    return (
        User.objects.filter(email_index=login_index(identifier)).first()
        if "@" in identifier
        else User.objects.filter(username=identifier).first()
    )


def account_with_id(user_id: UUID) -> User | None:
    """Find the account of a session."""
    return User.objects.filter(pk=user_id).first()


def organisation_named(name: str) -> Organisation:
    """Find an office by its exact name, for the operator.

    Raises:
        Organisation.DoesNotExist: there is none of this name.
    """
    return Organisation.objects.get(name=name)


def office_of(actor: User) -> Organisation:
    """Return the office the actor belongs to now.

    Raises:
        Organisation.DoesNotExist: the membership has ended.
    """
    if actor.membership is None:
        raise Organisation.DoesNotExist
    return actor.membership.organisation


def staff_for(actor: User) -> QuerySet[Membership]:
    """Open memberships of the actor's office, except clients'.

    Who the clients are is no business of the people page: they are reached through cases.
    """
    return (
        Membership.objects.open()
        .filter(organisation=office_of(actor), role__in=STAFF_ROLES)
        .select_related("user")
    )


def open_invitations_for(actor: User) -> QuerySet[Invitation]:
    """Invitations to the actor's office that can still be accepted, except clients'."""
    return Invitation.objects.filter(
        organisation=office_of(actor),
        role__in=STAFF_ROLES,
        used_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    ).order_by("-created_at")


def members(*, organisation: Organisation, role: str) -> list[User]:
    """People who have the role in the organisation now, by name."""
    found = (
        Membership.objects.open()
        .filter(organisation=organisation, role=role, user__is_active=True)
        .select_related("user")
    )
    return sorted((each.user for each in found), key=lambda user: sort_key(user.full_name))
