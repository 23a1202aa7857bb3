"""Coming in by a link, inviting others, and a form that arrives after the session ended."""

import pytest
from django.utils import timezone

from bilans.accounts.permissions import Role
from bilans.accounts.services import invite
from tests.factories import PASSWORD, make_office, make_person
from tests.journeys.reading import faults, overflow, small_targets

pytestmark = pytest.mark.django_db(transaction=True)
with_axe = pytest.mark.browser_context_args(bypass_csp=True)


@pytest.fixture
def office(transactional_db):
    return make_office(name="Centrum Informacji i Planowania Kariery w Nowym Sączu")


@pytest.fixture
def supervisor(office):
    make_person(office=office, full_name="Beata Wójcik")
    return make_person(office=office, role=Role.SUPERVISOR, full_name="Marek Ćwikła")


@pytest.fixture
def link(office, live_server):
    _invitation, token = invite(
        actor=None, organisation=office, role=Role.ADVISOR, full_name="Irena Nowa",
        email="irena.nowa@example.org", on=timezone.localdate(),
    )  # fmt: skip
    return f"{live_server.url}/zaproszenie/{token}/"


@pytest.fixture
def people_page(page, live_server, signed_in, supervisor, link):
    signed_in(page, supervisor)
    page.goto(f"{live_server.url}/biuro/ludzie/")
    return page


@with_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_before_the_log_in(live_server, page, link, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for address in (f"{live_server.url}/logowanie/", link, f"{live_server.url}/zaproszenie/x/"):
        page.goto(address)
        assert (faults(page), overflow(page) <= 0, small_targets(page)) == ([], True, []), address


@with_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_among_the_people(people_page, width, scheme):
    people_page.emulate_media(color_scheme=scheme)
    people_page.set_viewport_size({"width": width, "height": 900})

    assert faults(people_page) == []
    assert overflow(people_page) <= 0
    assert small_targets(people_page) == []


def test_a_link_leads_to_a_password_that_can_be_seen_and_inside(page, link):
    page.goto(link)
    password = page.get_by_label("Nowe hasło")
    password.fill(PASSWORD)
    page.get_by_role("button", name="Pokaż hasło").click()
    assert password.get_attribute("type") == "text"
    page.get_by_role("button", name="Ustaw hasło i wejdź").click()

    page.get_by_text("Konto jest gotowe").wait_for()


def test_a_supervisor_invites_and_withdraws(people_page, live_server):
    page = people_page
    page.get_by_label("Imię i nazwisko").fill("Jan Lis")
    page.get_by_role("main").get_by_label("Adres e-mail").fill("jan.lis@example.org")
    page.get_by_text("członek komisji").click()
    page.get_by_role("button", name="Utwórz odnośnik z zaproszeniem").click()

    assert page.get_by_label("Odnośnik").input_value().startswith(f"{live_server.url}/zaproszenie/")
    page.get_by_role("button", name="Wycofaj: Jan Lis").click()
    page.get_by_text("Zaproszenie zostało wycofane").wait_for()


def test_ending_a_membership_is_asked_by_name(people_page):
    page = people_page
    page.get_by_role("button", name="Zakończ: Beata Wójcik").click()
    dialog = page.get_by_role("dialog", name="Zakończyć pracę w biurze: Beata Wójcik?")
    dialog.get_by_role("button", name="Zakończ pracę w biurze").click()

    page.get_by_text("Ta osoba już nie należy do biura").wait_for()
    assert page.get_by_role("row").filter(has_text="Beata Wójcik").count() == 0


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_form_sent_after_the_session_ended_arrives(people_page, supervisor):
    page = people_page
    page.get_by_label("Imię i nazwisko").fill("Zażółć Gęślą")
    page.get_by_role("main").get_by_label("Adres e-mail").fill("zazolc@example.org")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Utwórz odnośnik z zaproszeniem").click()

    page.get_by_role("heading", name="Sesja wygasła. Nic nie zginęło").wait_for()
    page.get_by_role("main").get_by_label("Adres e-mail").fill(supervisor.email)
    page.get_by_role("main").get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Zaloguj się").click()
    page.get_by_role("button", name="Wyślij jeszcze raz").click()

    page.get_by_text("Zaproszenie jest gotowe: Zażółć Gęślą").wait_for()
