"""Words of a contract, scans and short ways to a contract in a given state."""

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date

from django.utils import timezone

from bilans.crypto.binding import KeyClass
from clients.contract_content import ContractContent, Difficulty, Goal
from clients.services import offer_contract, save_contract, sign_contract_in_portal
from clients.uploads import seal_bytes
from tests.factories import make_case, make_person, make_portal_user

WORDS = ContractContent(
    main_goal="Do 30 czerwca 2027 r. podejmę pracę jako brygadzistka albo instruktorka szycia.",
    intermediate_goals=(
        Goal("Mam spis tego, co umiem", "spis z dowodami", date(2026, 11, 30)),
        Goal("Rozmawiam z trzema zakładami"),
    ),
    advisor_duties=("prowadzi rozmowy", "pisze raport"),
    client_duties=("przychodzi na spotkania", "zbiera świadectwa"),
    confidentiality="To, co powiedziane, zostaje między nami.",
    confidentiality_limits="Zagrożenie życia.",
    meetings="Sześć spotkań, do godziny 13.00.",
    difficulties=(Difficulty("nie robi zadań w domu", "zadania krótkie, na papierze"),),
    ending="Po omówieniu raportu.",
)
CANARY = "Brygadzistka z Jutrzenki"

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n" + b"x" * 2000 + b"\nstartxref\n9\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 300 + b"\xff\xda" + b"\x11" * 500 + b"\xff\xd9"


def png() -> bytes:
    def part(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", b"x") + part(b"IEND", b"")


def office_file(*names: str, first: tuple[str, bytes] | None = None, fill: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(first[0], first[1], zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, fill)
    return buffer.getvalue()


def without(**changes):
    return replace(WORDS, **changes)


def scan_of(case, *, name="kontrakt.pdf", data=PDF, declared="application/pdf"):
    return seal_bytes(
        case_id=case.pk, name=name, data=data, declared=declared, protection=KeyClass.LEGAL
    )


def prepared(*, content=WORDS, **case_fields):
    """A case with its advisor and a contract that is written."""
    advisor = case_fields.pop("advisor", None) or make_person()
    case = make_case(advisor=advisor, **case_fields)
    contract = save_contract(actor=advisor, case_id=case.pk, content=content, base_version=None)
    return advisor, case, contract


def offered(**fields):
    """The same, signed by the advisor; with the client's account."""
    advisor, case, _contract = prepared(**fields)
    client = make_portal_user(case)
    contract = offer_contract(actor=advisor, case_id=case.pk, on=timezone.localdate())
    return advisor, client, case, contract


def signed(**fields):
    """The same, signed by both."""
    advisor, client, case, _contract = offered(**fields)
    contract = sign_contract_in_portal(actor=client, case_id=case.pk, on=timezone.localdate())
    return advisor, client, case, contract
