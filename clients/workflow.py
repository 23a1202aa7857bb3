"""The steps of a case: which stage they leave, where they lead, who may take them.

Higher apps put their guards on these steps at start-up (``CASE_WORKFLOW.require``); the
case page, the step form, the API and ``move_case`` all read this one table.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from bilans.workflow import Step, Workflow
from clients.permissions import CasePermission
from clients.states import RUNNING, CaseState

if TYPE_CHECKING:
    from clients.models import Case

HELD_FROM = "held_from"
"""Target of ``resume``: the stage in which the case was put on hold."""

ENDING_STEPS = frozenset({"close", "decline", "withdraw", "refer", "transfer"})
"""Steps after which the work is over; the day is kept."""

_UNDER_WAY = RUNNING | {CaseState.ON_HOLD}


def _step(name: str, label: object, sources: set[str], target: str, **more: bool) -> Step:
    return Step(
        name=name,
        label=label,  # type: ignore[arg-type]  # a lazy translation
        sources=frozenset(sources),
        target=target,
        permission=CasePermission.STEER,
        **more,
    )


CASE_WORKFLOW = Workflow(
    _step(
        "screen", _("Start the initial conversation"),
        {CaseState.ENQUIRY}, CaseState.SCREENING, onward=True,
    ),
    _step(
        "agree", _("Start preparing the contract"),
        {CaseState.ENQUIRY, CaseState.SCREENING}, CaseState.AGREED, onward=True,
    ),
    _step(
        "sign", _("Sign the contract"),
        {CaseState.AGREED}, CaseState.CONTRACT_IN_FORCE, by_service=True, onward=True,
    ),
    _step(
        "recognise", _("Start the recognition"),
        {CaseState.CONTRACT_IN_FORCE}, CaseState.RECOGNITION, onward=True,
    ),
    _step(
        "synthesise", _("Go on to the synthesis"),
        {CaseState.RECOGNITION}, CaseState.SYNTHESIS, onward=True,
    ),
    _step(
        "agree_results", _("Go on to agreeing the results"),
        {CaseState.SYNTHESIS}, CaseState.AGREEING, onward=True,
    ),
    _step(
        "plan", _("Go on to planning"),
        {CaseState.AGREEING}, CaseState.PLANNING, onward=True,
    ),
    _step(
        "close", _("Close the case"),
        {CaseState.PLANNING, CaseState.AGREEING}, CaseState.CLOSED, onward=True, needs_reason=True,
    ),
    _step(
        "follow_up", _("Start the follow-up"),
        {CaseState.CLOSED}, CaseState.FOLLOW_UP, onward=True,
    ),
    _step(
        "archive", _("Archive the case"),
        {CaseState.CLOSED, CaseState.FOLLOW_UP}, CaseState.ARCHIVED, onward=True,
    ),
    _step(
        "resume", _("Take the case up again"),
        {CaseState.ON_HOLD}, HELD_FROM, onward=True,
    ),
    _step("hold", _("Put the case on hold"), set(RUNNING), CaseState.ON_HOLD, needs_reason=True),
    _step(
        "decline", _("Decline the enquiry"),
        {CaseState.ENQUIRY, CaseState.SCREENING, CaseState.AGREED}, CaseState.DECLINED,
        needs_reason=True,
    ),
    # the client needs no reason to stop (contract, ending the cooperation)
    _step(
        "withdraw", _("Record that the client withdraws"), set(_UNDER_WAY), CaseState.WITHDRAWN
    ),
    _step(
        "refer", _("Refer the client elsewhere"), set(_UNDER_WAY), CaseState.REFERRED,
        needs_reason=True,
    ),
    _step(
        "transfer", _("Transfer the case to another office"), set(_UNDER_WAY),
        CaseState.TRANSFERRED, needs_reason=True,
    ),
)  # fmt: skip


def target_of(step: Step, case: "Case") -> str:
    """Where the step leads this case; a held one goes back to where it was held."""
    return case.held_from if step.target == HELD_FROM else step.target


def onward_step(state: str) -> Step | None:
    """The one step a page offers first from ``state``, by a service or by a button."""
    return next((step for step in CASE_WORKFLOW if step.onward and state in step.sources), None)
