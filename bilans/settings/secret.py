"""The signing secret of one installation; it protects sessions and forms, never data."""

import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the installation's secret, making it at the first start."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
