"""What an operator types."""

import io
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from bilans.database.server import Server


def _database(*arguments: str) -> str:
    output = io.StringIO()
    call_command("database", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def elsewhere(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings that name a server of one's own."""
    monkeypatch.setitem(connections["default"].settings_dict, "PRIVATE_SERVER", None)
    monkeypatch.setitem(connections["default"].settings_dict, "OWNER", None)


def test_status_says_that_it_runs_and_where(server: Server) -> None:
    assert _database("status") == f"The database runs ({server.place.folder}).\n"
    assert _database("start") == f"The database runs in {server.place.folder}.\n"


@pytest.mark.django_db
def test_a_database_in_use_is_not_stopped_as_idle(server: Server) -> None:
    with server.connect("bilans_app"):
        _database("stop", "--if-idle")
    assert server.answers()


@pytest.mark.parametrize(("option", "role"), [((), "bilans_app"), (("--owner",), "bilans_owner")])
def test_the_printed_address_lets_one_in(
    server: Server, option: tuple[str, ...], role: str
) -> None:
    with psycopg.connect(_database("url", *option).strip()) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (role,)


def test_the_printed_sql_can_be_applied_again(server: Server) -> None:
    with server.connect("postgres") as connection:
        connection.execute(_database("sql"))


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("action", ["start", "stop", "url"])
def test_a_named_server_is_left_to_its_administrator(action: str) -> None:
    with pytest.raises(CommandError, match="DATABASE_URL"):
        _database(action)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("elsewhere")
def test_migrate_without_the_owner_says_what_to_set() -> None:
    with pytest.raises(CommandError, match="Set DATABASE_OWNER_URL") as refusal:
        call_command("migrate", verbosity=0)
    assert len(str(refusal.value).splitlines()) == 1
