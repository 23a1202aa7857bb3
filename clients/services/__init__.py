"""What other modules may call to change or read clients and cases."""

from clients.services.assignments import assign, end_assignment, sync_grants
from clients.services.cases import (
    guard_repinning,
    move_case,
    move_case_by_act,
    open_case,
    pin_qualification,
    read_case,
    read_people,
    read_portal,
    read_steering,
    set_next_step,
)
from clients.services.clients import (
    ClientCard,
    card_problems,
    correct_client,
    read_client,
    register_client,
)
from clients.services.joining import invite_to_portal, link_client_account, read_invitation_page

__all__ = [
    "ClientCard",
    "assign",
    "card_problems",
    "correct_client",
    "end_assignment",
    "guard_repinning",
    "invite_to_portal",
    "link_client_account",
    "move_case",
    "move_case_by_act",
    "open_case",
    "pin_qualification",
    "read_case",
    "read_client",
    "read_invitation_page",
    "read_people",
    "read_portal",
    "read_steering",
    "register_client",
    "set_next_step",
    "sync_grants",
]
