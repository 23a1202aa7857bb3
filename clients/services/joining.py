"""The client's way into the portal: an invitation, and the account tied to the card."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require
from bilans.accounts.models import User
from bilans.accounts.permissions import Role
from bilans.accounts.services import invite
from bilans.audit.services import record, unit_of_work
from bilans.errors import InvalidInput, TransitionRefused
from clients.events import CASE_READ, CLIENT_INVITED, CLIENT_JOINED
from clients.models import Client
from clients.permissions import CasePermission, CaseRole
from clients.selectors.cases import CasePage, case_page
from clients.services.assignments import let_in


def read_invitation_page(*, actor: User, case_id: UUID) -> CasePage:
    """Open the page on which the client is invited to the portal.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may let nobody in.
    """
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.SHARE, page.case)
        record(CASE_READ, actor=actor, subject=page.case)
        return page


def invite_to_portal(*, actor: User, case_id: UUID) -> str:
    """Make a one-time link for the case's client and return its path, shown only now.

    An earlier link of the same client stops working.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may let nobody in.
        TransitionRefused: ``already_joined``; the client uses the portal already.
        InvalidInput: ``email_missing``; the portal knows people by their address.
    """
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.SHARE, page.case)
        client = page.client
        if client.user_id is not None:
            raise TransitionRefused(
                _("The client already uses the portal with their own account."),
                code="already_joined",
            )
        if not client.email:
            raise InvalidInput(
                _("Put the client's e-mail address on the card first; it is the log-in name."),
                code="email_missing",
                field="email",
            )
        _invitation, token = invite(
            actor=actor,
            organisation=page.case.organisation,
            role=Role.CLIENT,
            full_name=client.full_name,
            email=client.email,
            client_id=client.pk,
            on=timezone.localdate(),
        )
        record(CLIENT_INVITED, actor=actor, subject=page.case)
        return reverse("accounts:invitation", kwargs={"token": token})


def link_client_account(*, user: User, client_id: UUID | None) -> None:
    """Tie a new account to its client card and let it into the client's own cases.

    Called when an invitation is accepted: the invitation is the permission.
    """
    if client_id is None:
        return
    with unit_of_work():
        client = Client.objects.get(pk=client_id)
        client.user = user
        client.save(update_fields=["user"])
        for case in client.cases.all():
            let_in(case=case, user=user, role=CaseRole.CLIENT, by=user)
        record(CLIENT_JOINED, actor=user, subject=client)
