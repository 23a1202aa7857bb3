"""Import qualifications from files: ``manage.py import_catalogue FILE…``."""

import sys
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bilans.catalogue.importer.entered import EnteredInvalid, check_entered
from bilans.catalogue.importer.read import Reading, read, unopened
from bilans.catalogue.importer.reading import MAX_BYTES
from bilans.catalogue.services import Imported, import_document


class Command(BaseCommand):
    help = (
        "Read qualifications into the catalogue. Without --publish they stay drafts."
        " Exit code 0: every file was read (and published, where asked);"
        " 1: a file was refused or could not be published; 2: wrong arguments."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="read only; the database is not touched"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            dest="as_json",
            help="print an array with one object per file and nothing else",
        )
        parser.add_argument("--publish", action="store_true", help="publish what nothing blocks")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            dest="entered",
            help="answer a question: title=…, prk_level=5, certificate_name=…,"
            " complete=yes, unmapped=acknowledged",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        entered = self._answers(options["entered"], len(options["files"]))
        results: list[Imported | Reading] = []
        for path in options["files"]:
            results.append(self._one(path, entered, options))
            if not options["as_json"]:
                self._tell(results[-1])
        if options["as_json"]:
            packed = orjson.dumps(
                [result.as_dict() for result in results], option=orjson.OPT_INDENT_2
            )
            self.stdout.write(packed.decode())
        if any(result.refused for result in results):
            sys.exit(1)

    def _answers(self, given: list[str], files: int) -> dict[str, str]:
        entered = {}
        for text in given:
            field, equals, value = text.partition("=")
            if not equals or not value.strip():
                raise CommandError(f"--set takes FIELD=VALUE, not {text!r}.", returncode=2)
            entered[field.strip()] = value
        if files > 1 and {"title", "prk_level", "certificate_name"} & entered.keys():
            raise CommandError(
                "An answer about one qualification goes with one file.", returncode=2
            )
        try:
            check_entered(entered)
        except EnteredInvalid as error:
            raise CommandError(str(error), returncode=2) from error
        return entered

    def _one(
        self, path: Path, entered: dict[str, str], options: dict[str, Any]
    ) -> Imported | Reading:
        name = str(path)
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)  # one more tells that it is too long
        except OSError as error:
            return unopened(name, error.strerror or str(error))
        if options["dry_run"]:
            return read(data, file=name, entered=entered)
        return import_document(
            data=data, filename=name, entered=entered, publish=options["publish"]
        )

    def _tell(self, result: Imported | Reading) -> None:
        reading = result.reading if isinstance(result, Imported) else result
        self.stdout.write(f"{reading.file}: {result.verdict} ({reading.kind})")
        if reading.document is not None:
            sets = reading.document["qualification"]["sets"]
            outcomes = [outcome for each in sets for outcome in each["outcomes"]]
            criteria = sum(len(outcome["criteria"]) for outcome in outcomes)
            self.stdout.write(f"  {len(sets)} / {len(outcomes)} / {criteria}")
        self.stdout.write(
            "  " + ", ".join(f"{state} {count}" for state, count in reading.ledger.items())
        )
        for item in reading.review:
            if "decision" not in item:
                where = f" ({item['lines']})" if item.get("lines") else ""
                self.stdout.write(
                    f"  {item['severity']}: [{item['code']}] {item['question']}{where}"
                )
        if isinstance(result, Imported) and result.refusal is not None:
            self.stderr.write(f"  {result.refusal.message}")
