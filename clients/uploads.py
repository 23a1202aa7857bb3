"""Files sealed while they arrive: nothing readable touches the disk, nothing is held whole.

The case comes from the address (``case_id``), the key class from the route: a scan of a
contract is kept as long as the contract, evidence as long as the portfolio. A file for a
case the sender may not see is let run through and forgotten; the page then answers as it
would without a file.
"""

import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import connection, transaction
from django.http import HttpRequest
from uuid_utils.compat import uuid7

from bilans.crypto import files
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from clients.filetypes import HEAD_BYTES, TAIL_BYTES, Ends
from clients.selectors.cases import cases_for

MAX_FILES = 10
"""Files of one request; further ones are refused."""

_protections: dict[str, str] = {}


def protect_uploads(route: str, protection: str) -> None:
    """Say under which key class the files sent to a route are sealed; else PORTFOLIO."""
    _protections[route] = protection


class SealedUpload(UploadedFile):
    """A file that has arrived and lies sealed under no name yet.

    ``refused`` is the code of what went wrong on the way. A service takes the file over
    with :meth:`keep`; a file nobody took over, or whose transaction was undone, is gone
    when the request ends.
    """

    def __init__(
        self, *, name: str, declared: str, scope: KeyScope | None, refused: str = ""
    ) -> None:
        super().__init__(None, name, declared, 0)
        self.file_id: uuid.UUID = uuid7()
        self.scope = scope
        self.refused = refused
        self._writer: files.SealedWriter | None = None
        if scope is not None:
            self._writer = files.SealedWriter(file_id=self.file_id, scope=scope)
        self._head = b""
        self._tail = bytearray()
        self._digest = hashlib.sha256()
        self._kept = self._committed = False

    def take(self, chunk: bytes) -> None:
        """Seal the next bytes, or only count them once the file is refused."""
        self.size = (self.size or 0) + len(chunk)
        if self._writer is None:
            return
        if self.size > settings.BILANS_UPLOAD_LIMIT:
            self._refuse("file_too_large")
            return
        if len(self._head) < HEAD_BYTES:
            self._head += chunk[: HEAD_BYTES - len(self._head)]
        self._tail += chunk
        del self._tail[:-TAIL_BYTES]
        self._digest.update(chunk)
        try:
            self._writer.write(chunk)
        except OSError:
            self._refuse("file_no_room")

    @property
    def ends(self) -> Ends:
        """What the check of its type looks at."""
        return Ends(self._head, bytes(self._tail), self.size or 0)

    @property
    def sha256(self) -> str:
        """Checksum of the plaintext, in hex."""
        return self._digest.hexdigest()

    def keep(self) -> None:
        """Make the file durable under its id; its row must follow in this transaction."""
        if self._writer is None:
            raise ValueError("a refused or forgotten file cannot be kept")
        self._writer.finish()
        self._writer, self._kept = None, True
        transaction.on_commit(self._commit)

    def close(self) -> None:
        """Leave nothing behind of a file that was not taken over or whose row is undone."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None
        # inside a transaction nobody knows yet whether the row will stand
        if self._kept and not self._committed and not connection.in_atomic_block:
            files.remove(self.file_id)
            self._kept = False

    def read(self, *args: Any) -> bytes:
        raise TypeError("a sealed upload is read through clients.services.open_file")

    def _commit(self) -> None:
        self._committed = True

    def _refuse(self, code: str) -> None:
        self.refused = code
        if self._writer is not None:
            self._writer.abandon()
        self._writer = None
        self._tail.clear()


def seal_bytes(
    *, case_id: uuid.UUID, name: str, data: bytes, declared: str, protection: str
) -> SealedUpload:
    """Take bytes at hand as if they had been sent: for the demo and for tests."""
    upload = SealedUpload(
        name=name, declared=declared, scope=KeyScope(ScopeKind.CASE, case_id, protection)
    )
    upload.take(data)
    return upload


class SealingUploadHandler(FileUploadHandler):
    """Seals every file of a request as it arrives, under a key of the case in the address."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.uploads: list[SealedUpload] = []
        # what the parser closes when the request breaks off
        self.file = _Everything(self.uploads)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        scope = self._scope if len(self.uploads) < MAX_FILES else None
        self.uploads.append(
            SealedUpload(
                name=self.file_name or "",
                declared=self.content_type or "",
                scope=scope,
                refused="" if scope else "file_not_here",
            )
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.uploads[-1].take(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        return self.uploads[-1]

    def upload_interrupted(self) -> None:
        self.file.close()

    @property
    def _scope(self) -> KeyScope | None:
        request = self.request
        match = None if request is None else request.resolver_match
        if request is None or match is None or not request.user.is_authenticated:
            return None
        case_id = match.kwargs.get("case_id")
        if case_id is None or not cases_for(request.user).filter(pk=case_id).exists():
            return None
        protection = _protections.get(match.view_name, KeyClass.PORTFOLIO)
        return KeyScope(ScopeKind.CASE, case_id, protection)


class _Everything:
    """All files of a request, closed together."""

    def __init__(self, uploads: list[SealedUpload]) -> None:
        self._uploads = uploads

    def close(self) -> None:
        for upload in self._uploads:
            upload.close()
