"""What arrives as a file: sealed on the way, checked, refused in words, never left lying about."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from bilans.audit.services import unit_of_work
from bilans.crypto.binding import KeyClass
from bilans.crypto.files import stored_path
from bilans.errors import InvalidInput, SealBroken
from clients import filetypes
from clients.models import StoredFile
from clients.services import accept_upload, erase_file, open_file, remove_orphans, store_bytes
from clients.services.files import ORPHAN_AGE, clean_name
from clients.uploads import seal_bytes
from tests.clients.contract_samples import CANARY, JPEG, PDF, office_file, png
from tests.factories import make_case, make_person

pytestmark = pytest.mark.django_db

DOCX = office_file("[Content_Types].xml", "word/document.xml")
XLSX = office_file("[Content_Types].xml", "xl/workbook.xml")
ODT = office_file(
    "content.xml", "META-INF/manifest.xml",
    first=("mimetype", b"application/vnd.oasis.opendocument.text"),
)  # fmt: skip
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

GOOD = [
    ("a.pdf", PDF, "application/pdf"),
    ("A.PDF", PDF, "application/octet-stream"),
    ("a.jpg", JPEG, "image/jpeg"),
    ("a.jpeg", JPEG, "image/pjpeg"),
    ("a.jpg", JPEG + b"\x00" * 40, "image/jpeg"),
    ("a.png", png(), "image/png"),
    ("a.docx", DOCX, DOCX_TYPE),
    ("a.xlsx", XLSX, ""),
    ("a.odt", ODT, "application/vnd.oasis.opendocument.text; charset=binary"),
]
BAD = [
    ("pusty.pdf", b"", "application/pdf", "file_empty"),
    ("obraz.svg", b"<svg/>", "image/svg+xml", "file_type"),
    ("strona.html", b"<html>", "text/html", "file_type"),
    ("program.exe", b"MZ", "application/octet-stream", "file_type"),
    ("bez-rozszerzenia", PDF, "application/pdf", "file_type"),
    ("stary.doc", b"\xd0\xcf\x11\xe0", "application/msword", "file_type"),
    ("program.pdf", b"MZ" + PDF, "application/pdf", "file_mislabelled"),
    ("strona.pdf", b"<html>%PDF-" + PDF, "application/pdf", "file_mislabelled"),
    ("zdjecie.pdf", JPEG, "application/pdf", "file_mislabelled"),
    ("a.pdf", PDF, "image/jpeg", "file_mislabelled"),
    ("a.jpg", png(), "image/jpeg", "file_mislabelled"),
    ("a.png", JPEG, "image/png", "file_mislabelled"),
    ("a.docx", XLSX, DOCX_TYPE, "file_mislabelled"),
    ("a.docx", PDF, DOCX_TYPE, "file_mislabelled"),
    ("a.odt", DOCX, "", "file_mislabelled"),
    ("uciety.pdf", PDF[:-20], "application/pdf", "file_damaged"),
    ("uciety.jpg", JPEG[:-2], "image/jpeg", "file_damaged"),
    ("z-miniatura.jpg", b"\xff\xd8\xff\xe1\xff\xd9" + JPEG[4:-2], "image/jpeg", "file_damaged"),
    ("uciety.png", png()[:-6], "image/png", "file_damaged"),
    ("uciety.docx", DOCX[:-10], DOCX_TYPE, "file_damaged"),
    (
        "haslo.pdf",
        PDF.replace(b"startxref", b"trailer<</Encrypt 5 0 R>>startxref"),
        "application/pdf",
        "file_encrypted",
    ),
    (
        "makra.docx",
        office_file("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        DOCX_TYPE,
        "file_unsafe",
    ),
    (
        "wyjscie.docx",
        office_file("[Content_Types].xml", "word/document.xml", "../../etc/passwd"),
        DOCX_TYPE,
        "file_unsafe",
    ),
    (
        "bomba.docx",
        office_file("[Content_Types].xml", "word/document.xml", fill=b"0" * 5_000_000),
        DOCX_TYPE,
        "file_unsafe",
    ),
    (
        "tysiace.docx",
        office_file("[Content_Types].xml", "word/document.xml", *map(str, range(2001)), fill=b""),
        DOCX_TYPE,
        "file_unsafe",
    ),
]


def accept(case, actor, upload, **more):
    with unit_of_work():
        return accept_upload(
            actor=actor, case=case, upload=upload, protection=KeyClass.PORTFOLIO, **more
        )


def sent(case, name, data, declared="application/pdf"):
    return seal_bytes(
        case_id=case.pk, name=name, data=data, declared=declared, protection=KeyClass.PORTFOLIO
    )


@pytest.mark.parametrize(("name", "data", "declared"), GOOD)
def test_a_file_that_is_what_it_says_is_kept_and_opens_whole(name, data, declared):
    advisor = make_person()
    case = make_case(advisor=advisor)

    file = accept(case, advisor, sent(case, name, data, declared))

    stored = StoredFile.objects.get(pk=file.pk)
    assert (stored.name, stored.facts["size"]) == (name, len(data))
    assert stored.media_type in {kind.media_type for kind in filetypes.KINDS}
    assert open_file(file=stored).read() == data


@pytest.mark.parametrize(("name", "data", "declared", "code"), BAD, ids=lambda v: str(v)[:20])
def test_a_file_that_is_not_is_refused_and_nothing_stays(name, data, declared, code):
    advisor = make_person()
    case = make_case(advisor=advisor)
    upload = sent(case, name, data, declared)

    with pytest.raises(InvalidInput) as caught:
        accept(case, advisor, upload, field="scan")

    assert (caught.value.code, caught.value.field) == (code, "scan")
    assert not StoredFile.objects.exists()
    assert not list(stored_path(upload.file_id).parent.glob(f"{upload.file_id.hex}*"))


def test_a_file_over_the_limit_stops_being_kept_as_it_arrives(settings):
    settings.BILANS_UPLOAD_LIMIT = 200_000
    advisor = make_person()
    case = make_case(advisor=advisor)
    upload = sent(case, "duzy.pdf", b"")

    for _chunk in range(10):
        upload.take(b"x" * 64_000)

    assert not list(stored_path(upload.file_id).parent.glob(f"{upload.file_id.hex}*"))
    with pytest.raises(InvalidInput) as caught:
        accept(case, advisor, upload)
    assert caught.value.code == "file_too_large"


def test_a_full_disk_is_told_and_leaves_nothing(monkeypatch):
    advisor = make_person()
    case = make_case(advisor=advisor)
    upload = sent(case, "a.pdf", b"")

    def full(_chunk):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upload._writer, "write", full)
    upload.take(PDF)

    with pytest.raises(InvalidInput) as caught:
        accept(case, advisor, upload)
    assert caught.value.code == "file_no_room"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("świadectwo pracy (1).pdf", "świadectwo pracy (1).pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Grażyna\\skan.pdf", "skan.pdf"),
        ("a\x00b\x1f.pdf", "a b .pdf"),
        ("zly\u202egpj.pdf", "zly gpj.pdf"),
        ("  wiele   odstępów .pdf", "wiele odstępów .pdf"),
        ("o\u0301smy.pdf", "ósmy.pdf"),
        ("👵🧵.pdf", "👵🧵.pdf"),
        ("...", "file"),
        ("", "file"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_names_keep_what_a_person_can_read(given, kept):
    assert clean_name(given).replace("plik", "file") == kept


def test_a_file_sealed_for_another_case_is_not_taken_over():
    advisor = make_person()
    case, other = make_case(advisor=advisor), make_case(advisor=advisor)
    upload = sent(other, "a.pdf", PDF)

    with pytest.raises(ValueError, match="another case"):
        accept(case, advisor, upload)
    upload.close()


@pytest.mark.parametrize("place", [0, 1, 9, 40, 70_000, -1])
def test_a_stored_file_that_was_touched_never_opens(place):
    advisor = make_person()
    case = make_case(advisor=advisor)
    file = accept(case, advisor, sent(case, "a.pdf", PDF + b"y" * 100_000 + PDF))
    path = stored_path(file.pk)
    body = bytearray(path.read_bytes())
    body[place] ^= 1
    path.write_bytes(bytes(body))

    with pytest.raises(SealBroken):
        open_file(file=file).read()


def test_a_stored_file_does_not_open_as_another_one_or_cut_off():
    advisor = make_person()
    case = make_case(advisor=advisor)
    one = accept(case, advisor, sent(case, "a.pdf", PDF))
    two = accept(case, advisor, sent(case, "b.pdf", PDF))
    stored_path(two.pk).write_bytes(stored_path(one.pk).read_bytes())
    stored_path(one.pk).write_bytes(stored_path(one.pk).read_bytes()[:-1])

    for file in (one, two):
        with pytest.raises(SealBroken):
            open_file(file=file).read()


def test_what_the_service_makes_itself_is_sealed_too():
    advisor = make_person()
    case = make_case(advisor=advisor)
    with unit_of_work():
        file = store_bytes(
            actor=advisor, case=case, name="a.pdf", data=CANARY.encode(),
            media_type="application/pdf", protection=KeyClass.CASE,
        )  # fmt: skip

    assert CANARY.encode() not in stored_path(file.pk).read_bytes()
    assert open_file(file=file).read() == CANARY.encode()


def files_on_disk():
    return {path for path in Path(settings.BILANS_FILES).rglob("*") if path.is_file()}


def undone(act, **values):
    """Do something in a unit of work that fails in the end."""

    def fail():
        with unit_of_work():
            act(**values)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_act_is_undone_is_gone_when_the_request_ends():
    advisor = make_person()
    case = make_case(advisor=advisor)
    upload = sent(case, "a.pdf", PDF)

    undone(accept_upload, actor=advisor, case=case, upload=upload, protection=KeyClass.PORTFOLIO)
    assert stored_path(upload.file_id).exists()
    upload.close()

    assert not stored_path(upload.file_id).exists()


@pytest.mark.django_db(transaction=True)
def test_an_erased_file_is_gone_and_its_row_says_nothing():
    advisor = make_person()
    case = make_case(advisor=advisor)
    file = accept(case, advisor, sent(case, "a.pdf", PDF))

    undone(erase_file, file=StoredFile.objects.get(pk=file.pk))
    assert stored_path(file.pk).exists()
    with unit_of_work():
        erase_file(file=StoredFile.objects.get(pk=file.pk))

    assert not stored_path(file.pk).exists()
    assert (StoredFile.objects.get(pk=file.pk).name, StoredFile.objects.get(pk=file.pk).facts) == (
        "",
        {},
    )


def test_only_old_files_without_a_row_are_taken_away():
    import os

    advisor = make_person()
    case = make_case(advisor=advisor)
    kept = accept(case, advisor, sent(case, "a.pdf", PDF))
    for path in files_on_disk() - {stored_path(kept.pk)}:
        path.unlink()
    broken_off = sent(case, "b.pdf", PDF)
    young = sent(case, "c.pdf", PDF)
    old = timezone.now().timestamp() - ORPHAN_AGE.total_seconds() - 60
    for path in (stored_path(kept.pk), broken_off._writer._part):
        os.utime(path, (old, old))

    removed = remove_orphans()

    assert removed == 1
    assert stored_path(kept.pk).exists()
    assert young._writer._part.exists()
    broken_off.close()
    young.close()
