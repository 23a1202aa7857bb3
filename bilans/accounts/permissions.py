"""What a person's job in the office lets them do, and which role has which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A person's role in one organisation. ``supervisor`` is *kierownik* on screen."""

    ADVISOR = "advisor", _("advisor")
    SUPERVISOR = "supervisor", _("supervisor")
    CLIENT = "client", _("client")
    COMMITTEE = "committee", _("committee member")


STAFF_ROLES = (Role.ADVISOR, Role.SUPERVISOR, Role.COMMITTEE)
"""Roles a supervisor gives out; a client joins through their own case."""


class OfficePermission(models.TextChoices):
    """Acts that concern no existing case."""

    OPEN_CASE = "office.open_case", _("Can open cases")
    SEE_CASELOAD = "office.see_caseload", _("Can see a list of cases")
    SEE_CATALOGUE = "office.see_catalogue", _("Can read the catalogue of qualifications")
    INVITE_STAFF = "office.invite_staff", _("Can invite people to the office")
    USE_PORTAL = "office.use_portal", _("Can use the client's portal")
    SIT_ON_COMMITTEE = "office.sit_on_committee", _("Can inspect released portfolios")


OFFICE_GRANTS: dict[str, frozenset[str]] = {
    Role.ADVISOR: frozenset(
        {OfficePermission.OPEN_CASE, OfficePermission.SEE_CASELOAD, OfficePermission.SEE_CATALOGUE}
    ),
    Role.SUPERVISOR: frozenset(
        {
            OfficePermission.SEE_CASELOAD,
            OfficePermission.SEE_CATALOGUE,
            OfficePermission.INVITE_STAFF,
        }
    ),
    Role.CLIENT: frozenset({OfficePermission.USE_PORTAL}),
    Role.COMMITTEE: frozenset({OfficePermission.SIT_ON_COMMITTEE, OfficePermission.SEE_CATALOGUE}),
}
