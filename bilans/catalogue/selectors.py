"""What the catalogue holds, ready for pages; it belongs to the whole installation."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from bilans.catalogue.importer.words import fold
from bilans.catalogue.models import (
    Criterion,
    Outcome,
    OutcomeSet,
    QualificationVersion,
    ReviewItem,
    SourceDocument,
    ValidationRequirement,
)
from bilans.catalogue.models.qualification import VersionStatus

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class VersionTree:
    """A version with everything in it; ``sets`` come with outcomes and criteria prefetched."""

    version: QualificationVersion
    sets: tuple[OutcomeSet, ...]
    validation: ValidationRequirement | None
    questions: tuple[ReviewItem, ...]
    sources: tuple[SourceDocument, ...]

    @property
    def outcome_count(self) -> int:
        return sum(len(each.outcomes.all()) for each in self.sets)

    @property
    def criterion_count(self) -> int:
        return sum(
            len(outcome.criteria.all()) for each in self.sets for outcome in each.outcomes.all()
        )


def published_versions() -> QuerySet[QualificationVersion]:
    """Versions a case may choose, by title, with how much is in each."""
    return (
        QualificationVersion.objects.filter(status=VersionStatus.PUBLISHED)
        .annotate(
            set_count=Count("sets", distinct=True),
            outcome_count=Count("sets__outcomes", distinct=True),
            criterion_count=Count("sets__outcomes__criteria", distinct=True),
        )
        .defer("folded")
        .order_by("title", "-number")
    )


def search(text: str) -> QuerySet[QualificationVersion]:
    """Published versions that contain every word of the text, diacritics or not."""
    found = published_versions()
    for word in fold(text[:LONGEST_SEARCH]).split():
        found = found.filter(folded__contains=word)
    return found


def matching_criteria(versions: list[QualificationVersion], text: str) -> dict[UUID, list[str]]:
    """For each version, up to three criteria that contain every word; one query."""
    words = fold(text[:LONGEST_SEARCH]).split()
    if not words or not versions:
        return {}
    found: dict[UUID, list[str]] = {}
    rows = Criterion.objects.filter(outcome__outcome_set__version__in=versions).values_list(
        "outcome__outcome_set__version_id", "label", "text"
    )
    for version_id, label, criterion in rows.order_by(
        "outcome__outcome_set__ordinal", "outcome__ordinal", "ordinal"
    ):
        folded = fold(criterion)
        hits = found.setdefault(version_id, [])
        if len(hits) < 3 and all(word in folded for word in words):  # noqa: PLR2004 - shown lines
            hits.append(f"{label} {criterion}")
    return found


def version_tree(version_id: UUID) -> VersionTree:
    """One version that has been published, with its whole tree; a fixed number of queries.

    Superseded and withdrawn versions are shown too, because cases keep pointing at them.

    Raises:
        QualificationVersion.DoesNotExist: unknown, or still a draft.
    """
    criteria = Prefetch("criteria", Criterion.objects.order_by("ordinal"))
    outcomes = Prefetch("outcomes", Outcome.objects.order_by("ordinal").prefetch_related(criteria))
    version = (
        QualificationVersion.objects.exclude(status=VersionStatus.DRAFT)
        .select_related("validation", "supersedes")
        .defer("folded")
        .prefetch_related(
            Prefetch("sets", OutcomeSet.objects.order_by("ordinal").prefetch_related(outcomes)),
            Prefetch("review_items", ReviewItem.objects.order_by("ordinal")),
            Prefetch("sources", SourceDocument.objects.order_by("imported_at")),
        )
        .get(pk=version_id)
    )
    return VersionTree(
        version=version,
        sets=tuple(version.sets.all()),
        validation=getattr(version, "validation", None),
        questions=tuple(version.review_items.all()),
        sources=tuple(version.sources.all()),
    )


def counts_of(version_id: UUID) -> tuple[int, int, int]:
    """Sets, outcomes and criteria of one version."""
    row: dict[str, Any] = QualificationVersion.objects.filter(pk=version_id).aggregate(
        set_count=Count("sets", distinct=True),
        outcome_count=Count("sets__outcomes", distinct=True),
        criterion_count=Count("sets__outcomes__criteria", distinct=True),
    )
    return row["set_count"], row["outcome_count"], row["criterion_count"]
