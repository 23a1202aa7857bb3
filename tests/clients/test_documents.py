import io
import re

import docx
import pypdf
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import translation

from bilans.audit.selectors import history
from bilans.audit.services import unit_of_work
from bilans.crypto.binding import KeyClass
from bilans.crypto.files import stored_path
from bilans.documents import storage
from bilans.documents.tree import Document, Paragraph, plain_text
from bilans.errors import InvalidInput, NotPermitted, SealBroken, TransitionRefused
from clients.models import IssuedDocument
from clients.services import (
    confirm_receipt,
    deliver_document,
    issue_document,
    read_document,
    read_documents,
)
from clients.services.documents import tree_sum
from clients.states import DeliveryChannel, DocumentKind
from tests.clients.contract_samples import offered, prepared, signed
from tests.factories import make_case, make_person, make_portal_user

pytestmark = pytest.mark.django_db

REPORT = Document(title="Raport końcowy", number="1", blocks=(Paragraph("Umie to i to."),))


def issue(advisor, case, document=REPORT):
    with unit_of_work():
        return issue_document(
            actor=advisor, case=case, kind=DocumentKind.FINAL_REPORT, document=document
        )


def squeezed(text):
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def words_of_docx(data):
    document = docx.Document(io.BytesIO(data))
    return "".join(
        node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")
    )


def test_the_three_renderings_of_a_contract_carry_the_same_words(client):
    advisor, _client, case, _contract = offered()
    issued = IssuedDocument.objects.get(case=case)
    pdf = b"".join(read_document(actor=advisor, document_id=issued.pk, rendering="pdf").chunks)
    word = b"".join(read_document(actor=advisor, document_id=issued.pk, rendering="docx").chunks)
    client.force_login(advisor)
    page = client.get(reverse("clients:document", args=[case.pk, issued.pk])).text

    in_pdf = squeezed("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    in_word = squeezed(words_of_docx(word))
    for line in plain_text(storage.from_json(issued.tree)):
        assert squeezed(line) in in_pdf, line
        assert squeezed(line) in in_word, line
        assert line in page, line


def test_versions_are_numbered_within_their_kind():
    advisor, _client, case, _contract = offered()

    first, second = issue(advisor, case), issue(advisor, case)

    assert [first.number, second.number] == [1, 2]
    assert first.mark == second.mark != ""
    assert IssuedDocument.objects.get(case=case, kind=DocumentKind.CONTRACT).number == 1


def test_the_mark_tells_equal_documents_without_telling_what_they_say():
    advisor, other = make_person(), make_person()
    one, two = make_case(advisor=advisor), make_case(advisor=other)

    here, there = issue(advisor, one), issue(other, two)
    changed = issue(advisor, one, Document(title="Raport końcowy", blocks=(Paragraph("Umie."),)))

    assert here.mark != there.mark  # another office, another key
    assert changed.mark != here.mark
    assert here.mark not in here.hashes.values()
    assert here.hashes["tree"] == tree_sum(here.tree)


def test_a_contract_is_kept_under_its_own_key_class():
    advisor, _client, case, _contract = offered()
    report = issue(advisor, case)
    contract = IssuedDocument.objects.get(case=case, kind=DocumentKind.CONTRACT)

    assert {contract.pdf.protection, contract.key_scope().key_class} == {KeyClass.LEGAL}
    assert {report.pdf.protection, report.key_scope().key_class} == {KeyClass.CASE}


def test_no_name_stands_in_the_name_of_a_file():
    advisor, _client, case, _contract = offered()

    opened = read_document(
        actor=advisor, document_id=IssuedDocument.objects.get(case=case).pk, rendering="pdf"
    )

    with translation.override("en"):
        assert opened.file_name.endswith(f"{case.number.lower().replace('/', '-')}-1.pdf")


def test_only_who_writes_a_kind_of_document_issues_it():
    _advisor, client, case, _contract = offered()

    with pytest.raises(NotPermitted):
        issue(client, case)


def test_the_client_finds_a_report_once_it_is_delivered():
    advisor, case, _contract = prepared()
    client = make_portal_user(case)
    report = issue(advisor, case)

    with pytest.raises(ObjectDoesNotExist):
        read_document(actor=client, document_id=report.pk)
    assert read_documents(actor=client, case_id=case.pk).documents == []
    deliver_document(actor=advisor, document_id=report.pk, channel=DeliveryChannel.PORTAL)

    assert read_document(actor=client, document_id=report.pk).document == REPORT


def test_delivery_and_receipt_are_written_down_once():
    advisor, case, _contract = prepared()
    client = make_portal_user(case)
    report = issue(advisor, case)

    first = deliver_document(actor=advisor, document_id=report.pk, channel="portal", note="x")
    again = deliver_document(actor=advisor, document_id=report.pk, channel="portal")
    confirmed = confirm_receipt(actor=client, document_id=report.pk)
    twice = confirm_receipt(actor=client, document_id=report.pk)

    assert first.pk == again.pk == confirmed.pk == twice.pk
    assert confirmed.confirmed_at == twice.confirmed_at
    codes = [entry.code for entry in history(case.audit_stream)]
    assert codes.count("clients.document.delivered") == 1
    assert codes.count("clients.document.receipt_confirmed") == 1


def test_refusals_of_delivery_and_receipt():
    advisor, client, case, _contract = signed()
    contract = IssuedDocument.objects.get(case=case)

    with pytest.raises(NotPermitted):
        deliver_document(actor=client, document_id=contract.pk, channel="portal")
    with pytest.raises(NotPermitted):
        confirm_receipt(actor=advisor, document_id=contract.pk)
    with pytest.raises(InvalidInput):
        deliver_document(actor=advisor, document_id=contract.pk, channel="gołąb")
    with pytest.raises(TransitionRefused) as caught:
        confirm_receipt(actor=client, document_id=contract.pk)
    assert caught.value.code == "not_delivered"


@pytest.mark.django_db(transaction=True)
def test_a_download_travels_as_a_file_that_cannot_run_and_leaves_its_entry(client):
    _advisor, owner, case, _contract = signed()
    issued = IssuedDocument.objects.get(case=case)
    client.force_login(owner)

    response = client.get(reverse("clients:portal_document_pdf", args=[case.pk, issued.pk]))

    # the entry stands before the first byte is asked for
    entry = history(case.audit_stream, readings=True)[0]
    assert (entry.code, entry.actor_id) == ("clients.document.read", owner.pk)
    body = b"".join(response.streaming_content)
    assert body.startswith(b"%PDF-")
    assert response.headers["Content-Length"] == str(len(body))
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_touched_rendering_is_never_sent():
    advisor, _client, case, _contract = offered()
    issued = IssuedDocument.objects.get(case=case)
    path = stored_path(issued.pdf_id)
    path.write_bytes(path.read_bytes()[:-3])

    opened = read_document(actor=advisor, document_id=issued.pk, rendering="pdf")

    with pytest.raises(SealBroken):
        b"".join(opened.chunks)


def test_a_document_answers_only_under_its_own_case(client):
    advisor, _client, case, _contract = offered()
    other = make_case(advisor=advisor)
    issued = IssuedDocument.objects.get(case=case)
    client.force_login(advisor)

    for route in ("document", "document_pdf", "document_word"):
        assert (
            client.get(reverse(f"clients:{route}", args=[other.pk, issued.pk])).status_code == 404
        )
        assert client.get(reverse(f"clients:{route}", args=[case.pk, issued.pk])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_documents_costs_the_same_whatever_its_length(count, django_assert_num_queries):
    advisor, case, _contract = prepared()
    for _number in range(count):
        issue(advisor, case)
    read_documents(actor=advisor, case_id=case.pk)

    # as in a request, whose keys are kept until the page is rendered
    with django_assert_num_queries(QUERIES_OF_LIST), unit_of_work():
        shown = read_documents(actor=advisor, case_id=case.pk)
        titles = [each.title for each in shown.documents]

    assert titles == ["Raport końcowy"] * count


QUERIES_OF_LIST = 12
