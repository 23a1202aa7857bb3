"""Stages of a case, and the rail that shows them (the process map, stages 0 to 10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    ENQUIRY = "enquiry", _("enquiry")
    SCREENING = "screening", _("initial conversation")
    AGREED = "agreed", _("contract being prepared")
    CONTRACT_IN_FORCE = "contract_in_force", _("contract in force")
    RECOGNITION = "recognition", _("recognition")
    SYNTHESIS = "synthesis", _("synthesis")
    AGREEING = "agreeing", _("agreeing the results")
    PLANNING = "planning", _("planning")
    CLOSED = "closed", _("closed")
    FOLLOW_UP = "follow_up", _("follow-up")
    ARCHIVED = "archived", _("archived")
    ERASED = "erased", _("erased")
    ON_HOLD = "on_hold", _("on hold")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn by the client")
    REFERRED = "referred", _("referred elsewhere")
    TRANSFERRED = "transferred", _("transferred")


class RailStage(models.TextChoices):
    """The seven places of the rail on every page of a case."""

    ENQUIRY = "enquiry", _("Enquiry")
    CONTRACT = "contract", _("Contract")
    RECOGNITION = "recognition", _("Recognition")
    SYNTHESIS = "synthesis", _("Synthesis")
    AGREEING = "agreeing", _("Agreement")
    PLAN = "plan", _("Plan")
    CLOSING = "closing", _("Closing")


RAIL: dict[str, RailStage] = {
    CaseState.ENQUIRY: RailStage.ENQUIRY,
    CaseState.SCREENING: RailStage.ENQUIRY,
    CaseState.AGREED: RailStage.CONTRACT,
    CaseState.CONTRACT_IN_FORCE: RailStage.CONTRACT,
    CaseState.RECOGNITION: RailStage.RECOGNITION,
    CaseState.SYNTHESIS: RailStage.SYNTHESIS,
    CaseState.AGREEING: RailStage.AGREEING,
    CaseState.PLANNING: RailStage.PLAN,
    CaseState.CLOSED: RailStage.CLOSING,
    CaseState.FOLLOW_UP: RailStage.CLOSING,
    CaseState.ARCHIVED: RailStage.CLOSING,
    CaseState.ERASED: RailStage.CLOSING,
    CaseState.DECLINED: RailStage.CLOSING,
    CaseState.WITHDRAWN: RailStage.CLOSING,
    CaseState.REFERRED: RailStage.CLOSING,
    CaseState.TRANSFERRED: RailStage.CLOSING,
}
"""Where a state stands on the rail; a case on hold stands where it was held."""

RUNNING = frozenset(
    {
        CaseState.ENQUIRY,
        CaseState.SCREENING,
        CaseState.AGREED,
        CaseState.CONTRACT_IN_FORCE,
        CaseState.RECOGNITION,
        CaseState.SYNTHESIS,
        CaseState.AGREEING,
        CaseState.PLANNING,
    }
)
"""States in which work goes on."""

ENDED = frozenset(
    {
        CaseState.CLOSED,
        CaseState.FOLLOW_UP,
        CaseState.ARCHIVED,
        CaseState.ERASED,
        CaseState.DECLINED,
        CaseState.WITHDRAWN,
        CaseState.REFERRED,
        CaseState.TRANSFERRED,
    }
)


class Variant(models.TextChoices):
    """How much of the method is agreed; stages may be skipped with a reason."""

    SHORT = "short", _("short")
    BASIC = "basic", _("basic")
    DEEPENED = "deepened", _("deepened")


class ContractState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OFFERED = "offered", _("ready to sign")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("replaced by a newer one")


class Party(models.TextChoices):
    ADVISOR = "advisor", _("advisor")
    CLIENT = "client", _("client")


class SigningMethod(models.TextChoices):
    PORTAL = "portal", _("confirmed in the portal")
    OFFICE = "office", _("confirmed in the office")
    PAPER = "paper", _("signed on paper")


class DocumentKind(models.TextChoices):
    CONTRACT = "contract", _("contract")
    FINAL_REPORT = "final_report", _("final report")


class DeliveryChannel(models.TextChoices):
    PORTAL = "portal", _("in the portal")
    PAPER = "paper", _("handed over on paper")
