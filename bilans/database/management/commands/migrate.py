"""Django's own command, run as the role that owns the tables."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError

from bilans.database.roles import as_owner


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        try:
            with as_owner(options["database"]):
                return super().handle(*args, **options)
        except (ImproperlyConfigured, OperationalError) as error:
            raise CommandError(str(error).strip()) from error
