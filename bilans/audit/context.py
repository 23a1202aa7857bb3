"""Where a request comes from, for the entries it causes."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """One request: its id, and the address and device that sealed payloads keep."""

    request_id: uuid.UUID | None = None
    address: str = ""
    device: str = ""


_origin: ContextVar[Origin | None] = ContextVar("bilans_audit_origin", default=None)


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Mark every entry of the block with the request that caused it."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def origin() -> Origin:
    """The request being answered, or an empty one outside of any."""
    return _origin.get() or Origin()
