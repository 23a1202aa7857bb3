"""A case as somebody may see it: its page, its people, the steps open from here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bilans.access import Actor, held, visible
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.models.qualification import VersionStatus
from bilans.errors import TransitionRefused
from bilans.workflow import Step
from clients.models import Assignment, Case, Client
from clients.permissions import CasePermission, CaseRole
from clients.states import ENDED
from clients.workflow import CASE_WORKFLOW, onward_step


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """What the head of every page of a case needs, and what the reader may do there."""

    case: Case
    held: frozenset[str]

    @property
    def client(self) -> Client:
        return self.case.client

    @property
    def name(self) -> str:
        """The client's name, or the number for whoever may not know the name."""
        if CasePermission.VIEW_IDENTITY in self.held:
            return self.client.full_name
        return self.case.number


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """One step from here, and everything that still blocks it."""

    step: Step
    missing: tuple[TransitionRefused, ...]
    primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInCase:
    """Somebody's part in the case."""

    assignment: Assignment
    user_id: UUID
    name: str
    role: str
    role_label: str
    since: datetime
    until: datetime | None
    reason: str
    is_open: bool

    @property
    def may_end(self) -> bool:
        """Whether the office can end this part; the client's own never ends."""
        return self.is_open and self.role != CaseRole.CLIENT


def cases_for(actor: Actor) -> QuerySet[Case]:
    """The cases the actor may see now."""
    return visible(actor, CasePermission.VIEW, Case.objects.all())


def case_page(*, actor: Actor, case_id: UUID) -> CasePage:
    """Find a case with what the head of its pages shows; leaves no trace by itself.

    For read services of this and higher apps, which record their own reading.

    Raises:
        Case.DoesNotExist: no such case, or none the actor may see: the answer is one.
    """
    case = cases_for(actor).select_related("client", "qualification").get(pk=case_id)
    return CasePage(case=case, held=held(actor, case))


def open_steps(page: CasePage) -> list[OpenStep]:
    """Every step the reader may take from here, the onward one first."""
    onward = onward_step(page.case.state)
    steps = [
        OpenStep(
            step=step,
            missing=tuple(CASE_WORKFLOW.missing(step, page.case)),
            primary=step is onward,
        )
        for step in CASE_WORKFLOW.open_steps(page.case.state)
        if step.permission in page.held
    ]
    return sorted(steps, key=lambda each: not each.primary)


def is_late(case: Case, today: date) -> bool:
    """Whether the next step of a case under way was due before today."""
    return case.state not in ENDED and case.due_on is not None and case.due_on < today


def published_qualifications() -> QuerySet[QualificationVersion]:
    """What a case can be tied to, by title, the newest version first."""
    return QualificationVersion.objects.filter(status=VersionStatus.PUBLISHED).order_by(
        "folded", "-number"
    )


def people_in(case: Case) -> list[PersonInCase]:
    """Everybody who has or had a part in the case, those in it now first."""
    now = timezone.now()
    rows = (
        Assignment.objects.filter(case=case)
        .select_related("user")
        .order_by(F("ends_at").desc(nulls_first=True), "starts_at", "id")
    )
    return [_person(row, now) for row in rows]


def advisors_of(case: Case) -> list[PersonInCase]:
    """Who leads the balance now."""
    now = timezone.now()
    rows = _open_at(case.assignments.filter(role=CaseRole.ADVISOR), now)
    return [_person(row, now) for row in rows.select_related("user").order_by("starts_at", "id")]


def _open_at(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    return rows.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)


def _person(row: Assignment, now: datetime) -> PersonInCase:
    return PersonInCase(
        assignment=row,
        user_id=row.user_id,
        name=row.user.full_name,
        role=row.role,
        role_label=row.get_role_display(),
        since=row.starts_at,
        until=row.ends_at,
        reason=row.reason,
        is_open=row.starts_at <= now and (row.ends_at is None or row.ends_at > now),
    )
