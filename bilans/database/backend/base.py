"""Django's PostgreSQL backend, which starts the private server when it is first needed."""

from typing import Any

from django.db.backends.postgresql import base

from bilans.database.server import running


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        home = self.settings_dict.get("PRIVATE_SERVER")
        if home is not None:
            params |= running(home).credentials(params["user"])
        return params
