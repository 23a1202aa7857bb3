"""What the scripts promise: nothing typed is lost, nothing readable stays in the browser."""

import pytest
from django.contrib.sessions.models import Session

from tests.factories import PASSWORD, make_person
from tests.journeys import kit

sync_api = pytest.importorskip("playwright.sync_api")
expect, Error = sync_api.expect, sync_api.Error

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = "zapisano 12:04:31"


@pytest.fixture
def story(live_server, settings, advisor, signed_in, page):
    """The page of a long form, opened on version 3 of its record."""
    settings.ROOT_URLCONF = "tests.journeys.kit"
    kit.drafts.clear()
    kit.rival.update(version=0, text="")
    signed_in(page, advisor)
    page.goto(f"{live_server.url}/zestaw/historia/")
    return page


@pytest.fixture
def box(story):
    return story.get_by_label("Sytuacja")


@pytest.fixture
def line(story):
    return story.locator("[data-save-words]")


def last_draft() -> str:
    return kit.drafts[-1]["values"]["situation"]


def log_in_again(page, email: str) -> None:
    dialog = page.locator("#session-login")
    dialog.get_by_label("Adres e-mail").fill(email)
    dialog.get_by_label("Hasło").fill(PASSWORD)
    dialog.get_by_role("button", name="Zaloguj się").click()


def test_a_pause_saves_the_draft_and_says_when(box, line):
    box.fill("Zabrakło dwóch kierowców.")

    expect(line).to_have_text("Jeszcze nie zapisano")
    expect(line).to_have_text(SAVED)
    (draft,) = kit.drafts
    assert (draft["form"], draft["object"], draft["base_version"], draft["seq"]) == (
        "star", "s1", 3, 1,
    )  # fmt: skip
    assert draft["values"] == {
        "title": "Zmiana grafiku",
        "situation": "Zabrakło dwóch kierowców.",
        "day": "2026-11-20",
        "form_of_talk": "a",
        "goals": "",
    }


def test_several_ticks_are_sent_as_a_list_and_one_tick_as_a_text(story, line):
    story.get_by_label("Praca").check()
    story.get_by_label("Nauka").check()
    story.get_by_label("Klient otrzymał informację").check()

    expect(line).to_have_text(SAVED)
    values = kit.drafts[-1]["values"]
    assert (values["topics"], values["told"]) == (["work", "study"], "on")


def test_two_hundred_characters_do_not_wait_for_a_pause(box, line):
    box.fill("a" * 200)

    expect(line).to_have_text(SAVED, timeout=1500)


def test_ctrl_s_saves_at_once(story, box, line):
    box.fill("Teraz.")
    story.keyboard.press("Control+s")

    expect(line).to_have_text(SAVED, timeout=1500)
    assert last_draft() == "Teraz."


def test_without_a_connection_the_text_waits_on_the_screen(story, box, line):
    story.context.set_offline(True)
    box.fill("Bez sieci.")
    story.keyboard.press("Control+s")
    expect(line).to_contain_text("Brak połączenia")
    assert kit.drafts == []

    story.context.set_offline(False)
    expect(line).to_have_text(SAVED)
    assert last_draft() == "Bez sieci."


def test_an_ended_session_is_renewed_in_place_and_the_text_survives(story, box, line, advisor):
    Session.objects.all().delete()
    box.fill("Po przerwie.")
    story.keyboard.press("Control+s")
    expect(story.locator("#session-login")).to_be_visible()
    story.keyboard.press("Escape")
    expect(story.locator("#session-login")).to_be_visible()

    log_in_again(story, advisor.email)

    expect(story.locator("#session-login")).to_be_hidden()
    expect(line).to_have_text(SAVED)
    assert last_draft() == "Po przerwie."
    assert box.input_value() == "Po przerwie."


def test_after_a_log_in_in_place_the_form_itself_is_accepted(story, box, advisor):
    Session.objects.all().delete()
    box.fill("Do wysłania.")
    story.get_by_role("button", name="Zakończ historię").click()
    log_in_again(story, advisor.email)

    expect(story.locator(".b-summary")).to_be_visible()  # the form arrived and was judged
    assert story.get_by_label("Sytuacja").input_value() == "Do wysłania."


def test_somebody_else_cannot_take_over_the_page(story, box):
    other = make_person(email="inna@example.org")
    Session.objects.all().delete()
    box.fill("Moje słowa.")
    story.keyboard.press("Control+s")

    log_in_again(story, other.email)

    expect(story.get_by_role("alert")).to_contain_text("To inne konto")
    assert kit.drafts == []


def test_a_wrong_password_is_told_in_the_dialog(story, box):
    Session.objects.all().delete()
    box.fill("Moje słowa.")
    story.keyboard.press("Control+s")

    log_in_again(story, "nikt@example.org")

    expect(story.locator("[data-login-error]")).to_be_visible()
    assert box.input_value() == "Moje słowa."


def test_a_conflict_shows_both_texts_and_overwrites_neither(story, box, line):
    kit.rival.update(version=4, text="Tekst z drugiego okna.")
    box.fill("Mój tekst.")
    story.keyboard.press("Control+s")
    dialog = story.locator("#save-conflict")

    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-mine]")).to_have_text("Mój tekst.")
    expect(dialog.locator("[data-theirs]")).to_have_text("Tekst z drugiego okna.")
    assert dialog.locator("[data-mine] mark").all_inner_texts() == ["Mój", "tekst."]
    dialog.get_by_role("button", name="Zdecyduję później").click()
    box.press_sequentially(" I dalej.")
    story.wait_for_timeout(2500)
    assert (kit.drafts, box.input_value()) == ([], "Mój tekst. I dalej.")

    story.get_by_role("button", name="Porównaj oba teksty").click()
    dialog.get_by_role("button", name="Zapisz to, co jest w formularzu").click()
    expect(line).to_have_text(SAVED)
    assert (kit.drafts[-1]["base_version"], last_draft()) == (4, "Mój tekst. I dalej.")


def test_the_other_text_can_be_taken(story, box, line):
    kit.rival.update(version=4, text="Tekst z drugiego okna.")
    box.fill("Mój tekst.")
    story.keyboard.press("Control+s")
    dialog = story.locator("#save-conflict")

    dialog.get_by_role("button", name="Wstaw ten tekst").click()
    dialog.get_by_role("button", name="Zapisz to, co jest w formularzu").click()

    expect(line).to_have_text(SAVED)
    assert last_draft() == box.input_value() == "Tekst z drugiego okna."


def test_the_browser_stores_nothing_that_was_typed(story, box, line):
    box.fill("Tajemnica klienta")
    expect(line).to_have_text(SAVED)
    story.get_by_role("button", name="Przełącz jasny lub ciemny").click()

    stored = story.evaluate(
        """async () => JSON.stringify([
            { ...localStorage }, { ...sessionStorage },
            await indexedDB.databases(), await caches.keys(),
        ])"""
    )

    assert "Tajemnica" not in stored
    assert story.evaluate("Object.keys(localStorage)") == ["theme"]


def test_the_chosen_theme_stays_and_the_system_leads_until_then(story):
    theme = story.locator("html")
    story.emulate_media(color_scheme="dark")
    expect(theme).to_have_attribute("data-bs-theme", "dark")

    story.get_by_role("button", name="Przełącz jasny lub ciemny").click()
    expect(theme).to_have_attribute("data-bs-theme", "light")
    story.reload()
    expect(theme).to_have_attribute("data-bs-theme", "light")


def test_keys(story, live_server):
    story.goto(f"{live_server.url}/zestaw/")
    story.keyboard.press("?")
    expect(story.locator("#keys")).to_be_visible()
    story.keyboard.press("Escape")
    expect(story.locator("#keys")).to_be_hidden()

    story.keyboard.press("/")
    expect(story.get_by_role("searchbox")).to_be_focused()
    story.keyboard.type("?/")
    assert story.get_by_role("searchbox").input_value() == "?/"


def test_two_minutes_before_the_end_there_is_a_warning(story, live_server):
    story.clock.install()
    story.goto(f"{live_server.url}/zestaw/historia/")
    warning, login = story.locator("#session-warning"), story.locator("#session-login")

    story.clock.run_for((30 * 60 - 121) * 1000)
    expect(warning).to_be_hidden()
    story.clock.run_for(3000)
    expect(warning).to_be_visible()
    expect(warning.locator("[data-countdown]")).to_have_text("1:58")
    story.get_by_role("button", name="Zostań").click()
    expect(warning).to_be_hidden()

    story.clock.run_for(30 * 60 * 1000 + 2000)
    expect(login).to_be_visible()


def test_a_file_travels_with_its_progress_and_leads_on(story):
    story.get_by_label("Plik", exact=True).set_input_files(
        {"name": "dyplom.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"0" * 300_000}
    )
    story.get_by_role("button", name="Wyślij plik").click()

    story.wait_for_url("**/zestaw/?przyjeto")


def test_a_refused_file_says_why_and_stays_chosen(story):
    story.get_by_label("Plik", exact=True).set_input_files(
        {"name": "dyplom.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    )
    story.get_by_role("button", name="Wyślij plik").click()

    expect(story.locator("[data-upload-words]")).to_have_text("Wybierz plik PDF.")
    assert story.get_by_label("Plik", exact=True).evaluate("input => input.files.length") == 1
    assert story.get_by_role("button", name="Wyślij plik").is_enabled()


def test_a_file_can_be_dropped(story):
    story.evaluate(
        """() => {
            const carried = new DataTransfer();
            carried.items.add(new File(["%PDF-"], "upuszczony.pdf", { type: "application/pdf" }));
            document.querySelector("[data-drop]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }"""
    )

    name = story.get_by_label("Plik", exact=True).evaluate("input => input.files[0].name")
    assert name == "upuszczony.pdf"


@pytest.mark.parametrize(
    "attack",
    [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "Object.assign(document.createElement('script'), { src: '/x.js' })",
        "Object.assign(document.createElement('script'), { text: 'window.ran = 1' })",
        "trustedTypes.createPolicy('another', {})",
    ],
)
def test_the_policy_of_the_page_blocks_injection(story, attack):
    with pytest.raises(Error, match="Trusted"):
        story.evaluate(f"() => {{ {attack}; }}")


def test_an_ordinary_visit_breaks_no_rule_of_the_policy(story, live_server):
    complaints: list[str] = []
    story.on("console", lambda message: complaints.append(message.text))
    story.on("pageerror", lambda error: complaints.append(str(error)))

    for path in ("/zestaw/", "/zestaw/historia/", "/dostepnosc/"):
        story.goto(live_server.url + path, wait_until="networkidle")

    assert complaints == []


def test_the_pages_speak_english_too(story, live_server):
    story.goto(f"{live_server.url}/prywatnosc/")
    story.get_by_role("button", name="Beata Wójcik").click()
    story.get_by_role("button", name="English").click()

    expect(story.get_by_role("heading", level=1)).to_have_text("Privacy")
    expect(story.locator("html")).to_have_attribute("lang", "en")
