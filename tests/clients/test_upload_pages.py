"""A scan sent through its page: sealed, refused at its field, never left lying about."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bilans.crypto.binding import KeyClass
from clients.models import Contract, StoredFile
from clients.services import open_file
from clients.states import ContractState
from tests.clients.contract_samples import CANARY, PDF, offered
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def post_scan(client, user, case, upload, **more):
    client.force_login(user)
    return client.post(
        reverse("clients:contract_paper", args=[case.pk]),
        {"signed_on": timezone.localdate().isoformat(), "scan": upload, **more},
    )


def files_on_disk():
    return {path for path in Path(settings.BILANS_FILES).rglob("*") if path.is_file()}


@pytest.mark.django_db(transaction=True)
def test_a_scan_sent_through_the_page_lies_on_the_disk_sealed_only(client):
    advisor, _client, case, contract = offered()
    data = b"%PDF-1.7 " + CANARY.encode() * 30_000 + b" startxref 0 %%EOF"
    name = f"{CANARY}.pdf"

    response = post_scan(client, advisor, case, SimpleUploadedFile(name, data, "application/pdf"))

    assert response.status_code == 302
    contract.refresh_from_db()
    assert contract.state == ContractState.IN_FORCE
    scan = StoredFile.objects.get(protection=KeyClass.LEGAL, media_type="application/pdf",
                                  pk__in=contract.signatures.values("scan"))  # fmt: skip
    assert scan.name == name
    assert open_file(file=scan).read() == data
    for path in Path(settings.TEST_DIR).rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path


@pytest.mark.django_db(transaction=True)
def test_a_refused_scan_says_why_and_leaves_no_file(client):
    advisor, _client, case, contract = offered()
    before = files_on_disk()

    response = post_scan(
        client, advisor, case, SimpleUploadedFile("skan.pdf", b"GIF89a", "application/pdf"),
        present="Olena",
    )  # fmt: skip

    assert response.status_code == 422
    assert "Olena" in response.text
    assert files_on_disk() == before
    contract.refresh_from_db()
    assert contract.state == ContractState.OFFERED


@pytest.mark.django_db(transaction=True)
def test_a_scan_with_a_wrong_day_leaves_no_file(client):
    advisor, _client, case, _contract = offered()
    before = files_on_disk()

    response = post_scan(
        client, advisor, case, SimpleUploadedFile("skan.pdf", PDF, "application/pdf"),
        signed_on="2020-01-01",
    )  # fmt: skip

    assert response.status_code == 422
    assert files_on_disk() == before


@pytest.mark.django_db(transaction=True)
def test_an_oversized_scan_is_told_at_its_field(client, settings):
    settings.BILANS_UPLOAD_LIMIT = 100_000
    advisor, _client, case, _contract = offered()
    before = files_on_disk()

    response = post_scan(
        client, advisor, case,
        SimpleUploadedFile("skan.pdf", PDF + b"z" * 300_000, "application/pdf"),
    )  # fmt: skip

    assert response.status_code == 422
    assert "scan" in response.context["form"].errors
    assert files_on_disk() == before


@pytest.mark.django_db(transaction=True)
def test_a_file_for_a_foreign_case_is_never_sealed(client, monkeypatch):
    _advisor, _client, case, _contract = offered()
    before = files_on_disk()
    made = []
    monkeypatch.setattr(
        "bilans.crypto.files.SealedWriter.__init__", lambda *args, **more: made.append(more)
    )

    response = post_scan(
        client, make_person(), case, SimpleUploadedFile("skan.pdf", PDF, "application/pdf")
    )

    assert response.status_code == 404
    assert made == []
    assert files_on_disk() == before


@pytest.mark.django_db(transaction=True)
def test_a_visitor_s_file_is_never_sealed(client):
    _advisor, _client, case, _contract = offered()
    before = files_on_disk()

    response = client.post(
        reverse("clients:contract_paper", args=[case.pk]),
        {"scan": SimpleUploadedFile("skan.pdf", PDF, "application/pdf")},
    )

    assert response.status_code in {200, 302, 401}
    assert files_on_disk() == before
    assert Contract.objects.get(case=case).state == ContractState.OFFERED
