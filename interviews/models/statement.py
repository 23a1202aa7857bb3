from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass
from bilans.records import SealedJSON, SealedText
from clients.models import CaseRecord
from interviews.models.interview import StarRecord
from interviews.states import StatementState


class Statement(CaseRecord):
    """A competence put into words: a verb, an object and the context it was shown in.

    ``wording`` counts the texts the client was shown; a position belongs to one wording.
    ``earlier`` is a list of ``{"wording", "text", "until"}`` (``until`` an ISO moment), so
    that a position on an old wording can still be read together with its text.
    """

    seal_name: ClassVar[str] = "interviews.statement"
    key_class: ClassVar[str] = KeyClass.CASE

    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=9, choices=StatementState, default=StatementState.DRAFT
    )
    wording = models.PositiveSmallIntegerField(_("wording"), default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("worded by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    presented_at = models.DateTimeField(_("shown to the client"), null=True, blank=True)

    text = SealedText(_("statement"), max_length=500)
    category = SealedText(_("category"), blank=True, max_length=9)
    doubt = SealedText(_("what would speak against it"), blank=True, max_length=500)
    withdrawal_reason = SealedText(_("reason for withdrawal"), blank=True, max_length=500)
    earlier = SealedJSON(_("earlier wordings"), blank=True, default=list)

    class Meta:
        verbose_name = _("competence statement")
        verbose_name_plural = _("competence statements")
        constraints = [
            models.UniqueConstraint(name="statement_number_unique", fields=["case", "number"]),
            models.CheckConstraint(
                name="statement_state_known", condition=Q(state__in=StatementState.values)
            ),
            models.CheckConstraint(
                name="statement_presented_has_date",
                condition=~Q(state=StatementState.PRESENTED) | Q(presented_at__isnull=False),
            ),
        ]


class StatementSource(models.Model):
    """That a statement rests on a STAR record."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE,  # a link is nothing alone
        related_name="sources",
    )  # fmt: skip
    star = models.ForeignKey(
        StarRecord, verbose_name=_("STAR record"), on_delete=models.PROTECT, related_name="cited_by"
    )

    class Meta:
        verbose_name = _("source of a statement")
        verbose_name_plural = _("sources of statements")
        constraints = [
            models.UniqueConstraint(name="statement_source_once", fields=["statement", "star"])
        ]

    def __str__(self) -> str:
        return f"source {self.pk}"


class StatementCriterion(models.Model):
    """That a statement speaks to a criterion of the qualification the case has pinned."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE,  # a link is nothing alone
        related_name="criteria",
    )  # fmt: skip
    criterion = models.ForeignKey(
        "catalogue.Criterion", verbose_name=_("criterion"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("criterion of a statement")
        verbose_name_plural = _("criteria of statements")
        constraints = [
            models.UniqueConstraint(
                name="statement_criterion_once", fields=["statement", "criterion"]
            )
        ]

    def __str__(self) -> str:
        return f"criterion link {self.pk}"


class Position(CaseRecord):
    """What the client says to one wording of a statement, verbatim; the newest counts.

    Kept for ever as said: the voice is the client’s, ``typed_by``
    says who wrote it down, ``read_back`` ("yes" or "") whether it was read back to them.
    """

    seal_name: ClassVar[str] = "interviews.position"
    key_class: ClassVar[str] = KeyClass.CASE
    binds_version: ClassVar[bool] = True

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="positions"
    )
    wording = models.PositiveSmallIntegerField(_("wording"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    stance = SealedText(_("position"), max_length=9)
    words = SealedText(_("in the client's words"), blank=True, max_length=1500)
    typed_by = SealedText(_("typed by"), max_length=7)
    read_back = SealedText(_("read back"), blank=True, max_length=3)

    class Meta:
        verbose_name = _("client's position")
        verbose_name_plural = _("clients' positions")
        ordering = ["recorded_at", "id"]
