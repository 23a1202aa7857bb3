from bilans.accounts.services.invitations import (
    InvitationRefused,
    accept_invitation,
    invite,
    read_invitation,
    revoke_invitation,
)
from bilans.accounts.services.joining import on_joining
from bilans.accounts.services.memberships import PeoplePage, end_membership, read_people
from bilans.accounts.services.organisations import add_organisation, create_person
from bilans.accounts.services.sessions import log_in, log_out

__all__ = [
    "InvitationRefused",
    "PeoplePage",
    "accept_invitation",
    "add_organisation",
    "create_person",
    "end_membership",
    "invite",
    "log_in",
    "log_out",
    "on_joining",
    "read_invitation",
    "read_people",
    "revoke_invitation",
]
