"""What other modules may call to record interviews, statements and positions."""

from interviews.services.interviews import (
    finish_interview,
    read_interview,
    read_interviews,
    reopen_interview,
    save_note,
    start_interview,
)
from interviews.services.positions import Said, record_position, state_position
from interviews.services.readings import (
    read_new_statement,
    read_positions,
    read_presented,
    read_presented_statement,
    read_statement,
    read_statements,
)
from interviews.services.stars import (
    StarContent,
    add_star,
    complete_star,
    read_star,
    restore_star,
    save_star,
    set_aside_star,
)
from interviews.services.statements import (
    StatementContent,
    make_statement,
    present_statements,
    restore_statement,
    save_statement,
    withdraw_statement,
)

__all__ = [
    "Said",
    "StarContent",
    "StatementContent",
    "add_star",
    "complete_star",
    "finish_interview",
    "make_statement",
    "present_statements",
    "read_interview",
    "read_interviews",
    "read_new_statement",
    "read_positions",
    "read_presented",
    "read_presented_statement",
    "read_star",
    "read_statement",
    "read_statements",
    "record_position",
    "reopen_interview",
    "restore_star",
    "restore_statement",
    "save_note",
    "save_star",
    "save_statement",
    "set_aside_star",
    "start_interview",
    "state_position",
    "withdraw_statement",
]
