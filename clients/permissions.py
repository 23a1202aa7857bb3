"""What a person can be allowed to do in a case, and which role gets which.

All permissions on the root stand here, those of higher floors too: guardian keeps them
on the case, and one reader can see the whole matrix on one screen.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CasePermission(models.TextChoices):
    VIEW = "clients.view_case", _("Can see the case")
    VIEW_IDENTITY = "clients.view_identity", _("Can see who the client is and their contact data")
    EDIT_CLIENT = "clients.edit_client", _("Can correct the client card")
    STEER = "clients.steer_case", _("Can move the case between stages")
    SHARE = "clients.share_case", _("Can let somebody else into the case")
    VIEW_HISTORY = "clients.view_history", _("Can see the course of the case")
    VIEW_CONTRACT = "clients.view_contract", _("Can read the contract")
    PREPARE_CONTRACT = "clients.prepare_contract", _("Can prepare the contract")
    SIGN_CONTRACT = "clients.sign_contract", _("Can sign the contract as the client")
    RECORD_INTERVIEW = "clients.record_interview", _("Can record interviews and draw conclusions")
    VIEW_NOTES = "clients.view_notes", _("Can read working notes")
    VIEW_STATEMENTS = "clients.view_statements", _("Can read STAR records and statements")
    STATE_POSITION = "clients.state_position", _("Can agree or disagree as the client")
    VIEW_EVIDENCE = "clients.view_evidence", _("Can see the evidence and open its files")
    ADD_EVIDENCE = "clients.add_evidence", _("Can add evidence and link it to criteria")
    VIEW_REPORT = "clients.view_report", _("Can read issued reports")
    WRITE_REPORT = "clients.write_report", _("Can write and issue reports")
    CONFIRM_REPORT = "clients.confirm_report", _("Can confirm receipt of a report as the client")

    @property
    def codename(self) -> str:
        return self.value.partition(".")[2]


class CaseRole(models.TextChoices):
    """A person's part in one case."""

    ADVISOR = "advisor", _("advisor")
    SUPERVISOR = "supervisor", _("supervisor")
    CLIENT = "client", _("client")


_P = CasePermission

ROLE_GRANTS: dict[str, frozenset[str]] = {
    CaseRole.ADVISOR: frozenset(
        set(CasePermission) - {_P.SIGN_CONTRACT, _P.STATE_POSITION, _P.CONFIRM_REPORT}
    ),
    CaseRole.SUPERVISOR: frozenset(
        {
            _P.VIEW,
            _P.VIEW_IDENTITY,
            _P.VIEW_HISTORY,
            _P.VIEW_CONTRACT,
            _P.VIEW_STATEMENTS,
            _P.VIEW_REPORT,
        }
    ),
    CaseRole.CLIENT: frozenset(
        {
            _P.VIEW,
            _P.VIEW_IDENTITY,
            _P.VIEW_CONTRACT,
            _P.SIGN_CONTRACT,
            _P.VIEW_STATEMENTS,
            _P.STATE_POSITION,
            _P.VIEW_EVIDENCE,
            _P.ADD_EVIDENCE,
            _P.VIEW_REPORT,
            _P.CONFIRM_REPORT,
        }
    ),
}
