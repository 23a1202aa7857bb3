"""Publish and withdraw versions; a published one never changes again."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.audit.services import Actor, record, unit_of_work
from bilans.catalogue.events import VERSION_PUBLISHED, VERSION_WITHDRAWN
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.models.qualification import VersionStatus
from bilans.catalogue.models.source import Severity
from bilans.errors import NotPermitted, TransitionRefused


def require_operator(actor: Actor | None) -> None:
    """Refuse everybody but the operator, whose command acts as nobody in particular.

    Raises:
        NotPermitted: somebody is logged in; the catalogue belongs to the installation.
    """
    if actor is not None:
        raise NotPermitted(
            _("Only the operator of the service changes the catalogue, with its command."),
            code="not_permitted",
        )


def publish_version(*, version_id: UUID, actor: Actor | None = None) -> QualificationVersion:
    """Make a draft available to cases; the version published before it is superseded.

    Raises:
        TransitionRefused: code ``not_a_draft``, or ``questions_open`` while a blocker or
            a line nobody has placed is left.
    """
    with unit_of_work():
        require_operator(actor)
        version = QualificationVersion.objects.select_for_update().get(pk=version_id)
        if version.status != VersionStatus.DRAFT:
            raise TransitionRefused(
                _("Only a draft can be published. This version already was."), code="not_a_draft"
            )
        _require_answers(version)
        older = version.qualification.versions.filter(status=VersionStatus.PUBLISHED)
        version.supersedes = older.order_by("-number").first()
        older.update(status=VersionStatus.SUPERSEDED)
        version.status = VersionStatus.PUBLISHED
        version.published_at = timezone.now()
        version.save()
        record(
            VERSION_PUBLISHED,
            actor=actor,
            subject=version,
            data={"title": version.title, "number": version.number},
            changed=("status",),
        )
    return version


def withdraw_version(
    *, version_id: UUID, reason: str, actor: Actor | None = None
) -> QualificationVersion:
    """Hide a version from new cases; those that chose it keep it.

    Raises:
        TransitionRefused: code ``not_published``; there is nothing to withdraw.
    """
    with unit_of_work():
        require_operator(actor)
        version = QualificationVersion.objects.select_for_update().get(pk=version_id)
        if version.status not in {VersionStatus.PUBLISHED, VersionStatus.SUPERSEDED}:
            raise TransitionRefused(
                _("Only a published version can be withdrawn."), code="not_published"
            )
        version.status = VersionStatus.WITHDRAWN
        version.save()
        record(
            VERSION_WITHDRAWN,
            actor=actor,
            subject=version,
            data={"title": version.title, "number": version.number, "reason": reason},
            changed=("status",),
        )
    return version


def _require_answers(version: QualificationVersion) -> None:
    open_items = [
        item
        for item in version.review_items.filter(decision__isnull=True)
        if item.severity == Severity.BLOCKER or item.code == "unmapped-lines"
    ]
    if open_items:
        raise TransitionRefused(
            _("Answer these questions first: %(questions)s")
            % {"questions": " ".join(f"[{item.code}] {item.question}" for item in open_items)},
            code="questions_open",
        )
    if not version.sets.exists():
        raise TransitionRefused(
            _("A version without sets of learning outcomes cannot be published."), code="no_sets"
        )
