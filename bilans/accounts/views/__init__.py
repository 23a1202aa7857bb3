from bilans.accounts.views.invitation import invitation
from bilans.accounts.views.people import end_membership, people, withdraw_invitation
from bilans.accounts.views.resuming import resume_page
from bilans.accounts.views.sessions import login, logout, start

__all__ = [
    "end_membership",
    "invitation",
    "login",
    "logout",
    "people",
    "resume_page",
    "start",
    "withdraw_invitation",
]
