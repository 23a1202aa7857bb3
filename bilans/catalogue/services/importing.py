"""Import a document: read it, and keep what was read as a draft or a published version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from bilans.audit.services import Actor, record, unit_of_work
from bilans.catalogue.events import SOURCE_ADDED, VERSION_ANSWERED, VERSION_IMPORTED
from bilans.catalogue.importer.read import Reading, read
from bilans.catalogue.models import (
    Qualification,
    QualificationAlias,
    QualificationVersion,
    SourceDocument,
)
from bilans.catalogue.models.qualification import AliasScheme, VersionStatus
from bilans.catalogue.services.content import content_sha256
from bilans.catalogue.services.publishing import publish_version, require_operator
from bilans.catalogue.services.storing import (
    answer_draft,
    lineages_of,
    store_draft,
    store_source,
    update_states,
)
from bilans.errors import DomainError

STORED = "imported"
PUBLISHED = "published"
ALREADY = "already_imported"
SAME_CONTENT = "same_content"
AMBIGUOUS = "belongs_to_two"
PUBLICATION_REFUSED = "publication_refused"
NOT_DONE = frozenset({AMBIGUOUS, PUBLICATION_REFUSED})


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file.

    ``verdict`` is the reader's where the file was refused, else one of this module's.
    """

    reading: Reading
    verdict: str
    version: QualificationVersion | None = None
    refusal: DomainError | None = None

    @property
    def refused(self) -> bool:
        return self.reading.refused or self.verdict in NOT_DONE

    def as_dict(self) -> dict[str, Any]:
        return self.reading.as_dict() | {"verdict": self.verdict}


def import_document(
    *,
    data: bytes,
    filename: str,
    actor: Actor | None = None,
    entered: Mapping[str, str] | None = None,
    accept: Collection[str] = (),
    publish: bool = False,
) -> Imported:
    """Read one file and keep it: a draft, or published when nothing blocks it.

    The same bytes again change nothing, unless they bring answers to a draft. Other
    bytes with the content of a known version become another source of that version.

    Args:
        data: the file.
        filename: its name, kept with the source.
        actor: None, the operator.
        entered: answers by field (``title``, ``prk_level``, ``complete`` …).
        accept: codes of questions whose proposal is taken as the answer.
        publish: publish at once; refused while a question blocks, and the draft stays.

    Raises:
        EnteredInvalid: an answer that cannot be one.
        NotPermitted: somebody other than the operator.
    """
    require_operator(actor)
    answers = dict(entered or {})
    reading = _with_accepted(read(data, file=filename, entered=answers), data, answers, accept)
    if reading.refused:
        return Imported(reading, reading.verdict)
    with unit_of_work():
        done = _keep(reading, data, answers, actor)
        if publish and done.version is not None and done.verdict != AMBIGUOUS:
            done = _publish(done, actor)
    return done


def _with_accepted(
    reading: Reading, data: bytes, answers: dict[str, str], accept: Collection[str]
) -> Reading:
    """Read again with the proposals of the accepted questions as answers."""
    taken = {
        item["path"].rpartition(".")[2]: str(item["proposal"])
        for item in reading.review
        if item["code"] in accept and item.get("proposal") is not None and item.get("path")
    }
    if not taken:
        return reading
    answers.update({field: value for field, value in taken.items() if field not in answers})
    return read(data, file=reading.file, entered=answers)


def _keep(reading: Reading, data: bytes, answers: dict[str, str], actor: Actor | None) -> Imported:
    known = SourceDocument.objects.filter(sha256=reading.sha256).first()
    if known is not None:
        return _again(reading, known, data, answers, actor)
    owners = _owners(reading)
    if len(owners) > 1:
        return Imported(reading, AMBIGUOUS)
    draft = owners[0] if owners else None
    return _new(reading, draft, actor)


def _again(
    reading: Reading,
    known: SourceDocument,
    data: bytes,
    answers: dict[str, str],
    actor: Actor | None,
) -> Imported:
    version = known.versions.order_by("-number").first()
    if version is None or version.status != VersionStatus.DRAFT or not answers:
        return Imported(reading, ALREADY, version)
    earlier = _answers_of(version)
    if answers.items() <= earlier.items():
        return Imported(reading, ALREADY, version)
    merged = read(data, file=reading.file, entered=earlier | answers)
    answer_draft(version, merged)
    update_states(known, merged)
    record(
        VERSION_ANSWERED,
        actor=actor,
        subject=version,
        data={
            "title": version.title,
            "number": version.number,
            "fields": ", ".join(sorted(answers)),
        },
    )
    return Imported(merged, STORED, version)


def _answers_of(version: QualificationVersion) -> dict[str, str]:
    """What people have answered about a draft so far, as it was typed."""
    found = {
        name: str(value["value"])
        for name, value in version.header.items()
        if isinstance(value, dict) and value.get("how") == "entered"
    }
    for item in version.review_items.exclude(decision__isnull=True):
        if item.decision == "confirmed":
            found["complete"] = "yes"
        elif item.decision == "acknowledged":
            found["unmapped"] = "acknowledged"
    return found


def _owners(reading: Reading) -> list[Qualification]:
    """Qualifications that already bear one of the document's codes."""
    aliases = _aliases(reading)
    found = {}
    for scheme, value in aliases:
        alias = (
            QualificationAlias.objects.filter(scheme=scheme, value=value)
            .select_related("qualification")
            .first()
        )
        if alias is not None:
            found[alias.qualification_id] = alias.qualification
    return list(found.values())


def _aliases(reading: Reading) -> list[tuple[str, str]]:
    document = reading.document or {}
    identifiers = document.get("qualification", {}).get("identifiers", [])
    found = [
        (each["scheme"], each["value"])
        for each in identifiers
        if each["scheme"] in AliasScheme.values and len(each["value"]) <= 64  # noqa: PLR2004
    ]
    scheme, _colon, value = document.get("key", "").partition(":")
    if scheme in AliasScheme.values and (scheme, value) not in found:
        found.append((scheme, value))
    return found


def _new(reading: Reading, qualification: Qualification | None, actor: Actor | None) -> Imported:
    latest = None
    if qualification is not None:
        known = _with_content(qualification, reading)
        if known is not None:
            return _add_source(reading, known, actor)
        latest = qualification.versions.order_by("-number").first()
    qualification = qualification or Qualification.objects.create()
    for scheme, value in _aliases(reading):
        QualificationAlias.objects.get_or_create(
            scheme=scheme, value=value, defaults={"qualification": qualification}
        )
    version = store_draft(
        reading,
        qualification=qualification,
        number=latest.number + 1 if latest else 1,
        lineages=lineages_of(latest),
    )
    version.sources.add(store_source(reading))
    record(VERSION_IMPORTED, actor=actor, subject=version, data=_facts(version, reading))
    return Imported(reading, STORED, version)


def _with_content(qualification: Qualification, reading: Reading) -> QualificationVersion | None:
    assert reading.document is not None  # noqa: S101 - a refused reading is never kept
    same = qualification.versions.filter(content_sha256=content_sha256(reading.document))
    return same.order_by("-number").first()


def _add_source(reading: Reading, version: QualificationVersion, actor: Actor | None) -> Imported:
    version.sources.add(store_source(reading))
    record(SOURCE_ADDED, actor=actor, subject=version, data=_facts(version, reading))
    return Imported(reading, SAME_CONTENT, version)


def _facts(version: QualificationVersion, reading: Reading) -> dict[str, Any]:
    return {
        "title": version.title or "—",
        "number": version.number,
        "file": PurePath(reading.file).name,
        "sha256": reading.sha256,
    }


def _publish(done: Imported, actor: Actor | None) -> Imported:
    assert done.version is not None  # noqa: S101 - asked by the caller
    if done.version.status != VersionStatus.DRAFT:
        return done
    try:
        version = publish_version(version_id=done.version.pk, actor=actor)
    except DomainError as refusal:
        return replace(done, verdict=PUBLICATION_REFUSED, refusal=refusal)
    return replace(done, verdict=PUBLISHED, version=version)
