"""Who may do what to a case now: the whole table, and the window to the second."""

import pytest
from django.contrib.auth.models import Permission
from guardian.models import UserObjectPermission

from bilans.access import held, require, require_office, visible
from bilans.accounts.models import Membership, User
from bilans.accounts.permissions import OFFICE_GRANTS, OfficePermission, Role
from bilans.errors import NotPermitted
from clients.models import Assignment, Case, CaseUserObjectPermission
from clients.permissions import ROLE_GRANTS, CasePermission, CaseRole
from clients.services.assignments import end_assignment, let_in, sync_grants
from tests.access_kernel.conftest import EVERYTHING, GRANTS, SECOND, put_in, turn_clock
from tests.factories import make_case, make_person

pytestmark = pytest.mark.django_db


def _sees(person, permission, case):
    return visible(person, permission, Case.objects.all()).filter(pk=case.pk).exists()


def _may(person, permission, case):
    try:
        require(person, permission, case)
    except NotPermitted:
        return False
    return True


# -- the table -----------------------------------------------------------------------


@pytest.mark.parametrize("role", CaseRole)
def test_a_role_gives_what_the_table_says_and_nothing_else(case, person, role):
    let_in(case=case, user=person, role=role, by=person)

    assert held(person, case) == GRANTS[role]
    assert {each for each in EVERYTHING if _may(person, each, case)} == GRANTS[role]
    assert {each for each in EVERYTHING if _sees(person, each, case)} == GRANTS[role]


def test_two_roles_give_what_either_gives(case, person):
    for role in (CaseRole.SUPERVISOR, CaseRole.CLIENT):
        let_in(case=case, user=person, role=role, by=person)

    assert held(person, case) == GRANTS[CaseRole.SUPERVISOR] | GRANTS[CaseRole.CLIENT]


def test_somebody_without_a_part_holds_nothing(case, person):
    assert held(person, case) == frozenset()
    assert not any(_sees(person, permission, case) for permission in EVERYTHING)


def test_a_part_in_one_case_says_nothing_about_another(case, person):
    other = make_case()
    let_in(case=case, user=person, role=CaseRole.ADVISOR, by=person)

    assert held(person, other) == frozenset()
    assert not _sees(person, CasePermission.VIEW, other)


def test_a_record_is_judged_by_its_case(case, person):
    assignment = let_in(case=case, user=person, role=CaseRole.SUPERVISOR, by=person)

    assert held(person, assignment) == held(person, case)
    below = visible(person, CasePermission.VIEW, Assignment.objects.all(), root_path="case")
    assert set(below) == set(Assignment.objects.filter(case=case))


def test_a_refusal_names_no_permission(case, person):
    with pytest.raises(NotPermitted) as refusal:
        require(person, CasePermission.VIEW_NOTES, case)

    assert refusal.value.code == "not_permitted"
    assert "notes" not in refusal.value.message


@pytest.mark.parametrize("permission", ["clients.no_such_thing", "view_case", "", "clients."])
def test_a_permission_nobody_declared_is_held_by_nobody(case, person, permission):
    let_in(case=case, user=person, role=CaseRole.ADVISOR, by=person)

    assert permission not in held(person, case)
    assert not _sees(person, permission, case)


# -- the window ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "is_open"),
    [
        (0, None, True),
        (1, None, False),
        (-1, None, True),
        (-10, 1, True),
        (-10, 0, False),
        (-10, -1, False),
        (0, 1, True),
        (1, 2, False),
    ],
)
def test_a_part_begins_and_ends_to_the_second(case, person, now, starts, ends, is_open):
    put_in(
        case, person, CaseRole.ADVISOR,
        starts_at=now + starts * SECOND, ends_at=None if ends is None else now + ends * SECOND,
    )  # fmt: skip
    _grant_everything(case, person)

    assert held(person, case) == (GRANTS[CaseRole.ADVISOR] if is_open else frozenset())
    assert _sees(person, CasePermission.VIEW, case) is is_open


def test_the_clock_alone_opens_and_closes_a_part(case, person, now, monkeypatch):
    put_in(case, person, CaseRole.ADVISOR, starts_at=now + 10 * SECOND, ends_at=now + 20 * SECOND)
    sync_grants(case)
    open_at = []
    for seconds in (9, 10, 19, 20):
        turn_clock(monkeypatch, now + seconds * SECOND)
        assert _sees(person, CasePermission.VIEW, case) == bool(held(person, case))
        open_at.append(bool(held(person, case)))

    assert open_at == [False, True, True, False]


def test_grants_left_behind_give_nothing(case, person, now):
    put_in(case, person, CaseRole.ADVISOR, starts_at=now - 10 * SECOND, ends_at=now)
    _grant_everything(case, person)

    assert held(person, case) == frozenset()
    assert not _sees(person, CasePermission.VIEW, case)


def test_grants_beyond_the_role_give_nothing(case, person, now):
    put_in(case, person, CaseRole.SUPERVISOR, starts_at=now)
    _grant_everything(case, person)

    assert held(person, case) == GRANTS[CaseRole.SUPERVISOR]
    assert not _sees(person, CasePermission.VIEW_NOTES, case)


def test_an_assignment_without_its_grants_gives_nothing(case, person, now):
    put_in(case, person, CaseRole.ADVISOR, starts_at=now)
    CaseUserObjectPermission.objects.filter(user=person).delete()

    assert held(person, case) == frozenset()
    assert not _sees(person, CasePermission.VIEW, case)


def test_ending_a_part_takes_its_grants_along_and_leaves_the_others(case, now, monkeypatch):
    advisor = case.assignments.get().user
    other = make_person(office=case.organisation)
    assignment = let_in(case=case, user=other, role=CaseRole.ADVISOR, by=advisor)
    turn_clock(monkeypatch, now + SECOND)
    end_assignment(actor=advisor, case_id=case.pk, assignment_id=assignment.pk)

    assert not CaseUserObjectPermission.objects.filter(user=other).exists()
    assert held(other, case) == frozenset()
    assert held(advisor, case) == GRANTS[CaseRole.ADVISOR]


# -- people --------------------------------------------------------------------------


def test_a_closed_account_holds_nothing(case, person):
    let_in(case=case, user=person, role=CaseRole.ADVISOR, by=person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()

    assert held(person, case) == frozenset()
    assert not _sees(person, CasePermission.VIEW, case)
    with pytest.raises(NotPermitted):
        require_office(person, OfficePermission.OPEN_CASE)


def test_a_role_that_is_gone_gives_nothing_and_breaks_nothing(case, person, monkeypatch):
    let_in(case=case, user=person, role=CaseRole.SUPERVISOR, by=person)
    remaining = {role: allowed for role, allowed in ROLE_GRANTS.items() if role != "supervisor"}
    monkeypatch.setattr(Case, "ROLE_GRANTS", remaining)

    assert held(person, case) == frozenset()
    assert not _sees(person, CasePermission.VIEW, case)


@pytest.mark.parametrize("permission", OfficePermission)
@pytest.mark.parametrize("role", Role)
def test_a_job_gives_what_the_table_of_the_office_says(role, permission):
    person = make_person(role=role)

    if permission in OFFICE_GRANTS[role]:
        require_office(person, permission)
    else:
        with pytest.raises(NotPermitted):
            require_office(person, permission)


def test_a_former_member_has_no_job(now, monkeypatch):
    person = make_person(role=Role.SUPERVISOR)
    turn_clock(monkeypatch, now + SECOND)
    Membership.objects.filter(user=person).update(ends_at=now + SECOND)
    former = User.objects.get(pk=person.pk)

    assert (former.role, former.office_permissions) == ("", frozenset())
    with pytest.raises(NotPermitted):
        require_office(former, OfficePermission.INVITE_STAFF)


# -- grants --------------------------------------------------------------------------


def test_guardians_generic_table_stays_empty(case, person):
    let_in(case=case, user=person, role=CaseRole.ADVISOR, by=person)

    assert UserObjectPermission.objects.count() == 0
    assert CaseUserObjectPermission.objects.filter(user=person).exists()


def test_every_permission_of_the_table_stands_in_the_database(case, person):
    let_in(case=case, user=person, role=CaseRole.ADVISOR, by=person)
    let_in(case=case, user=person, role=CaseRole.CLIENT, by=person)

    assert held(person, case) == EVERYTHING


@pytest.mark.parametrize("count", [1, 3])
def test_questions_cost_the_same_whatever_there_is(count, person, django_assert_num_queries):
    cases = [make_case() for _ in range(count)]
    for each in cases:
        let_in(case=each, user=person, role=CaseRole.ADVISOR, by=person)
        let_in(case=each, user=person, role=CaseRole.CLIENT, by=person)

    with django_assert_num_queries(2):
        assert held(person, cases[0]) == EVERYTHING
    with django_assert_num_queries(1):
        assert len(visible(person, CasePermission.VIEW, Case.objects.all())) == count


def _grant_everything(case, person):
    CaseUserObjectPermission.objects.bulk_create(
        CaseUserObjectPermission(content_object=case, user=person, permission=permission)
        for permission in Permission.objects.filter(
            codename__in=[each.codename for each in CasePermission]
        )
    )
