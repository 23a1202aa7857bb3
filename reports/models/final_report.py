from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass
from bilans.records import SealedJSON, SealedText
from clients.models import CaseRecord, IssuedDocument
from reports.states import ReportState


class FinalReport(CaseRecord):
    """What the advisor adds to the agreed statements; issued, it becomes a document.

    ``next_steps`` is a list of sentences.
    """

    seal_name: ClassVar[str] = "reports.final"
    key_class: ClassVar[str] = KeyClass.CASE

    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=6, choices=ReportState, default=ReportState.DRAFT
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    document = models.OneToOneField(
        IssuedDocument, verbose_name=_("issued document"), on_delete=models.PROTECT,
        related_name="+", null=True, blank=True,
    )  # fmt: skip

    circumstances = SealedText(_("circumstances and goal"), blank=True, max_length=4000)
    course = SealedText(_("how the balance went"), blank=True, max_length=4000)
    summary = SealedText(_("summary"), blank=True, max_length=4000)
    next_steps = SealedJSON(_("next steps"), blank=True, default=list)

    class Meta:
        verbose_name = _("final report")
        verbose_name_plural = _("final reports")
        constraints = [
            models.UniqueConstraint(name="report_number_unique", fields=["case", "number"]),
            models.UniqueConstraint(
                name="report_one_draft", fields=["case"], condition=Q(state=ReportState.DRAFT)
            ),
            models.CheckConstraint(
                name="report_issued_has_document",
                condition=Q(state=ReportState.ISSUED) ^ Q(document=None),
            ),
        ]
