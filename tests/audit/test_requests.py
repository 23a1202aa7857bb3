"""One unit of work per request: nothing shown unrecorded, nothing kept of a failure."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from bilans.accounts.models import Invitation, Organisation
from bilans.accounts.permissions import Role
from bilans.audit.models import Entry
from bilans.audit.selectors import broken_places, history
from tests.audit.doors import OFFICE
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db

APPEND = "FUNCTION audit.append(text, uuid, text, bytea)"


def _last(person):
    line = history(person.audit_stream, readings=True)[0]
    return line.data.get("what"), line.outcome


def _written():
    return Organisation.objects.filter(name=OFFICE).exists()


def test_a_good_answer_keeps_fact_and_trace(advisor_client, advisor):
    assert advisor_client.get("/fine/").status_code == 200
    assert _written()
    assert _last(advisor) == ("próba", "ok")


def test_an_answer_to_a_refused_form_keeps_what_was_recorded(advisor_client, advisor):
    assert advisor_client.post("/form-refused/").status_code == 422
    assert _last(advisor) == ("próba", "ok")


@pytest.mark.parametrize(
    ("door", "status"),
    [
        ("/refused/", 403),
        ("/raising/not_permitted/", 403),
        ("/raising/missing/", 404),
    ],
)
def test_a_refusal_undoes_everything_and_leaves_an_entry_of_its_own(
    advisor_client, advisor, door, status
):
    assert advisor_client.get(door).status_code == status
    assert not _written()
    assert _last(advisor) == (f"{status} {door}", "denied")
    assert not Entry.objects.filter(action="audit.refused").exclude(
        body__contains='"outcome":"denied"'
    )


@pytest.mark.parametrize(
    ("error", "status"), [("conflict", 409), ("invalid", 422), ("bad", 400), ("broken", 500)]
)
def test_what_a_view_did_not_catch_undoes_everything(advisor_client, error, status):
    entries = Entry.objects.count()

    assert advisor_client.get(f"/raising/{error}/").status_code == status
    assert not _written()
    assert Entry.objects.count() == entries


def test_a_swallowed_database_error_is_a_server_error_and_not_a_false_success(advisor_client):
    assert advisor_client.get("/swallowing/").status_code == 500
    assert not _written()


def test_a_visitor_without_an_account_is_answered_and_leaves_no_entry(client, settings, db):
    settings.ROOT_URLCONF = "tests.audit.doors"

    assert client.get("/open/").content == b"witamy"
    assert client.get("/nothing-here/").status_code in {302, 404}
    assert not Entry.objects.exists()


def test_entries_of_a_request_share_its_id_and_seal_where_it_came_from(advisor_client, advisor):
    advisor_client.get("/fine/", headers={"User-Agent": "Przeglądarka 1"}, REMOTE_ADDR="10.1.2.3")

    line = history(advisor.audit_stream)[0]
    entry = Entry.objects.order_by("-at").first()
    assert line.data["_address"] == "10.1.2.3"
    assert line.data["_device"] == "Przeglądarka 1"
    assert "10.1.2.3" not in entry.body
    assert '"request":"' in entry.body


# -- when the trail cannot be written ------------------------------------------------


@pytest.fixture
def supervisor():
    return make_person(role=Role.SUPERVISOR, full_name="Kierowniczka Próbna")


@pytest.fixture
def closed_trail(supervisor, as_superuser):
    as_superuser(f"REVOKE EXECUTE ON {APPEND} FROM bilans_app")
    yield
    as_superuser(f"GRANT EXECUTE ON {APPEND} TO bilans_app")


@pytest.mark.django_db(transaction=True)
def test_without_a_trail_nothing_is_shown(client, supervisor, closed_trail):
    client.force_login(supervisor)
    entries = Entry.objects.count()

    answer = client.get(reverse("accounts:people"))

    assert answer.status_code == 503
    assert "Kierowniczka" not in answer.content.decode()
    assert Entry.objects.count() == entries


@pytest.mark.django_db(transaction=True)
def test_without_a_trail_nothing_is_changed(client, supervisor, closed_trail):
    client.force_login(supervisor)
    typed = {"full_name": "Ktoś Nowy", "email": "nowy@example.org", "role": Role.ADVISOR}

    answer = client.post(reverse("accounts:people"), typed)

    assert answer.status_code == 503
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_a_trail_nobody_comes_in(client, supervisor, closed_trail):
    answer = client.post(
        reverse("accounts:login"), {"username": supervisor.email, "password": PASSWORD}
    )

    assert answer.status_code == 503
    assert not Session.objects.exists()
    assert client.get("/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_without_a_trail_a_refusal_is_not_answered_either(client, supervisor, closed_trail):
    client.force_login(supervisor)

    assert client.get(reverse("accounts:people") + "nothing/").status_code == 503


@pytest.mark.django_db(transaction=True)
def test_a_head_that_somebody_holds_is_waited_for_and_then_refused(client, supervisor, server):
    client.force_login(supervisor)
    assert client.get(reverse("accounts:people")).status_code == 200
    name = connection.settings_dict["NAME"]
    with server.connect("postgres", name) as other, other.transaction():
        other.execute("SELECT 1 FROM audit.stream FOR UPDATE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        try:
            answer = client.get(reverse("accounts:people"))
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")

    assert answer.status_code == 503
    assert "Kierowniczka" not in answer.content.decode()
    assert client.get(reverse("accounts:people")).status_code == 200
    assert list(broken_places()) == []
