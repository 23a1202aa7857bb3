"""One real case played by an advisor and a client in a browser, from the first page to the
report in the client's hands; axe looks at every page on the way, in light and dark, wide
and narrow. Then what must not be lost: a log-in that runs out and a network that goes."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document as WordFile
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from bilans.accounts.permissions import Role
from bilans.audit.selectors import broken_places
from bilans.catalogue.services import load_sample
from clients.models import Case, Delivery, Draft, IssuedDocument
from clients.states import CaseState
from interviews.models import StarRecord
from portfolio.models import Evidence
from tests.factories import PASSWORD, make_office, make_person
from tests.journeys.reading import faults, overflow
from tests.portfolio.test_evidence import PDF

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1280, 390)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NEEDS = "Trzydzieści lat szyłam i nagle nikt mnie nie chce."
STORY = {
    "title": "Mundurki",
    "happened": "sierpień 2019",
    "situation": "Dwie z ośmiu dziewczyn na zwolnieniu, a było zamówienie na 1200 mundurków.",
    "task": "Miałam oddać całość 28 sierpnia.",
    "action": "Rozpisałam operacje na nowo, sama uszyłam wzór.",
    "result": "Oddałyśmy 1184 sztuki w terminie.",
}
AGREED = "Organizuje pracę ośmioosobowej brygady przy nagłych brakach kadrowych"
DISPUTED = "Rozwiązuje konflikty w zespole"
WORDS = "Ja nie rozwiązywałam, tylko rozsadzałam."


class Person:
    """Somebody at their own browser, whose every new page is looked at by axe."""

    def __init__(self, browser: Browser, base: str, *, width: int) -> None:
        self.base = base
        self.width = width
        self.context = browser.new_context(
            bypass_csp=True,  # axe is injected; the policy itself has its own tests
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            reduced_motion="reduce",  # a colour on its way to another is no colour
            viewport={"width": width, "height": 900},
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.looked_at: set[str] = set()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        self.page.goto(self.base + path if path.startswith("/") else path)
        self.look()

    def press(self, selector: str, name: str | None = None) -> None:
        """Press a button or follow a link, then look at the page it leads to."""
        target = self.page.locator(selector)
        if name is not None:
            target = target.filter(has_text=name)
        with self.page.expect_navigation():
            target.first.click()
        self.look()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)

    def look(self) -> None:
        """Let axe and a ruler look at a page once, in both schemes and at both widths."""
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "*", self.page.url.removeprefix(self.base))
        if kind in self.looked_at:
            return
        self.looked_at.add(kind)
        assert self.page.locator("html").get_attribute("lang") == "pl"
        assert self.page.locator("h1").count() == 1, kind
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                self._show_whole(width)
                assert faults(self.page) == [], f"{kind} {scheme} {width}"
                assert overflow(self.page) <= 0, f"{kind} {width}"
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": self.width, "height": 900})

    def _show_whole(self, width: int) -> None:
        """Open the window so far that nothing lies under the bar that sticks to its end."""
        self.page.set_viewport_size({"width": width, "height": 900})
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": max(height, 900)})

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/logowanie/")
        self.fill(username=email, password=password)
        self.press("main button[type=submit]")


@pytest.fixture
def cast(browser, live_server):
    """Advisor at a desk and client at a phone, not logged in yet."""
    office = make_office(name="Biuro w Nowym Sączu")
    make_person(office=office, full_name="Beata Wójcik", email="beata@example.org")
    make_person(role=Role.SUPERVISOR, office=office, full_name="Marek Ćwikła")
    load_sample()
    advisor = Person(browser, live_server.url, width=1280)
    client = Person(browser, live_server.url, width=390)
    yield advisor, client
    advisor.context.close()
    client.context.close()


def _open_case(advisor: Person) -> str:
    advisor.press("a.btn-primary")
    advisor.fill(
        given_name="Grażyna",
        family_name="Żółkiewska",
        birth_date="2012-03-14",
        email="grazyna@example.org",
        reason_for_contact=NEEDS,
        next_step="Kontrakt",
        due_on=(timezone.localdate() + timedelta(days=7)).isoformat(),
        pesel="71031442869",
    )
    advisor.press("main button[type=submit]")
    errors = advisor.page.locator(".field--error")
    assert errors.count() >= 1  # a minor with a wrong checksum is refused at the fields
    assert advisor.page.locator('[name="reason_for_contact"]').input_value() == NEEDS
    advisor.fill(birth_date="1971-03-14", pesel="71031442868")
    advisor.press("main button[type=submit]")
    return advisor.page.url.removeprefix(advisor.base)


def _find_without_diacritics(advisor: Person) -> None:
    advisor.go("/sprawy/")
    for term in ("zolkiewska", "ŻÓŁKIEWSKA", "grazyna zol"):
        advisor.page.locator("input[type=search]").fill(term)
        advisor.page.locator("input[type=search]").press("Enter")
        expect(advisor.page.locator("a.row-link")).to_have_count(1)
        assert "zol" not in advisor.page.url.lower()


def _invite(advisor: Person, client: Person, case: str) -> None:
    advisor.go(case + "zaproszenie/")
    advisor.page.locator("main form button[type=submit]").click()
    link = advisor.page.locator("main").get_by_text(re.compile("/zaproszenie/")).first
    expect(link).to_be_visible()
    path = re.search(r"/zaproszenie/[\w-]+/", advisor.page.content())
    assert path is not None
    client.go(path.group(0))
    for field in client.page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    client.press("main button[type=submit]")


def _refused_interview(advisor: Person, case: str) -> None:
    advisor.go(case + "wywiady/")
    assert advisor.page.locator("main form").count() == 0
    assert advisor.page.locator(f'main a[href="{case}kontrakt/"]').count() >= 1


def _agree_contract(advisor: Person, client: Person, case: str, mine: str) -> None:
    advisor.go(case + "kontrakt/")
    limits = advisor.page.locator('[name="confidentiality_limits"]')
    kept = limits.input_value()
    advisor.fill(main_goal="Do 30 czerwca 2027 r. podejmę pracę jako brygadzistka.")
    advisor.page.locator('[name="goals-0-text"]').fill("Mam spis tego, co umiem")
    limits.fill("")
    advisor.page.locator('button[name="_suggest"][value="0"]').click()  # a row, in place
    expect(advisor.page.locator('[name="difficulties-0-remedy"]')).not_to_have_value("")
    advisor.press("main .savebar .btn-primary")
    assert advisor.page.locator('a[href*="confidentiality_limits"]').count() >= 1
    advisor.page.locator('[name="confidentiality_limits"]').fill(kept)
    advisor.press("main .savebar .btn-primary")

    client.go(mine + "kontrakt/")
    client.page.locator('form[action$="/podpis/"] input[type=checkbox]').check()
    client.press('form[action$="/podpis/"] button[type=submit]')
    assert Case.objects.get().state == CaseState.CONTRACT_IN_FORCE


def _interview(advisor: Person, case: str) -> None:
    advisor.go(case)
    advisor.press('button[name="step"][value="recognise"]')
    advisor.go(case + "wywiady/")
    advisor.press('form[action$="/rozpocznij/"] button[type=submit]')
    advisor.page.locator("main textarea").first.fill("Mundurki 2019: dwie na zwolnieniu.")
    advisor.press("main .savebar .btn-primary")
    advisor.page.locator('form[action$="/dodaj-zapis/"] [name="title"]').fill(STORY["title"])
    advisor.press('form[action$="/dodaj-zapis/"] button[type=submit]')
    advisor.fill(**STORY)
    expect(advisor.page.locator("[data-save-words]")).to_contain_text(
        re.compile(r"\d\d:\d\d:\d\d"), timeout=15_000
    )
    assert Draft.objects.filter(form="interviews.star").exists()
    advisor.press("main form button.btn-primary")
    assert StarRecord.objects.get().result == STORY["result"]


def _word_statements(advisor: Person, case: str) -> None:
    for text in (AGREED, DISPUTED):
        advisor.go(case + "stwierdzenia/nowe/")
        advisor.fill(text=text)
        if text == AGREED:
            advisor.press("main form button.btn-primary")  # without a story it is refused
            assert advisor.page.locator(".field--error").count() >= 1
            assert advisor.page.locator('[name="text"]').input_value() == AGREED
        advisor.page.locator('input[name="stars"]').first.check()
        advisor.press("main form button.btn-primary")
    advisor.go(case)
    advisor.press('button[name="step"][value="synthesise"]')
    advisor.go(case + "stwierdzenia/")
    advisor.press('form[action$="/przedstaw/"] button.btn-primary')


def _add_evidence(client: Person, mine: str) -> None:
    client.go(mine + "dowody/")
    client.fill(title="Świadectwo pracy", description="Szesnaście lat jako brygadzistka.")
    client.page.locator('[name="kind"]').select_option("employment")
    client.page.locator('[name="file"]').set_input_files(
        {"name": "swiadectwo.png", "mimeType": "image/png", "buffer": PDF}
    )
    client.page.locator("main form[data-upload] button.btn-primary").click()
    expect(client.page.locator('[name="title"]')).to_have_value("Świadectwo pracy")
    assert not Evidence.objects.exists()  # mislabelled: refused, and nothing typed is lost
    client.page.locator('[name="file"]').set_input_files(
        {"name": "swiadectwo.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    with client.page.expect_navigation(url=re.compile(r"/dowody/[0-9a-f-]{36}/")):
        client.page.locator("main form[data-upload] button.btn-primary").click()
    client.look()
    criterion = client.page.locator('[name="link-criterion"]')
    criterion.select_option(index=1)
    client.page.locator('[name="link-argument"]').fill("Dokument potwierdza kierowanie brygadą.")
    client.press("main form:has([name=link-criterion]) button[type=submit]")
    assert Evidence.objects.get().links.count() == 1


def _answer(client: Person, mine: str) -> None:
    for text, stance, words in ((AGREED, "agrees", ""), (DISPUTED, "disagrees", WORDS)):
        client.go(mine + "stwierdzenia/")
        client.press("main a", text)
        client.page.locator(f'input[name="stance"][value="{stance}"]').check()
        if words:
            client.press("main form button.btn-primary")  # a disagreement needs words
            assert client.page.locator(".field--error").count() >= 1
            client.fill(words=words)
        client.press("main form button.btn-primary")


def _issue_report(advisor: Person, case: str) -> None:
    advisor.go(case)
    advisor.press('button[name="step"][value="agree_results"]')
    advisor.go(case + "raport/")
    advisor.fill(summary="Najmocniej: organizowanie pracy.", next_steps="Opisać w CV")
    advisor.press("main form button.btn-primary")
    advisor.go(case + "raport/podglad/")
    advisor.go(case + "raport/")
    advisor.press('form[action$="/wydaj/"] button[type=submit]')


def test_a_case_runs_from_the_first_page_to_the_report_in_the_clients_hands(cast):
    advisor, client = cast
    advisor.log_in("beata@example.org")
    case = _open_case(advisor)
    _find_without_diacritics(advisor)
    advisor.go(case + "kwalifikacja/")
    advisor.page.locator('input[name="version"]').first.check()
    advisor.press("main form button.btn-primary")
    _refused_interview(advisor, case)
    _invite(advisor, client, case)
    mine = case.replace("/sprawy/", "/moj-bilans/")
    client.go(mine)
    _agree_contract(advisor, client, case, mine)
    _interview(advisor, case)
    _word_statements(advisor, case)
    _add_evidence(client, mine)
    _answer(client, mine)
    _issue_report(advisor, case)

    _read_report(advisor, client, case, mine)
    advisor.go(case)
    advisor.go(case + "historia/")
    assert list(broken_places()) == []
    assert advisor.complaints == []
    assert client.complaints == []


def _read_report(advisor: Person, client: Person, case: str, mine: str) -> None:
    document = IssuedDocument.objects.get(kind="final_report")
    client.go(mine)
    client.go(f"{mine}dokumenty/{document.pk}/")
    page = client.page.locator("main").inner_text()
    assert page.index("Rozbieżności") < page.index(DISPUTED)
    pdf = PdfReader(BytesIO(_download(client, f"{mine}dokumenty/{document.pk}/pdf/")))
    word = _download(advisor, f"{case}dokumenty/{document.pk}/word/")
    texts = (page, "".join(each.extract_text() for each in pdf.pages), _words(word))
    for said in (AGREED, WORDS, DISPUTED):
        assert all(_bare(said) in _bare(text) for text in texts), said
    client.press(f'form[action*="{document.pk}"] button[type=submit]')
    assert Delivery.objects.filter(document=document, confirmed_at__isnull=False).exists()


def test_a_log_in_that_runs_out_while_typing_loses_nothing(cast, live_server):
    advisor, _client = cast
    advisor.log_in("beata@example.org")
    case = _open_case(advisor)
    advisor.go(case + "kontrakt/")
    goal = advisor.page.locator('[name="main_goal"]')
    goal.fill("Zdanie pisane, gdy sesja wygasła.")
    advisor.context.clear_cookies(name="sessionid")
    goal.press("End")
    goal.type(" Dalszy ciąg.")
    password = advisor.page.locator("dialog[open] input[type=password]")
    expect(password).to_be_visible(timeout=15_000)
    assert faults(advisor.page) == []
    advisor.page.locator("dialog[open] input[name=username]").fill("beata@example.org")
    password.fill(PASSWORD)
    advisor.page.locator("dialog[open] button[type=submit]").click()
    expect(advisor.page.locator("[data-save-words]")).to_contain_text(
        re.compile(r"\d\d:\d\d:\d\d"), timeout=15_000
    )

    assert goal.input_value() == "Zdanie pisane, gdy sesja wygasła. Dalszy ciąg."
    assert Draft.objects.get().values["main_goal"] == goal.input_value()
    stored = advisor.page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "Zdanie" not in stored


def test_a_network_that_goes_loses_nothing(cast):
    advisor, _client = cast
    advisor.log_in("beata@example.org")
    case = _open_case(advisor)
    advisor.go(case + "kontrakt/")
    goal = advisor.page.locator('[name="main_goal"]')
    advisor.context.set_offline(True)
    goal.fill("Zdanie pisane bez sieci.")
    words = advisor.page.locator("[data-save-words]")
    expect(words).not_to_have_text(re.compile(r"\d\d:\d\d:\d\d"), timeout=10_000)
    advisor.context.set_offline(False)
    expect(words).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"), timeout=40_000)

    assert Draft.objects.get().values["main_goal"] == "Zdanie pisane bez sieci."


def _download(person: Person, path: str) -> bytes:
    answer = person.context.request.get(person.base + path)
    assert answer.status == 200, path
    return answer.body()


def _words(docx: bytes) -> str:
    return "".join(node.text or "" for node in WordFile(BytesIO(docx)).element.body.iter(f"{W}t"))


def _bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)
