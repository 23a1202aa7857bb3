"""The sample office, played once per module: it takes seconds, and its tests only look at it."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from psycopg import sql
from pytest_django import DjangoDbBlocker

from bilans.database.server import ADMIN, Server

RunDemo = Callable[..., str]
State = dict[str, tuple[int, str]]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folder of what this installation writes, sealed files included."""
    folder = tmp_path_factory.mktemp("var")
    with override_settings(VAR_DIR=folder, BILANS_FILES=folder / "files"):
        yield folder


@pytest.fixture(scope="module")
def run_demo(
    var: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    clear_trail: Callable[[], None],
) -> Iterator[RunDemo]:
    """Run the command as ``make demo`` does, committing; its rows go away with the module."""

    def run(*arguments: str) -> str:
        said = StringIO()
        with django_db_blocker.unblock():
            call_command("demo", *arguments, stdout=said)
        return said.getvalue()

    yield run
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    clear_trail()


@pytest.fixture(scope="module")
def printed(run_demo: RunDemo) -> str:
    """What the first run said."""
    return run_demo()


@pytest.fixture(scope="module")
def state_of_tables(server: Server, django_db_setup: None) -> Callable[[], State]:
    """Tell of every table, the trail's too, how many rows it has and what they are."""

    def look() -> State:
        found = {}
        with server.connect(ADMIN, connections["default"].settings_dict["NAME"]) as connection:
            tables = connection.execute(
                "SELECT schemaname, tablename FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchall()
            for schema, table in tables:
                rows = connection.execute(
                    sql.SQL(
                        "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
                    ).format(sql.Identifier(schema, table))
                ).fetchone()
                found[f"{schema}.{table}"] = rows
        return found

    return look
