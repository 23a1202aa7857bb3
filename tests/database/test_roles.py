"""The application owns nothing and may only read and write rows."""

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from bilans.database.roles import as_owner
from bilans.database.server import ADMIN, Server

ROLE = "SELECT current_user"


def _one(query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_application() -> None:
    assert _one(ROLE) == "bilans_app"


@pytest.mark.django_db
def test_the_application_owns_no_table_and_no_schema() -> None:
    owned = "SELECT count(*) FROM pg_{0} WHERE {1} = 'bilans_app'::regrole"
    assert _one(owned.format("class", "relowner")) == 0
    assert _one(owned.format("namespace", "nspowner")) == 0
    assert _one("SELECT count(*) FROM django_migrations") > 0


@pytest.mark.django_db
def test_every_table_belongs_to_the_owner() -> None:
    owners = (
        "SELECT array_agg(DISTINCT tableowner::text) FROM pg_tables WHERE schemaname = 'public'"
    )
    assert _one(owners) == ["bilans_owner"]


@pytest.mark.django_db(transaction=True)
def test_as_owner_switches_and_comes_back() -> None:
    with as_owner():
        assert _one(ROLE) == "bilans_owner"
    assert _one(ROLE) == "bilans_app"


@pytest.mark.django_db
def test_as_owner_refuses_to_drop_an_open_transaction() -> None:
    with pytest.raises(RuntimeError), as_owner():
        pass


@pytest.mark.django_db(transaction=True)
def test_as_owner_without_an_owner_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections["default"].settings_dict, "OWNER", None)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_OWNER_URL"), as_owner():
        pass


@pytest.mark.django_db
def test_the_owner_acts_for_the_trail_only_when_it_says_so(server: Server) -> None:
    with server.connect("bilans_owner") as owner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("CREATE TABLE audit.probe (id int)")
        with owner.transaction():
            owner.execute("SET LOCAL ROLE bilans_audit")
            owner.execute("CREATE TABLE audit.probe (id int)")
            owner.execute("RESET ROLE")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("SELECT * FROM audit.probe")
    with server.connect("bilans_app") as application:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM audit.probe")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("CREATE TABLE public.probe (id int)")
    with server.connect(ADMIN) as admin:
        admin.execute("DROP TABLE audit.probe")


def test_the_trail_role_cannot_log_in(server: Server) -> None:
    access = server.credentials("bilans_app") | {"user": "bilans_audit"}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dbname="bilans", **access)


def test_nobody_enters_without_a_password(server: Server) -> None:
    access = server.credentials("bilans_app") | {"password": "guess"}
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(dbname="bilans", **access)
