"""The formats, frozen: a dump of today must open in ten years.

A red test here means that stored data would no longer open. Never change
``vectors.json``; bring a new format number and keep opening the old one.
"""

import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bilans.crypto import body, files
from bilans.crypto.binding import KeyScope, ScopeKind, pack_scope
from bilans.crypto.models import KeyRecord
from tests.crypto import vectors
from tests.crypto.fixed import CASE, CLIENT, EPOCH, MASTER, fix_chance, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(keys_folder, monkeypatch):
    fix_chance(monkeypatch)
    return vectors.made()


def test_every_format_is_as_it_was_frozen(made):
    assert made == vectors.frozen()


@pytest.fixture
def stored(made):
    """The keys of the frozen vectors lie in the database, as after a restore."""
    return vectors.frozen()


@pytest.mark.parametrize("name", vectors.VALUES)
def test_a_frozen_body_still_opens(stored, name):
    blob = bytes.fromhex(stored["body"][name])

    opened = body.unseal(blob, scope=CASE, data=pack_scope(CASE, b"tests.row", b"1"))

    assert opened == vectors.VALUES[name]


@pytest.mark.parametrize("name", vectors.FILES)
def test_a_frozen_file_still_opens(stored, name):
    assert files.SealedReader(file_id=named(name), scope=CLIENT).read() == vectors.FILES[name]


def _packed(*parts):
    return len(parts).to_bytes(2, "big") + b"".join(
        len(part).to_bytes(4, "big") + part for part in parts
    )


def _bound(scope, *more):
    return _packed(scope.kind.encode(), scope.id.bytes, scope.key_class.encode(), *more)


def _secret(scope):
    """Unwrap a key as the documents say, without the product's code."""
    record = KeyRecord.objects.get(scope_id=scope.id, key_class=scope.key_class)
    wrapped = bytes(record.wrapped)
    data = _bound(scope, EPOCH.encode(), (1).to_bytes(2, "big"))
    secret = AESGCM(MASTER).decrypt(wrapped[:12], wrapped[12:], data)
    check = hmac.new(secret, b"bilans key check value", hashlib.sha256).digest()[:8]
    assert check == bytes(record.check_value)
    return secret


def _hkdf(secret, info):
    return HKDF(hashes.SHA256(), 32, None, info).derive(secret)


@pytest.mark.parametrize("name", vectors.SCOPES)
def test_a_second_reader_opens_a_body_of_every_class(stored, name):
    scope: KeyScope = vectors.SCOPES[name]
    blob = bytes.fromhex(stored["scope"][name])

    plain = AESGCM(_secret(scope)).decrypt(blob[3:15], blob[15:], _bound(scope, b"tests.row", b""))

    assert blob[:3] == b"\x01\x00\x01"
    assert json.loads(plain) == {"a": "b"}


def test_a_second_reader_opens_a_file(stored):
    blob = files.stored_path(named("one segment and a byte")).read_bytes()
    head, first, last = blob[:10], blob[10 : 10 + 65552], blob[10 + 65552 :]
    data = _bound(CLIENT, named("one segment and a byte").bytes, head)
    cipher = AESGCM(_hkdf(_secret(CLIENT), b"bilans file 1" + data))
    prefix = head[3:]

    opened = [
        cipher.decrypt(prefix + (0).to_bytes(4, "big") + b"\x00", first, data),
        cipher.decrypt(prefix + (1).to_bytes(4, "big") + b"\x01", last, data),
    ]

    assert opened == [b"c" * 65536, b"c"]


@pytest.mark.parametrize(("kind", "size"), [("pesel", 16), ("email", 16), ("surname", 1)])
def test_a_second_reader_finds_a_blind_index(stored, kind, size):
    scope = KeyScope(ScopeKind.ORGANISATION, named("office"), "service")
    key = _hkdf(_secret(scope), b"bilans blind index 1 " + kind.encode())

    value = hmac.new(key, vectors.INDEXED[kind].encode(), hashlib.sha256).digest()[:size]

    assert value.hex() == stored["blind"][kind]
