"""Blind indexes: equality over sealed values without opening or revealing them.

An index value is an HMAC of the normalised value, cut to as many bits as its use
needs; a cut index returns candidates that are opened and compared exactly.
"""

import hashlib
import hmac
import unicodedata
import uuid

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bilans.collation import fold
from bilans.crypto.binding import INSTALLATION, KeyClass, KeyScope, ScopeKind
from bilans.crypto.keys import key_to_seal

EXACT_BYTES = 16
"""128 bits: the value occurs once in its space, so there is no frequency to leak."""

TOKEN_BYTES = 1
"""8 bits for surnames: with up to 20,000 clients some 80 share a value, which hides the
common names among the rare ones (protection, blind indexes)."""

FIRST_LETTERS = 3


def login_index(email: str) -> bytes:
    """Index of a log-in e-mail, the same in the whole installation."""
    scope = KeyScope(ScopeKind.SERVICE, INSTALLATION, KeyClass.SERVICE)
    return _index(scope, "login-email", normal_email(email), EXACT_BYTES)


def client_index(organisation_id: uuid.UUID, kind: str, value: str) -> bytes:
    """Index of a normalised value within one organisation.

    Args:
        organisation_id: the space of the index; the same value differs elsewhere.
        kind: ``pesel``, ``email``, ``surname`` or ``surname-start``.
        value: normalised by the caller with the functions below.
    """
    scope = KeyScope(ScopeKind.ORGANISATION, organisation_id, KeyClass.SERVICE)
    size = EXACT_BYTES if kind in {"pesel", "email"} else TOKEN_BYTES
    return _index(scope, kind, value, size)


def normal_email(email: str) -> str:
    """Normalise an e-mail address: NFKC, no surrounding space, no case."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def normal_pesel(pesel: str) -> str:
    """Keep the digits."""
    return "".join(c for c in pesel if c.isdigit())


def surname_tokens(surname: str) -> list[str]:
    """Split a surname at hyphens and spaces, folded: "Żółć-Nowak" → zolc, nowak."""
    return fold(surname.replace("-", " ")).split()


def _index(scope: KeyScope, kind: str, value: str, size: int) -> bytes:
    derived = HKDF(
        algorithm=hashes.SHA256(),
        length=32,
        salt=None,
        info=b"bilans blind index 1 " + kind.encode(),
    ).derive(key_to_seal(scope).secret)
    return hmac.new(derived, value.encode(), hashlib.sha256).digest()[:size]
