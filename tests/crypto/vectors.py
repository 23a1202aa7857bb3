"""What format 1 makes of fixed keys and fixed chance; frozen in ``vectors.json``."""

import hashlib
import json
from pathlib import Path
from typing import Any

from bilans.crypto import body, files
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind, pack_scope
from bilans.crypto.blind import client_index, login_index, surname_tokens
from bilans.crypto.models import KeyRecord
from tests.crypto.fixed import CASE, CLIENT, named

FROZEN = Path(__file__).with_name("vectors.json")

VALUES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a blank": {"text": ""},
    "a none": {"text": None},
    "a yes": {"stance": "agrees"},
    "Polish": {"full_name": "Grażyna Żółkiewska", "email": "g@example.org"},
    "nested": {"tree": [{"kind": "list", "items": ["ą", 1, 2.5, True, None]}]},
    "256 bytes": {"text": "x" * 245},
    "257 bytes": {"text": "x" * 246},
    "long": {"text": "Zażółć gęślą jaźń. " * 60},
}
SCOPES = {
    f"{kind}/{key_class}": KeyScope(kind, named(f"{kind}-{key_class}"), key_class)
    for kind, key_class in zip(
        [*ScopeKind, ScopeKind.CASE, ScopeKind.CASE, ScopeKind.CASE], KeyClass, strict=True
    )
}
FILES = {
    "empty": b"",
    "one byte": b"a",
    "one segment": b"b" * files.SEGMENT,
    "one segment and a byte": b"c" * (files.SEGMENT + 1),
    "three segments": bytes(range(256)) * (3 * files.SEGMENT // 256) + b"end",
}
INDEXED = {
    "pesel": "44051401458",
    "email": "grazyna@example.org",
    "surname": surname_tokens("Żółkiewska")[0],
    "surname-start": surname_tokens("Żółkiewska")[0][:3],
}


def made() -> dict[str, dict[str, str]]:
    """Make every vector, always in the same order: chance is counted."""
    return {
        "body": {name: _body(values) for name, values in VALUES.items()},
        "scope": {name: _under(scope) for name, scope in SCOPES.items()},
        "wrap": {name: _wrapped(scope) for name, scope in SCOPES.items()},
        "blind": _indexes(),
        "file": {name: _file(name, content) for name, content in FILES.items()},
    }


def frozen() -> dict[str, dict[str, str]]:
    return json.loads(FROZEN.read_text())


def _body(values: dict[str, Any]) -> str:
    return body.seal(values, scope=CASE, data=pack_scope(CASE, b"tests.row", b"1")).hex()


def _under(scope: KeyScope) -> str:
    return body.seal({"a": "b"}, scope=scope, data=pack_scope(scope, b"tests.row", b"")).hex()


def _wrapped(scope: KeyScope) -> str:
    record = KeyRecord.objects.get(scope_id=scope.id, key_class=scope.key_class)
    return f"{bytes(record.wrapped).hex()} {bytes(record.check_value).hex()}"


def _indexes() -> dict[str, str]:
    office = named("office")
    found = {kind: client_index(office, kind, value).hex() for kind, value in INDEXED.items()}
    return found | {"login": login_index(" Grażyna@Example.ORG ").hex()}


def _file(name: str, content: bytes) -> str:
    writer = files.SealedWriter(file_id=named(name), scope=CLIENT)
    writer.write(content)
    writer.finish()
    stored = files.stored_path(named(name)).read_bytes()
    return stored.hex() if len(stored) < 64 else f"sha256 {hashlib.sha256(stored).hexdigest()}"
