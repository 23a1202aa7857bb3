from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from bilans.audit.services import unit_of_work
from bilans.catalogue.services import import_folder, load_sample
from bilans.demo import balance, office
from clients.models import IssuedDocument
from clients.services import read_document
from clients.states import DocumentKind

FILES = {
    DocumentKind.CONTRACT: "kontrakt",
    DocumentKind.FINAL_REPORT: "raport-koncowy",
}
RENDERINGS = ("docx", "pdf")


class Command(BaseCommand):
    help = "Make the sample office and play one whole case in it; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sources", type=Path, help="folder of official documents to import as well"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("pl"):
            if office.exists():
                self.stdout.write("Biuro przykładowe już jest; nic się nie zmieniło.\n")
            else:
                self._make()
            if options["sources"]:
                for done in import_folder(options["sources"]):
                    self.stdout.write(f"{done.reading.filename}: {done.verdict}")
        self._tell()

    def _make(self) -> None:
        now = timezone.localtime()
        with unit_of_work():
            people = office.make()
            version = load_sample()[0]
            balance.play(people, version=version, now=now)
            balance.fill_caseload(people, today=now.date())
        self._write_documents(people)

    def _write_documents(self, people: office.Office) -> None:
        folder = self._folder()
        folder.mkdir(parents=True, exist_ok=True)
        played = IssuedDocument.objects.filter(kind=DocumentKind.FINAL_REPORT).get().case_id
        for document in IssuedDocument.objects.filter(case=played):
            for rendering in RENDERINGS:
                with unit_of_work():
                    opened = read_document(
                        actor=people.advisor, document_id=document.pk, rendering=rendering
                    )
                path = folder / f"{FILES[DocumentKind(document.kind)]}.{rendering}"
                path.write_bytes(b"".join(opened.chunks or ()))

    def _folder(self) -> Path:
        return Path(settings.VAR_DIR) / "demo"

    def _tell(self) -> None:
        people = [*office.STAFF.values(), ("Grażyna Żółkiewska", office.CLIENT_EMAIL)]
        self.stdout.write("Adres: uruchom „make serve”; wypisze http://localhost:PORT")
        self.stdout.write("Logowanie (hasło wszystkich: „" + office.PASSWORD + "”):")
        for name, email in people:
            self.stdout.write(f"  {email:38} {name}")
        self.stdout.write("Dokumenty zagranej sprawy:")
        for path in sorted(self._folder().glob("*")):
            self.stdout.write(f"  {path.relative_to(settings.BASE_DIR)}")
