"""One answer: lists, single objects and the plain meaning of assignments always agree."""

import random

import pytest
from django.contrib.auth.models import Permission

from bilans.access import held, visible
from clients.models import Assignment, Case, CaseUserObjectPermission
from clients.permissions import CasePermission, CaseRole
from clients.services.assignments import sync_grants
from tests.access_kernel.conftest import EVERYTHING, GRANTS, SECOND, put_in
from tests.factories import make_case, make_person

pytestmark = pytest.mark.django_db

CASES, PEOPLE, PARTS = 3, 4, 12


def _meant(person, case, now):
    """What somebody may do, read off the assignments by hand."""
    if not person.is_active:
        return frozenset()
    roles = {
        row.role
        for row in Assignment.objects.filter(case=case, user=person)
        if row.starts_at <= now and (row.ends_at is None or row.ends_at > now)
    }
    return frozenset().union(*(GRANTS[role] for role in roles))


@pytest.fixture
def world(now):
    cases = [make_case() for _ in range(CASES)]
    people = [make_person(office=cases[0].organisation) for _ in range(PEOPLE)]
    people[-1].is_active = False
    return cases, people


@pytest.mark.parametrize("seed", range(8))
def test_lists_objects_and_assignments_agree(world, now, seed):
    cases, people = world
    chance = random.Random(seed)  # noqa: S311 -- only draws a world
    for _ in range(PARTS):
        start = chance.choice([-100, -1, 0, 1, 50])
        end = chance.choice([None, start + 1, start + 60, start + 100])
        _put(
            chance.choice(cases),
            chance.choice(people),
            chance.choice(list(CaseRole)),
            now,
            start,
            end,
        )
    for case in cases:
        sync_grants(case)
    _leave_stale_grants(chance, cases, people)

    for person in people:
        answers = {case.pk: held(person, case) for case in cases}
        assert answers == {case.pk: _meant(person, case, now) for case in cases}
        for permission in EVERYTHING:
            seen = set(visible(person, permission, Case.objects.all()).values_list("pk", flat=True))
            assert seen == {pk for pk, allowed in answers.items() if permission in allowed}
            below = visible(person, permission, Assignment.objects.all(), root_path="case")
            assert {row.case_id for row in below} == seen & set(
                Assignment.objects.values_list("case_id", flat=True)
            )


@pytest.mark.parametrize("seed", range(3))
def test_grants_are_a_function_of_the_assignments(world, now, seed):
    """Whatever happened before, the same assignments leave the same grants."""
    cases, people = world
    case, chance = cases[0], random.Random(seed)  # noqa: S311 -- only draws a world
    for _ in range(6):
        _put(
            case,
            chance.choice(people),
            chance.choice(list(CaseRole)),
            now,
            -10,
            chance.choice([None, -1, 60]),
        )
        _leave_stale_grants(chance, cases[:1], people)
        sync_grants(case)
        grants = set(
            CaseUserObjectPermission.objects.filter(content_object=case).values_list(
                "user_id", "permission__codename"
            )
        )

        assert grants == {
            (row.user_id, CasePermission(permission).codename)
            for row in Assignment.objects.filter(case=case)
            if row.ends_at is None or row.ends_at > now
            for permission in GRANTS[row.role]
        }


def _put(case, person, role, now, start, end):
    same = Assignment.objects.filter(case=case, user=person, role=role, ends_at=None)
    if end is None and same.exists():
        return
    put_in(
        case, person, role, starts_at=now + start * SECOND,
        ends_at=None if end is None else now + end * SECOND,
    )  # fmt: skip


def _leave_stale_grants(chance, cases, people):
    """Grants that no assignment explains, as a crash or a hand might leave them."""
    permissions = list(Permission.objects.filter(content_type__model="case"))
    for _ in range(8):
        CaseUserObjectPermission.objects.get_or_create(
            content_object=chance.choice(cases),
            user=chance.choice(people),
            permission=chance.choice(permissions),
        )
