"""Set up an office for real: its name, its first supervisor, further people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from bilans.accounts import services
from bilans.accounts.models import Organisation
from bilans.accounts.permissions import STAFF_ROLES, Role
from bilans.accounts.selectors import organisation_named
from bilans.audit.services import unit_of_work
from bilans.errors import DomainError


class Command(BaseCommand):
    help = "Add an office with its first supervisor, or invite somebody; prints a one-time link."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="a new office and the invitation of its supervisor")
        add.add_argument("name")
        add.add_argument("--supervisor", required=True, metavar="NAME")
        add.add_argument("--email", required=True)
        add.add_argument(
            "--private", action="store_true", help="acts on consent, not on a statutory task"
        )
        invite = acts.add_parser("invite", help="one more person of an office")
        invite.add_argument("name", help="the office's exact name")
        invite.add_argument("--role", required=True, choices=[role.value for role in STAFF_ROLES])
        invite.add_argument("--person", required=True, metavar="NAME")
        invite.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with unit_of_work():
                token = self._add(options) if options["act"] == "add" else self._invite(options)
        except DomainError as error:
            raise CommandError(error.message) from error
        except Organisation.DoesNotExist as error:
            raise CommandError("There is no office of this name.") from error
        self.stdout.write("Pass this one-time link on; it is valid for 7 days and shown once:")
        self.stdout.write(f"  {_base()}{reverse('accounts:invitation', args=[token])}")

    def _add(self, options: dict[str, Any]) -> str:
        office = services.add_organisation(name=options["name"], is_public=not options["private"])
        return self._link(office, Role.SUPERVISOR, options["supervisor"], options["email"])

    def _invite(self, options: dict[str, Any]) -> str:
        office = organisation_named(options["name"])
        return self._link(office, options["role"], options["person"], options["email"])

    @staticmethod
    def _link(office: Organisation, role: str, full_name: str, email: str) -> str:
        _invitation, token = services.invite(
            actor=None,
            organisation=office,
            role=role,
            full_name=full_name,
            email=email,
            on=timezone.localdate(),
        )
        return token


def _base() -> str:
    """Return the address of this installation, as far as the settings tell it."""
    host = next(iter(settings.ALLOWED_HOSTS), "")
    is_public = host not in {"", "*", "localhost", "127.0.0.1", "testserver"}
    return f"https://{host.lstrip('.')}" if is_public else "http://localhost:PORT"
