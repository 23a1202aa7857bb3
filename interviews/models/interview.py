from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass
from bilans.records import SealedText
from clients.models import CaseRecord
from interviews.states import InterviewState


class Interview(CaseRecord):
    """A behavioural interview: one running note during the talk, sorted afterwards."""

    seal_name: ClassVar[str] = "interviews.interview"
    key_class: ClassVar[str] = KeyClass.WORK

    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=8, choices=InterviewState, default=InterviewState.OPEN
    )
    held_on = models.DateField(_("held on"))
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("led by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    note = SealedText(_("running note"), blank=True, max_length=20000)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        constraints = [
            models.UniqueConstraint(name="interview_number_unique", fields=["case", "number"]),
            models.CheckConstraint(
                name="interview_state_known", condition=Q(state__in=InterviewState.values)
            ),
        ]


class StarRecord(CaseRecord):
    """One story by the STAR method, in the client's words."""

    seal_name: ClassVar[str] = "interviews.star"
    key_class: ClassVar[str] = KeyClass.CASE
    PARTS: ClassVar[tuple[str, ...]] = ("situation", "task", "action", "result")

    interview = models.ForeignKey(
        Interview, verbose_name=_("interview"), on_delete=models.PROTECT, related_name="stars"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    completed_at = models.DateTimeField(_("marked complete"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("set aside"), null=True, blank=True, editable=False)

    title = SealedText(_("title of the story"), max_length=150)
    competence = SealedText(_("competence it is about"), blank=True, max_length=150)
    happened = SealedText(_("when it happened"), blank=True, max_length=80)
    situation = SealedText(_("situation"), blank=True, max_length=3000)
    task = SealedText(_("task"), blank=True, max_length=3000)
    action = SealedText(_("action"), blank=True, max_length=3000)
    result = SealedText(_("result"), blank=True, max_length=3000)
    learning = SealedText(_("what came of it"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("STAR record")
        verbose_name_plural = _("STAR records")
        constraints = [
            models.UniqueConstraint(name="star_number_unique", fields=["case", "number"])
        ]

    @property
    def missing_parts(self) -> list[str]:
        """Names of the STAR parts that are still empty."""
        return [part for part in self.PARTS if not getattr(self, part).strip()]

    @property
    def is_complete(self) -> bool:
        return not self.missing_parts
