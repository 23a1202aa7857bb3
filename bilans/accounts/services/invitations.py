"""One-time invitations: made, shown, accepted once, withdrawn."""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require_office
from bilans.accounts.events import INVITATION_ACCEPTED, INVITATION_WITHDRAWN, INVITED
from bilans.accounts.models import Invitation, Membership, Organisation, User
from bilans.accounts.permissions import STAFF_ROLES, OfficePermission, Role
from bilans.accounts.selectors import account_for, open_invitations_for
from bilans.accounts.services.organisations import checked_email, join, open_account
from bilans.accounts.services.passwords import check_new_password
from bilans.audit.services import record, unit_of_work
from bilans.crypto.blind import normal_email
from bilans.errors import DomainError, InvalidInput, NotPermitted

TOKEN_BYTES = 32
DAYS_VALID = 7
"""An invitation can be accepted until the end of the seventh day after it was made."""


class InvitationRefused(DomainError):
    """The link opens nothing any more; the message says how to get a new one."""

    http_status: ClassVar[int] = 410


def invite(  # noqa: PLR0913 -- keyword-only
    *,
    actor: User | None,
    organisation: Organisation,
    role: str,
    full_name: str,
    email: str,
    client_id: UUID | None = None,
    on: date,
) -> tuple[Invitation, str]:
    """Make an invitation and return it with its token, which is stored nowhere.

    An earlier invitation for the same person is withdrawn: the newest link counts.
    Whoever invites a client has shown before that the case is theirs.

    Args:
        actor: who invites; ``None`` for the operator at the shell.
        organisation: the office to join.
        role: what the person will be there.
        full_name: as it will stand on the account.
        email: the log-in address.
        client_id: the client's card; only for the role ``client``.
        on: the day of the invitation.

    Raises:
        NotPermitted: not the actor's office, or not the actor's job.
        InvalidInput: ``email_wrong``, ``already_member``.
    """
    with unit_of_work():
        _require_inviter(actor, organisation, role)
        email = checked_email(email)
        _refuse_a_member(organisation, email)
        _withdraw_earlier(actor, organisation, email=email, client_id=client_id)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        invitation = Invitation.objects.create(
            organisation=organisation,
            role=role,
            token_hash=_hash(token),
            client_id=client_id,
            invited_by=actor,
            created_at=timezone.now(),
            expires_at=_end_of(on + timedelta(days=DAYS_VALID)),
            full_name=full_name.strip(),
            email=email,
        )
        record(
            INVITED,
            actor=actor,
            subject=invitation,
            data={"name": invitation.full_name, "role": Role(role).label},
        )
    return invitation, token


def read_invitation(*, token: str) -> Invitation:
    """Return the invitation a link stands for, while it can be accepted.

    Raises:
        InvitationRefused: ``invitation_unknown``, ``_used``, ``_withdrawn``, ``_expired``.
    """
    return _usable(token, lock=False)


def accept_invitation(*, token: str, password: str) -> User:
    """Turn an invitation into an account with a membership, once.

    Raises:
        InvitationRefused: as :func:`read_invitation`; of two at once, the second.
        InvalidInput: ``password_weak``, ``email_taken``.
    """
    with unit_of_work():
        invitation = _usable(token, lock=True)
        organisation = invitation.organisation
        check_new_password(
            password,
            user=User(full_name=invitation.full_name, email=invitation.email),
            words=(invitation.full_name, invitation.email, organisation.name),
        )
        user = _returning(invitation)
        if user is None:
            user = open_account(
                full_name=invitation.full_name, email=invitation.email, password=password
            )
        else:
            user.set_password(password)
            user.save()
        join(
            user=user,
            organisation=organisation,
            role=invitation.role,
            client_id=invitation.client_id,
        )
        invitation.used_at = timezone.now()
        invitation.save()
        record(
            INVITATION_ACCEPTED,
            actor=user,
            subject=invitation,
            data={"role": Role(invitation.role).label},
        )
    return user


def revoke_invitation(*, actor: User, invitation_id: UUID) -> Invitation:
    """Withdraw an open invitation: its link stops working at once.

    Raises:
        NotPermitted: not the actor's job.
        Invitation.DoesNotExist: not an open one of the actor's office.
    """
    with unit_of_work():
        require_office(actor, OfficePermission.INVITE_STAFF)
        invitation = open_invitations_for(actor).select_for_update().get(pk=invitation_id)
        _withdraw(actor, invitation)
    return invitation


def _require_inviter(actor: User | None, organisation: Organisation, role: str) -> None:
    if actor is None:
        return
    needed = OfficePermission.SEE_CASELOAD if role == Role.CLIENT else OfficePermission.INVITE_STAFF
    require_office(actor, needed)
    if actor.membership is None or actor.membership.organisation_id != organisation.pk:
        raise NotPermitted(_("You can invite people to your own office only."), code="foreign")


def _refuse_a_member(organisation: Organisation, email: str) -> None:
    account = account_for(email)
    if account is None:
        return
    if Membership.objects.open().filter(user=account, organisation=organisation).exists():
        raise InvalidInput(
            _("The person with this e-mail address already belongs to your office."),
            code="already_member",
            field="email",
        )


def _withdraw_earlier(
    actor: User | None, organisation: Organisation, *, email: str, client_id: UUID | None
) -> None:
    still_open = Invitation.objects.select_for_update().filter(
        organisation=organisation, client_id=client_id, used_at=None, revoked_at=None
    )
    for invitation in still_open:
        if client_id is not None or normal_email(invitation.email) == normal_email(email):
            _withdraw(actor, invitation)


def _withdraw(actor: User | None, invitation: Invitation) -> None:
    invitation.revoked_at = timezone.now()
    invitation.save()
    record(
        INVITATION_WITHDRAWN,
        actor=actor,
        subject=invitation,
        data={"name": invitation.full_name},
    )


def _usable(token: str, *, lock: bool) -> Invitation:
    rows = Invitation.objects.select_related("organisation")
    if lock:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.filter(token_hash=_hash(token)).first()
    if invitation is None:
        raise InvitationRefused(
            _(
                "This link does not lead to an invitation. Check that the whole address was "
                "copied, or ask the office for a new invitation."
            ),
            code="invitation_unknown",
        )
    if invitation.used_at is not None:
        raise InvitationRefused(
            _(
                "This invitation has already been used. Log in with your e-mail address and "
                "password; if it was not you who used it, tell the office at once."
            ),
            code="invitation_used",
        )
    if invitation.revoked_at is not None:
        raise InvitationRefused(
            _("The office has withdrawn this invitation. Ask the office for a new one."),
            code="invitation_withdrawn",
        )
    if invitation.expires_at <= timezone.now():
        raise InvitationRefused(
            _("This invitation has expired. Ask the office for a new one."),
            code="invitation_expired",
        )
    return invitation


def _returning(invitation: Invitation) -> User | None:
    """Find the account of a former colleague who comes back to the same office."""
    account = account_for(invitation.email)
    if account is None or invitation.role not in STAFF_ROLES:
        return None
    memberships = list(account.memberships.select_for_update())
    comes_back = bool(memberships) and all(
        each.organisation_id == invitation.organisation_id
        and each.role in STAFF_ROLES
        and each.ends_at is not None
        for each in memberships
    )
    return account if comes_back else None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
