"""Write ``docs/access.md`` from the apps' own rows."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bilans.accounts.access_table import as_document


class Command(BaseCommand):
    help = "Write docs/access.md: who gets what at every address."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "access.md"
        path.write_text(as_document())
        self.stdout.write(f"Written: {path.relative_to(settings.BASE_DIR)}")
