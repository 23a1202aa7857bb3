"""Reading the trail: the course of a case, and the proof that nothing was touched."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from bilans.audit.models import Entry, Head
from bilans.audit.registry import EventType, event_type, event_types
from bilans.audit.services import Stream, payload_binding
from bilans.crypto import body
from bilans.errors import SealBroken

ZERO_HASH = bytes(32)
_DOMAIN = b"bilans-audit/1"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry, ready to be told: "<who> <sentence>"."""

    at: datetime
    actor_id: UUID | None
    role: str
    event: EventType | None
    code: str
    outcome: str
    object_label: str
    object_id: str
    data: dict[str, Any]

    @property
    def sentence(self) -> str:
        """What was done, in the reader's language."""
        if self.event is None:
            return self.code
        return str(self.event.sentence) % _Lenient(self.data)


class _Lenient(dict):
    def __missing__(self, key: str) -> str:
        return "…"


def history(stream: Stream, *, limit: int = 50, readings: bool = False) -> list[HistoryLine]:
    """The newest entries of a stream, newest first.

    Args:
        stream: whose.
        limit: how many at most.
        readings: whether looks at data are told too, or only acts.
    """
    entries = Entry.objects.filter(kind=stream.kind, scope=stream.id).order_by("-seq")
    if not readings:
        entries = entries.exclude(action__in=[each.code for each in event_types() if each.reading])
    return [_line(stream, entry) for entry in entries[:limit]]


def broken_places(kind: str | None = None, scope: UUID | None = None) -> Iterator[str]:
    """Recompute every chain and name each place where it does not hold.

    An edited, removed, inserted or reordered entry breaks its stream here. A whole
    stream rebuilt by somebody who may write the tables does not; only signed checkpoints
    show that.
    """
    chosen: dict[str, Any] = {}
    if kind is not None:
        chosen = {"kind": kind, "scope": scope}
    ends: dict[tuple[str, UUID], tuple[int, bytes]] = {}
    for entry in Entry.objects.filter(**chosen).order_by("kind", "scope", "seq").iterator():
        key = (entry.kind, entry.scope)
        yield from _faults(entry, *ends.get(key, (0, ZERO_HASH)))
        ends[key] = (entry.seq, bytes(entry.hash))
    for head in Head.objects.filter(**chosen):
        number, last = ends.pop((head.kind, head.scope), (0, ZERO_HASH))
        if (number, last) != (head.seq, bytes(head.head)):
            yield f"{head}: ends at {number}, its head says {head.seq}"
    for kind_, scope_ in ends:
        yield f"{kind_}/{scope_}: has entries but no head"


def _faults(entry: Entry, number: int, previous: bytes) -> Iterator[str]:
    if entry.seq != number + 1:
        yield f"{entry}: entries {number + 1} to {entry.seq - 1} are missing"
    elif bytes(entry.previous) != previous:
        yield f"{entry}: does not follow the entry before it"
    if entry_hash(entry) != bytes(entry.hash) or not _columns_agree(entry):
        yield f"{entry}: was changed"


def entry_hash(entry: Entry) -> bytes:
    """The hash an entry must have, from its own content."""
    digest = hashlib.sha256()
    digest.update(_DOMAIN + b"\x00" + entry.kind.encode() + b"\x00" + entry.scope.bytes)
    digest.update(entry.seq.to_bytes(8, "big"))
    digest.update(hashlib.sha256(entry.body.encode()).digest())
    digest.update(hashlib.sha256(bytes(entry.payload or b"")).digest())
    digest.update(bytes(entry.previous))
    return digest.digest()


def _columns_agree(entry: Entry) -> bool:
    """Whether the columns made for searching say what the hashed body says."""
    plain = orjson.loads(entry.body)
    return (
        entry.at == datetime.fromisoformat(plain["at"])
        and entry.actor == (plain["actor"] and UUID(plain["actor"]))
        and entry.action == plain["action"]
    )


def _line(stream: Stream, entry: Entry) -> HistoryLine:
    plain = orjson.loads(entry.body)
    data: dict[str, Any] = {}
    if entry.payload is not None:
        try:
            data = body.unseal(
                bytes(entry.payload),
                scope=stream.key_scope(),
                data=payload_binding(stream, entry.body),
            )
        except SealBroken:
            data = {}  # its key was destroyed with the person's data; the fact remains
    return HistoryLine(
        at=datetime.fromisoformat(plain["at"]),  # not the columns: only the body is hashed
        actor_id=plain["actor"] and UUID(plain["actor"]),
        role=plain["role"],
        event=event_type(plain["action"]),
        code=plain["action"],
        outcome=plain["outcome"],
        object_label=plain["object"],
        object_id=plain["id"],
        data=data | {"count": plain.get("count", 0)},
    )
