"""Evidence as somebody may see it, and how strongly it bears statements out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from bilans.access import Actor, held, visible
from bilans.catalogue.models import Criterion
from clients.models import Case
from clients.permissions import CasePermission
from interviews.models import Statement
from interviews.states import StatementState
from portfolio.models import Evidence, EvidenceLink, EvidenceSupport
from portfolio.states import EvidenceState, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A criterion the evidence is to show, with the argument."""

    id: UUID
    criterion_id: UUID
    label: str
    text: str
    argument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportView:
    """A statement the evidence is to bear out, with the argument."""

    id: UUID
    statement_id: UUID
    number: int
    text: str
    argument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """One piece of evidence, ready to be shown."""

    id: UUID
    number: int
    kind: str
    kind_label: str
    title: str
    description: str
    issuer: str
    produced_on: date | None
    own_share: str
    file_id: UUID
    file_name: str
    file_size: int
    media_type: str
    added_at: datetime
    added_by_id: UUID
    version: int
    links: tuple[LinkView, ...] = ()
    supports: tuple[SupportView, ...] = ()

    @property
    def label(self) -> str:
        return f"D{self.number}"


@dataclass(slots=True)
class _Bundle:
    links: dict[UUID, list[LinkView]] = field(default_factory=lambda: defaultdict(list))
    supports: dict[UUID, list[SupportView]] = field(default_factory=lambda: defaultdict(list))


def evidence_for(actor: Actor) -> QuerySet[Evidence]:
    """The evidence the actor may see now, withdrawn pieces left out."""
    return visible(
        actor,
        CasePermission.VIEW_EVIDENCE,
        Evidence.objects.filter(state=EvidenceState.AVAILABLE),
        root_path="case",
    ).select_related("case", "file")


def portfolio_of(case: Case, *, unshown: bool = True) -> list[EvidenceView]:
    """All evidence of a case with links and supports, oldest first; three queries and keys.

    Args:
        case: whose.
        unshown: whether statements the client was not shown are named too.
    """
    rows = list(
        Evidence.objects.filter(case=case, state=EvidenceState.AVAILABLE)
        .select_related("file")
        .order_by("number")
    )
    return _views(rows, unshown=unshown)


def has_evidence(case: Case) -> bool:
    """Whether anything stands in the portfolio."""
    return Evidence.objects.filter(case=case, state=EvidenceState.AVAILABLE).exists()


def evidence_view(evidence: Evidence, *, unshown: bool = True) -> EvidenceView:
    """One piece with its links and supports; ``unshown`` as in :func:`portfolio_of`."""
    return _views([evidence], unshown=unshown)[0]


def criteria_of(case: Case) -> list[Criterion]:
    """The criteria of the version the case has pinned, in the order of the source."""
    if case.qualification_id is None:
        return []
    return list(
        Criterion.objects.filter(outcome__outcome_set__version_id=case.qualification_id)
        .select_related("outcome", "outcome__outcome_set")
        .order_by("outcome__outcome_set__ordinal", "outcome__ordinal", "ordinal")
    )


def supportable_statements(case: Case, *, actor: Actor) -> QuerySet[Statement]:
    """Statements the actor can put evidence to; the client knows only what they were shown."""
    states = {StatementState.PRESENTED}
    if sees_unshown(held(actor, case)):
        states.add(StatementState.DRAFT)
    return Statement.objects.filter(case=case, state__in=states).order_by("number")


def sees_unshown(permissions: frozenset[str]) -> bool:
    """Whether somebody with these permissions reads statements before the client was asked."""
    return CasePermission.RECORD_INTERVIEW in permissions


_PAIR = 2


def strength(*, complete_stories: int, evidence: int) -> Strength:
    """How strongly a statement is borne out: a fact about its sources, not about a person.

    ============================  =================================================
    strong                        a complete story and evidence, three sources or more
    sufficient                    two sources, at least one of them a complete story
    weak                          one complete story, or evidence alone
    declared only                 neither
    ============================  =================================================

    Args:
        complete_stories: STAR records with all four parts the statement cites.
        evidence: pieces of evidence put to the statement.
    """
    if not complete_stories:
        return Strength.WEAK if evidence else Strength.DECLARED
    if complete_stories + evidence == 1:
        return Strength.WEAK
    is_pair = complete_stories + evidence == _PAIR
    return Strength.SUFFICIENT if is_pair or not evidence else Strength.STRONG


def _views(rows: Iterable[Evidence], *, unshown: bool) -> list[EvidenceView]:
    rows = list(rows)
    bundle = _Bundle()
    links = EvidenceLink.objects.filter(evidence__in=rows).select_related("criterion")
    for link in links.order_by("criterion__label", "linked_at"):
        bundle.links[link.evidence_id].append(
            LinkView(
                id=link.pk,
                criterion_id=link.criterion_id,
                label=link.criterion.label,
                text=link.criterion.text,
                argument=link.argument,
            )
        )
    supports = EvidenceSupport.objects.filter(evidence__in=rows).select_related("statement")
    if not unshown:
        supports = supports.filter(statement__state=StatementState.PRESENTED)
    for support in supports.order_by("statement__number"):
        bundle.supports[support.evidence_id].append(
            SupportView(
                id=support.pk,
                statement_id=support.statement_id,
                number=support.statement.number,
                text=support.statement.text,
                argument=support.argument,
            )
        )
    return [
        EvidenceView(
            id=row.pk,
            number=row.number,
            kind=row.kind,
            kind_label=row.get_kind_display(),
            title=row.title,
            description=row.description,
            issuer=row.issuer,
            produced_on=row.produced_on,
            own_share=row.own_share,
            file_id=row.file_id,
            file_name=row.file.name,
            file_size=row.file.facts["size"],
            media_type=row.file.media_type,
            added_at=row.added_at,
            added_by_id=row.added_by_id,
            version=row.version,
            links=tuple(bundle.links[row.pk]),
            supports=tuple(bundle.supports[row.pk]),
        )
        for row in rows
    ]
