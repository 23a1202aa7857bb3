"""The sealed body: all personal values of one row in one authenticated ciphertext.

Layout: format byte 1, key version (2 bytes), nonce (12 bytes), AES-256-GCM ciphertext
and tag over the values as JSON, padded with blanks (which JSON ignores) so that a yes
and a no look alike. The associated data bind it to its row, so a body copied elsewhere
does not open.
"""

import secrets
from collections.abc import Mapping
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag

from bilans.crypto.binding import KeyScope
from bilans.crypto.keys import NONCE_BYTES, key_to_open, key_to_seal
from bilans.errors import SealBroken

FORMAT = 1
_HEADER = 1 + 2 + NONCE_BYTES
_SMALL_STEP, _LARGE_STEP, _SMALL_LIMIT = 32, 256, 256


def seal(values: Mapping[str, Any], *, scope: KeyScope, data: bytes) -> bytes:
    """Seal values under the scope's newest key, bound to ``data``."""
    return seal_bytes(_pad(orjson.dumps(dict(values))), scope=scope, data=data)


def unseal(blob: bytes, *, scope: KeyScope, data: bytes) -> dict[str, Any]:
    """Open a body.

    Raises:
        SealBroken: altered, from elsewhere, of an unknown format, or its key is gone.
    """
    return orjson.loads(unseal_bytes(blob, scope=scope, data=data))


def seal_bytes(plain: bytes, *, scope: KeyScope, data: bytes) -> bytes:
    """Seal bytes as they are, without padding."""
    key = key_to_seal(scope)
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = bytes([FORMAT]) + key.version.to_bytes(2, "big")
    return head + nonce + key.cipher.encrypt(nonce, plain, data)


def unseal_bytes(blob: bytes, *, scope: KeyScope, data: bytes) -> bytes:
    """Open what :func:`seal_bytes` made; raises like :func:`unseal`."""
    if len(blob) < _HEADER or blob[0] != FORMAT:
        raise SealBroken("unknown format of a sealed value")
    key = key_to_open(scope, int.from_bytes(blob[1:3], "big"))
    try:
        return key.cipher.decrypt(blob[3:_HEADER], blob[_HEADER:], data)
    except InvalidTag as error:
        raise SealBroken("a sealed value does not open in this place") from error


def _pad(text: bytes) -> bytes:
    step = _SMALL_STEP if len(text) <= _SMALL_LIMIT else _LARGE_STEP
    return text.ljust(-(-len(text) // step) * step)
