from bilans.accounts.models.invitation import Invitation
from bilans.accounts.models.organisation import Membership, Organisation
from bilans.accounts.models.submission import Submission
from bilans.accounts.models.user import User

__all__ = ["Invitation", "Membership", "Organisation", "Submission", "User"]
