from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from bilans.catalogue.models.qualification import QualificationVersion


class SourceDocument(models.Model):
    """A document as it was read, every line of it; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    filename = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("checksum"), max_length=64, unique=True)
    ref = models.CharField(_("reference"), max_length=100, blank=True)
    extraction = models.CharField(_("extraction"), max_length=30, blank=True)
    importer = models.CharField(_("importer"), max_length=30)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")

    def __str__(self) -> str:
        return self.filename


class LineState(models.TextChoices):
    USED = "used", _("used")
    NOISE = "noise", _("layout")
    UNCERTAIN = "uncertain", _("uncertain")
    UNUSED = "unused", _("not used")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")


class SourceLine(models.Model):
    document = models.ForeignKey(
        SourceDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="lines"
    )
    number = models.PositiveIntegerField(_("line"))
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=12, choices=LineState)
    target = models.CharField(_("where it went"), max_length=200, blank=True)
    note = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a source")
        verbose_name_plural = _("lines of sources")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="catalogue_line_once", fields=["document", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text[:60]}"


class Severity(models.TextChoices):
    BLOCKER = "blocker", _("blocks publication")
    CHECK = "check", _("to be checked")
    NOTE = "note", _("note")


class ReviewItem(models.Model):
    """A question the importer could not answer alone."""

    version = models.ForeignKey(
        QualificationVersion, verbose_name=_("version"), on_delete=models.PROTECT,
        related_name="review_items",
    )  # fmt: skip
    ordinal = models.PositiveSmallIntegerField(_("place"))
    code = models.CharField(_("code"), max_length=60)
    severity = models.CharField(_("severity"), max_length=7, choices=Severity)
    path = models.CharField(_("where"), max_length=200, blank=True)
    lines = models.TextField(_("source lines"), blank=True)
    question = models.TextField(_("question"))
    proposal = models.JSONField(_("proposal"), null=True)
    alternatives = models.JSONField(_("alternatives"), default=list)
    decision = models.JSONField(_("decision"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=40, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("question of an import")
        verbose_name_plural = _("questions of imports")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(name="catalogue_question_place", fields=["version", "ordinal"]),
            models.CheckConstraint(
                name="catalogue_question_severity_known", condition=Q(severity__in=Severity.values)
            ),
        ]

    def __str__(self) -> str:
        return self.code
