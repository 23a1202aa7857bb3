"""The database entry of the settings: a named server, or the private one.

Reading it opens nothing; the private server starts with the first connection
(``bilans.database.backend``).
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

APP = "bilans_app"
OWNER = "bilans_owner"
POOL = {"min_size": 1, "max_size": 10, "timeout": 10.0}


def database_settings(var_dir: Path) -> dict[str, Any]:
    """Return the entry for ``DATABASE_URL``, else for the private server below ``var_dir``."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return private_settings(var_dir / "postgres")
    owner = os.environ.get("DATABASE_OWNER_URL")
    return _entry(parse(url), owner=parse(owner) if owner else None, home=None)


def private_settings(home: Path) -> dict[str, Any]:
    """Return the entry for the private server of ``home``; it knows socket and passwords."""
    access = {"NAME": "bilans", "USER": APP, "PASSWORD": "", "HOST": "", "PORT": ""}
    return _entry(access, owner={"USER": OWNER}, home=home)


def parse(url: str) -> dict[str, Any]:
    """Split ``postgresql://user:password@host:port/name?option=value`` into Django's parts."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL and DATABASE_OWNER_URL look like postgresql://user:password@host/name"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": {**options, "pool": dict(POOL)},
    }


def _entry(
    access: dict[str, Any], *, owner: dict[str, Any] | None, home: Path | None
) -> dict[str, Any]:
    return {
        "ENGINE": "bilans.database.backend",
        "OPTIONS": {"pool": dict(POOL)},
        **access,
        "CONN_MAX_AGE": 0,  # the pool keeps connections; Django must not keep them as well
        "CONN_HEALTH_CHECKS": True,
        "OWNER": owner,
        "PRIVATE_SERVER": home,
    }
