"""Grants follow assignments and nothing else, whatever happened before."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bilans.access import held
from bilans.audit.selectors import history
from bilans.errors import DomainError, InvalidInput, NotPermitted, TransitionRefused
from clients.models import Assignment, CaseUserObjectPermission
from clients.permissions import ROLE_GRANTS, CaseRole
from clients.services import assign, end_assignment
from tests.factories import make_case, make_person, make_portal_user


def granted(case):
    rows = CaseUserObjectPermission.objects.filter(content_object=case)
    return sorted(
        (str(user), f"clients.{codename}")
        for user, codename in rows.values_list("user", "permission__codename")
    )


def deserved(case):
    """What the assignments that have not ended give, each pair once."""
    now = timezone.now()
    return sorted(
        {
            (str(row.user_id), str(permission))
            for row in Assignment.objects.filter(case=case)
            if row.ends_at is None or row.ends_at > now
            for permission in ROLE_GRANTS[row.role]
        }
    )


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["in", "in_for_a_day", "out"]), st.integers(min_value=0, max_value=3)
    ),
    max_size=12,
)


class GrantsAreAFunctionOfAssignments(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acts=ACTS)
    def test_after_any_sequence(self, acts):
        advisor = make_person()
        office = advisor.membership.organisation
        others = [
            make_person(office=office, role=role)
            for role in ("advisor", "advisor", "supervisor", "supervisor")
        ]
        case = make_case(advisor=advisor)
        for act, who in acts:
            self._try(act, case, advisor, others[who])
            assert granted(case) == deserved(case)

    @staticmethod
    def _try(act, case, advisor, user):
        until = timezone.now() + timedelta(days=1) if act == "in_for_a_day" else None
        open_row = Assignment.objects.filter(case=case, user=user).order_by("-starts_at").first()
        try:
            if act != "out":
                assign(
                    actor=advisor, case_id=case.pk, user=user, role=user.membership.role,
                    reason="zastępstwo", ends_at=until,
                )  # fmt: skip
            elif open_row is not None:
                end_assignment(actor=advisor, case_id=case.pk, assignment_id=open_row.pk)
        except DomainError:
            return


@pytest.mark.django_db
class TestLettingIn:
    @pytest.fixture
    def advisor(self):
        return make_person()

    @pytest.fixture
    def supervisor(self, advisor):
        return make_person(role="supervisor", office=advisor.membership.organisation)

    def test_whoever_opens_a_case_leads_it(self, advisor):
        case = make_case(advisor=advisor)
        assert held(advisor, case) == ROLE_GRANTS[CaseRole.ADVISOR]

    def test_a_part_that_is_over_gives_nothing_even_while_grants_are_left(
        self, advisor, supervisor
    ):
        case = make_case(advisor=advisor, supervisor=supervisor)
        row = Assignment.objects.get(case=case, user=supervisor)
        Assignment.objects.filter(pk=row.pk).update(
            starts_at=timezone.now() - timedelta(days=2),
            ends_at=timezone.now() - timedelta(minutes=1),
        )
        assert CaseUserObjectPermission.objects.filter(user=supervisor).exists()
        assert held(supervisor, case) == frozenset()

    def test_the_reason_reaches_the_trail(self, advisor, supervisor):
        case = make_case(advisor=advisor, supervisor=supervisor)
        newest = history(case.audit_stream)[0]
        assert (newest.code, newest.data["reason"], newest.data["name"]) == (
            "clients.assignment.made",
            "zastępstwo",
            supervisor.full_name,
        )

    def test_refusals(self, advisor, supervisor):
        case = make_case(advisor=advisor, supervisor=supervisor)
        office = advisor.membership.organisation
        stranger = make_person(role="supervisor")
        colleague = make_person(office=office)
        past = timezone.now() - timedelta(days=1)

        def code(**changes):
            part = {"user": colleague, "role": "advisor", "reason": "urlop"} | changes
            with pytest.raises(InvalidInput) as refusal:
                assign(actor=advisor, case_id=case.pk, **part)
            return refusal.value.code

        assert code(role="client") == "role_not_assignable"
        assert code(user=stranger, role="supervisor") == "not_in_office"
        assert code(role="supervisor") == "not_in_office"
        assert code(reason="") == "reason_missing"
        assert code(ends_at=past) == "ends_in_past"
        assert code(user=supervisor, role="supervisor") == "already_assigned"
        assert Assignment.objects.filter(case=case).count() == 2

    def test_a_supervisor_lets_nobody_in(self, advisor, supervisor):
        case = make_case(advisor=advisor, supervisor=supervisor)
        with pytest.raises(NotPermitted):
            assign(
                actor=supervisor, case_id=case.pk, user=supervisor, role="supervisor", reason="x"
            )

    def test_somebody_always_leads_and_the_client_stays(self, advisor):
        case = make_case(advisor=advisor)
        make_portal_user(case)

        def code(role):
            row = Assignment.objects.get(case=case, role=role)
            with pytest.raises(TransitionRefused) as refusal:
                end_assignment(actor=advisor, case_id=case.pk, assignment_id=row.pk)
            return refusal.value.code

        assert (code("advisor"), code("client")) == ("last_advisor", "client_stays")

    def test_a_client_who_joins_is_let_into_the_own_cases_only(self, advisor):
        case, other = make_case(advisor=advisor), make_case(advisor=advisor)
        client = make_portal_user(case)
        assert held(client, case) == ROLE_GRANTS[CaseRole.CLIENT]
        assert held(client, other) == frozenset()
        case.client.refresh_from_db()
        assert case.client.user == client

        later = make_case(advisor=advisor, client=case.client)
        assert held(client, later) == ROLE_GRANTS[CaseRole.CLIENT]
