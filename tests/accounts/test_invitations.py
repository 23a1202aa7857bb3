"""An invitation opens one account, once, in its own office, for seven days."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bilans.accounts.events import INVITATION_ACCEPTED, INVITED
from bilans.accounts.models import Invitation, Membership, Organisation, User
from bilans.accounts.permissions import Role
from bilans.accounts.services import (
    InvitationRefused,
    accept_invitation,
    end_membership,
    invite,
    on_joining,
    read_invitation,
    revoke_invitation,
)
from bilans.accounts.services.joining import _joiners
from bilans.audit.selectors import history
from bilans.errors import InvalidInput, NotPermitted
from tests.factories import PASSWORD, make_office, make_person

pytestmark = pytest.mark.django_db


def make_invitation(*, office=None, actor=None, role=Role.ADVISOR, **fields):
    defaults = {
        "full_name": "Irena Nowa",
        "email": "irena.nowa@example.org",
        "on": timezone.localdate(),
    }
    return invite(actor=actor, organisation=office or make_office(), role=role, **defaults | fields)


def refused(token: str) -> str:
    with pytest.raises(InvitationRefused) as refusal:
        accept_invitation(token=token, password=PASSWORD)
    return refusal.value.code


def test_an_invitation_opens_an_account_with_its_role_and_office():
    office = make_office()
    invitation, token = make_invitation(office=office, role=Role.COMMITTEE)

    user = accept_invitation(token=token, password=PASSWORD)

    invitation.refresh_from_db()
    assert invitation.used_at is not None
    assert (user.full_name, user.email) == ("Irena Nowa", "irena.nowa@example.org")
    assert (user.membership.organisation, user.role) == (office, Role.COMMITTEE)
    assert user.check_password(PASSWORD)
    assert [line.code for line in history(office.audit_stream)][:2] == [
        INVITATION_ACCEPTED.code,
        INVITED.code,
    ]


def test_it_works_once():
    _invitation, token = make_invitation()
    accept_invitation(token=token, password=PASSWORD)

    assert refused(token) == "invitation_used"
    assert User.objects.count() == 1


def test_it_works_until_the_end_of_the_seventh_day():
    invitation, token = make_invitation(on=date(2040, 1, 1))
    assert invitation.last_day == date(2040, 1, 8)
    assert timezone.localtime(invitation.expires_at).isoformat() == "2040-01-09T00:00:00+01:00"

    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(
        created_at=now - timedelta(days=8), expires_at=now
    )

    assert refused(token) == "invitation_expired"
    assert User.objects.count() == 0


def test_a_withdrawn_one_and_an_unknown_one_open_nothing():
    office = make_office()
    supervisor = make_person(role=Role.SUPERVISOR, office=office)
    invitation, token = make_invitation(office=office, actor=supervisor)

    revoke_invitation(actor=supervisor, invitation_id=invitation.pk)

    assert refused(token) == "invitation_withdrawn"
    assert refused(token[:-1]) == "invitation_unknown"
    assert refused("") == "invitation_unknown"


def test_a_second_invitation_for_the_same_person_replaces_the_first():
    office = make_office()
    _first, old = make_invitation(office=office)
    _second, new = make_invitation(office=office, email="IRENA.nowa@example.org ")
    _other, other_office = make_invitation()

    assert refused(old) == "invitation_withdrawn"
    assert read_invitation(token=other_office)
    assert accept_invitation(token=new, password=PASSWORD)


def test_an_address_that_has_an_account_is_refused_with_a_way_out():
    make_person(email="irena.nowa@example.org")
    invitation, token = make_invitation()

    with pytest.raises(InvalidInput) as refusal:
        accept_invitation(token=token, password=PASSWORD)

    assert (refusal.value.code, refusal.value.field) == ("email_taken", "email")
    invitation.refresh_from_db()
    assert invitation.used_at is None
    assert Membership.objects.filter(organisation=invitation.organisation).count() == 0


def test_a_colleague_who_left_comes_back_to_the_same_account():
    office = make_office()
    supervisor = make_person(role=Role.SUPERVISOR, office=office)
    colleague = make_person(office=office, email="irena.nowa@example.org")
    end_membership(actor=supervisor, membership_id=colleague.membership.pk)
    _invitation, token = make_invitation(office=office, actor=supervisor, role=Role.COMMITTEE)

    user = accept_invitation(token=token, password="zupełnie nowe hasło")

    assert (user, user.role) == (colleague, Role.COMMITTEE)
    assert User.objects.get(pk=colleague.pk).check_password("zupełnie nowe hasło")


def test_another_office_cannot_take_over_the_account_of_somebody_who_left():
    office = make_office()
    supervisor = make_person(role=Role.SUPERVISOR, office=office)
    colleague = make_person(office=office, email="irena.nowa@example.org")
    end_membership(actor=supervisor, membership_id=colleague.membership.pk)
    _invitation, token = make_invitation()

    with pytest.raises(InvalidInput) as refusal:
        accept_invitation(token=token, password="zupełnie nowe hasło")

    assert refusal.value.code == "email_taken"
    assert User.objects.get(pk=colleague.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    "password",
    ["krótkie", "123456789012345", "password1234", "irena nowa bilans", "x" * 129],
)
def test_a_weak_password_is_refused_and_the_invitation_stays(password):
    invitation, token = make_invitation()

    with pytest.raises(InvalidInput) as refusal:
        accept_invitation(token=token, password=password)

    assert (refusal.value.code, refusal.value.field) == ("password_weak", "password")
    assert read_invitation(token=token) == invitation


def test_nobody_can_read_the_token_in_the_database():
    invitation, token = make_invitation()

    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_invitation::text FROM accounts_invitation")
        (row,) = cursor.fetchone()

    assert len(invitation.token_hash) == 32
    for secret in (token, token.encode().hex(), "irena", "Irena"):
        assert secret not in row


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.CLIENT, Role.COMMITTEE])
def test_only_a_supervisor_invites_colleagues(role):
    office = make_office()
    somebody = make_person(role=role, office=office)

    with pytest.raises(NotPermitted):
        make_invitation(office=office, actor=somebody)

    assert Invitation.objects.count() == 0


def test_nobody_invites_to_another_office():
    supervisor = make_person(role=Role.SUPERVISOR)

    with pytest.raises(NotPermitted):
        make_invitation(actor=supervisor)


def test_a_member_is_not_invited_again():
    office = make_office()
    make_person(office=office, email="irena.nowa@example.org")

    with pytest.raises(InvalidInput) as refusal:
        make_invitation(office=office)

    assert refusal.value.code == "already_member"


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.CLIENT, Role.COMMITTEE])
def test_only_a_supervisor_withdraws_an_invitation(role):
    office = make_office()
    invitation, token = make_invitation(office=office)

    with pytest.raises(NotPermitted):
        revoke_invitation(actor=make_person(role=role, office=office), invitation_id=invitation.pk)

    assert read_invitation(token=token)


def test_somebody_elses_invitation_cannot_be_withdrawn():
    invitation, token = make_invitation()

    with pytest.raises(Invitation.DoesNotExist):
        revoke_invitation(actor=make_person(role=Role.SUPERVISOR), invitation_id=invitation.pk)

    assert read_invitation(token=token)


def test_higher_floors_are_told_who_joined(monkeypatch):
    told = []
    monkeypatch.setitem(_joiners, Role.COMMITTEE, [])
    on_joining(Role.COMMITTEE, lambda **joined: told.append(joined))
    _invitation, token = make_invitation(role=Role.COMMITTEE)

    user = accept_invitation(token=token, password=PASSWORD)

    assert told == [{"user": user, "client_id": None}]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_comes_in():
    _invitation, token = make_invitation()
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def accept() -> None:
        barrier.wait()
        try:
            accept_invitation(token=token, password=PASSWORD)
            outcomes.append("in")
        except InvitationRefused as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["in", "invitation_used"]
    assert User.objects.count() == Membership.objects.count() == 1


# -- the page ------------------------------------------------------------------------


def page_of(token: str) -> str:
    return reverse("accounts:invitation", args=[token])


def test_the_page_says_who_invites_and_as_what(client):
    office = make_office(name="Centrum Kariery w Zamościu")
    _invitation, token = make_invitation(office=office)

    body = client.get(page_of(token)).content.decode()

    for shown in ("Centrum Kariery w Zamościu", "Irena Nowa", "irena.nowa@example.org"):
        assert shown in body
    assert 'type="password"' in body
    assert 'type="password"' not in client.get(page_of(token) + "?pokaz=1").content.decode()


def test_setting_a_password_logs_in(client):
    _invitation, token = make_invitation()

    response = client.post(page_of(token), {"password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_weak_password_is_said_at_the_field(client):
    _invitation, token = make_invitation()

    response = client.post(page_of(token), {"password": "xyzzy"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["password"]
    assert "xyzzy" not in response.content.decode()


def test_a_used_a_foreign_and_an_expired_link_say_what_to_do(client):
    _invitation, token = make_invitation()
    accept_invitation(token=token, password=PASSWORD)

    used = client.get(page_of(token))
    foreign = client.post(page_of("x" * 43), {"password": PASSWORD})

    assert (used.status_code, foreign.status_code) == (410, 410)
    assert reverse("accounts:login") in used.content.decode()
    assert used.context["message"] != foreign.context["message"]


def test_looking_at_the_page_uses_nothing_up(client):
    _invitation, token = make_invitation()
    for _ in range(3):
        client.get(page_of(token))

    assert accept_invitation(token=token, password=PASSWORD)


# -- the operator ----------------------------------------------------------------------


def test_the_operator_adds_an_office_and_gets_the_supervisors_link(capsys):
    call_command(
        "office", "add", "Urząd Pracy w Łomży", supervisor="Ewa Mróz", email="e.mroz@example.org"
    )

    link = capsys.readouterr().out.split()[-1]
    assert link.startswith("http://localhost:PORT/zaproszenie/")
    page = Client().get(link.removeprefix("http://localhost:PORT"))
    assert page.status_code == 200
    assert page.context["invitation"].role == Role.SUPERVISOR
    assert Organisation.objects.get().name == "Urząd Pracy w Łomży"


def test_the_operator_invites_one_more_person_to_an_office_that_exists(capsys):
    make_office(name="Urząd Pracy w Łomży")
    more = {"role": "advisor", "person": "Jan Lis", "email": "j.lis@example.org"}

    call_command("office", "invite", "Urząd Pracy w Łomży", **more)
    with pytest.raises(CommandError):
        call_command("office", "invite", "Urząd Pracy w Nigdzie", **more)

    assert Invitation.objects.get().full_name == "Jan Lis"


def test_a_wrong_address_leaves_no_half_made_office():
    with pytest.raises(CommandError):
        call_command("office", "add", "Urząd", supervisor="Ewa Mróz", email="nigdzie")

    assert Organisation.objects.count() == 0
