from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass
from bilans.records import SealedDate, SealedText
from clients.models import CaseRecord, StoredFile
from interviews.models import Statement
from portfolio.states import EvidenceKind, EvidenceState


class Evidence(CaseRecord):
    """A piece of evidence the client put into the portfolio, with its file."""

    seal_name: ClassVar[str] = "portfolio.evidence"
    key_class: ClassVar[str] = KeyClass.PORTFOLIO

    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=9, choices=EvidenceState, default=EvidenceState.AVAILABLE
    )
    kind = models.CharField(_("kind"), max_length=12, choices=EvidenceKind)
    file = models.OneToOneField(
        StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    title = SealedText(_("title"), max_length=150)
    description = SealedText(_("what it shows"), blank=True, max_length=1500)
    issuer = SealedText(_("issued by"), blank=True, max_length=150)
    produced_on = SealedDate(_("date on the document"), blank=True)
    own_share = SealedText(_("own share"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(name="evidence_number_unique", fields=["case", "number"]),
            models.CheckConstraint(
                name="evidence_kind_known", condition=Q(kind__in=EvidenceKind.values)
            ),
            models.CheckConstraint(
                name="evidence_state_known", condition=Q(state__in=EvidenceState.values)
            ),
        ]


class EvidenceLink(CaseRecord):
    """That a piece of evidence shows a criterion, with the argument how."""

    seal_name: ClassVar[str] = "portfolio.link"
    key_class: ClassVar[str] = KeyClass.PORTFOLIO

    evidence = models.ForeignKey(
        Evidence, verbose_name=_("evidence"), on_delete=models.PROTECT, related_name="links"
    )
    criterion = models.ForeignKey(
        "catalogue.Criterion", verbose_name=_("criterion"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    linked_at = models.DateTimeField(_("linked"))
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("linked by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    argument = SealedText(_("how it shows the criterion"), max_length=1000)

    class Meta:
        verbose_name = _("link to a criterion")
        verbose_name_plural = _("links to criteria")
        constraints = [
            models.UniqueConstraint(
                name="evidence_link_once",
                fields=["evidence", "criterion"],
                violation_error_message=_("This evidence is already linked to this criterion."),
            ),
        ]


class EvidenceSupport(CaseRecord):
    """That a piece of evidence bears out a competence statement, with the argument how."""

    seal_name: ClassVar[str] = "portfolio.support"
    key_class: ClassVar[str] = KeyClass.PORTFOLIO

    evidence = models.ForeignKey(
        Evidence, verbose_name=_("evidence"), on_delete=models.PROTECT, related_name="supports"
    )
    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="supports"
    )
    linked_at = models.DateTimeField(_("linked"))
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("linked by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    argument = SealedText(_("how it bears the statement out"), max_length=1000)

    class Meta:
        verbose_name = _("support of a statement")
        verbose_name_plural = _("supports of statements")
        constraints = [
            models.UniqueConstraint(
                name="evidence_support_once",
                fields=["evidence", "statement"],
                violation_error_message=_("This evidence already supports this statement."),
            ),
        ]
