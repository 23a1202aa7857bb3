"""The pages of a contract, as a browser without a script uses them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.urls import reverse

from bilans.errors import TransitionRefused
from clients.models import Contract, IssuedDocument, Signature
from clients.services import ask_for_change, save_contract, sign_contract_in_portal
from clients.states import ContractState, Party
from tests.clients.contract_samples import WORDS, offered, prepared, signed, without
from tests.factories import make_case, make_person, make_portal_user

pytestmark = pytest.mark.django_db


def typed(**changes):
    """The composer's fields as a browser sends them."""
    return {
        "base_version": "",
        "main_goal": WORDS.main_goal,
        "advisor_duties": "prowadzi rozmowy\r\npisze raport",
        "client_duties": "przychodzi na spotkania\r\n\r\n  zbiera świadectwa ",
        "meetings": WORDS.meetings,
        "confidentiality": WORDS.confidentiality,
        "confidentiality_limits": WORDS.confidentiality_limits,
        "ending": WORDS.ending,
        "goals-TOTAL_FORMS": "3", "goals-INITIAL_FORMS": "0",
        "goals-0-text": "Mam spis tego, co umiem", "goals-0-measure": "spis z dowodami",
        "goals-0-due": "2026-11-30",
        "goals-1-text": "", "goals-1-measure": "", "goals-1-due": "",
        "goals-2-text": "Rozmawiam z trzema zakładami", "goals-2-measure": "", "goals-2-due": "",
        "difficulties-TOTAL_FORMS": "1", "difficulties-INITIAL_FORMS": "0",
        "difficulties-0-difficulty": "nie robi zadań w domu",
        "difficulties-0-remedy": "zadania krótkie, na papierze",
    } | changes  # fmt: skip


@pytest.fixture
def office(client):
    advisor = make_person()
    case = make_case(advisor=advisor)
    client.force_login(advisor)
    return client, advisor, case, reverse("clients:contract", args=[case.pk])


def test_a_new_contract_begins_with_sentences_to_change(office):
    client, _advisor, _case, address = office

    page = client.get(address)

    assert page.status_code == 200
    assert page.context["form"]["confidentiality"].value()
    assert not Contract.objects.exists()
    assert [element.field for element, is_there in page.context["elements"] if not is_there] == [
        "main_goal",
        "intermediate_goals",
        "difficulties",
    ]


def test_what_is_typed_is_what_is_saved_without_the_empty_rows(office):
    client, advisor, case, address = office

    response = client.post(address, typed(_then="save"))

    contract = Contract.objects.get(case=case)
    assert (response.status_code, response.url) == (302, address)
    assert contract.state == ContractState.DRAFT
    assert contract.prepared_by == advisor
    assert contract.advisor_duties == list(WORDS.advisor_duties)
    assert contract.client_duties == list(WORDS.client_duties)
    assert contract.intermediate_goals == [
        {
            "text": "Mam spis tego, co umiem",
            "measure": "spis z dowodami",
            "due": "2026-11-30",
        },
        {"text": "Rozmawiam z trzema zakładami", "measure": "", "due": ""},
    ]


def test_the_main_button_signs_for_the_office(office):
    client, _advisor, case, address = office

    response = client.post(address, typed())

    assert response.status_code == 302
    assert Contract.objects.get(case=case).state == ContractState.OFFERED


def test_a_lacking_element_is_named_at_its_field_and_the_rest_is_saved(office):
    client, _advisor, case, address = office

    response = client.post(address, typed(confidentiality_limits="", ending=""))

    form = response.context["form"]
    assert response.status_code == 409
    assert set(form.errors) == {"confidentiality_limits", "ending"}
    assert 'href="#id_confidentiality_limits"' in response.text
    contract = Contract.objects.get(case=case)
    assert (contract.state, contract.main_goal) == (ContractState.DRAFT, WORDS.main_goal)
    assert not IssuedDocument.objects.exists()


def test_the_page_of_a_refused_contract_can_be_sent_again(office):
    client, _advisor, case, address = office
    refused = client.post(address, typed(confidentiality_limits=""))

    version = refused.context["form"]["base_version"].value()
    response = client.post(address, typed(base_version=version))

    assert response.status_code == 302
    assert Contract.objects.get(case=case).state == ContractState.OFFERED


def test_rows_lacking_altogether_are_told_on_top(office):
    client, _advisor, _case, address = office

    response = client.post(address, typed(**{"difficulties-TOTAL_FORMS": "0"}))

    assert response.status_code == 409
    assert list(response.context["form"].errors) == ["__all__"]


@pytest.mark.parametrize(
    ("group", "field"), [("goals", "goals-3-text"), ("difficulties", "difficulties-1-remedy")]
)
def test_a_row_more_keeps_everything_typed_and_saves_nothing(office, group, field):
    client, _advisor, _case, address = office

    response = client.post(address, typed(_add=group, main_goal="Jeszcze piszę"))

    assert response.status_code == 200
    assert f'name="{field}"' in response.text
    assert "Jeszcze piszę" in response.text
    assert not Contract.objects.exists()


def test_a_suggestion_fills_the_first_empty_row(office):
    client, _advisor, _case, address = office
    blank = {"difficulties-0-difficulty": "", "difficulties-0-remedy": ""}

    response = client.post(address, typed(_suggest="2", **blank))

    row = response.context["form"].difficulties.forms[0]
    assert row["difficulty"].value()
    assert row["remedy"].value()
    assert len(response.context["form"].difficulties.forms) == 1
    assert 2 not in dict(response.context["suggestions"])


@pytest.mark.parametrize("values", [{"_suggest": "99"}, {"_suggest": "x"}, {"_add": "sealed"}])
def test_rows_that_nobody_offers_are_not_added(office, values):
    client, _advisor, _case, address = office

    assert client.post(address, typed(**values)).status_code == 200


def test_rows_have_a_limit(office):
    client, _advisor, _case, address = office

    response = client.post(address, typed(_add="goals", **{"goals-TOTAL_FORMS": "9999"}))

    assert len(response.context["form"].goals.forms) <= 20


def test_half_a_row_is_told_in_the_row(office):
    client, _advisor, _case, address = office

    response = client.post(address, typed(**{"goals-1-measure": "po czym?"}))

    assert response.status_code == 422
    assert "text" in response.context["form"].goals.forms[1].errors
    assert "po czym?" in response.text


def test_a_stale_form_shows_both_texts_and_overwrites_neither(office):
    client, advisor, case, address = office
    contract = save_contract(actor=advisor, case_id=case.pk, content=WORDS, base_version=None)
    theirs = without(main_goal="Cel zapisany przez kogoś innego")
    save_contract(actor=advisor, case_id=case.pk, content=theirs, base_version=contract.version)

    response = client.post(
        address, typed(base_version=contract.version, main_goal="Mój cel", _then="save")
    )

    assert response.status_code == 409
    assert "Mój cel" in response.text
    assert "Cel zapisany przez kogoś innego" in response.text
    assert Contract.objects.get(case=case).main_goal == "Cel zapisany przez kogoś innego"
    again = response.context["form"]["base_version"].value()
    client.post(address, typed(base_version=again, main_goal="Mój cel", _then="save"))
    assert Contract.objects.get(case=case).main_goal == "Mój cel"


def test_a_page_opened_before_the_first_saving_is_a_conflict_that_keeps_both(office):
    client, advisor, case, address = office
    save_contract(actor=advisor, case_id=case.pk, content=WORDS, base_version=None)

    response = client.post(address, typed(main_goal="Druga karta", _then="save"))

    assert response.status_code == 409
    assert "Druga karta" in response.text
    assert Contract.objects.get(case=case).main_goal == WORDS.main_goal
    assert not response.context["form"].errors.get("base_version")


@pytest.mark.parametrize("make", [offered, signed])
def test_a_page_left_open_while_the_contract_was_offered_or_signed_loses_nothing(client, make):
    advisor, _portal_user, case, _contract = make()
    client.force_login(advisor)
    address = reverse("clients:contract", args=[case.pk])

    response = client.post(address, typed(main_goal="Pisane w drugiej karcie", _then="save"))

    assert response.status_code == 409
    assert "Pisane w drugiej karcie" in response.text
    assert Contract.objects.get(case=case).main_goal == WORDS.main_goal


def test_the_preview_shows_the_document(office):
    client, _advisor, case, address = office
    response = client.post(address, typed(_then="preview"), follow=True)

    assert response.redirect_chain[-1][0] == reverse("clients:contract_preview", args=[case.pk])
    assert WORDS.main_goal in response.text
    assert not IssuedDocument.objects.exists()


def test_a_supervisor_reads_the_contract_and_writes_nothing(client):
    advisor = make_person()
    supervisor = make_person(role="supervisor", office=advisor.membership.organisation)
    case = make_case(advisor=advisor, supervisor=supervisor)
    save_contract(actor=advisor, case_id=case.pk, content=WORDS, base_version=None)
    client.force_login(supervisor)

    page = client.get(reverse("clients:contract", args=[case.pk]))
    written = client.post(reverse("clients:contract", args=[case.pk]), typed())

    assert page.status_code == 200
    assert WORDS.main_goal not in page.text
    assert written.status_code == 403


# -- the portal --------------------------------------------------------------------------


def sign(client, case, **changes):
    document = IssuedDocument.objects.filter(case=case).order_by("-number").first()
    return client.post(
        reverse("clients:portal_contract_sign", args=[case.pk]),
        {"document": document.pk, "agreed": "on"} | changes,
    )


def test_the_client_reads_the_document_and_signs(client):
    _advisor, owner, case, _contract = offered()
    client.force_login(owner)
    address = reverse("clients:portal_contract", args=[case.pk])

    page = client.get(address)
    response = sign(client, case)

    assert WORDS.main_goal in page.text
    assert (response.status_code, response.url) == (302, address)
    assert Contract.objects.get(case=case).state == ContractState.IN_FORCE


def test_without_the_confirmation_nothing_is_signed(client):
    _advisor, owner, case, _contract = offered()
    client.force_login(owner)

    response = sign(client, case, agreed="")

    assert response.status_code == 422
    assert "agreed" in response.context["sign_form"].errors
    assert not Signature.objects.filter(case=case, party=Party.CLIENT).exists()


def test_a_second_click_shows_the_signed_contract(client):
    _advisor, owner, case, _contract = offered()
    client.force_login(owner)
    sign(client, case)

    response = sign(client, case)

    assert response.status_code == 200
    assert Signature.objects.filter(case=case, party=Party.CLIENT).count() == 1


def test_a_version_that_was_taken_back_is_not_signed_through_an_old_page(client):
    _advisor, owner, case, _contract = offered()
    client.force_login(owner)
    ask_for_change(actor=owner, case_id=case.pk, words="inaczej")

    assert sign(client, case).status_code == 409
    assert not Signature.objects.filter(case=case).exists()


def test_the_client_s_wish_reaches_the_composer(client):
    advisor, owner, case, _contract = offered()
    client.force_login(owner)
    client.post(reverse("clients:portal_contract_change", args=[case.pk]), {"words": "Tylko rano."})
    client.force_login(advisor)

    assert "Tylko rano." in client.get(reverse("clients:contract", args=[case.pk])).text


def test_the_client_sees_nothing_of_a_contract_in_preparation(client):
    _advisor, case, _contract = prepared()
    client.force_login(make_portal_user(case))

    page = client.get(reverse("clients:portal_contract", args=[case.pk]))

    assert page.status_code == 200
    assert WORDS.main_goal not in page.text


def test_a_signed_contract_offers_no_way_to_edit_it(client):
    advisor, _owner, case, _contract = signed()
    client.force_login(advisor)
    address = reverse("clients:contract", args=[case.pk])

    assert 'name="main_goal"' not in client.get(address).text
    assert client.post(address, typed()).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_two_clients_who_sign_at_once_one_signs():
    _advisor, owner, case, contract = offered()
    start = Barrier(4)

    def click(_number):
        try:
            start.wait(timeout=10)
            sign_contract_in_portal(actor=owner, case_id=case.pk)
        except TransitionRefused as refusal:
            return refusal.code
        else:
            return "signed"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(click, range(4)))

    assert answers == ["already_signed"] * 3 + ["signed"]
    assert Signature.objects.filter(contract=contract, party=Party.CLIENT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_a_contract_at_once_neither_loses_words_unseen():
    advisor = make_person()
    case = make_case(advisor=advisor)
    start = Barrier(2)

    def begin(number):
        from bilans.errors import Conflict

        try:
            start.wait(timeout=10)
            save_contract(
                actor=advisor, case_id=case.pk, content=without(main_goal=f"Cel {number}"),
                base_version=None,
            )  # fmt: skip
        except Conflict as refusal:
            return refusal.code
        else:
            return "saved"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(begin, range(2)))

    assert answers == ["saved", "stale"]
    assert Contract.objects.filter(case=case).count() == 1


def test_only_who_prepares_contracts_gets_the_form_for_paper(client):
    advisor = make_person()
    supervisor = make_person(role="supervisor", office=advisor.membership.organisation)
    _advisor, _client, case, _contract = offered(advisor=advisor, supervisor=supervisor)
    client.force_login(supervisor)
    address = reverse("clients:contract_paper", args=[case.pk])

    assert client.get(address).status_code == 302
    assert client.post(address, {}).status_code == 403
