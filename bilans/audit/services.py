"""The only writer of the trail, and the unit of work it belongs to."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg.pq import TransactionStatus

from bilans.audit.context import origin
from bilans.audit.registry import EventType
from bilans.crypto import body
from bilans.crypto.binding import KeyClass, KeyScope, pack_scope
from bilans.crypto.keys import forget_keys, key_ring
from bilans.database.savepoints import Mark, leave_mark, standing_marks
from bilans.errors import TrailUnavailable


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """One chain of entries: a case's, a client card's, a person's, an organisation's."""

    kind: str
    id: uuid.UUID

    def key_scope(self) -> KeyScope:
        """Whose key seals the payloads of this stream."""
        return KeyScope(self.kind, self.id, KeyClass.AUDIT)


class Actor(Protocol):
    """Who acts; ``None`` stands for the operator at the shell."""

    pk: Any

    @property
    def role(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Draft:
    stream: Stream
    plain: dict[str, Any]
    data: dict[str, Any]
    mark: Mark


_buffer: ContextVar[list[_Draft] | None] = ContextVar("bilans_audit_buffer", default=None)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Let a fact and its trace stand or fall together.

    The outermost block is the transaction; its entries are appended as the last thing
    before the commit, in the order of their streams, so that two requests never wait
    for each other in a ring. An inner block is a savepoint: undone, its entries go too,
    as do those of any other savepoint.

    Raises:
        TrailUnavailable: the trail refused the entries; everything was rolled back.
        TransactionManagementError: a database error was swallowed on the way; the database
            would answer the commit with a rollback and say nothing.
    """
    if _buffer.get() is not None:
        try:
            with transaction.atomic():
                yield
        except BaseException:
            forget_keys()
            raise
        return

    with key_ring() as ring, transaction.atomic(durable=True):
        buffer: list[_Draft] = []
        token = _buffer.set(buffer)
        try:
            yield
            _refuse_a_broken_transaction()
            _append(buffer)
        except BaseException:
            ring.forget()
            raise
        finally:
            _buffer.reset(token)


def record(  # noqa: PLR0913 -- keyword-only, each with a meaning of its own
    event: EventType,
    *,
    actor: Actor | None,
    subject: Any,
    data: dict[str, Any] | None = None,
    changed: Iterable[str] = (),
    count: int | None = None,
    outcome: str = "ok",
) -> None:
    """Leave an entry in the stream of ``subject``, in the current unit of work.

    Args:
        event: what happened.
        actor: who did it.
        subject: a row with ``audit_stream``; for a list or a log-in, the actor itself.
        data: what the event declares to carry; sealed with the stream's key.
        changed: names of the attributes that changed; plain.
        count: how many rows a list showed.
        outcome: ``ok`` or ``denied``.

    Raises:
        RuntimeError: outside a unit of work; fact and trace would not belong together.
        ValueError: ``data`` has a key the event does not declare.
    """
    buffer = _buffer.get()
    if buffer is None:
        raise RuntimeError(f"{event.code} recorded outside a unit of work")
    data = data or {}
    if undeclared := data.keys() - event.payload:
        raise ValueError(f"{event.code} does not declare {sorted(undeclared)}")
    request = origin()
    plain: dict[str, Any] = {
        "at": timezone.now().isoformat(),
        "actor": None if actor is None else str(actor.pk),
        "role": "" if actor is None else actor.role,
        "action": event.code,
        "outcome": outcome,
        "object": subject._meta.label_lower,
        "id": str(subject.pk),
    }
    if request.request_id is not None:
        plain["request"] = str(request.request_id)
    if names := sorted(changed):
        plain["changed"] = names
    if count is not None:
        plain["count"] = count
    sealed = {key: _storable(value) for key, value in data.items()}
    if request.address:
        sealed |= {"_address": request.address, "_device": request.device}
    buffer.append(_Draft(subject.audit_stream, plain, sealed, leave_mark()))


def payload_binding(stream: Stream, text: str) -> bytes:
    """Associated data of an entry's payload: its stream and its own plain body."""
    return pack_scope(stream.key_scope(), b"audit entry", hashlib.sha256(text.encode()).digest())


def _refuse_a_broken_transaction() -> None:
    status = connection.connection.info.transaction_status
    if connection.needs_rollback or status == TransactionStatus.INERROR:
        raise transaction.TransactionManagementError(
            "a database error was swallowed: nothing of this unit of work can be kept"
        )


def _append(buffer: list[_Draft]) -> None:
    standing = standing_marks()
    rows = []
    for draft in sorted(buffer, key=lambda each: each.stream):
        if draft.mark not in standing:  # what it tells was undone by a savepoint
            continue
        text = orjson.dumps(draft.plain, option=orjson.OPT_SORT_KEYS).decode()
        payload = None
        if draft.data:
            payload = body.seal(
                draft.data,
                scope=draft.stream.key_scope(),
                data=payload_binding(draft.stream, text),
            )
        rows.append((draft.stream.kind, draft.stream.id, text, payload))
    if not rows:
        return
    try:
        with connection.cursor() as cursor:
            for row in rows:
                cursor.execute("SELECT audit.append(%s, %s, %s, %s)", row)
    except DatabaseError as error:
        raise TrailUnavailable("the audit trail could not be written") from error


def _storable(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
