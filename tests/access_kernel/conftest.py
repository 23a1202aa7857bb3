from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from clients.models import Assignment
from clients.permissions import ROLE_GRANTS, CasePermission
from tests.factories import make_case, make_person


@pytest.fixture
def now(monkeypatch) -> datetime:
    """The moment every question is asked at, unless a test turns the clock.

    An hour on: the columns' defaults keep the real time.
    """
    moment = timezone.now() + timedelta(hours=1)
    turn_clock(monkeypatch, moment)
    return moment


def turn_clock(monkeypatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def case(db, now):
    return make_case()


@pytest.fixture
def person(case):
    """Somebody of the office without any part in the case."""
    return make_person(office=case.organisation)


def put_in(case, user, role, *, starts_at, ends_at=None) -> Assignment:
    """An assignment as it stands in the database, whatever a service would have said."""
    return Assignment.objects.create(
        case=case, user=user, role=role, starts_at=starts_at, ends_at=ends_at
    )


SECOND = timedelta(seconds=1)
EVERYTHING = frozenset(CasePermission)
GRANTS = {role: frozenset(map(str, allowed)) for role, allowed in ROLE_GRANTS.items()}
