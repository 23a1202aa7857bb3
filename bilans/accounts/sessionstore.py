"""Sessions under the hash of their cookie: whoever reads the table, or a backup, opens none."""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone


class SessionStore(db.SessionStore):
    """Django's sessions in the database; only the browser knows the key itself."""

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        session_key = session_key or self.session_key
        if session_key is not None:
            super().delete(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        key = stored_key(self.session_key or "")
        found = self.model.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found


def stored_key(session_key: str) -> str:
    """What stands in the table: 160 bits of a hash of a random key need no salt."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]
