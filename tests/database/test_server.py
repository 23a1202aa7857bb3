"""The private server comes up, and again, whatever happened to it before."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.db.utils import load_backend

from bilans.database import places
from bilans.database.places import DatabaseUnavailable
from bilans.database.server import ADMIN, Server
from tests.require import ROOT

IS_ROOT = os.geteuid() == 0
START = (
    "import sys; from pathlib import Path; from bilans.database.server import Server\n"
    "Server(Path(sys.argv[1]), durable=False).ensure_running()"
)


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what cannot stay at home, kept inside this run."""
    folder: Path = settings.TEST_DIR / f"outside-{uuid.uuid4().hex[:8]}"
    monkeypatch.setattr(places, "OUTSIDE", folder)
    return folder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the server's account can pass."""
    folder: Path = settings.TEST_DIR / uuid.uuid4().hex[:8]
    folder.mkdir(mode=0o711)
    folder.chmod(0o711)
    yield folder
    for data in list(folder.rglob("data")):
        Server(data.parent).remove()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def private(open_folder: Path) -> Server:
    """A server of the test's own, running."""
    server = Server(open_folder / "home", durable=False)
    server.ensure_running()
    return server


def _postmaster(server: Server) -> int:
    return int((server.place.data / "postmaster.pid").read_text().split()[0])


def test_the_files_are_closed_to_others(private: Server) -> None:
    home, data = private.home, private.place.data
    assert (home / "passwords.json").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700
    assert data.stat().st_uid == os.geteuid() or IS_ROOT
    assert not list(home.glob("*.new"))


def test_it_listens_on_the_socket_only_and_checks_its_pages(private: Server) -> None:
    with private.connect(ADMIN) as connection:
        for name, value in {
            "listen_addresses": "",
            "data_checksums": "on",
            "server_encoding": "UTF8",
            "password_encryption": "scram-sha-256",
        }.items():
            row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            assert row == (value,)
        assert connection.execute("SELECT lower('ZAŻÓŁĆ GĘŚLĄ')").fetchone() == ("zażółć gęślą",)


def test_the_log_repeats_no_statement_and_no_row(private: Server) -> None:
    with private.connect("bilans_owner") as owner:
        owner.execute("CREATE TABLE probe (word text UNIQUE)")
        owner.execute("INSERT INTO probe VALUES ('Kowalska')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO probe VALUES ('Kowalska')")
    log = (private.place.data / "server.log").read_text()
    assert "probe_word_key" in log
    assert "Kowalska" not in log


def test_stopping_and_starting_keeps_the_rows(private: Server) -> None:
    with private.connect("bilans_owner") as owner:
        owner.execute("CREATE TABLE probe AS SELECT 7 AS number")
    private.stop()
    assert not private.answers()
    private.stop()  # nothing to stop is no error
    private.ensure_running()
    with private.connect("bilans_app") as application:
        assert application.execute("SELECT number FROM probe").fetchone() == (7,)


def test_a_killed_server_comes_back(private: Server) -> None:
    os.kill(_postmaster(private), signal.SIGKILL)
    private.ensure_running()
    assert private.answers()


def test_a_number_that_now_belongs_to_another_program_does_not_keep_it_down(
    private: Server,
) -> None:
    note = private.place.data / "postmaster.pid"
    words = note.read_text().splitlines()
    private.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        note.write_text("\n".join([str(stranger.pid), *words[1:]]) + "\n")
        private.place.account.own(note)
        private.ensure_running()
        assert private.answers()
        stranger.kill()


def test_two_processes_start_one_server(open_folder: Path) -> None:
    home = open_folder / "home"
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath}
    starts = [
        subprocess.Popen([sys.executable, "-c", START, str(home)], env=environment)
        for _ in range(3)
    ]
    assert [start.wait(timeout=90) for start in starts] == [0, 0, 0]
    assert Server(home).answers()


def test_a_start_cut_off_in_the_middle_is_begun_again(open_folder: Path) -> None:
    home = open_folder / "home"
    (home / "data.new").mkdir(parents=True)
    (home / "data.new" / "PG_VERSION").write_text("18")
    (home / "password.new").write_text("half")
    server = Server(home, durable=False)
    server.ensure_running()
    assert server.answers()
    assert not list(home.glob("*.new"))


def test_a_long_path_takes_a_short_socket_folder(open_folder: Path) -> None:
    deep = open_folder / ("ł" * 60)
    deep.mkdir(mode=0o711)
    deep.chmod(0o711)
    server = Server(deep / "home", durable=False)
    server.ensure_running()
    assert server.answers()
    assert server.place.socket != server.place.data
    assert server.place.socket.stat().st_mode & 0o777 == 0o700
    server.remove()
    assert not server.place.socket.exists()


def test_a_closed_folder_stays_closed(
    open_folder: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "var" / "postgres", durable=False)
    server.ensure_running()
    assert server.answers()
    assert closed.stat().st_mode & 0o777 == 0o700
    assert server.place.moved == IS_ROOT
    said = capsys.readouterr().err
    if IS_ROOT:
        assert server.place.folder.parent == outside
        assert said == f"The database lies in {server.place.folder}.\n"
    else:
        assert said == ""
    server.stop()
    assert Server(server.home).place == server.place
    server.remove()


def test_programs_in_a_closed_folder_are_copied_beside_the_data_of_root(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    package = Path(places.find_package())
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, closed / folder.name, symlinks=True)
    monkeypatch.setattr(places, "find_package", lambda: closed / package.name)
    server = Server(open_folder / "home", durable=False)
    server.ensure_running()
    beside, there = server.home / "server", closed  # an ordinary user can enter its own folders
    assert server.programs.is_relative_to(beside if IS_ROOT else there)
    assert closed.stat().st_mode & 0o777 == 0o700
    with server.connect("bilans_app") as connection:
        assert connection.info.server_version >= 150000


@pytest.mark.django_db
def test_pooled_connections_survive_a_restart(private: Server) -> None:
    wrapper = load_backend("bilans.database.backend").DatabaseWrapper
    entry = connections["default"].settings_dict
    connection = wrapper(
        {**entry, "NAME": "bilans", "PRIVATE_SERVER": private.home}, alias="restarted"
    )
    try:
        for _ in range(2):
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                assert cursor.fetchone() == ("bilans_app",)
            connection.close()
            private.stop()
            private.ensure_running()
    finally:
        connection.close_pool()


def test_a_folder_others_can_write_is_refused(open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir()
    home.chmod(0o777)
    with pytest.raises(DatabaseUnavailable, match="not ours alone"):
        Server(home).ensure_running()
    assert home.stat().st_mode & 0o777 == 0o777


def test_lost_passwords_are_said_in_one_line(private: Server) -> None:
    (private.home / "passwords.json").unlink()
    with pytest.raises(DatabaseUnavailable, match=r"restore .*passwords\.json") as refusal:
        Server(private.home).ensure_running()
    assert len(str(refusal.value).splitlines()) == 1
