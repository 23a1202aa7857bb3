"""Everything that chance decides, decided: for vectors that must never change."""

import base64
import hashlib
import secrets
import uuid
from itertools import count
from pathlib import Path

import pytest

from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind

MASTER = bytes(range(32))
EPOCH = "2026-11"


def named(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://example.org/{name}")


CASE = KeyScope(ScopeKind.CASE, named("case"), KeyClass.CASE)
CLIENT = KeyScope(ScopeKind.CLIENT, named("client"), KeyClass.IDENTITY)


def put_master(folder: Path, *, epoch: str = EPOCH, key: bytes = MASTER) -> Path:
    folder.mkdir(exist_ok=True, mode=0o700)
    path = folder / f"{epoch}.key"
    path.write_bytes(base64.b64encode(key) + b"\n")
    return path


def fix_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the n-th random bytes be a hash of n, from now on."""
    numbers = count(1)

    def chosen(size: int) -> bytes:
        return hashlib.shake_128(b"chance" + next(numbers).to_bytes(4, "big")).digest(size)

    monkeypatch.setattr(secrets, "token_bytes", chosen)
