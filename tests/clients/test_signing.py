import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from bilans.audit.selectors import history
from bilans.audit.services import unit_of_work
from bilans.errors import Conflict, InvalidInput, TransitionRefused
from clients.contract_content import content_of
from clients.models import Case, Contract, IssuedDocument, Signature, StoredFile
from clients.services import (
    amend_contract,
    move_case,
    offer_contract,
    open_file,
    read_scan,
    reopen_contract,
    save_contract,
    sign_contract_in_portal,
    sign_contract_on_paper,
)
from clients.states import CaseState, ContractState, Party, SigningMethod
from tests.clients.contract_samples import (
    PDF,
    WORDS,
    offered,
    scan_of,
    signed,
)
from tests.factories import make_case, make_person

pytestmark = pytest.mark.django_db


def codes(case):
    return [entry.code for entry in history(case.audit_stream)]


def refused(kind, act, **values):
    with pytest.raises(kind) as caught:
        act(**values)
    return caught.value.code


def test_the_client_signs_in_the_portal_and_the_contract_is_in_force():
    _advisor, client, case, contract = offered()
    document = IssuedDocument.objects.get(case=case)

    sign_contract_in_portal(actor=client, case_id=case.pk, document_id=document.pk)

    contract.refresh_from_db()
    mine, theirs = Signature.objects.filter(contract=contract).order_by("party")
    assert contract.state == ContractState.IN_FORCE
    assert contract.in_force_at is not None
    assert mine.document == theirs.document == document
    assert (theirs.party, theirs.method) == (Party.CLIENT, SigningMethod.PORTAL)
    assert theirs.signer_name == client.full_name
    assert Case.objects.get(pk=case.pk).state == CaseState.CONTRACT_IN_FORCE
    assert "clients.contract.signed" in codes(case)


def test_the_checksum_under_both_signatures_is_that_of_the_document():
    _advisor, _client, case, _contract = signed()
    document = IssuedDocument.objects.get(case=case)

    with unit_of_work():
        pdf = open_file(file=document.pdf).read()
        docx = open_file(file=document.docx).read()

    assert document.hashes["pdf"] == hashlib.sha256(pdf).hexdigest()
    assert document.hashes["docx"] == hashlib.sha256(docx).hexdigest()
    entry = next(
        each for each in history(case.audit_stream) if each.code == "clients.contract.signed"
    )
    assert entry.data["mark"] == document.mark


def test_a_version_the_client_has_not_read_is_not_signed():
    advisor, client, case, _contract = offered()
    old = IssuedDocument.objects.get(case=case)
    reopen_contract(actor=advisor, case_id=case.pk)
    offer_contract(actor=advisor, case_id=case.pk)

    code = refused(
        Conflict, sign_contract_in_portal, actor=client, case_id=case.pk, document_id=old.pk
    )

    assert code == "document_changed"
    assert Contract.objects.get(case=case).state == ContractState.OFFERED


def test_signing_twice_leaves_one_signature():
    _advisor, client, case, contract = offered()
    sign_contract_in_portal(actor=client, case_id=case.pk)

    code = refused(TransitionRefused, sign_contract_in_portal, actor=client, case_id=case.pk)

    assert code == "already_signed"
    assert Signature.objects.filter(contract=contract, party=Party.CLIENT).count() == 1


def test_nobody_signs_while_the_case_is_on_hold():
    advisor, client, case, _contract = offered()
    move_case(
        actor=advisor, case_id=case.pk, step="hold", reason="urlop",
        until=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip

    code = refused(TransitionRefused, sign_contract_in_portal, actor=client, case_id=case.pk)

    assert code == "case_not_running"


def test_a_signature_on_paper_keeps_its_scan_and_circumstances():
    advisor, _client, case, contract = offered()

    sign_contract_on_paper(
        actor=advisor, case_id=case.pk, signed_on=timezone.localdate(),
        upload=scan_of(case), read_aloud=True, present="Olena, tłumaczka",
    )  # fmt: skip

    signature = Signature.objects.get(contract=contract, party=Party.CLIENT)
    assert signature.method == SigningMethod.PAPER
    assert signature.circumstances == {"read_aloud": True, "present": "Olena, tłumaczka"}
    assert signature.signer_name == "Grażyna Żółkiewska"
    assert Contract.objects.get(pk=contract.pk).state == ContractState.IN_FORCE
    opened = read_scan(actor=advisor, case_id=case.pk, contract_id=contract.pk)
    assert (opened.name, b"".join(opened.chunks)) == ("kontrakt.pdf", PDF)


@pytest.mark.parametrize(("days", "code"), [(1, "signed_in_future"), (-1, "signed_before_offer")])
def test_the_day_on_paper_lies_between_the_offer_and_today(days, code):
    advisor, _client, case, _contract = offered()
    upload = scan_of(case)

    with pytest.raises(InvalidInput) as caught:
        sign_contract_on_paper(
            actor=advisor, case_id=case.pk, signed_on=timezone.localdate() + timedelta(days=days),
            upload=upload, read_aloud=False,
        )  # fmt: skip
    upload.close()

    assert (caught.value.code, caught.value.field) == (code, "signed_on")
    assert Contract.objects.get(case=case).state == ContractState.OFFERED


def test_a_scan_that_is_none_leaves_the_contract_unsigned():
    advisor, _client, case, _contract = offered()
    upload = scan_of(case, data=b"to nie jest PDF")

    with pytest.raises(InvalidInput) as caught:
        sign_contract_on_paper(
            actor=advisor, case_id=case.pk, signed_on=timezone.localdate(), upload=upload,
            read_aloud=False,
        )  # fmt: skip

    assert (caught.value.code, caught.value.field) == ("file_mislabelled", "scan")
    assert not Signature.objects.filter(party=Party.CLIENT).exists()
    assert StoredFile.objects.filter(case=case).count() == 2  # the two renderings


def test_a_new_contract_replaces_the_old_one_only_when_it_is_signed():
    advisor, client, case, first = signed()

    second = amend_contract(actor=advisor, case_id=case.pk)
    assert content_of(second) == WORDS
    assert second.number == 2
    offer_contract(actor=advisor, case_id=case.pk)
    assert Contract.objects.get(pk=first.pk).state == ContractState.IN_FORCE
    sign_contract_in_portal(actor=client, case_id=case.pk)

    states = dict(Contract.objects.filter(case=case).values_list("number", "state"))
    assert states == {1: ContractState.SUPERSEDED, 2: ContractState.IN_FORCE}
    assert Case.objects.get(pk=case.pk).state == CaseState.CONTRACT_IN_FORCE


def test_a_signed_contract_is_not_written_again():
    advisor, _client, case, contract = signed()

    code = refused(
        TransitionRefused, save_contract,
        actor=advisor, case_id=case.pk, content=WORDS, base_version=contract.version,
    )  # fmt: skip

    assert code == "contract_signed"


def change(table, row, assignment):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {assignment} WHERE id = %s", [row.pk])  # noqa: S608


@pytest.mark.parametrize(
    "assignment",
    [
        "sealed = 'x'::bytea",
        "number = 7",
        "in_force_at = now()",
        "state = 'draft'",
        "state = 'offered'",
        "version = version + 1, sealed = sealed || 'x'::bytea",
    ],
)
def test_the_database_refuses_to_change_a_signed_contract(assignment):
    _advisor, _client, _case, contract = signed()

    with pytest.raises((IntegrityError, InternalError)):
        change("clients_contract", contract, assignment)


def test_the_database_lets_a_signed_contract_be_superseded_and_never_return():
    _advisor, _client, _case, contract = signed()
    change("clients_contract", contract, "state = 'superseded', version = version + 1")

    with pytest.raises((IntegrityError, InternalError)):
        change("clients_contract", contract, "state = 'in_force'")


def test_the_database_refuses_to_change_a_signature_or_a_document():
    _advisor, _client, case, _contract = signed()
    signature = Signature.objects.filter(case=case).first()
    document = IssuedDocument.objects.get(case=case)

    for table, row, assignment in (
        ("clients_signature", signature, "signed_on = '2020-01-01'"),
        ("clients_signature", signature, "sealed = 'x'::bytea"),
        ("clients_issueddocument", document, "mark = 'x'"),
        ("clients_issueddocument", document, "sealed = 'x'::bytea"),
    ):
        with pytest.raises((IntegrityError, InternalError)):
            change(table, row, assignment)


def test_recognition_waits_for_the_contract():
    advisor = make_person()
    case = make_case(advisor=advisor, state=CaseState.CONTRACT_IN_FORCE)

    code = refused(TransitionRefused, move_case, actor=advisor, case_id=case.pk, step="recognise")

    assert code == "contract_missing"


def test_recognition_follows_a_signed_contract():
    advisor, _client, case, _contract = signed()

    assert (
        move_case(actor=advisor, case_id=case.pk, step="recognise").state == CaseState.RECOGNITION
    )
