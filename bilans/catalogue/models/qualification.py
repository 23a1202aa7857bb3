from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from bilans.audit.services import Stream
from bilans.crypto.binding import INSTALLATION, ScopeKind


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("replaced by a newer one")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AliasScheme(models.TextChoices):
    ZRK = "zrk", _("register code")
    ZRK_PRE2020 = "zrk_pre2020", _("register code until 2020")
    MP = "mp", _("Monitor Polski")
    LOCAL = "local", _("own")


class Qualification(models.Model):
    """The thing itself, whatever its versions and names; common to the installation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")

    def __str__(self) -> str:
        return f"qualification {self.pk}"


class QualificationAlias(models.Model):
    """A code under which a qualification is known; two are merged by moving aliases."""

    qualification = models.ForeignKey(
        Qualification, verbose_name=_("qualification"), on_delete=models.PROTECT,
        related_name="aliases",
    )  # fmt: skip
    scheme = models.CharField(_("scheme"), max_length=12, choices=AliasScheme)
    value = models.CharField(_("code"), max_length=64)

    class Meta:
        verbose_name = _("code of a qualification")
        verbose_name_plural = _("codes of qualifications")
        constraints = [
            models.UniqueConstraint(name="catalogue_alias_unique", fields=["scheme", "value"])
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class QualificationVersion(models.Model):
    """One state of a qualification's description; published, it never changes again.

    ``header`` holds the ``qualification`` part of ``bilans-catalogue/1`` without its sets
    and validation; every traced value keeps its raw text, lines and how it was found.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    qualification = models.ForeignKey(
        Qualification, verbose_name=_("qualification"), on_delete=models.PROTECT,
        related_name="versions",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=10, choices=VersionStatus, default=VersionStatus.DRAFT
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    folded = models.TextField(_("folded text for search"), editable=False)
    prk_level = models.PositiveSmallIntegerField(_("PQF level"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", verbose_name=_("replaces"), on_delete=models.PROTECT, related_name="+",
        null=True, blank=True,
    )  # fmt: skip
    change_note = models.CharField(_("note on the change"), max_length=500, blank=True)
    content_sha256 = models.CharField(_("checksum of the content"), max_length=64)
    header = models.JSONField(_("header values"), default=dict)
    sources = models.ManyToManyField(
        "catalogue.SourceDocument", verbose_name=_("sources"), related_name="versions"
    )
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a qualification")
        verbose_name_plural = _("versions of qualifications")
        constraints = [
            models.UniqueConstraint(
                name="catalogue_version_number_unique", fields=["qualification", "number"]
            ),
            models.CheckConstraint(
                name="catalogue_version_status_known",
                condition=Q(status__in=VersionStatus.values),
            ),
            models.CheckConstraint(
                name="catalogue_level_between_1_and_8",
                condition=Q(prk_level=None) | Q(prk_level__range=(1, 8)),
            ),
            models.CheckConstraint(
                name="catalogue_published_has_date",
                condition=Q(status=VersionStatus.DRAFT) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="catalogue_published_has_title",
                condition=Q(status=VersionStatus.DRAFT) | ~Q(title=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.number})"

    @property
    def is_choosable(self) -> bool:
        """Whether a new case may be tied to it."""
        return self.status == VersionStatus.PUBLISHED

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.SERVICE, INSTALLATION)


class OutcomeSet(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lineage = models.UUIDField(_("lineage"), default=uuid7)
    version = models.ForeignKey(
        QualificationVersion, verbose_name=_("version"), on_delete=models.PROTECT,
        related_name="sets",
    )  # fmt: skip
    ordinal = models.PositiveSmallIntegerField(_("place"))
    title = models.TextField(_("title"))
    prk_level = models.PositiveSmallIntegerField(_("PQF level"), null=True, blank=True)
    workload_hours = models.DecimalField(
        _("workload in hours"), max_digits=7, decimal_places=1, null=True, blank=True
    )

    class Meta:
        verbose_name = _("set of learning outcomes")
        verbose_name_plural = _("sets of learning outcomes")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(name="catalogue_set_place", fields=["version", "ordinal"])
        ]

    def __str__(self) -> str:
        return self.title


class Outcome(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lineage = models.UUIDField(_("lineage"), default=uuid7)
    outcome_set = models.ForeignKey(
        OutcomeSet, verbose_name=_("set"), on_delete=models.PROTECT, related_name="outcomes"
    )
    ordinal = models.PositiveSmallIntegerField(_("place"))
    title = models.TextField(_("title"))
    confidence = models.CharField(_("confidence"), max_length=5, default="sure")
    lines = models.TextField(_("source lines"), blank=True)

    class Meta:
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="catalogue_outcome_place", fields=["outcome_set", "ordinal"]
            )
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """A verification criterion; evidence and statements point here, never to a text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lineage = models.UUIDField(_("lineage"), default=uuid7)
    outcome = models.ForeignKey(
        Outcome, verbose_name=_("outcome"), on_delete=models.PROTECT, related_name="criteria"
    )
    ordinal = models.PositiveSmallIntegerField(_("place"))
    label = models.CharField(_("label"), max_length=20)
    text = models.TextField(_("text"))
    confidence = models.CharField(_("confidence"), max_length=5, default="sure")
    lines = models.TextField(_("source lines"), blank=True)

    class Meta:
        verbose_name = _("verification criterion")
        verbose_name_plural = _("verification criteria")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(name="catalogue_criterion_place", fields=["outcome", "ordinal"])
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.text}"


class ValidationRequirement(models.Model):
    """What the version's law says of validation: the raw text, and the proposed tree."""

    version = models.OneToOneField(
        QualificationVersion, verbose_name=_("version"), on_delete=models.PROTECT,
        related_name="validation",
    )  # fmt: skip
    raw = models.TextField(_("as printed"), blank=True)
    content = models.JSONField(_("methods, committee and rules"), default=dict)

    class Meta:
        verbose_name = _("requirements of validation")
        verbose_name_plural = _("requirements of validation")

    def __str__(self) -> str:
        return f"validation of {self.version_id}"
