"""What every portal page of a case shares, and what the client is asked to do there.

Higher apps register their tasks in ``AppConfig.ready``; the portal's home shows at most
three of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bilans.access import Actor
from bilans.ui.shapes import Words
from clients.casepages import rail_note, rail_of
from clients.models import Case
from clients.states import CaseState

TASKS_SHOWN = 3
"""More things to do at once are not shown: the next one appears when one is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalTask:
    """One thing the client is asked to do, or has done, with how long it takes."""

    title: Words
    url: str
    detail: Words = ""
    minutes: int | None = None
    done: bool = False
    button: Words = ""


class TaskSource(Protocol):
    """What a higher app registers: its tasks for one client in one case."""

    def __call__(self, *, actor: Actor, case: Case) -> Iterable[PortalTask]: ...


_sources: list[TaskSource] = []

PLAIN_WORDS: dict[str, Words] = {
    CaseState.ENQUIRY: _("We have your enquiry. The first conversation comes next."),
    CaseState.SCREENING: _("We talk about what you expect and whether a balance is for you."),
    CaseState.AGREED: _("We write down together what we want to reach and how."),
    CaseState.CONTRACT_IN_FORCE: _(
        "The contract is signed. Soon we start to talk about what you can do."
    ),
    CaseState.RECOGNITION: _("We talk about what you have done, and find out what you can do."),
    CaseState.SYNTHESIS: _("Your advisor puts together what came up in the conversations."),
    CaseState.AGREEING: _("You check whether the results say what you agree with."),
    CaseState.PLANNING: _("We plan what you want to do next."),
    CaseState.CLOSED: _("Your balance is finished. The documents stay here for you."),
    CaseState.FOLLOW_UP: _("Your balance is finished. We will ask how things are going."),
    CaseState.ARCHIVED: _("Your balance is finished and archived."),
    CaseState.ON_HOLD: _("Your balance is on hold. Nothing is lost; we take it up again together."),
    CaseState.DECLINED: _(
        "This balance did not start. Your advisor can say what else is possible."
    ),
    CaseState.WITHDRAWN: _("You have withdrawn from this balance. You may come back to it."),
    CaseState.REFERRED: _("You were referred to somebody who can help better."),
    CaseState.TRANSFERRED: _("Your balance goes on in another office."),
    CaseState.ERASED: _("This balance was erased."),
}
"""Where the balance stands, told to the client without any term of the trade."""


def register_tasks(source: TaskSource) -> None:
    """Add a source of tasks to the portal's home."""
    if source not in _sources:
        _sources.append(source)


def portal_tasks(*, actor: Actor, case: Case) -> tuple[list[PortalTask], list[PortalTask]]:
    """What the client can do now (at most three), and what is done already."""
    tasks = [task for source in _sources for task in source(actor=actor, case=case)]
    waiting = [task for task in tasks if not task.done]
    return waiting[:TASKS_SHOWN], [task for task in tasks if task.done]


def portal_context(request: HttpRequest, *, case: Case) -> dict[str, Any]:
    """Give ``clients/portal/portal_base.html`` what it shows."""
    return {
        "case": case,
        "case_rail": rail_of(case),
        "case_note": rail_note(case),
        "portal_home": reverse("clients:portal_case", kwargs={"case_id": case.pk}),
        "portal_words": PLAIN_WORDS[case.state],
    }
