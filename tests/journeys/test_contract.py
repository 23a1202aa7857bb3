"""The composer in a real browser: it saves itself, survives a log-out, tells a conflict."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from clients.models import Contract, Draft
from clients.services import save_contract
from clients.states import ContractState
from tests.clients.contract_samples import WORDS, offered, without
from tests.factories import PASSWORD, make_case
from tests.journeys.reading import faults, overflow

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def composer(page, live_server, advisor, log_in):
    """A contract that is written, open in the composer."""
    case = make_case(advisor=advisor)
    contract = save_contract(actor=advisor, case_id=case.pk, content=WORDS, base_version=None)
    log_in(page, advisor)
    page.goto(f"{live_server.url}/sprawy/{case.pk}/kontrakt/")
    return page, advisor, case, contract


def saved(page):
    return page.locator("[data-save-state][data-state=saved]")


def test_a_row_comes_without_leaving_the_page_and_the_draft_comes_back(composer):
    page, _advisor, _case, contract = composer

    page.locator("#goals button[name=_add]").click()
    row = page.locator("#id_goals-2-text")
    expect(row).to_be_focused()
    row.fill("Mam umówioną rozmowę")
    saved(page).wait_for()
    page.reload()

    expect(page.locator("#id_goals-2-text")).to_have_value("Mam umówioną rozmowę")
    assert Draft.objects.get().target_id == contract.pk
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)").find(
        "rozmow"
    ) < 0  # fmt: skip


def test_typing_survives_the_end_of_the_session(composer):
    page, advisor, _case, _contract = composer
    Session.objects.all().delete()

    page.locator("#id_main_goal").fill("Cel pisany po wygaśnięciu sesji")
    dialog = page.locator("#session-login")
    dialog.wait_for()
    dialog.locator("[name=username]").fill(advisor.email)
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("button[type=submit]").click()
    saved(page).wait_for()

    assert Draft.objects.get().values["main_goal"] == "Cel pisany po wygaśnięciu sesji"


def test_a_conflict_shows_both_texts_before_anything_is_overwritten(composer):
    page, advisor, case, contract = composer
    save_contract(
        actor=advisor, case_id=case.pk, content=without(main_goal="Cel kogoś innego"),
        base_version=contract.version,
    )  # fmt: skip

    page.locator("#id_main_goal").fill("Mój cel")
    dialog = page.locator("#save-conflict")
    dialog.wait_for()

    expect(dialog.locator("[data-mine]").first).to_have_text("Mój cel")
    expect(dialog.locator("[data-theirs]").first).to_have_text("Cel kogoś innego")
    assert Contract.objects.get(case=case).main_goal == "Cel kogoś innego"
    assert Draft.objects.get().values["main_goal"] == "Mój cel"


@pytest.mark.usefixtures("transactional_db")
def test_the_client_signs_on_a_phone_with_the_keyboard(new_context, live_server, log_in):
    _advisor, owner, case, contract = offered()
    page = new_context(viewport=PHONE, bypass_csp=True, color_scheme="dark").new_page()
    log_in(page, owner)
    page.goto(f"{live_server.url}/moj-bilans/{case.pk}/")
    page.get_by_role("link", name=re.compile("kontrakt", re.IGNORECASE)).first.click()

    assert faults(page) == []
    assert overflow(page) == 0
    page.locator("input[name=agreed]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#signed").wait_for()

    contract.refresh_from_db()
    assert contract.state == ContractState.IN_FORCE
    assert faults(page) == []
