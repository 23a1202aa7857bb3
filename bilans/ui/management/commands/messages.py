"""Keep the translations of the screens: extract, merge, compile, check."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bilans.ui import messages


class Command(BaseCommand):
    help = "Extract, merge, compile or check the messages of every language but English."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("extract", help="make the files hold what code and templates say")
        acts.add_parser("compile", help="write the .mo files the service reads")
        acts.add_parser("check", help="exit 1 when something is untranslated or left over")
        merge = acts.add_parser("merge", help="take translations over from other PO files")
        merge.add_argument("files", nargs="+", type=Path)
        merge.add_argument("--language", default="pl")

    def handle(self, *, act: str, **options: Any) -> None:
        getattr(self, f"_{act}")(**options)

    def _extract(self, **_options: Any) -> None:
        wanted = messages.found_in(settings.BASE_DIR)
        for path, catalogue in self._catalogues():
            messages.update(catalogue, wanted)
            self._save(catalogue, path)
            translated = len(catalogue) - len(catalogue.untranslated_entries())
            self.stdout.write(f"{self._short(path)}: {translated} of {len(catalogue)} translated")

    def _merge(self, *, files: list[Path], language: str, **_options: Any) -> None:
        path = self._path(language)
        catalogue = messages.opened(path, language)
        for file in files:
            try:
                taken = messages.merge(catalogue, polib.pofile(str(file)))
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{file.name}: {error}") from error
            self.stdout.write(f"{file.name}: {taken} messages")
        messages.update(catalogue, messages.found_in(settings.BASE_DIR))
        self._save(catalogue, path)

    def _compile(self, **_options: Any) -> None:
        for path, catalogue in self._catalogues():
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))

    def _check(self, **_options: Any) -> None:
        wanted = messages.found_in(settings.BASE_DIR)
        found = [
            f"{self._short(path)}: {fault}"
            for path, catalogue in self._catalogues()
            for fault in messages.faults(catalogue, wanted)
        ]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Every message is translated.")

    def _catalogues(self) -> list[tuple[Path, polib.POFile]]:
        languages = [code for code, _name in settings.LANGUAGES if code != "en"]
        return [
            (path, messages.opened(path, code)) for code in languages for path in [self._path(code)]
        ]

    @staticmethod
    def _path(language: str) -> Path:
        return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"

    @staticmethod
    def _short(path: Path) -> str:
        return str(path.relative_to(settings.BASE_DIR))

    @staticmethod
    def _save(catalogue: polib.POFile, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
