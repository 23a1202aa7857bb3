"""Everything a final report is made of, gathered once; nothing is written here by hand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from bilans.errors import TransitionRefused
from clients.models import Case, Contract, Delivery
from clients.states import ContractState, DocumentKind
from interviews.models import Interview
from interviews.selectors import StatementView, statements_of
from portfolio.selectors.evidence import EvidenceView, criteria_of, portfolio_of, strength
from portfolio.states import Strength
from reports.models import FinalReport
from reports.states import ReportState


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a statement may not enter the report yet."""

    number: int
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedStatement:
    """A statement with the evidence put to it and how strongly it is borne out."""

    view: StatementView
    evidence: tuple[EvidenceView, ...]
    strength: Strength

    @property
    def sources(self) -> int:
        return len(self.view.sources) + len(self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of one learning outcome the portfolio speaks to."""

    label: str
    title: str
    criteria: int
    with_evidence: int
    with_statement: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMaterial:
    """What the report says besides the advisor's own sections."""

    client_name: str
    advisor_name: str
    office: str
    case_number: str
    variant: str
    qualification: str
    opened_on: date
    main_goal: str
    interviews: int
    stories: int
    statements: tuple[ReportedStatement, ...]
    evidence: tuple[EvidenceView, ...]
    coverage: tuple[Coverage, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def resources(self) -> list[ReportedStatement]:
        """Statements the client agrees with, wholly or in part."""
        return [each for each in self.statements if not each.view.is_disputed]

    @property
    def differences(self) -> list[ReportedStatement]:
        """Statements the client does not agree with."""
        return [each for each in self.statements if each.view.is_disputed]


def material_of(case: Case, *, advisor_name: str) -> ReportMaterial:
    """Gather the report's material in a constant number of queries.

    Args:
        case: with ``client``, ``organisation`` and ``qualification`` loaded.
        advisor_name: who leads the case.
    """
    views = statements_of(case)
    evidence = portfolio_of(case)
    put_to: dict[UUID, list[EvidenceView]] = {}
    for piece in evidence:
        for support in piece.supports:
            put_to.setdefault(support.statement_id, []).append(piece)
    contract = Contract.objects.filter(case=case, state=ContractState.IN_FORCE).first()
    return ReportMaterial(
        client_name=case.client.full_name,
        advisor_name=advisor_name,
        office=case.organisation.name,
        case_number=case.number,
        variant=case.get_variant_display(),
        qualification=case.qualification.title if case.qualification else "",
        opened_on=case.opened_on,
        main_goal=contract.main_goal if contract else "",
        interviews=Interview.objects.filter(case=case).count(),
        stories=len({star.id for view in views for star in view.sources}),
        statements=tuple(
            ReportedStatement(
                view=view,
                evidence=tuple(put_to.get(view.id, ())),
                strength=strength(
                    complete_stories=sum(star.is_complete for star in view.sources),
                    evidence=len(put_to.get(view.id, ())),
                ),
            )
            for view in views
        ),
        evidence=tuple(evidence),
        coverage=tuple(_coverage(case, views, evidence)),
        obstacles=tuple(_obstacles(views)),
    )


def draft_of(case: Case) -> FinalReport | None:
    """The report being written, if one is."""
    return FinalReport.objects.filter(case=case, state=ReportState.DRAFT).first()


def latest_issued(case: Case) -> FinalReport | None:
    """The newest issued version."""
    return (
        FinalReport.objects.filter(case=case, state=ReportState.ISSUED)
        .select_related("document")
        .order_by("-number")
        .first()
    )


def final_report_delivered(case: Case) -> None:
    """Let a case go on to planning or closing only with the report in the client's hands.

    Raises:
        TransitionRefused: code ``report_not_delivered``.
    """
    if not Delivery.objects.filter(case=case, document__kind=DocumentKind.FINAL_REPORT).exists():
        raise TransitionRefused(
            _("The final report has not been handed to the client yet. Issue and deliver it."),
            code="report_not_delivered",
        )


def _obstacles(views: list[StatementView]) -> list[Obstacle]:
    if not views:
        return [
            Obstacle(
                number=0,
                code="no_statements",
                message=_("There is no competence statement yet. Word the first one."),
            )
        ]
    found = []
    for view in views:
        if not view.sources:
            found.append(
                Obstacle(
                    number=view.number,
                    code="statement_without_source",
                    message=_("W%(number)s rests on no story. Add its source or withdraw it.")
                    % {"number": view.number},
                )
            )
        # taken up again or worded anew, it has to be shown again before it counts
        if view.is_draft or view.position is None:
            found.append(
                Obstacle(
                    number=view.number,
                    code="statement_without_position",
                    message=_(
                        "W%(number)s has no position of the client. Silence is not a position: "
                        "ask them in the portal or at a meeting, or withdraw the statement."
                    )
                    % {"number": view.number},
                )
            )
    return found


def _coverage(
    case: Case, views: list[StatementView], evidence: list[EvidenceView]
) -> list[Coverage]:
    by_evidence = {link.criterion_id for piece in evidence for link in piece.links}
    by_statement = {criterion.id for view in views for criterion in view.criteria}
    outcomes: dict[UUID, tuple[str, str]] = {}
    total: Counter[UUID] = Counter()
    shown: Counter[UUID] = Counter()
    stated: Counter[UUID] = Counter()
    for criterion in criteria_of(case):
        outcome = criterion.outcome
        outcomes[outcome.pk] = (f"{outcome.outcome_set.ordinal}.{outcome.ordinal}", outcome.title)
        total[outcome.pk] += 1
        shown[outcome.pk] += criterion.pk in by_evidence
        stated[outcome.pk] += criterion.pk in by_statement
    return [
        Coverage(
            label=label,
            title=title,
            criteria=total[key],
            with_evidence=shown[key],
            with_statement=stated[key],
        )
        for key, (label, title) in outcomes.items()
    ]
