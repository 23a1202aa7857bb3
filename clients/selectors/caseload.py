"""The list of one's cases: what is due first, found by name without diacritics.

Cheap on purpose: one query for the numbers, one for the rows and their clients, one for
their keys; rows carry ready strings, because a tag in a loop costs more than opening the
row (docs/architecture.md, speed).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bilans.access import Actor, visible
from bilans.collation import fold, sort_key
from bilans.crypto.blind import FIRST_LETTERS, client_index
from clients.models import Case, ClientIndex, Contract
from clients.models.client import IndexKind
from clients.permissions import CasePermission
from clients.selectors.cases import is_late
from clients.selectors.clients import name_words, office_of
from clients.states import ENDED, RAIL, CaseState, ContractState, RailStage

PAGE_SIZE = 50
NAME_ORDER_LIMIT = 500
"""Beyond this many cases a name order or an open search would open every card: the page
asks for a filter, or for the beginning of the surname."""

SOON_DAYS = 7
_ANYWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """What stands in the address of the list; codes only, never a name."""

    show: str = "running"
    stage: str = ""
    by_name: bool = False
    page: int = 1

    @property
    def codes(self) -> str:
        """The filters as the trail keeps them."""
        return ",".join(filter(None, (self.show, self.stage, "by_name" if self.by_name else "")))


SHOWN = ("running", "overdue", "soon", "to_sign", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One row, ready to print."""

    id: UUID
    url: str
    name: str
    number: str
    stage_number: int
    stage_label: str
    state: str
    next_step: str
    due: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCounts:
    """The numbers above the list."""

    running: int
    overdue: int
    soon: int
    to_sign: int
    ended: int

    @property
    def all(self) -> int:
        return self.running + self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """One page of the list, with the numbers above it."""

    rows: tuple[CaseRow, ...]
    counts: CaseCounts
    total: int
    page: int
    pages: int
    too_many_for_names: bool = False
    needs_surname: bool = False


def caseload(*, actor: Actor, filters: CaseFilters, term: str = "", today: date) -> Caseload:
    """List the actor's cases.

    Args:
        actor: whose.
        filters: which, in what order, which page.
        term: words to find, each the beginning of a name or part of a number; a search
            looks in all of the actor's cases and shows at most one page.
        today: what is late before it.
    """
    mine = visible(actor, CasePermission.VIEW, Case.objects.all())
    counts = _counts(mine, today)
    if words := fold(term).split():
        return _found(actor, mine, counts, words=words, today=today)
    rows = _chosen(mine, filters, today)
    total = _known_total(counts, filters)
    if total is None:
        total = rows.count()
    too_many = filters.by_name and total > NAME_ORDER_LIMIT
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, filters.page), pages)
    window = slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    if filters.by_name and not too_many:
        opened = sorted(rows.select_related("client"), key=_by_name)[window]
    else:
        opened = list(_due_first(rows).select_related("client")[window])
    return Caseload(
        rows=_ready(opened, today),
        counts=counts,
        total=total,
        page=page,
        pages=pages,
        too_many_for_names=too_many,
    )


def _found(
    actor: Actor, mine: QuerySet[Case], counts: CaseCounts, *, words: list[str], today: date
) -> Caseload:
    candidates = mine
    if counts.all > NAME_ORDER_LIMIT:
        narrowed = _narrowed(actor, mine, words)
        if narrowed is None:
            return Caseload(rows=(), counts=counts, total=0, page=1, pages=1, needs_surname=True)
        candidates = narrowed
    found = [
        case for case in _due_first(candidates).select_related("client") if _matches(case, words)
    ]
    return Caseload(
        rows=_ready(found[:PAGE_SIZE], today), counts=counts, total=len(found), page=1, pages=1
    )


def _narrowed(actor: Actor, mine: QuerySet[Case], words: list[str]) -> QuerySet[Case] | None:
    """Candidates by number or by the first letters of a surname; none without either."""
    numbers = [word for word in words if any(c.isdigit() for c in word)]
    for word in numbers:
        mine = mine.filter(number__icontains=word)
    if numbers:
        return mine
    starts = {word[:FIRST_LETTERS] for word in words if len(word) >= FIRST_LETTERS}
    if not starts:
        return None
    office = office_of(actor)
    kind = IndexKind.SURNAME_START
    values = [client_index(office, kind, start) for start in sorted(starts)]
    named = ClientIndex.objects.filter(organisation=office, kind=kind, value__in=values)
    return mine.filter(client__in=named.values("client"))


def _matches(case: Case, words: Iterable[str]) -> bool:
    number = case.number.casefold()
    names = name_words(case.client)
    return all(
        word in number
        or all(any(name.startswith(part) for name in names) for part in word.split("-") if part)
        for word in words
    )


def _counts(mine: QuerySet[Case], today: date) -> CaseCounts:
    unfinished = ~Q(state__in=ENDED)
    to_sign = Contract.objects.filter(case=OuterRef("pk"), state=ContractState.OFFERED)
    numbers: dict[str, Any] = mine.annotate(to_sign=Exists(to_sign)).aggregate(
        running=Count("pk", filter=unfinished),
        ended=Count("pk", filter=~unfinished),
        overdue=Count("pk", filter=unfinished & Q(due_on__lt=today)),
        soon=Count("pk", filter=unfinished & _soon(today)),
        unsigned=Count("pk", filter=unfinished & Q(to_sign=True)),
    )
    return CaseCounts(
        running=numbers["running"],
        ended=numbers["ended"],
        overdue=numbers["overdue"],
        soon=numbers["soon"],
        to_sign=numbers["unsigned"],
    )


def _soon(today: date) -> Q:
    return Q(due_on__range=(today, today + timedelta(days=SOON_DAYS)))


def _chosen(mine: QuerySet[Case], filters: CaseFilters, today: date) -> QuerySet[Case]:
    rows = (
        mine.filter(state__in=ENDED) if filters.show == "ended" else mine.exclude(state__in=ENDED)
    )
    if filters.show == "overdue":
        rows = rows.filter(due_on__lt=today)
    elif filters.show == "soon":
        rows = rows.filter(_soon(today))
    elif filters.show == "to_sign":
        offered = Contract.objects.filter(case=OuterRef("pk"), state=ContractState.OFFERED)
        rows = rows.filter(Exists(offered))
    if filters.stage:
        states = [state for state, stage in RAIL.items() if stage == filters.stage]
        held = Q(state=CaseState.ON_HOLD, held_from__in=states)
        rows = rows.filter(Q(state__in=states) | held)
    return rows


def _known_total(counts: CaseCounts, filters: CaseFilters) -> int | None:
    return None if filters.stage else int(getattr(counts, filters.show))


def _due_first(rows: QuerySet[Case]) -> QuerySet[Case]:
    ended_last = models.Case(models.When(state__in=ENDED, then=1), default=0)
    return rows.order_by(ended_last, F("due_on").asc(nulls_last=True), F("opened_on").desc(), "id")


def _by_name(case: Case) -> tuple[Any, ...]:
    return sort_key(f"{case.client.family_name} {case.client.given_name}"), case.number


def _ready(cases: Iterable[Case], today: date) -> tuple[CaseRow, ...]:
    pattern = reverse("clients:case", kwargs={"case_id": _ANYWHERE})
    stages = list(RailStage)
    return tuple(
        CaseRow(
            id=case.pk,
            url=pattern.replace(str(_ANYWHERE), str(case.pk)),
            name=f"{case.client.family_name} {case.client.given_name}",
            number=case.number,
            stage_number=stages.index(case.rail_stage) + 1,
            stage_label=case.get_state_display(),
            state=case.state,
            next_step=case.next_step,
            due_on=case.due_on,
            due=_day(case.due_on, today),
            is_late=is_late(case, today),
        )
        for case in cases
    )


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    if day == today:
        return _("today")
    return date_format(day, "j b" if day.year == today.year else "j b Y")


def words_of(term: str) -> str:
    """The search term as it is compared; for the trail, which keeps it sealed."""
    return re.sub(r"[\s\0]+", " ", term).strip()[:100]
