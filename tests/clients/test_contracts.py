from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from bilans.audit.selectors import history
from bilans.documents import storage
from bilans.errors import Conflict, InvalidInput, NotPermitted, TransitionRefused
from clients.contract_content import ELEMENTS, Difficulty, content_of
from clients.contract_setup import contract_tasks
from clients.models import Case, Contract, IssuedDocument, Signature
from clients.services import (
    amend_contract,
    ask_for_change,
    offer_contract,
    read_contract,
    read_contract_preview,
    reopen_contract,
    save_contract,
    sign_contract_in_portal,
    sign_contract_on_paper,
)
from clients.states import CaseState, ContractState, Party, SigningMethod
from tests.clients.contract_samples import (
    WORDS,
    offered,
    prepared,
    signed,
    without,
)
from tests.factories import make_person, make_portal_user

pytestmark = pytest.mark.django_db


def codes(case):
    return [entry.code for entry in history(case.audit_stream)]


def refused(kind, act, **values):
    with pytest.raises(kind) as caught:
        act(**values)
    return caught.value.code


def test_what_was_written_reads_back_the_same():
    advisor, case, contract = prepared()

    again = Contract.objects.get(pk=contract.pk)

    assert content_of(again) == WORDS
    assert (again.number, again.state, again.prepared_by) == (1, ContractState.DRAFT, advisor)
    assert codes(case)[0] == "clients.contract.saved"


def test_the_words_of_a_contract_are_sealed():
    _advisor, _case, contract = prepared()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(c)::text FROM clients_contract c WHERE id = %s", [contract.pk]
        )
        (row,) = cursor.fetchone()

    assert "brygadzistka" not in row
    assert b"brygadzistka".hex() not in row


def test_a_stale_contract_is_refused_and_keeps_the_saved_words():
    advisor, case, contract = prepared()
    theirs = replace(WORDS, main_goal="Inny cel")
    save_contract(actor=advisor, case_id=case.pk, content=theirs, base_version=contract.version)

    code = refused(
        Conflict, save_contract,
        actor=advisor, case_id=case.pk, content=WORDS, base_version=contract.version,
    )  # fmt: skip

    assert code == "stale"
    assert Contract.objects.get(case=case).main_goal == "Inny cel"


def test_a_second_new_contract_is_stale_not_another_one():
    advisor, case, _contract = prepared()

    code = refused(
        Conflict, save_contract, actor=advisor, case_id=case.pk, content=WORDS, base_version=None
    )

    assert (code, Contract.objects.filter(case=case).count()) == ("stale", 1)


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.field)
def test_a_contract_is_not_offered_without_any_of_its_elements(element):
    empty = () if isinstance(getattr(WORDS, element.field), tuple) else ""
    advisor, case, _contract = prepared(content=without(**{element.field: empty}))

    with pytest.raises(TransitionRefused) as caught:
        offer_contract(actor=advisor, case_id=case.pk)

    assert (caught.value.code, caught.value.field) == ("contract_incomplete", element.field)
    assert str(element.label) in caught.value.message
    assert not IssuedDocument.objects.exists()
    assert not Signature.objects.exists()
    assert Case.objects.get(pk=case.pk).state == CaseState.ENQUIRY


def test_a_difficulty_without_its_remedy_is_not_enough():
    advisor, case, _contract = prepared(content=without(difficulties=(Difficulty("przeciążenie"),)))

    assert (
        refused(TransitionRefused, offer_contract, actor=advisor, case_id=case.pk)
        == "contract_incomplete"
    )


@pytest.mark.parametrize("state", [CaseState.ENQUIRY, CaseState.SCREENING, CaseState.AGREED])
def test_offering_signs_for_the_office_and_moves_the_case_to_its_contract(state):
    advisor, case, _contract = prepared(state=state)

    contract = offer_contract(actor=advisor, case_id=case.pk)

    signature = Signature.objects.get(contract=contract)
    assert contract.state == ContractState.OFFERED
    assert Case.objects.get(pk=case.pk).state == CaseState.AGREED
    assert (signature.party, signature.method) == (Party.ADVISOR, SigningMethod.OFFICE)
    assert signature.signer_name == advisor.full_name
    assert signature.signed_on == timezone.localdate()


@pytest.mark.parametrize("state", [CaseState.DECLINED, CaseState.CLOSED, CaseState.WITHDRAWN])
def test_nothing_is_written_or_offered_when_the_work_has_ended(state):
    advisor, case, contract = prepared()
    Case.objects.filter(pk=case.pk).update(state=state)

    written = refused(
        TransitionRefused, save_contract,
        actor=advisor, case_id=case.pk, content=WORDS, base_version=contract.version,
    )  # fmt: skip
    given = refused(TransitionRefused, offer_contract, actor=advisor, case_id=case.pk)

    assert (written, given) == ("case_not_running", "case_not_running")


def test_an_offered_contract_is_not_edited_nor_offered_again():
    advisor, _client, case, contract = offered()

    edited = refused(
        TransitionRefused, save_contract,
        actor=advisor, case_id=case.pk, content=WORDS, base_version=contract.version,
    )  # fmt: skip
    again = refused(TransitionRefused, offer_contract, actor=advisor, case_id=case.pk)

    assert (edited, again) == ("contract_offered", "contract_offered")
    assert IssuedDocument.objects.filter(case=case).count() == 1


def test_an_offered_contract_can_be_taken_back_and_offered_anew():
    advisor, _client, case, contract = offered()

    reopen_contract(actor=advisor, case_id=case.pk, reason="literówka")
    back = Contract.objects.get(pk=contract.pk)
    save_contract(actor=advisor, case_id=case.pk, content=WORDS, base_version=back.version)
    offer_contract(actor=advisor, case_id=case.pk)

    documents = IssuedDocument.objects.filter(case=case).order_by("number")
    assert [each.number for each in documents] == [1, 2]
    assert Signature.objects.get(contract=contract).document == documents[1]
    assert "clients.contract.reopened" in codes(case)


def test_the_client_asks_for_a_change_and_the_advisor_reads_the_words():
    advisor, client, case, _contract = offered()

    ask_for_change(actor=client, case_id=case.pk, words="  Spotkania tylko rano.  ")

    shown = read_contract(actor=advisor, case_id=case.pk)
    assert shown.contract.asked_change == "Spotkania tylko rano."
    assert shown.state == ContractState.DRAFT
    assert not Signature.objects.filter(case=case).exists()
    offer_contract(actor=advisor, case_id=case.pk)
    assert Contract.objects.get(case=case).asked_change == ""


def test_a_change_needs_words():
    _advisor, client, case, _contract = offered()

    assert refused(InvalidInput, ask_for_change, actor=client, case_id=case.pk, words=" ") == (
        "words_missing"
    )
    assert Contract.objects.get(case=case).state == ContractState.OFFERED


def test_the_advisor_cannot_sign_for_the_client_nor_the_client_for_the_office():
    advisor, client, case, _contract = offered()

    assert (
        refused(NotPermitted, sign_contract_in_portal, actor=advisor, case_id=case.pk)
        == "not_permitted"
    )
    assert refused(NotPermitted, offer_contract, actor=client, case_id=case.pk) == "not_permitted"
    assert not Signature.objects.filter(case=case, party=Party.CLIENT).exists()


def test_there_is_nothing_to_amend_before_a_signature_and_one_amendment_at_a_time():
    advisor, _client, case, _contract = offered()
    early = refused(TransitionRefused, amend_contract, actor=advisor, case_id=case.pk)
    advisor, _client, case, _contract = signed()
    amend_contract(actor=advisor, case_id=case.pk)
    twice = refused(TransitionRefused, amend_contract, actor=advisor, case_id=case.pk)

    assert (early, twice) == ("contract_missing", "already_in_preparation")


def test_the_client_reads_only_what_was_offered():
    advisor, client, case, _contract = signed()
    amend_contract(actor=advisor, case_id=case.pk)

    theirs = read_contract(actor=client, case_id=case.pk, prepared=False)
    office = read_contract(actor=advisor, case_id=case.pk)

    assert (theirs.contract.number, office.contract.number) == (1, 2)


def test_the_preview_says_what_the_issued_document_says():
    advisor, case, _contract = prepared()
    _page, seen = read_contract_preview(actor=advisor, case_id=case.pk)
    offer_contract(actor=advisor, case_id=case.pk)

    issued = storage.from_json(IssuedDocument.objects.get(case=case).tree)

    assert seen.blocks[:-1] == issued.blocks[:-1]  # but for the signature
    assert seen.facts == issued.facts


def acts_of_the_office(case):
    words = {"content": WORDS, "base_version": 1}
    paper = {"signed_on": timezone.localdate(), "upload": None, "read_aloud": False}
    return [
        (save_contract, words),
        (offer_contract, {}),
        (reopen_contract, {}),
        (amend_contract, {}),
        (sign_contract_on_paper, paper),
        (read_contract_preview, {}),
    ]


@pytest.mark.parametrize("place", range(6))
def test_each_act_of_the_office_is_refused_to_the_client_and_hidden_from_strangers(place):
    _advisor, client, case, contract = offered()
    act, values = acts_of_the_office(case)[place]

    assert refused(NotPermitted, act, actor=client, case_id=case.pk, **values) == "not_permitted"
    with pytest.raises(Case.DoesNotExist):
        act(actor=make_person(), case_id=case.pk, **values)

    contract.refresh_from_db()
    assert contract.state == ContractState.OFFERED


@pytest.mark.parametrize(
    ("act", "values"), [(ask_for_change, {"words": "inaczej"}), (sign_contract_in_portal, {})]
)
def test_each_act_of_the_client_is_refused_to_the_office_and_hidden_from_strangers(act, values):
    advisor, _client, case, contract = offered()

    assert refused(NotPermitted, act, actor=advisor, case_id=case.pk, **values) == "not_permitted"
    with pytest.raises(Case.DoesNotExist):
        act(actor=make_person(), case_id=case.pk, **values)

    contract.refresh_from_db()
    assert contract.state == ContractState.OFFERED


def test_a_contract_leaves_its_whole_way_in_the_trail():
    advisor, client, case, _contract = offered()
    ask_for_change(actor=client, case_id=case.pk, words="inaczej")
    offer_contract(actor=advisor, case_id=case.pk)
    sign_contract_in_portal(actor=client, case_id=case.pk)
    amend_contract(actor=advisor, case_id=case.pk)

    told = [each for each in reversed(codes(case)) if "contract" in each or "moved" in each]

    assert told == [
        "clients.contract.saved",
        "clients.case.moved",
        "clients.contract.offered",
        "clients.contract.change_asked",
        "clients.contract.offered",
        "clients.contract.signed",
        "clients.case.moved",
        "clients.contract.amended",
    ]


def test_the_portal_asks_for_the_signature_until_it_is_there():
    advisor, case, _contract = prepared()
    client = make_portal_user(case)
    before = list(contract_tasks(actor=client, case=case))
    offer_contract(actor=advisor, case_id=case.pk)
    waiting = list(contract_tasks(actor=client, case=case))
    sign_contract_in_portal(actor=client, case_id=case.pk)
    after = list(contract_tasks(actor=client, case=case))

    assert before == []
    assert [task.done for task in waiting] == [False]
    assert [task.done for task in after] == [True]
