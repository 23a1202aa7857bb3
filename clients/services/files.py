"""Stored files: taken over from an upload, made from bytes, opened again.

These are parts of other services, which ask for the permission and leave the trace:
``accept_upload``, ``store_bytes`` and ``erase_file`` write, ``open_file`` reads. All of them
run inside the caller's unit of work.
"""

import hashlib
import unicodedata
from datetime import timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from bilans.accounts.models import User
from bilans.crypto import files
from bilans.crypto.binding import KeyScope, ScopeKind
from bilans.errors import InvalidInput
from clients import filetypes
from clients.models import Case, StoredFile
from clients.uploads import SealedUpload

MAX_NAME = 150
ORPHAN_AGE = timedelta(hours=24)
"""A file without its row is left by a crash; younger ones may still be on their way."""


def accept_upload(
    *,
    actor: User,
    case: Case,
    upload: SealedUpload,
    protection: str,
    allowed: frozenset[str] = filetypes.EVIDENCE,
    field: str = "file",
) -> StoredFile:
    """Take a sent file over, if it is what it says it is.

    The file is made durable before its row is written: a crash in between leaves a file
    without a row, which :func:`remove_orphans` takes away, never a row without its file.

    Args:
        actor: who sent it; the caller has asked for the permission.
        case: whose key sealed it on the way.
        upload: the sent file.
        protection: key class; must be the one its route is registered with.
        allowed: kinds of ``clients.filetypes``.
        field: the form's field that shows a refusal.

    Raises:
        InvalidInput: ``file_empty``, ``file_too_large``, ``file_type``, ``file_mislabelled``,
            ``file_damaged``, ``file_encrypted``, ``file_unsafe``, ``file_no_room``.
    """
    name = clean_name(upload.name or "")
    kind = filetypes.kind_of(name, allowed)
    fault = upload.refused or _first_fault(upload, kind)
    if fault or kind is None:
        upload.close()
        raise InvalidInput(_refusal(fault, kind, upload, allowed), code=fault, field=field)
    if upload.scope != KeyScope(ScopeKind.CASE, case.pk, protection):
        raise ValueError("the file was sealed for another case or key class")
    upload.keep()
    return StoredFile.objects.create(
        id=upload.file_id,
        case=case,
        protection=protection,
        media_type=kind.media_type,
        stored_by=actor,
        name=name,
        facts={"size": upload.size, "sha256": upload.sha256},
    )


def store_bytes(
    *, actor: User, case: Case, name: str, data: bytes, media_type: str, protection: str
) -> StoredFile:
    """Seal and keep a file the service itself has made."""
    file_id = uuid7()
    writer = files.SealedWriter(
        file_id=file_id, scope=KeyScope(ScopeKind.CASE, case.pk, protection)
    )
    try:
        writer.write(data)
        writer.finish()
    except BaseException:
        writer.abandon()
        raise
    return StoredFile.objects.create(
        id=file_id,
        case=case,
        protection=protection,
        media_type=media_type,
        stored_by=actor,
        name=clean_name(name),
        facts={"size": len(data), "sha256": hashlib.sha256(data).hexdigest()},
    )


def open_file(*, file: StoredFile) -> files.SealedReader:
    """Open a stored file, after the caller's permission and trace; read it when you like.

    Raises:
        SealBroken: the file was altered or is missing, or its key is gone.
    """
    return files.SealedReader(file_id=file.pk, scope=file.key_scope())


def erase_file(*, file: StoredFile) -> None:
    """Destroy a stored file for good; its row stays, saying nothing any more.

    The bytes go when the transaction stands, so an undone act has destroyed nothing.
    """
    file.name = ""
    file.facts = {}
    file.save()
    transaction.on_commit(partial(files.remove, file.pk))


def remove_orphans() -> int:
    """Take away files that a crash left without their row; say how many."""
    young = (timezone.now() - ORPHAN_AGE).timestamp()
    removed = 0
    for path in sorted(Path(settings.BILANS_FILES).glob("??/*")):
        if path.stat().st_mtime > young or _has_row(path):
            continue
        path.unlink(missing_ok=True)
        removed += 1
    return removed


def clean_name(name: str) -> str:
    """Keep of a file's name what a person can read, at most 150 characters of it.

    Paths, control characters and signs that turn the direction of writing go; the
    extension stays.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    name = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in name)
    name = " ".join(name.split()).strip(". ") or _("file")
    extension = PurePosixPath(name).suffix[:20]
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - len(extension)] + extension


def _has_row(path: Path) -> bool:
    try:
        return StoredFile.objects.filter(pk=UUID(hex=path.name)).exists()
    except ValueError:  # a part file: its upload is long over
        return False


def _first_fault(upload: SealedUpload, kind: filetypes.FileKind | None) -> str:
    if not upload.size:
        return "file_empty"
    if kind is None:
        return "file_type"
    return filetypes.fault_of(kind, upload.content_type or "", upload.ends)


def _refusal(
    code: str, kind: filetypes.FileKind | None, upload: SealedUpload, allowed: frozenset[str]
) -> str:
    facts = {
        "kind": kind.label if kind else "",
        "kinds": ", ".join(each.label for each in filetypes.KINDS if each.name in allowed),
        "size": _megabytes(upload.size or 0),
        "limit": _megabytes(settings.BILANS_UPLOAD_LIMIT),
    }
    return _sentences()[code] % facts


def _megabytes(size: int) -> str:
    return str(-(-size // (1024 * 1024)))


def _sentences() -> dict[str, str]:
    return {
        "file_empty": _("The file is empty. Choose another one."),
        "file_too_large": _(
            "The file has more than %(limit)s MB (%(size)s MB). Make it smaller, for instance by "
            "scanning with a lower resolution, or send it in parts."
        ),
        "file_type": _("Files of this kind are not accepted. Choose one of these: %(kinds)s."),
        "file_mislabelled": _(
            "The file is called %(kind)s, but there is something else inside. Save it once more "
            "as %(kind)s or choose another file."
        ),
        "file_damaged": _(
            "The file is damaged or was cut off on the way. Check that it opens on your device "
            "and send it again."
        ),
        "file_encrypted": _(
            "The file is locked with a password. Save it without the password; here it is "
            "stored encrypted anyway."
        ),
        "file_unsafe": _(
            "The file carries a program or unpacks to an unusual size. Save it as PDF and "
            "send that."
        ),
        "file_no_room": _("There is no room for the file just now. Try again later."),
        "file_not_here": _("The file could not be taken here. Send it again, one at a time."),
    }
