from bilans.catalogue.models.qualification import (
    Criterion,
    Outcome,
    OutcomeSet,
    Qualification,
    QualificationAlias,
    QualificationVersion,
    ValidationRequirement,
)
from bilans.catalogue.models.source import ReviewItem, SourceDocument, SourceLine

__all__ = [
    "Criterion",
    "Outcome",
    "OutcomeSet",
    "Qualification",
    "QualificationAlias",
    "QualificationVersion",
    "ReviewItem",
    "SourceDocument",
    "SourceLine",
    "ValidationRequirement",
]
