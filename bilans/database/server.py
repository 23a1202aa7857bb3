"""The private PostgreSQL of an installation without ``DATABASE_URL``.

It comes from a wheel, runs as an ordinary account, listens on a socket only, asks
everyone for a password, and is started by the first connection that needs it.
"""

import fcntl
import json
import os
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import psycopg

from bilans.database import roles
from bilans.database.places import (
    SOCKET,
    DatabaseUnavailable,
    Place,
    find_place,
    find_programs,
    make_own,
)

ADMIN = "postgres"
DATABASE = "bilans"
PATIENCE = 60.0
"""Seconds a starting or stopping server is waited for."""

LEAVING = 10.0
"""Seconds a killed server and its children may still hold its files and memory."""

SETTINGS = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    # the log must never repeat what people wrote: no statements, no failing rows
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """One private server; ``home`` is the folder that stands for it."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home.absolute()
        self.durable = durable

    @cached_property
    def place(self) -> Place:
        return find_place(self.home)

    @cached_property
    def programs(self) -> Path:
        return find_programs(self.place)

    @cached_property
    def passwords(self) -> dict[str, str]:
        """Passwords of this server's roles, made once, readable by us alone."""
        path = self.home / "passwords.json"
        if not path.exists():
            names = (ADMIN, roles.OWNER, roles.APP)
            fresh = path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps({name: secrets.token_urlsafe(32) for name in names}))
            fresh.rename(path)
        found: dict[str, str] = json.loads(path.read_text())
        return found

    def credentials(self, role: str) -> dict[str, str]:
        """Return what a connection as this role needs besides the database's name."""
        return {"host": str(self.place.socket), "user": role, "password": self.passwords[role]}

    def connect(self, role: str, database: str = DATABASE) -> psycopg.Connection:
        """Open one plain connection outside Django, for set-up and proofs."""
        access: dict[str, Any] = {"autocommit": True, "connect_timeout": 5}
        return psycopg.connect(dbname=database, **(access | self.credentials(role)))

    def environment(self, role: str, database: str = DATABASE) -> dict[str, str]:
        """Return the variables that point ``psql`` or ``pg_dump`` at this server."""
        access = self.credentials(role)
        return {
            "PGHOST": access["host"],
            "PGUSER": access["user"],
            "PGPASSWORD": access["password"],
            "PGDATABASE": database,
        }

    def answers(self) -> bool:
        """Tell whether the application can connect: a live process proves nothing."""
        if not (self.home / "passwords.json").exists():
            return False
        try:
            self.connect(roles.APP).close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure_running(self) -> None:
        """Start the server, making it first when there is none; safe from two processes."""
        if self.answers():
            return
        with self._lock():
            if self.answers():
                return
            if self.place.moved:
                print(f"The database lies in {self.place.folder}.", file=sys.stderr)  # noqa: T201 -- for the operator
            if not self.place.data.exists():
                self._create()
            self._start()
            with self.connect(ADMIN, "postgres") as connection:
                roles.provision_server(connection, self.passwords, DATABASE)
            with self.connect(ADMIN) as connection:
                roles.provision_database(connection)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server when it runs; ``at_once`` leaves the tidying to the next start."""
        if not self.home.exists():
            return
        with self._lock():
            if self._postmaster() is None:
                return
            mode = "immediate" if at_once else "fast"
            done = self._control("stop", f"--mode={mode}")
            if done.returncode != 0:
                raise DatabaseUnavailable(
                    f"The private database does not stop: {_line(done.stdout)}"
                )

    def in_use(self) -> bool:
        """Tell whether anybody is connected besides this question."""
        with self.connect(ADMIN, "postgres") as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
        return bool(row and row[0])

    def remove(self) -> None:
        """Stop the server and take away everything it left; for test runs only."""
        if not self.home.exists():
            return
        self.stop(at_once=True)
        for folder in {self.place.socket, self.place.folder, self.home}:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            make_own(self.home, 0o711)
            descriptor = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DatabaseUnavailable(
                f"No private database here ({error}); run as the owner of {self.home}"
                " or set DATABASE_URL."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _create(self) -> None:
        fresh = self.place.folder / "data.new"
        password = self.place.folder / "password.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password.unlink(missing_ok=True)
        fresh.mkdir(mode=0o700)
        self.place.account.own(fresh)
        password.touch(mode=0o600)
        password.write_text(self.passwords[ADMIN])
        self.place.account.own(password)
        settings = SETTINGS if self.durable else SETTINGS | THROWAWAY
        try:
            done = self.place.account.run(
                self.programs / "initdb",
                f"--pgdata={fresh}",
                f"--username={ADMIN}",
                f"--pwfile={password}",
                "--auth-local=scram-sha-256",
                "--auth-host=reject",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                *([] if self.durable else ["--no-sync"]),
                *(f"--set={name}={value}" for name, value in settings.items()),
            )
        finally:
            password.unlink()
        if done.returncode != 0:
            raise DatabaseUnavailable(f"The private database cannot be made: {_line(done.stdout)}")
        fresh.rename(self.place.data)

    def _start(self) -> None:
        if self._postmaster() is not None:  # still recovering: wait, do not start a second one
            self._wait_for_admin()
            return
        options = f"-h '' -k {shlex.quote(str(self.place.socket))}"
        log = self.place.data / "server.log"
        deadline = time.monotonic() + LEAVING
        while True:
            done = self._control("start", "-l", str(log), "-o", options)
            if done.returncode == 0:
                break
            if time.monotonic() > deadline:
                said = log.read_text().strip().rpartition("\n")[2] if log.exists() else ""
                raise DatabaseUnavailable(
                    f"The private database does not start: {said or _line(done.stdout)}"
                )
            time.sleep(0.5)
        self._wait_for_admin()

    def _wait_for_admin(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.connect(ADMIN, "postgres").close()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or "authentication failed" in str(error):
                    raise DatabaseUnavailable(
                        f"The private database does not let us in ({error}); "
                        f"restore {self.home / 'passwords.json'} or set DATABASE_URL."
                    ) from error
                time.sleep(0.1)
            else:
                return

    def _postmaster(self) -> int | None:
        """Return the pid of this data folder's live server.

        A killed one can stay a zombie for seconds, and after a restart of the machine
        its number may belong to another program: both would keep the server from starting.
        """
        deadline = time.monotonic() + LEAVING
        for note in (self.place.data / "postmaster.pid", self.place.socket / f"{SOCKET}.lock"):
            while note.exists():
                pid = int(note.read_text().split()[0])
                match _state(pid, self.place.data):
                    case "serving":
                        return pid
                    case "leaving" if time.monotonic() < deadline:
                        time.sleep(0.1)
                        continue
                    case "stranger" | "leaving":  # a zombie that nobody collects holds nothing
                        note.unlink(missing_ok=True)
                break  # what a server that is gone left behind, the next one tidies up
        return None

    def _control(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        control, data = self.programs / "pg_ctl", f"--pgdata={self.place.data}"
        return self.place.account.run(
            control, data, "--wait", "--silent", f"--timeout={PATIENCE:.0f}", *arguments
        )


def _state(pid: int, data: Path) -> Literal["serving", "leaving", "gone", "stranger"]:
    """Tell what has become of the process that once served this data."""
    process = Path(f"/proc/{pid}")
    try:
        name, _, rest = (process / "stat").read_text().partition("(")[2].rpartition(")")
        if rest.split()[0] in "ZX":
            return "leaving"
        if name != "postgres":
            return "stranger"
        return "serving" if (process / "cwd").readlink() == data.resolve() else "stranger"
    except PermissionError:  # a container that hides others' folders: never start a second one
        return "serving"
    except (FileNotFoundError, ProcessLookupError):
        return "leaving" if process.exists() else "gone"


def _line(text: str) -> str:
    return " ".join(text.split())


_running: dict[Path, Server] = {}


def running(home: Path) -> Server:
    """Return the server of ``home``, started; asked once per process."""
    server = _running.get(home)
    if server is None:
        server = Server(home)
        server.ensure_running()
        _running[home] = server
    return server


def forget(home: Path) -> None:
    """Ask again at the next connection: the server of ``home`` was stopped."""
    _running.pop(home, None)


def stop_when_idle(home: Path | None) -> None:
    """Stop the private server unless somebody else still works with it."""
    if home is None:
        return
    forget(home)
    server = Server(home)
    if server.answers() and not server.in_use():
        server.stop()
