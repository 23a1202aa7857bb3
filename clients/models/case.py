from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bilans.audit.services import Stream
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.records import SealedQuerySet, SealedRecord, SealedText
from clients.models.client import Client
from clients.permissions import ROLE_GRANTS as GRANTS
from clients.permissions import CasePermission
from clients.states import RAIL, RUNNING, CaseState, RailStage, Variant


class CaseQuerySet(SealedQuerySet):
    def running(self) -> "CaseQuerySet":
        return self.filter(state__in=[*RUNNING, CaseState.ON_HOLD])


class Case(SealedRecord):
    """One competence balance of one person; the root that access and the trail hang on.

    ``state`` changes only through ``clients.services.move_case``.
    """

    seal_name: ClassVar[str] = "clients.case"
    key_class: ClassVar[str] = KeyClass.CASE
    ROLE_GRANTS: ClassVar[dict[str, frozenset[str]]] = GRANTS

    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="cases",
    )  # fmt: skip
    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.PROTECT, related_name="cases"
    )
    number = models.CharField(_("number"), max_length=20)
    variant = models.CharField(
        _("variant"), max_length=8, choices=Variant, default=Variant.DEEPENED
    )
    state = models.CharField(
        _("stage"), max_length=20, choices=CaseState, default=CaseState.ENQUIRY, editable=False
    )
    # where a case on hold returns to
    held_from = models.CharField(
        _("held from"), max_length=20, choices=CaseState, blank=True, editable=False
    )
    held_until = models.DateField(_("on hold until"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    due_on = models.DateField(_("next step due on"), null=True, blank=True)
    # the version stays the one that was chosen, whatever is published later
    qualification = models.ForeignKey(
        "catalogue.QualificationVersion", verbose_name=_("qualification"),
        on_delete=models.PROTECT, related_name="cases", null=True, blank=True,
    )  # fmt: skip

    reason_for_contact = SealedText(_("reason for contact"), blank=True, max_length=2000)
    next_step = SealedText(_("next step"), blank=True, max_length=200)

    objects = CaseQuerySet.as_manager()  # type: ignore[misc]  # its own queryset

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ()
        permissions = [(each.codename, each.label) for each in CasePermission]
        indexes = [
            models.Index(name="case_by_due", fields=["organisation", "state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(name="case_number_unique", fields=["organisation", "number"]),
            models.CheckConstraint(
                name="case_state_known", condition=Q(state__in=CaseState.values)
            ),
            models.CheckConstraint(
                name="case_hold_remembers_stage",
                condition=~Q(state=CaseState.ON_HOLD) ^ ~Q(held_from=""),
            ),
            models.CheckConstraint(
                name="case_closed_not_before_opened",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("A case cannot be closed before it was opened."),
            ),
        ]

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.CASE, self.__dict__["id"], KeyClass.CASE)

    @property
    def access_root(self) -> "Case":
        return self

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.CASE, self.pk)

    @property
    def rail_stage(self) -> RailStage:
        return RAIL[self.held_from or self.state]


class NumberSeries(models.Model):
    """The last number given out in one series of one organisation."""

    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    series = models.CharField(_("series"), max_length=20)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(name="number_series_once", fields=["organisation", "series"])
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
