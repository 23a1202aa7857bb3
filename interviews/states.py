"""States of interviews and statements, and what a client can say to one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InterviewState(models.TextChoices):
    OPEN = "open", _("in progress")
    FINISHED = "finished", _("finished")


class StatementState(models.TextChoices):
    DRAFT = "draft", _("being worded")
    PRESENTED = "presented", _("shown to the client")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Stance(models.TextChoices):
    """The client's position on a statement; silence is none of them."""

    AGREES = "agrees", _("I agree")
    PARTLY = "partly", _("I partly agree")
    DISAGREES = "disagrees", _("I do not agree")


class Category(models.TextChoices):
    """Descriptor categories of the Polish Qualifications Framework."""

    KNOWLEDGE = "knowledge", _("knowledge")
    SKILLS = "skills", _("skills")
    SOCIAL = "social", _("social competence")


class Voice(models.TextChoices):
    """Whose words: who spoke, who typed."""

    CLIENT = "client", _("client")
    ADVISOR = "advisor", _("advisor")


class StatementStatus(models.TextChoices):
    """How things stand between the statement and the client's newest position on it."""

    DRAFT = "draft", _("being worded")
    WAITING = "waiting", _("waiting for the client")
    AGREED = "agreed", _("agreed")
    DIFFERS = "differs", _("the client disagrees")
    WITHDRAWN = "withdrawn", _("withdrawn")


OUTCOME_OF: dict[str, StatementStatus] = {
    Stance.AGREES: StatementStatus.AGREED,
    Stance.PARTLY: StatementStatus.AGREED,
    Stance.DISAGREES: StatementStatus.DIFFERS,
}
"""What a position makes of a statement; a partial one stands, with the client's words beside it."""

NEEDS_WORDS = frozenset({Stance.PARTLY, Stance.DISAGREES})
"""Positions that say nothing without the client's own words."""
