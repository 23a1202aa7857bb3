"""Keys in use: loaded page-wise, kept for one unit of work, forgotten at its end.

A destroyed key therefore takes effect at the next request in every process.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.utils import timezone

from bilans.crypto import masters
from bilans.crypto.binding import KeyScope, pack_scope
from bilans.crypto.models import KeyRecord, KeyState
from bilans.database.savepoints import Mark, leave_mark, standing_marks
from bilans.errors import KeysUnavailable, SealBroken

NONCE_BYTES = 12
_CHECK = b"bilans key check value"


@dataclass(frozen=True, slots=True)
class Key:
    """One opened key; ``cipher`` is built once, because building it costs twice its use."""

    version: int
    secret: bytes
    cipher: AESGCM


@dataclass(slots=True)
class Ring:
    """The keys of one unit of work.

    ``made`` marks the scopes whose first key was made here: a savepoint that is undone
    takes such a key with it, and what was sealed with it later would never open.
    """

    wanted: set[KeyScope] = field(default_factory=set)
    series: dict[KeyScope, dict[int, Key]] = field(default_factory=dict)
    made: dict[KeyScope, Mark] = field(default_factory=dict)

    def forget(self) -> None:
        """Drop every key: a rolled-back transaction may have undone the making of one."""
        self.wanted.update(self.series)
        self.series.clear()

    def drop_undone(self, scope: KeyScope) -> None:
        """Forget a key that was made here and no longer stands."""
        if scope in self.made and self.made[scope] not in standing_marks():
            del self.made[scope]
            self.series.pop(scope, None)


_ring: ContextVar[Ring | None] = ContextVar("bilans_key_ring", default=None)


@contextmanager
def key_ring() -> Iterator[Ring]:
    """Keep keys for the length of the block; an outer ring is shared."""
    outer = _ring.get()
    if outer is not None:
        yield outer
        return
    ring = Ring()
    token = _ring.set(ring)
    try:
        yield ring
    finally:
        _ring.reset(token)


def want(scope: KeyScope) -> None:
    """Announce that a row under this scope was loaded; its key comes with the page's."""
    ring = _ring.get()
    if ring is not None and scope not in ring.series:
        ring.wanted.add(scope)


def forget_keys() -> None:
    """Forget the keys of the current unit of work, after a rollback."""
    ring = _ring.get()
    if ring is not None:
        ring.forget()


def key_to_open(scope: KeyScope, version: int) -> Key:
    """Return the key a sealed value names.

    Raises:
        SealBroken: no such version, or it was destroyed.
    """
    key = _series(scope).get(version)
    if key is None:
        raise SealBroken(f"no key {version} for {scope.kind}/{scope.key_class}")
    return key


def key_to_seal(scope: KeyScope) -> Key:
    """Return the newest key of the scope, making the first one when there is none.

    Raises:
        SealBroken: the scope had keys and all were destroyed; nothing is sealed for it again.
    """
    series = _series(scope)
    if not series:
        _create(scope)
        series = _series(scope)
    if not series:
        raise SealBroken(f"the keys for {scope.kind}/{scope.key_class} were destroyed")
    return series[max(series)]


def check_masters() -> None:
    """Refuse to start with a missing or wrong master key.

    Raises:
        KeysUnavailable: with one line for the operator.
    """
    present = set(masters.epochs())
    used = set(
        KeyRecord.objects.exclude(state=KeyState.DESTROYED)
        .values_list("epoch", flat=True)
        .distinct()
    )
    if missing := used - present:
        raise KeysUnavailable(
            f"The master key {min(missing)} is missing: put its file back into the keys folder."
        )
    for epoch in used:
        record = KeyRecord.objects.filter(epoch=epoch, state=KeyState.ACTIVE).first()
        if record is not None:
            _unwrap(record, AESGCM(masters.master_key(epoch)))


def _series(scope: KeyScope) -> dict[int, Key]:
    ring = _ring.get()
    if ring is None:
        return _load({scope}).get(scope, {})
    ring.drop_undone(scope)
    if scope not in ring.series:
        pending = {scope, *(ring.wanted - ring.series.keys())}
        loaded = _load(pending)
        for each in pending:
            # an empty series is remembered only for a scope nobody asked to open
            if each in loaded:
                ring.series[each] = loaded[each]
        ring.wanted.clear()
    return ring.series.get(scope, {})


def _load(scopes: set[KeyScope]) -> dict[KeyScope, dict[int, Key]]:
    """Fetch and unwrap the keys of many scopes in one query."""
    ordered = list(scopes)
    records = KeyRecord.objects.raw(
        """
        SELECT key.* FROM crypto_keyrecord key
        JOIN unnest(%s::text[], %s::uuid[], %s::text[]) AS wanted (kind, id, class)
          ON key.scope_id = wanted.id AND key.scope_kind = wanted.kind
         AND key.key_class = wanted.class
        WHERE key.state = 'active'
        """,
        [[s.kind for s in ordered], [s.id for s in ordered], [s.key_class for s in ordered]],
    )
    found: dict[KeyScope, dict[int, Key]] = {}
    opened: dict[str, AESGCM] = {}  # each master is read once a page, not once a key
    for record in records:
        if record.epoch not in opened:
            opened[record.epoch] = AESGCM(masters.master_key(record.epoch))
        scope = KeyScope(record.scope_kind, record.scope_id, record.key_class)
        found.setdefault(scope, {})[record.version] = _unwrap(record, opened[record.epoch])
    return found


def _unwrap(record: KeyRecord, master: AESGCM) -> Key:
    scope = KeyScope(record.scope_kind, record.scope_id, record.key_class)
    wrapped = bytes(record.wrapped or b"")
    try:
        secret = master.decrypt(
            wrapped[:NONCE_BYTES],
            wrapped[NONCE_BYTES:],
            _wrap_data(record.epoch, scope, record.version),
        )
    except (InvalidTag, ValueError) as error:
        raise KeysUnavailable(
            f"The master key {record.epoch} does not open the keys of this database: "
            "the key file belongs to another installation or was damaged."
        ) from error
    if not hmac.compare_digest(_check_value(secret), bytes(record.check_value)):
        raise KeysUnavailable(f"{record} does not match its check value.")
    return Key(record.version, secret, AESGCM(secret))


def _create(scope: KeyScope) -> None:
    """Make version 1 of a scope's key; of two who try at once, one key stands."""
    epoch = _current_epoch()
    secret = secrets.token_bytes(masters.KEY_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped = nonce + AESGCM(masters.master_key(epoch)).encrypt(
        nonce, secret, _wrap_data(epoch, scope, 1)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO crypto_keyrecord
                (scope_kind, scope_id, key_class, version, epoch, wrapped, check_value, state,
                 created_at)
            VALUES (%s, %s, %s, 1, %s, %s, %s, 'active', %s)
            ON CONFLICT (scope_id, scope_kind, key_class, version) DO NOTHING
            """,
            [
                scope.kind, scope.id, scope.key_class, epoch, wrapped, _check_value(secret),
                timezone.now(),
            ],
        )  # fmt: skip
    ring = _ring.get()
    if ring is not None:
        ring.made[scope] = leave_mark()


def _current_epoch() -> str:
    present = masters.epochs()
    if present:
        return present[-1]
    if KeyRecord.objects.exists():
        raise KeysUnavailable(
            "The keys folder is empty but the database holds sealed data: put the key files back."
        )
    epoch = timezone.localdate().strftime("%Y-%m")
    masters.create_epoch(epoch)
    return epoch


def _wrap_data(epoch: str, scope: KeyScope, version: int) -> bytes:
    return pack_scope(scope, epoch.encode(), version.to_bytes(2, "big"))


def _check_value(secret: bytes) -> bytes:
    return hmac.new(secret, _CHECK, hashlib.sha256).digest()[:8]
