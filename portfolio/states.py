"""Kinds of evidence, and how strongly a statement is borne out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceKind(models.TextChoices):
    CERTIFICATE = "certificate", _("certificate or diploma")
    EMPLOYMENT = "employment", _("employment certificate")
    CONTRACT = "contract", _("contract")
    REFERENCE = "reference", _("reference or witness statement")
    WORK_SAMPLE = "work_sample", _("work sample")
    PHOTO = "photo", _("photo")
    PUBLICATION = "publication", _("publication")
    OBSERVATION = "observation", _("somebody else's observation")
    TEST_RESULT = "test_result", _("test or exam result")
    DECLARATION = "declaration", _("own description or declaration")
    OTHER = "other", _("other")


class EvidenceState(models.TextChoices):
    AVAILABLE = "available", _("available")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Strength(models.TextChoices):
    """Strength of evidence for a statement; never a grade of the person."""

    STRONG = "strong", _("strong")
    SUFFICIENT = "sufficient", _("sufficient")
    WEAK = "weak", _("weak")
    DECLARED = "declared", _("declared only")
