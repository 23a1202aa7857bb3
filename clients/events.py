"""What the trail tells about clients, cases and the people in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare
from clients.permissions import CaseRole
from clients.states import CaseState, Variant

CASELOAD_READ = declare(
    code="clients.caseload.read",
    sentence=_("looked at the list of cases"),
    payload=frozenset({"filters", "cases"}),
    icon="list",
    reading=True,
)
CASELOAD_SEARCHED = declare(
    code="clients.caseload.searched",
    sentence=_("searched the list of cases"),
    payload=frozenset({"filters", "term", "cases"}),
    icon="search",
    reading=True,
)
NAMESAKES_SOUGHT = declare(
    code="clients.namesakes.sought",
    sentence=_("looked for clients of the same name and birth date"),
    payload=frozenset({"clients", "hidden"}),
    icon="search",
    reading=True,
)
CLIENT_REGISTERED = declare(
    code="clients.client.registered",
    sentence=_("made the client card"),
    icon="user-plus",
)
CLIENT_CORRECTED = declare(
    code="clients.client.corrected",
    sentence=_("corrected the client card"),
    payload=frozenset({"before", "after"}),
    icon="user-pen",
)
CLIENT_READ = declare(
    code="clients.client.read",
    sentence=_("opened the client card"),
    icon="eye",
    reading=True,
)
CLIENT_INVITED = declare(
    code="clients.client.invited",
    sentence=_("made an invitation to the portal"),
    icon="mail-plus",
)
CLIENT_JOINED = declare(
    code="clients.client.joined",
    sentence=_("entered the portal for the first time"),
    icon="door-open",
)
CASE_OPENED = declare(
    code="clients.case.opened",
    sentence=_("opened the case"),
    payload=frozenset({"number", "variant"}),
    icon="folder-plus",
)
CASE_READ = declare(
    code="clients.case.read",
    sentence=_("opened the page of the case"),
    icon="eye",
    reading=True,
)
HISTORY_READ = declare(
    code="clients.history.read",
    sentence=_("opened the history of the case"),
    icon="eye",
    reading=True,
)
PEOPLE_READ = declare(
    code="clients.people.read",
    sentence=_("looked at who is let into the case"),
    icon="eye",
    reading=True,
)
PORTAL_READ = declare(
    code="clients.portal.read",
    sentence=_("looked at their own balance in the portal"),
    icon="eye",
    reading=True,
)
CASE_MOVED = declare(
    code="clients.case.moved",
    sentence=_("moved the case from “%(source)s” to “%(target)s”"),
    payload=frozenset({"source", "target", "reason"}),
    icon="flag",
)
CASE_HELD = declare(
    code="clients.case.held",
    sentence=_("put the case on hold until %(until)s"),
    payload=frozenset({"source", "target", "reason", "until"}),
    icon="circle-pause",
)
CASE_RESUMED = declare(
    code="clients.case.resumed",
    sentence=_("took the case up again, at “%(target)s”"),
    payload=frozenset({"source", "target", "reason"}),
    icon="circle-play",
)
CASE_ENDED = declare(
    code="clients.case.ended",
    sentence=_("ended the work on the case: %(target)s"),
    payload=frozenset({"source", "target", "reason"}),
    icon="flag-triangle-right",
)
NEXT_STEP_SET = declare(
    code="clients.case.next_step_set",
    sentence=_("set the next step: %(next_step)s (%(due_on)s)"),
    payload=frozenset({"next_step", "due_on"}),
    icon="calendar-check",
)
QUALIFICATION_PINNED = declare(
    code="clients.case.qualification_pinned",
    sentence=_("tied the case to the qualification %(title)s"),
    payload=frozenset({"title", "version"}),
    icon="pin",
)
PERSON_ASSIGNED = declare(
    code="clients.assignment.made",
    sentence=_("let into the case: %(name)s (%(role)s)"),
    payload=frozenset({"name", "role", "until", "reason"}),
    icon="user-check",
)
ASSIGNMENT_ENDED = declare(
    code="clients.assignment.ended",
    sentence=_("ended the part in the case: %(name)s (%(role)s)"),
    payload=frozenset({"name", "role"}),
    icon="user-minus",
)

CHOICES_OF: dict[str, type[models.TextChoices]] = {
    "source": CaseState,
    "target": CaseState,
    "role": CaseRole,
    "variant": Variant,
}
"""Payload keys that hold a code, and the choices that give it its words."""

DAYS = frozenset({"until", "due_on", "signed_on"})
"""Payload keys that hold a day in ISO form."""


def name_values(key: str, choices: type[models.TextChoices]) -> None:
    """Let the history show the words of ``choices`` for a payload key; for higher apps."""
    CHOICES_OF[key] = choices
