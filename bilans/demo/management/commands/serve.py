"""Serve the site with waitress until it is interrupted."""

import signal
from typing import Any

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from bilans.crypto.keys import check_masters
from bilans.database.server import stop_when_idle
from bilans.errors import KeysUnavailable

MEBIBYTE = 1024 * 1024
WAITRESS = {
    "threads": 8,
    "connection_limit": 1000,
    "asyncore_use_poll": True,
    "ident": None,
    "expose_tracebacks": False,
    "max_request_body_size": 26 * MEBIBYTE,
    # a buffer that overflows goes to a temporary file: nobody's papers may lie there in clear
    "inbuf_overflow": 27 * MEBIBYTE,
    "outbuf_overflow": 64 * MEBIBYTE,
}
BEHIND_PROXY = {
    "trusted_proxy": "127.0.0.1",
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    "clear_untrusted_proxy_headers": True,
}


class Command(BaseCommand):
    help = "Serve the site on 127.0.0.1; the system chooses a free port unless one is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        connection: Any = connections["default"]
        try:
            _require_tables(connection)
            require_keys()
            self._serve(options["port"])
        except OperationalError as error:
            raise CommandError(str(error).strip()) from error
        finally:
            connection.close()
            connection.close_pool()
            stop_when_idle(connection.settings_dict["PRIVATE_SERVER"])

    def _serve(self, port: int) -> None:
        proxy = BEHIND_PROXY if settings.SECURE_PROXY_SSL_HEADER else {}
        server = waitress.create_server(
            get_wsgi_application(), host="127.0.0.1", port=port, **WAITRESS, **proxy
        )
        self.stdout.write(f"http://localhost:{server.effective_port}")
        self.stdout.flush()
        try:
            server.run()
        finally:
            server.close()


def _require_tables(connection: Any) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date. Run: make demo, or manage.py migrate.")


def require_keys() -> None:
    """Refuse to serve data that nobody could read, with one line for the operator."""
    try:
        check_masters()
    except KeysUnavailable as error:
        raise CommandError(str(error)) from error
