"""Start, stop and look at the private server; print what a named one needs."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connections

from bilans.database import roles
from bilans.database.places import DatabaseUnavailable
from bilans.database.server import Server, forget, stop_when_idle
from bilans.database.url import APP, OWNER


class Command(BaseCommand):
    help = "Start, stop or show the private database; print its address or the roles' SQL."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "action",
            choices=["start", "stop", "status", "url", "sql"],
            help="url: address for psql, with the password; sql: roles and rights for "
            "an administrator to apply to a server of one's own",
        )
        parser.add_argument("--owner", action="store_true", help="url: of the tables' owner")
        parser.add_argument(
            "--if-idle", action="store_true", help="stop: only when nobody is connected"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        action = options["action"]
        if action == "sql":
            self.stdout.write(roles.SERVER + roles.DATABASE)
            return
        home: Path | None = connections["default"].settings_dict["PRIVATE_SERVER"]
        try:
            if home is None:
                self._named(action)
            else:
                self._private(Server(home), action, options)
        except (DatabaseUnavailable, OperationalError) as error:
            raise CommandError(str(error).strip()) from error

    def _named(self, action: str) -> None:
        if action != "status":
            raise CommandError("DATABASE_URL names the database; it is run by its administrator.")
        connections["default"].ensure_connection()
        self.stdout.write("The database named by DATABASE_URL answers.")

    def _private(self, server: Server, action: str, options: dict[str, Any]) -> None:
        match action:
            case "start":
                server.ensure_running()
                self.stdout.write(f"The database runs in {server.place.folder}.")
            case "stop" if options["if_idle"]:
                stop_when_idle(server.home)
            case "stop":
                server.stop()
                forget(server.home)
            case "status":
                state = "runs" if server.answers() else "does not run"
                self.stdout.write(f"The database {state} ({server.place.folder}).")
            case "url":
                server.ensure_running()
                self.stdout.write(_url(server, OWNER if options["owner"] else APP))


def _url(server: Server, role: str) -> str:
    access = server.credentials(role)
    query = urlencode({"host": access["host"]})
    return f"postgresql://{role}:{quote(access['password'])}@/bilans?{query}"
