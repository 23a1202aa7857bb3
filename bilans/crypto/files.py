"""Files sealed in segments while they stream in; any range opens alone.

Layout: header (format byte 1, key version, nonce prefix of 7 bytes), then segments of
64 KiB, each AES-256-GCM with the nonce ``prefix | segment number (4) | last flag (1)``
(the STREAM construction). The key is derived per file from the class key with the
file's id as context, and the header is bound to every segment: truncated, reordered,
repeated, foreign or appended segments never open. Neither the whole file nor its
plaintext ever lies on disk.
"""

import os
import secrets
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from bilans.crypto.binding import KeyScope, pack_scope
from bilans.crypto.disk import sync_folder
from bilans.crypto.keys import key_to_open, key_to_seal
from bilans.errors import SealBroken

SEGMENT = 64 * 1024
FORMAT = 1
_PREFIX = 7
_HEADER = 1 + 2 + _PREFIX
_TAG = 16


class SealedWriter:
    """Seals a stream chunk by chunk into a part file; nothing stands until :meth:`finish`.

    Args:
        file_id: names the stored file and is bound into its key.
        scope: whose key, of which class.
    """

    def __init__(self, *, file_id: uuid.UUID, scope: KeyScope) -> None:
        key = key_to_seal(scope)
        self.file_id = file_id
        self.size = 0
        self._head = bytes([FORMAT]) + key.version.to_bytes(2, "big") + secrets.token_bytes(_PREFIX)
        self._data = pack_scope(scope, file_id.bytes, self._head)
        self._cipher = _file_cipher(key.secret, self._data)
        self._number = 0
        self._pending = bytearray()
        self._part = stored_path(file_id).with_suffix(".part")
        self._part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file: BinaryIO = self._part.open("xb")
        self._file.write(self._head)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes of the plaintext."""
        self.size += len(chunk)
        self._pending += chunk
        while len(self._pending) > SEGMENT:  # the last segment waits: it carries the flag
            self._seal(bytes(self._pending[:SEGMENT]), last=False)
            del self._pending[:SEGMENT]

    def finish(self) -> None:
        """Seal the last segment, make the file durable, then give it its name."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(stored_path(self.file_id))
        sync_folder(self._part.parent)
        sync_folder(self._part.parent.parent)  # which may have got its folder just now

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._part.unlink(missing_ok=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        nonce = _nonce(self._head, self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, plain, self._data))
        self._number += 1


class SealedReader:
    """Opens a stored file; build it inside the unit of work, read it after.

    Its key is taken when it is built, so an answer may stream after the transaction
    has ended.
    """

    def __init__(self, *, file_id: uuid.UUID, scope: KeyScope) -> None:
        self._path = stored_path(file_id)
        with self._stored() as file:
            self._head = file.read(_HEADER)
        if len(self._head) < _HEADER or self._head[0] != FORMAT:
            raise SealBroken("unknown format of a stored file")
        key = key_to_open(scope, int.from_bytes(self._head[1:3], "big"))
        self._data = pack_scope(scope, file_id.bytes, self._head)
        self._cipher = _file_cipher(key.secret, self._data)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the plaintext segment by segment.

        Raises:
            SealBroken: a segment is altered, moved, missing, or follows the last one.
        """
        with self._stored() as file:
            file.seek(_HEADER)
            number, current = 0, file.read(SEGMENT + _TAG)
            while True:
                following = file.read(SEGMENT + _TAG)
                yield self._open(current, number, last=not following)
                if not following:
                    return
                number, current = number + 1, following

    def read(self) -> bytes:
        """Return the whole plaintext; for documents, never for evidence of any size."""
        return b"".join(self)

    def _stored(self) -> BinaryIO:
        try:
            return self._path.open("rb")
        except OSError as error:
            raise SealBroken("a stored file is missing") from error

    def _open(self, segment: bytes, number: int, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(_nonce(self._head, number, last=last), segment, self._data)
        except (InvalidTag, ValueError) as error:
            raise SealBroken("a stored file does not open") from error


def stored_path(file_id: uuid.UUID) -> Path:
    """Where a sealed file lies; the name says nothing."""
    name = file_id.hex
    return Path(settings.BILANS_FILES) / name[-2:] / name


def remove(file_id: uuid.UUID) -> None:
    """Take a stored file off the disk; a missing one is no error."""
    stored_path(file_id).unlink(missing_ok=True)


def _file_cipher(secret: bytes, context: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, None, b"bilans file 1" + context).derive(secret))


def _nonce(head: bytes, number: int, *, last: bool) -> bytes:
    return head[-_PREFIX:] + number.to_bytes(4, "big") + bytes([last])
