"""Write a document into the tables: one draft, its elements, its questions, its source."""

import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Any

from django.utils import timezone
from uuid_utils.compat import uuid7

from bilans.catalogue.importer.read import Reading
from bilans.catalogue.importer.words import key
from bilans.catalogue.models import (
    Criterion,
    Outcome,
    OutcomeSet,
    Qualification,
    QualificationVersion,
    ReviewItem,
    SourceDocument,
    SourceLine,
    ValidationRequirement,
)
from bilans.catalogue.services import content

Lineages = dict[str, uuid.UUID]


def store_source(reading: Reading) -> SourceDocument:
    """Keep every line as it stands, with the state the reader gave it."""
    document = reading.document or {}
    source = (document.get("sources") or [{}])[0]
    stored = SourceDocument.objects.create(
        kind=source.get("kind") or reading.kind,
        filename=PurePath(reading.file).name[:200],
        sha256=reading.sha256,
        ref=(source.get("ref") or "")[:100],
        extraction=reading.decoding[:30],
        importer=(source.get("importer") or "")[:30],
    )
    SourceLine.objects.bulk_create(
        [
            SourceLine(
                document=stored,
                number=line.no,
                text=line.raw.replace("\x00", "\ufffd"),
                state=reading.states[line.no].state,
                target=reading.states[line.no].target[:200],
                note=reading.states[line.no].note[:200],
            )
            for line in reading.lines
        ],
        batch_size=1000,
    )
    return stored


def store_draft(
    reading: Reading, *, qualification: Qualification, number: int, lineages: Lineages
) -> QualificationVersion:
    """Make a draft version with all its elements."""
    document = reading.document
    assert document is not None  # noqa: S101 - a refused reading is never stored
    version_part = document.get("version") or {}
    version = QualificationVersion.objects.create(
        qualification=qualification,
        number=number,
        valid_from=_day(version_part.get("valid_from")),
        valid_to=_day(version_part.get("valid_to")),
        change_note=(version_part.get("change_note") or "")[:500],
        **_answerable(document),
    )
    validation = document["qualification"].get("validation") or {}
    ValidationRequirement.objects.create(
        version=version, raw=validation.get("raw") or "", content=validation
    )
    _store_tree(version, document["qualification"]["sets"], lineages)
    store_review(version, reading.review)
    return version


def answer_draft(version: QualificationVersion, reading: Reading) -> None:
    """Put later answers into a draft; its elements stay as they were read."""
    document = reading.document
    assert document is not None  # noqa: S101 - a refused reading is never stored
    for name, value in _answerable(document).items():
        setattr(version, name, value)
    version.save()
    version.review_items.all().delete()
    store_review(version, reading.review)


def update_states(source: SourceDocument, reading: Reading) -> None:
    """Write down which lines somebody has acknowledged since."""
    numbers = [no for no, entry in reading.states.items() if entry.state == "acknowledged"]
    source.lines.filter(number__in=numbers).update(state="acknowledged")


def store_review(version: QualificationVersion, review: Iterable[dict[str, Any]]) -> None:
    now = timezone.now()
    ReviewItem.objects.bulk_create(
        [
            ReviewItem(
                version=version,
                ordinal=ordinal,
                code=item["code"][:60],
                severity=item["severity"],
                path=(item.get("path") or "")[:200],
                lines=item.get("lines") or "",
                question=item["question"],
                proposal=item.get("proposal"),
                alternatives=item.get("alternatives") or [],
                decision=item.get("decision"),
                decided_by=(item.get("decided_by") or "")[:40],
                decided_at=now if item.get("decision") is not None else None,
            )
            for ordinal, item in enumerate(review)
        ]
    )


def lineages_of(version: QualificationVersion | None) -> Lineages:
    """Which text has which lineage, so that a new version carries it on."""
    if version is None:
        return {}
    found: Lineages = {}
    for name, rows in (
        ("set", OutcomeSet.objects.filter(version=version)),
        ("outcome", Outcome.objects.filter(outcome_set__version=version)),
    ):
        found |= {f"{name}:{key(row.title)}": row.lineage for row in rows}
    criteria = Criterion.objects.filter(outcome__outcome_set__version=version)
    return found | {f"criterion:{key(row.text)}": row.lineage for row in criteria}


def _answerable(document: dict[str, Any]) -> dict[str, Any]:
    """Columns that an answer may change while the version is a draft."""
    return {
        "title": content.title_of(document)[:500],
        "prk_level": content.level_of(document),
        "folded": content.searchable(document),
        "header": content.header_of(document),
        "content_sha256": content.content_sha256(document),
    }


def _store_tree(
    version: QualificationVersion, sets: list[dict[str, Any]], lineages: Lineages
) -> None:
    taken: set[uuid.UUID] = set()

    def lineage(kind: str, element: dict[str, Any], text: str) -> uuid.UUID:
        given = element.get("lineage")
        found = uuid.UUID(given) if given else lineages.get(f"{kind}:{key(text)}")
        if found is None or found in taken:
            found = uuid7()
        taken.add(found)
        return found

    stored_sets: list[OutcomeSet] = []
    outcomes: list[Outcome] = []
    criteria: list[Criterion] = []
    for i, each in enumerate(sets, start=1):
        stored = OutcomeSet(
            version=version, ordinal=i, title=each["title"], prk_level=each.get("prk_level"),
            workload_hours=each.get("workload_hours"), lineage=lineage("set", each, each["title"]),
        )  # fmt: skip
        stored_sets.append(stored)
        for j, outcome in enumerate(each["outcomes"], start=1):
            row = Outcome(
                outcome_set=stored, ordinal=j, title=outcome["title"],
                confidence=outcome.get("confidence") or "sure", lines=outcome.get("lines") or "",
                lineage=lineage("outcome", outcome, outcome["title"]),
            )  # fmt: skip
            outcomes.append(row)
            criteria.extend(
                Criterion(
                    outcome=row,
                    ordinal=k,
                    label=f"{i}.{j}.{letter(k)}",
                    text=criterion["text"],
                    confidence=criterion.get("confidence") or "sure",
                    lines=criterion.get("lines") or "",
                    lineage=lineage("criterion", criterion, criterion["text"]),
                )
                for k, criterion in enumerate(outcome["criteria"], start=1)
            )
    OutcomeSet.objects.bulk_create(stored_sets)
    Outcome.objects.bulk_create(outcomes)
    Criterion.objects.bulk_create(criteria)


def letter(place: int) -> str:
    """1 is a, 26 is z, 27 is aa: the label a person reads beside a criterion."""
    letters = ""
    while place > 0:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None
