"""The people page is the supervisor's, of their own office, and never empties it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from bilans.accounts.events import MEMBERSHIP_ENDED, PEOPLE_READ
from bilans.accounts.models import Invitation, Membership
from bilans.accounts.permissions import Role
from bilans.accounts.selectors import members
from bilans.accounts.services import end_membership, invite, read_people
from bilans.audit.selectors import history
from bilans.errors import NotPermitted, TransitionRefused
from tests.factories import make_office, make_person

pytestmark = pytest.mark.django_db

PEOPLE = "/biuro/ludzie/"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def supervisor(office):
    return make_person(role=Role.SUPERVISOR, office=office, full_name="Ewa Mróz")


def test_the_page_lists_colleagues_and_invitations_but_no_clients(office, supervisor):
    make_person(office=office, full_name="Łucja Zając")
    make_person(office=office, full_name="Zenon Ćma")
    make_person(office=office, role=Role.CLIENT, full_name="Klient Tajny")
    make_person(full_name="Ktoś Obcy")
    invite(
        actor=supervisor, organisation=office, role=Role.COMMITTEE, full_name="Jan Lis",
        email="j.lis@example.org", on=timezone.localdate(),
    )  # fmt: skip

    page = read_people(actor=supervisor)

    assert [each.name for each in page.members] == ["Ewa Mróz", "Łucja Zając", "Zenon Ćma"]
    assert [each.name for each in page.invitations] == ["Jan Lis"]
    (line, *_) = history(supervisor.audit_stream, readings=True)
    assert (line.code, line.data["count"]) == (PEOPLE_READ.code, 4)


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_runs_the_same_queries_for_any_number_of_people(
    client, office, supervisor, people, django_assert_num_queries
):
    for number in range(people):
        make_person(office=office)
        invite(
            actor=supervisor, organisation=office, role=Role.ADVISOR, full_name="Jan Lis",
            email=f"j.lis{number}@example.org", on=timezone.localdate(),
        )  # fmt: skip
    client.force_login(supervisor)
    client.get(PEOPLE)

    with django_assert_num_queries(16):
        response = client.get(PEOPLE)

    assert len(response.context["page"].members) == people + 1


def test_inviting_shows_the_link_once(client, supervisor):
    client.force_login(supervisor)
    typed = {"full_name": "Jan Lis", "email": "j.lis@example.org", "role": "advisor"}

    response = client.post(PEOPLE, typed)

    link = response.context["link"]
    assert response.status_code == 200
    assert link.startswith("http://testserver/zaproszenie/")
    assert link in response.content.decode()
    assert link not in client.get(PEOPLE).content.decode()
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"email": "nigdzie"}, "email"),
        ({"role": "client"}, "role"),
    ],
)
def test_what_was_typed_wrong_is_said_at_the_field_and_kept(client, supervisor, changes, field):
    client.force_login(supervisor)
    typed = {"full_name": "Jan Lis", "email": "j.lis@example.org", "role": "advisor"} | changes

    response = client.post(PEOPLE, typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["full_name"].value() == typed["full_name"]
    assert Invitation.objects.count() == 0


def test_a_member_invited_again_is_refused_at_the_field(client, office, supervisor):
    colleague = make_person(office=office)
    client.force_login(supervisor)

    response = client.post(
        PEOPLE, {"full_name": "Jan Lis", "email": colleague.email, "role": "advisor"}
    )

    assert list(response.context["form"].errors) == ["email"]


def test_ending_a_membership_ends_the_persons_session(client, office, supervisor):
    colleague = make_person(office=office, full_name="Zenon Ćma")
    client.force_login(colleague)

    ended = end_membership(actor=supervisor, membership_id=colleague.membership.pk)

    assert client.get(PEOPLE)["Location"].startswith("/logowanie/")
    assert ended.ends_at is not None
    assert history(office.audit_stream)[0].code == MEMBERSHIP_ENDED.code
    assert members(organisation=office, role=Role.ADVISOR) == []


def test_the_last_supervisor_cannot_be_ended(client, office, supervisor):
    with pytest.raises(TransitionRefused) as refusal:
        end_membership(actor=supervisor, membership_id=supervisor.membership.pk)
    assert refusal.value.code == "last_supervisor"

    client.force_login(supervisor)
    response = client.post(reverse("accounts:end-membership", args=[supervisor.membership.pk]))
    assert response.status_code == 409
    assert refusal.value.message in response.content.decode()

    second = make_person(role=Role.SUPERVISOR, office=office)
    end_membership(actor=second, membership_id=supervisor.membership.pk)
    assert Membership.objects.open().filter(role=Role.SUPERVISOR).count() == 1


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.CLIENT, Role.COMMITTEE])
def test_nobody_else_ends_a_membership(office, supervisor, role):
    somebody = make_person(role=role, office=office)

    with pytest.raises(NotPermitted):
        end_membership(actor=somebody, membership_id=supervisor.membership.pk)
    with pytest.raises(NotPermitted):
        read_people(actor=somebody)


def test_a_foreign_member_and_a_client_are_not_there_for_a_supervisor(office, supervisor):
    for somebody in (make_person(), make_person(role=Role.CLIENT, office=office)):
        with pytest.raises(Membership.DoesNotExist):
            end_membership(actor=supervisor, membership_id=somebody.membership.pk)
    assert Membership.objects.open().count() == 3


def test_a_double_click_ends_a_membership_once(client, office, supervisor):
    colleague = make_person(office=office, full_name="Zenon Ćma")
    client.force_login(supervisor)
    address = reverse("accounts:end-membership", args=[colleague.membership.pk])
    once = {"_once": "6f1c1b9e-53f2-4a52-9a0e-6f8f0d6f5a11"}

    first, second = client.post(address, once), client.post(address, once)

    assert (first.status_code, first["Location"]) == (302, PEOPLE)
    assert (second.status_code, second["Location"]) == (302, PEOPLE)


def test_no_name_travels_in_the_cookie_of_messages(client, office, supervisor):
    colleague = make_person(office=office, full_name="Zenon Ćma")
    invited, _token = invite(
        actor=supervisor, organisation=office, role=Role.ADVISOR, full_name="Jan Lis",
        email="j.lis@example.org", on=timezone.localdate(),
    )  # fmt: skip
    client.force_login(supervisor)

    for route, pk in (
        ("accounts:end-membership", Membership.objects.get(user=colleague).pk),
        ("accounts:withdraw-invitation", invited.pk),
    ):
        client.post(reverse(route, args=[pk]))
        told = client.cookies["messages"].value
        assert told
        assert not [word for word in ("Zenon", "Jan Lis") if word in told]
