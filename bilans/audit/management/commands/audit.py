from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bilans.audit.models import Entry
from bilans.audit.selectors import broken_places


class Command(BaseCommand):
    help = "Verify the audit trail: recompute every chain and name what does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        broken = list(broken_places())
        for place in broken:
            self.stdout.write(place)
        if broken:
            raise CommandError(f"The trail does not hold in {len(broken)} places.")
        self.stdout.write(f"The trail holds: {Entry.objects.count()} entries verified.")
