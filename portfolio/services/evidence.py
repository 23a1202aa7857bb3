"""Adding, describing, linking, opening and taking back evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bilans import access
from bilans.accounts.models import User
from bilans.audit.services import record, unit_of_work
from bilans.catalogue.models import Criterion
from bilans.crypto.binding import KeyClass
from bilans.errors import Conflict, InvalidInput, TransitionRefused
from clients.models import Case
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page
from clients.services import accept_upload, erase_file, open_file
from clients.states import RUNNING
from portfolio import events
from portfolio.models import Evidence, EvidenceLink, EvidenceSupport
from portfolio.selectors.evidence import (
    EvidenceView,
    evidence_for,
    evidence_view,
    portfolio_of,
    sees_unshown,
    supportable_statements,
)
from portfolio.states import EvidenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCard:
    """What is said about a piece of evidence."""

    title: str
    kind: str
    description: str = ""
    issuer: str = ""
    produced_on: date | None = None
    own_share: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file on its way to a reader; iterating opens it segment by segment."""

    name: str
    media_type: str
    size: int
    chunks: Iterator[bytes]


def add_evidence(
    *, actor: User, case_id: UUID, card: EvidenceCard, upload: Any, at: datetime
) -> Evidence:
    """Put a sealed file into the portfolio with what it shows.

    Raises:
        NotPermitted: the actor may not add evidence here.
        TransitionRefused: code ``case_not_running``.
        InvalidInput: the file cannot be accepted, or the card makes no sense.
    """
    with unit_of_work():
        case = case_page(actor=actor, case_id=case_id).case
        access.require(actor, CasePermission.ADD_EVIDENCE, case)
        _require_running(case)
        _check_card(card, at)
        # the case's row serialises numbering, so two uploads never share a number
        Case.objects.select_for_update().get(pk=case.pk)
        number = (Evidence.objects.filter(case=case).aggregate(n=Max("number"))["n"] or 0) + 1
        file = accept_upload(actor=actor, case=case, upload=upload, protection=KeyClass.PORTFOLIO)
        evidence = Evidence.objects.create(
            case=case, number=number, file=file, added_at=at, added_by=actor, **_values(card)
        )
        record(
            events.EVIDENCE_ADDED,
            actor=actor,
            subject=evidence,
            data={"number": number},
        )
    return evidence


def describe_evidence(
    *, actor: User, evidence_id: UUID, card: EvidenceCard, base_version: int, at: datetime
) -> Evidence:
    """Correct what is said about a piece of evidence.

    Raises:
        TransitionRefused: code ``case_not_running``.
        Conflict: code ``stale``; somebody saved it since ``base_version``.
    """
    with unit_of_work():
        evidence = _editable(actor, evidence_id)
        _check_card(card, at)
        if evidence.version != base_version:
            raise Conflict(
                _("Somebody else has saved this in the meantime. Compare both texts."),
                code="stale",
            )
        changed = [
            name for name, value in _values(card).items() if getattr(evidence, name) != value
        ]
        for name in changed:
            setattr(evidence, name, getattr(card, name))
        if changed:
            evidence.save()
            record(
                events.EVIDENCE_CHANGED,
                actor=actor,
                subject=evidence,
                data={"number": evidence.number},
                changed=changed,
            )
    return evidence


def withdraw_evidence(*, actor: User, evidence_id: UUID) -> None:
    """Take a piece of evidence back for good: links and file go, no reason is asked."""
    with unit_of_work():
        evidence = evidence_for(actor).select_for_update(of=("self",)).get(pk=evidence_id)
        access.require(actor, CasePermission.ADD_EVIDENCE, evidence)
        evidence.links.all().delete()
        evidence.supports.all().delete()
        evidence.state = EvidenceState.WITHDRAWN
        evidence.title = evidence.description = evidence.issuer = evidence.own_share = ""
        evidence.produced_on = None
        evidence.save()
        erase_file(file=evidence.file)
        record(
            events.EVIDENCE_WITHDRAWN,
            actor=actor,
            subject=evidence,
            data={"number": evidence.number},
        )


def link_to_criterion(
    *, actor: User, evidence_id: UUID, criterion_id: UUID, argument: str, at: datetime
) -> EvidenceLink:
    """Say which criterion the evidence shows, and how.

    Raises:
        InvalidInput: no argument (``argument_missing``), a criterion of another
            qualification (``foreign_criterion``), or a link that exists (``linked_already``).
    """
    with unit_of_work():
        evidence = _editable(actor, evidence_id)
        _require_argument(argument)
        criterion = Criterion.objects.filter(
            pk=criterion_id, outcome__outcome_set__version_id=evidence.case.qualification_id
        ).first()
        if criterion is None:
            raise InvalidInput(
                _("Choose a criterion of the qualification this case works with."),
                code="foreign_criterion",
                field="criterion",
            )
        try:
            with unit_of_work():
                link = EvidenceLink.objects.create(
                    case=evidence.case,
                    evidence=evidence,
                    criterion=criterion,
                    argument=argument.strip(),
                    linked_at=at,
                    linked_by=actor,
                )
        except IntegrityError as error:
            raise InvalidInput(
                _("This evidence is already linked to this criterion."),
                code="linked_already",
                field="criterion",
            ) from error
        record(
            events.EVIDENCE_LINKED,
            actor=actor,
            subject=evidence,
            data={"number": evidence.number, "criterion": criterion.label},
        )
    return link


def unlink_criterion(*, actor: User, evidence_id: UUID, link_id: UUID) -> None:
    """Take a link to a criterion away."""
    with unit_of_work():
        evidence = _editable(actor, evidence_id)
        link = evidence.links.select_related("criterion").get(pk=link_id)
        label = link.criterion.label
        link.delete()
        record(
            events.EVIDENCE_UNLINKED,
            actor=actor,
            subject=evidence,
            data={"number": evidence.number, "criterion": label},
        )


def support_statement(
    *, actor: User, evidence_id: UUID, statement_id: UUID, argument: str, at: datetime
) -> EvidenceSupport:
    """Say which competence statement the evidence bears out, and how.

    Raises:
        InvalidInput: no argument, a statement of another case, a withdrawn one or one the
            client was not shown (``foreign_statement``), or a support that exists
            (``linked_already``).
    """
    with unit_of_work():
        evidence = _editable(actor, evidence_id)
        _require_argument(argument)
        statement = (
            supportable_statements(evidence.case, actor=actor).filter(pk=statement_id).first()
        )
        if statement is None:
            raise InvalidInput(
                _("Choose a statement of this case."), code="foreign_statement", field="statement"
            )
        try:
            with unit_of_work():
                support = EvidenceSupport.objects.create(
                    case=evidence.case,
                    evidence=evidence,
                    statement=statement,
                    argument=argument.strip(),
                    linked_at=at,
                    linked_by=actor,
                )
        except IntegrityError as error:
            raise InvalidInput(
                _("This evidence already supports this statement."),
                code="linked_already",
                field="statement",
            ) from error
        record(
            events.SUPPORT_ADDED,
            actor=actor,
            subject=evidence,
            data={"number": evidence.number, "statement": statement.number},
        )
    return support


def remove_support(*, actor: User, evidence_id: UUID, support_id: UUID) -> None:
    """Take the evidence off a statement."""
    with unit_of_work():
        evidence = _editable(actor, evidence_id)
        support = evidence.supports.select_related("statement").get(pk=support_id)
        number = support.statement.number
        support.delete()
        record(
            events.SUPPORT_REMOVED,
            actor=actor,
            subject=evidence,
            data={"number": evidence.number, "statement": number},
        )


def read_portfolio(*, actor: User, case_id: UUID) -> tuple[CasePage, list[EvidenceView]]:
    """Show all evidence of a case, and leave one entry for the list."""
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        access.require(actor, CasePermission.VIEW_EVIDENCE, page.case)
        views = portfolio_of(page.case, unshown=sees_unshown(page.held))
        record(events.PORTFOLIO_READ, actor=actor, subject=page.case, count=len(views))
    return page, views


def read_evidence(
    *, actor: User, case_id: UUID, evidence_id: UUID
) -> tuple[CasePage, EvidenceView]:
    """Show one piece of evidence, and leave an entry."""
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        evidence = evidence_for(actor).get(pk=evidence_id, case=page.case)
        record(
            events.EVIDENCE_READ,
            actor=actor,
            subject=evidence,
            data={"number": evidence.number},
        )
        view = evidence_view(evidence, unshown=sees_unshown(page.held))
    return page, view


def open_evidence_file(*, actor: User, case_id: UUID, evidence_id: UUID) -> OpenedFile:
    """Open the file of a piece of evidence; the entry stands before the first byte leaves."""
    with unit_of_work():
        evidence = evidence_for(actor).get(pk=evidence_id, case_id=case_id)
        record(
            events.FILE_OPENED,
            actor=actor,
            subject=evidence,
            data={"number": evidence.number},
        )
        file = evidence.file
        return OpenedFile(
            name=file.name,
            media_type=file.media_type,
            size=file.facts["size"],
            chunks=iter(open_file(file=file)),
        )


def _editable(actor: User, evidence_id: UUID) -> Evidence:
    evidence = evidence_for(actor).get(pk=evidence_id)
    access.require(actor, CasePermission.ADD_EVIDENCE, evidence)
    _require_running(evidence.case)
    return evidence


def _require_running(case: Case) -> None:
    if case.state not in RUNNING:
        raise TransitionRefused(
            _("The work on this case is not going on now, so its portfolio cannot change."),
            code="case_not_running",
        )


def _require_argument(argument: str) -> None:
    if not argument.strip():
        raise InvalidInput(
            _("Write in a sentence or two how this evidence shows it."),
            code="argument_missing",
            field="argument",
        )


def _check_card(card: EvidenceCard, at: datetime) -> None:
    if not card.title.strip():
        raise InvalidInput(
            _("Give the evidence a short title."), code="title_missing", field="title"
        )
    if card.produced_on is not None and card.produced_on > timezone.localdate(at):
        raise InvalidInput(
            _("The date on the document lies in the future. Check the year."),
            code="future",
            field="produced_on",
        )


def _values(card: EvidenceCard) -> dict[str, Any]:
    return {
        "title": card.title,
        "kind": card.kind,
        "description": card.description,
        "issuer": card.issuer,
        "produced_on": card.produced_on,
        "own_share": card.own_share,
    }
