"""What other modules may call to change or read clients and cases."""

from clients.services.assignments import assign, end_assignment, sync_grants
from clients.services.cases import (
    guard_repinning,
    move_case,
    move_case_by_act,
    open_case,
    open_first_case,
    pin_qualification,
    set_next_step,
)
from clients.services.clients import (
    ClientCard,
    card_problems,
    correct_client,
    read_client,
    register_client,
    seek_namesakes,
)
from clients.services.contract_reading import (
    contract_to_write,
    read_contract,
    read_contract_preview,
    read_scan,
)
from clients.services.contracts import (
    amend_contract,
    ask_for_change,
    offer_contract,
    reopen_contract,
    save_contract,
)
from clients.services.documents import (
    confirm_receipt,
    deliver_document,
    issue_document,
    may_deliver,
    read_document,
    read_documents,
)
from clients.services.drafts import discard_draft, find_draft, save_draft
from clients.services.files import (
    accept_upload,
    erase_file,
    open_file,
    remove_orphans,
    store_bytes,
)
from clients.services.joining import invite_to_portal, link_client_account, read_invitation_page
from clients.services.reading import (
    read_case,
    read_caseload,
    read_history,
    read_people,
    read_portal,
    read_steering,
)
from clients.services.signing import sign_contract_in_portal, sign_contract_on_paper

__all__ = [
    "ClientCard",
    "accept_upload",
    "amend_contract",
    "ask_for_change",
    "assign",
    "card_problems",
    "confirm_receipt",
    "contract_to_write",
    "correct_client",
    "deliver_document",
    "discard_draft",
    "end_assignment",
    "erase_file",
    "find_draft",
    "guard_repinning",
    "invite_to_portal",
    "issue_document",
    "link_client_account",
    "may_deliver",
    "move_case",
    "move_case_by_act",
    "offer_contract",
    "open_case",
    "open_file",
    "open_first_case",
    "pin_qualification",
    "read_case",
    "read_caseload",
    "read_client",
    "read_contract",
    "read_contract_preview",
    "read_document",
    "read_documents",
    "read_history",
    "read_invitation_page",
    "read_people",
    "read_portal",
    "read_scan",
    "read_steering",
    "register_client",
    "remove_orphans",
    "reopen_contract",
    "save_contract",
    "save_draft",
    "seek_namesakes",
    "set_next_step",
    "sign_contract_in_portal",
    "sign_contract_on_paper",
    "store_bytes",
    "sync_grants",
]
