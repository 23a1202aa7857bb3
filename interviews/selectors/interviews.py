"""Interviews and the stories told in them, ready to be shown."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bilans.access import Actor, visible
from bilans.records.models import sealed_fields
from clients.models import Case
from clients.permissions import CasePermission
from interviews.models import Interview, StarRecord
from interviews.states import InterviewState, StatementState


@dataclass(frozen=True, slots=True, kw_only=True)
class StarView:
    """One story by the STAR method."""

    id: UUID
    number: int
    interview_id: UUID
    title: str
    competence: str
    happened: str
    situation: str
    task: str
    action: str
    result: str
    learning: str
    missing: tuple[str, ...]
    completed_at: datetime | None
    removed_at: datetime | None

    @property
    def is_complete(self) -> bool:
        """Whether all four parts are told."""
        return not self.missing

    @property
    def missing_labels(self) -> list[str]:
        return part_labels(self.missing)

    @property
    def meter(self) -> list[tuple[str, str, bool]]:
        """Letter, name and whether it is told, for each of the four parts."""
        labels = part_labels(StarRecord.PARTS)
        return [
            (part[0].upper(), label, part not in self.missing)
            for part, label in zip(StarRecord.PARTS, labels, strict=True)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewView:
    """One interview with its stories, the set-aside ones left out."""

    id: UUID
    number: int
    held_on: date
    led_by: str
    is_open: bool
    stars: tuple[StarView, ...]


def part_labels(parts: tuple[str, ...]) -> list[str]:
    """Names of STAR parts in the reader's language."""
    return [str(each.verbose_name) for each in sealed_fields(StarRecord) if each.name in parts]


def view_star(star: StarRecord) -> StarView:
    return StarView(
        id=star.pk,
        number=star.number,
        interview_id=star.interview_id,
        title=star.title,
        competence=star.competence,
        happened=star.happened,
        situation=star.situation,
        task=star.task,
        action=star.action,
        result=star.result,
        learning=star.learning,
        missing=tuple(star.missing_parts),
        completed_at=star.completed_at,
        removed_at=star.removed_at,
    )


def find_interview(*, actor: Actor, interview_id: UUID) -> Interview:
    """Raises Interview.DoesNotExist for a missing id and a foreign one alike."""
    rows = visible(actor, CasePermission.VIEW_STATEMENTS, Interview.objects.all(), root_path="case")
    return rows.select_related("case__client", "case__qualification", "led_by").get(pk=interview_id)


def find_star(*, actor: Actor, star_id: UUID) -> StarRecord:
    """Raises StarRecord.DoesNotExist for a missing id and a foreign one alike."""
    rows = visible(
        actor, CasePermission.VIEW_STATEMENTS, StarRecord.objects.all(), root_path="case"
    )
    return rows.select_related("case__client", "case__qualification", "interview").get(pk=star_id)


def stars_of(case: Case) -> list[StarView]:
    """Every story of the case that was not set aside, in the order they were written."""
    rows = StarRecord.objects.filter(case=case, removed_at=None).order_by("number")
    return [view_star(row) for row in rows]


def set_aside_in(case: Case) -> list[StarView]:
    """Stories that were set aside and can be brought back."""
    rows = StarRecord.objects.filter(case=case, removed_at__isnull=False).order_by("number")
    return [view_star(row) for row in rows]


def interviews_of(case: Case) -> list[InterviewView]:
    """Every interview of the case with its stories, the newest first."""
    told: dict[UUID, list[StarView]] = {}
    for star in stars_of(case):
        told.setdefault(star.interview_id, []).append(star)
    rows = Interview.objects.filter(case=case).select_related("led_by").order_by("-number")
    return [
        InterviewView(
            id=row.pk,
            number=row.number,
            held_on=row.held_on,
            led_by=row.led_by.full_name,
            is_open=row.state == InterviewState.OPEN,
            stars=tuple(told.get(row.pk, ())),
        )
        for row in rows
    ]


def citing(star: StarRecord) -> list[int]:
    """Numbers of the statements that rest on a story, withdrawn ones left out."""
    return list(
        star.cited_by.exclude(statement__state=StatementState.WITHDRAWN)
        .order_by("statement__number")
        .values_list("statement__number", flat=True)
    )
