"""One private server per run, made as its owner, used as the application, removed after."""

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from pytest_django import DjangoDbBlocker

from bilans.database import roles
from bilans.database.server import ADMIN, Server
from tests.require import all_required, find_chromium

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
HAS_BROWSER = find_chromium() is not None
collect_ignore = [] if HAS_BROWSER or all_required() else ["journeys"]


def pytest_configure() -> None:
    if not IS_WORKER:
        _remove_leftovers()
        settings.TEST_DIR.mkdir(mode=0o711)
        settings.TEST_DIR.chmod(0o711)  # the account of the database passes through


def pytest_unconfigure() -> None:
    if not IS_WORKER:
        connections["default"].close_pool()
        _remove(settings.TEST_DIR)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if collect_ignore and not IS_WORKER:
        terminalreporter.write_line(
            "Left out: the browser tests (tests/journeys). They need Chromium"
            " (Debian: apt install chromium, or BILANS_CHROMIUM=path), then: make test."
        )


def _remove_leftovers() -> None:
    """Take away what killed runs left: their process is gone, their server may live."""
    for folder in Path(tempfile.gettempdir()).glob("bilans-test-*-*"):
        run = folder.name.split("-")[2]
        if run.isdigit() and not Path(f"/proc/{run}").exists() and _is_ours(folder):
            _remove(folder)


def _is_ours(folder: Path) -> bool:
    return folder.lstat().st_uid == os.geteuid() and not folder.is_symlink()


def _remove(folder: Path) -> None:
    Server(folder / "postgres").remove()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Server:
    """The private server of this run, shared by all its processes."""
    private = Server(settings.DATABASES["default"]["PRIVATE_SERVER"], durable=False)
    private.ensure_running()
    return private


@pytest.fixture(scope="session")
def django_db_setup(
    server: Server, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Migrate as the owner; everything after it runs as the role that owns nothing."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'bilans')}"
    connections["default"].settings_dict["NAME"] = name
    with server.connect(ADMIN, "postgres") as connection:
        roles.create_database(connection, name)
    with server.connect(ADMIN, name) as connection:
        roles.provision_database(connection)
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
    with server.connect(ADMIN, name) as connection:  # flushing tests only; never in production
        connection.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO bilans_app")
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        connections["default"].close_pool()


@pytest.fixture(scope="session")
def clear_trail(server: Server, django_db_setup: None) -> Callable[[], None]:
    """Empty the trail, which Django's flush does not know and the application cannot."""

    def clear() -> None:
        name = connections["default"].settings_dict["NAME"]
        with server.connect(ADMIN, name) as connection:
            connection.execute("SET lock_timeout = '5s'")
            connection.execute("SET session_replication_role = replica")  # no triggers
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'audit'"
            ).fetchall()
            if tables:
                names = sql.SQL(", ").join(sql.Identifier("audit", table) for (table,) in tables)
                connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))

    return clear


@pytest.fixture(autouse=True)
def _trail_ends_with_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("django_db")
    flushed = marker is not None and marker.kwargs.get("transaction")
    if not flushed and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    clear_trail = request.getfixturevalue("clear_trail")
    yield
    clear_trail()


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise RuntimeError(f"Tests stay on this machine, not {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture
def as_superuser(server: Server, django_db_setup: None) -> Callable[..., None]:
    """Run statements as somebody who may do anything; what is open must be committed."""

    def run(*statements: str) -> None:
        name = connections["default"].settings_dict["NAME"]
        with server.connect(ADMIN, name) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[arg-type]

    return run
