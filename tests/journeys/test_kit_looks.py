"""The kit for everybody: axe, narrow screens, large text, keyboard, no script, paper."""

import pytest

from tests.journeys.reading import faults, overflow, small_targets

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("/zestaw/", "/zestaw/historia/", "/dostepnosc/", "/prywatnosc/", "/nie-ma-takiej/")


@pytest.fixture
def site(live_server, settings, advisor, signed_in, page):
    settings.ROOT_URLCONF = "tests.journeys.kit"
    signed_in(page, advisor)
    return live_server.url


@pytest.mark.browser_context_args(bypass_csp=True)  # axe is injected
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(site, page, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(site + path)
        assert page.locator("html").get_attribute("data-bs-theme") == scheme
        assert faults(page) == [], path


@pytest.mark.browser_context_args(bypass_csp=True)
def test_axe_would_find_a_fault(site, page):
    page.goto(site + "/zestaw/")
    page.evaluate(
        """() => {
            const picture = new Image();
            const pale = document.createElement("p");
            pale.textContent = "blady";
            pale.style.color = "#ccc";
            document.querySelector("main").append(picture, pale, document.createElement("input"));
        }"""
    )

    assert {"image-alt", "label", "color-contrast"} <= {name for name, _where in faults(page)}


@pytest.mark.browser_context_args(bypass_csp=True)
def test_axe_finds_nothing_in_a_form_with_errors_and_in_dialogs(site, page):
    page.goto(site + "/zestaw/historia/")
    page.get_by_role("button", name="Zakończ historię").click()
    assert page.locator(".b-summary").evaluate("summary => summary === document.activeElement")
    assert faults(page) == []

    page.keyboard.press("?")
    assert faults(page) == []


def test_nothing_is_scrolled_sideways_at_320_pixels_or_with_large_text(site, page):
    for path in PAGES:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(site + path)
        assert overflow(page) == 0, path

        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) == 0, path


def test_targets_are_large_enough(site, page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            page.goto(site + path)
            assert small_targets(page) == [], path


def test_every_control_shows_its_focus(site, page):
    page.goto(site + "/zestaw/historia/")
    without = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input, select, textarea)")]
            .filter((control) => control.checkVisibility() && control.type !== "hidden")
            .filter((control) => {
                control.focus({ focusVisible: true });
                const ring = getComputedStyle(control);
                return ring.outlineStyle !== "solid" || parseFloat(ring.outlineWidth) < 3;
            })
            .map((control) => control.outerHTML.slice(0, 80))"""
    )

    assert without == []


def test_the_rail_is_one_line_on_a_phone(site, page):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(site + "/zestaw/")

    assert page.locator(".rail__now").inner_text() == "Etap 3 z 7: Rozpoznanie"
    assert page.locator(".rail").bounding_box()["height"] < 110


def test_the_next_step_comes_first_on_a_phone_and_on_top_of_the_side_elsewhere(site, page):
    page.goto(site + "/zestaw/")
    step, feed = page.locator("#next"), page.locator("#feed")

    assert step.bounding_box()["x"] > feed.bounding_box()["x"]
    page.set_viewport_size({"width": 390, "height": 900})
    assert step.bounding_box()["y"] < feed.bounding_box()["y"]


def test_paper_shows_no_buttons_and_no_dark(site, page):
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(site + "/zestaw/")

    assert page.get_by_role("button").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.get_by_role("heading", name="Przebieg sprawy").is_visible()


def test_without_a_script_dialogs_open_and_forms_go(site, browser, page, settings):
    state = page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state, locale="pl-PL")
    bare = context.new_page()

    bare.goto(site + "/zestaw/")
    bare.get_by_role("button", name="Usuń dowód…").click()
    assert bare.locator("#remove").is_visible()
    assert not bare.locator("[data-theme-switch]").is_visible()

    bare.goto(site + "/zestaw/historia/")
    bare.get_by_role("button", name="Zakończ historię").click()
    assert bare.locator(".b-summary").is_visible()
    context.close()
