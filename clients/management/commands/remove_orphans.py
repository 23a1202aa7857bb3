"""Take away sealed files that a crash left without their row; for a daily timer."""

from typing import Any

from django.core.management.base import BaseCommand

from clients.services import remove_orphans


class Command(BaseCommand):
    help = "Remove sealed files older than a day that no row names: leftovers of a crash."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"Removed: {remove_orphans()}")
