"""What happened in a case, told with names; and who looked at the client's data."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bilans.accounts.models import User
from bilans.audit.selectors import HistoryLine, history
from bilans.ui.shapes import TimelineItem
from clients.events import CHOICES_OF, DAYS
from clients.models import Assignment, Case
from clients.permissions import CaseRole

COURSE_LENGTH = 20
LOOKS_SHOWN = 3
LOOKS_READ = 400
"""Newest entries that the client's list of looks is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """That somebody looked at, or worked on, the client's data."""

    name: str
    why: str
    days: int
    last_on: date
    last_at: datetime
    day_list: tuple[date, ...]


def course_of(case: Case, *, limit: int = COURSE_LENGTH) -> list[TimelineItem]:
    """Acts in the case and on the client's card, newest first; looks are left out."""
    return _told(_merged(case, limit=limit, readings=False))


def full_history(case: Case, *, start: int, size: int) -> tuple[list[TimelineItem], bool]:
    """One page of everything, looks included, and whether there is more."""
    lines = _merged(case, limit=start + size + 1, readings=True)
    return _told(lines[start : start + size]), len(lines) > start + size


def looks_at(case: Case, *, limit: int | None = LOOKS_SHOWN) -> list[Look]:
    """Who dealt with the client's data, by person, the newest first; the client left out."""
    client_user = case.client.user_id
    lines = [
        line
        for line in _merged(case, limit=LOOKS_READ, readings=True)
        if line.actor_id is not None and line.actor_id != client_user
    ]
    days: dict[UUID, dict[date, datetime]] = defaultdict(dict)
    for line in lines:
        day = timezone.localdate(line.at)
        days[line.actor_id].setdefault(day, line.at)  # type: ignore[index]  # not None, see above
    newest = sorted(days, key=lambda who: max(days[who].values()), reverse=True)[:limit]
    names = names_of(newest)
    reasons = _reasons(case, newest)
    return [
        Look(
            name=names.get(who, _("former employee")),
            why=reasons.get(who, ""),
            days=len(days[who]),
            last_on=max(days[who]),
            last_at=max(days[who].values()),
            day_list=tuple(sorted(days[who], reverse=True)),
        )
        for who in newest
    ]


def names_of(user_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of accounts, all in one query and one for their keys."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    return {user.pk: user.full_name for user in User.objects.filter(pk__in=wanted)}


def _merged(case: Case, *, limit: int, readings: bool) -> list[HistoryLine]:
    lines = [
        *history(case.audit_stream, limit=limit, readings=readings),
        *history(case.client.audit_stream, limit=limit, readings=readings),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:limit]


def _told(lines: Sequence[HistoryLine]) -> list[TimelineItem]:
    names = names_of(line.actor_id for line in lines)
    return [
        TimelineItem(
            at=line.at,
            text=_sentence(line),
            who="" if line.actor_id is None else names.get(line.actor_id, _("former employee")),
            icon="circle-dot" if line.event is None else line.event.icon,
            refused=line.outcome != "ok",
        )
        for line in lines
    ]


def _sentence(line: HistoryLine) -> str:
    data = {key: _words(key, value) for key, value in line.data.items()}
    text = capfirst(replace(line, data=data).sentence)
    reason = data.get("reason")
    return _("%(act)s. Reason: %(reason)s") % {"act": text, "reason": reason} if reason else text


def _words(key: str, value: Any) -> Any:
    if key in CHOICES_OF and value in CHOICES_OF[key].values:
        return CHOICES_OF[key](value).label
    if key in DAYS:
        try:
            return date_format(date.fromisoformat(value), "j E Y")
        except (TypeError, ValueError):
            return value or _("no date")
    return value


def _reasons(case: Case, user_ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = Assignment.objects.filter(case=case, user__in=user_ids).order_by("starts_at", "id")
    return {
        row.user_id: row.reason
        or (_("leads your balance") if row.role == CaseRole.ADVISOR else row.get_role_display())
        for row in rows
    }
