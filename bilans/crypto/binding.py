"""The vocabulary of sealing: whose key, of which class, bound to what."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models


class KeyClass(models.TextChoices):
    """What a key protects; classes follow retention, so one can be destroyed alone."""

    IDENTITY = "identity"
    WORK = "work"
    CASE = "case"
    PORTFOLIO = "portfolio"
    LEGAL = "legal"
    VALIDATION = "validation"
    AUDIT = "audit"
    SERVICE = "service"


class ScopeKind(models.TextChoices):
    """Whose key it is."""

    CLIENT = "client"
    CASE = "case"
    USER = "user"
    ORGANISATION = "organisation"
    SERVICE = "service"


INSTALLATION = uuid.UUID(int=0)
"""The id of the one scope of kind ``service``."""


@dataclass(frozen=True, slots=True)
class KeyScope:
    """Names one series of keys; the series' versions are numbered from 1."""

    kind: str
    id: uuid.UUID
    key_class: str

    def parts(self) -> tuple[bytes, bytes, bytes]:
        """Return the scope as parts of associated data."""
        return self.kind.encode(), self.id.bytes, self.key_class.encode()


def pack(*parts: bytes) -> bytes:
    """Join parts so that no two different lists give the same bytes.

    The count and every length are written out: moving a byte from one part to the
    next changes the result.
    """
    return len(parts).to_bytes(2, "big") + b"".join(
        len(part).to_bytes(4, "big") + part for part in parts
    )


def pack_scope(scope: KeyScope, *more: bytes) -> bytes:
    """Pack a scope followed by further parts."""
    tail: Sequence[bytes] = more
    return pack(*scope.parts(), *tail)
