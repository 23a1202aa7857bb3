from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from bilans.accounts.permissions import Role
from bilans.audit.services import unit_of_work
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.models.qualification import VersionStatus
from bilans.catalogue.services import Imported, import_folder, load_sample
from bilans.demo import balance, office
from clients.services import read_document
from clients.states import DocumentKind

FILES = {
    DocumentKind.CONTRACT: "kontrakt",
    DocumentKind.FINAL_REPORT: "raport-koncowy",
}
RENDERINGS = ("docx", "pdf")
ROLES = {
    Role.ADVISOR: "doradca",
    Role.SUPERVISOR: "kierownik",
    Role.COMMITTEE: "członek komisji",
    Role.CLIENT: "klient",
}
VERDICTS = {
    "published": "opublikowano",
    "already_imported": "jest już w katalogu",
    "same_content": "jest już w katalogu, z innego pliku",
    "imported": "szkic, czeka na uzupełnienie",
    "publication_refused": "szkic, czeka na uzupełnienie",
}


class Command(BaseCommand):
    help = "Make the sample office and play one whole case in it; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sources",
            type=Path,
            help="folder of official documents to import instead of the small catalogue",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("pl"):
            official = self._import(options["sources"]) if options["sources"] else None
            if office.exists():
                self.stdout.write("Biuro przykładowe już jest; nic się w nim nie zmieniło.")
            else:
                self._make(official or load_sample()[0])
            self._write_documents()
        self._tell()

    def _import(self, folder: Path) -> QualificationVersion | None:
        """Import what can be read, say so of each file, and return the first that stands."""
        try:
            imported = import_folder(folder)
        except OSError as error:
            raise CommandError(f"Nie można odczytać folderu {folder}: {error.strerror}") from error
        for done in imported:
            self.stdout.write(f"{Path(done.reading.file).name}: {_told(done)}")
        versions = [done.version for done in imported if done.version is not None]
        published = (each for each in versions if each.status == VersionStatus.PUBLISHED)
        return next(published, None)

    def _make(self, version: QualificationVersion) -> None:
        now = timezone.localtime()
        with unit_of_work():
            people = office.make()
            balance.play(people, version=version, now=now)
            balance.fill_caseload(people, today=now.date())

    def _write_documents(self) -> None:
        """Write the files that are not there; what is there stays as it is."""
        self._folder().mkdir(parents=True, exist_ok=True)
        for document in balance.documents():
            name = FILES[DocumentKind(document.kind)]
            for rendering in RENDERINGS:
                path = self._folder() / f"{name}.{rendering}"
                if path.exists():
                    continue
                with unit_of_work():
                    opened = read_document(
                        actor=office.advisor(), document_id=document.pk, rendering=rendering
                    )
                fresh = path.with_suffix(".new")
                fresh.write_bytes(b"".join(opened.chunks or ()))
                fresh.rename(path)

    def _folder(self) -> Path:
        return Path(settings.VAR_DIR) / "demo"

    def _tell(self) -> None:
        people = {**office.STAFF, Role.CLIENT: ("Grażyna Żółkiewska", office.CLIENT_EMAIL)}
        self.stdout.write("Adres: uruchom „make serve”; wypisze http://localhost:PORT")
        self.stdout.write("Logowanie (hasło wszystkich: „" + office.PASSWORD + "”):")
        for role, (name, email) in people.items():
            self.stdout.write(f"  {email:30} {name}, {ROLES[role]}")
        self.stdout.write("Dokumenty zagranej sprawy:")
        for path in sorted(self._folder().glob("*")):
            self.stdout.write(f"  {_shown(path)}")


def _told(done: Imported) -> str:
    if done.reading.refused:
        return f"jeszcze nie do odczytania ({done.verdict})"
    sets = (done.reading.document or {}).get("qualification", {}).get("sets", [])
    outcomes = [outcome for each in sets for outcome in each["outcomes"]]
    criteria = sum(len(outcome["criteria"]) for outcome in outcomes)
    counts = f"zestawy {len(sets)}, efekty {len(outcomes)}, kryteria {criteria}"
    return f"{VERDICTS.get(done.verdict, done.verdict)} ({counts})"


def _shown(path: Path) -> Path:
    base = Path(settings.BASE_DIR)
    return path.relative_to(base) if path.is_relative_to(base) else path
