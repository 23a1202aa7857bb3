"""Master keys, one per monthly epoch, kept outside the database and its backups.

A folder of mode 0700 holds ``2026-11.key`` and so on: 32 bytes in base64, mode 0400.
The newest epoch wraps new keys; older ones still open what they wrapped.
"""

import base64
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

from bilans.crypto.disk import sync_folder
from bilans.errors import KeysUnavailable

KEY_BYTES = 32
_NAME = re.compile(r"^\d{4}-\d{2}\.key$")


def epochs() -> list[str]:
    """Name the epochs present, oldest first."""
    folder = Path(settings.BILANS_KEYS)
    if not folder.is_dir():
        return []
    return sorted(path.stem for path in folder.iterdir() if _NAME.match(path.name))


def master_key(epoch: str) -> bytes:
    """Return the 32 bytes of one epoch.

    Raises:
        KeysUnavailable: there is no such file, or it does not hold a key.
    """
    path = Path(settings.BILANS_KEYS) / f"{epoch}.key"
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except (OSError, ValueError) as error:
        raise KeysUnavailable(
            f"The master key {epoch} cannot be read from {path}: put the key file back."
        ) from error
    if len(key) != KEY_BYTES:
        raise KeysUnavailable(f"{path} does not hold a master key of {KEY_BYTES} bytes.")
    return key


def create_epoch(epoch: str) -> None:
    """Make the master key of an epoch; an existing one is never touched."""
    folder = Path(settings.BILANS_KEYS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{epoch}.key"
    text = base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
    temporary = folder / f".{epoch}.{secrets.token_hex(4)}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)  # fails where another process was first: its key stands
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    sync_folder(folder)  # what this key seals would be lost with its name
