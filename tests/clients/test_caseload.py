"""The list of cases: who is on it, in what order, how a name is found, what it costs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bilans.audit.models import Entry
from bilans.audit.selectors import history
from clients.models import Case
from clients.selectors import caseload as selector
from clients.selectors.caseload import CaseFilters
from clients.services import read_caseload
from clients.states import CaseState
from tests.factories import make_case, make_person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
PAGE = reverse("clients:caseload")


@pytest.fixture
def advisor():
    return make_person()


@pytest.fixture
def case_of(advisor):
    def make(name="Grażyna Żółkiewska", *, due=None, state=None, **more):
        given, family = name.split(" ", 1)
        case = make_case(
            advisor=advisor,
            state=state,
            due_on=None,
            card={"given_name": given, "family_name": family},
            **more,
        )
        day = None if due is None else TODAY + timedelta(days=due)
        Case.objects.filter(pk=case.pk).update(due_on=day)
        return case

    return make


def names(advisor, search="", **filters):
    shown = read_caseload(actor=advisor, filters=CaseFilters(**filters), search=search, today=TODAY)
    return [row.name for row in shown.rows]


def test_what_is_due_stands_first_and_what_is_not_due_last(advisor, case_of):
    case_of("Jan Łoś")
    case_of("Ewa Adamczyk", due=9)
    case_of("Piotr Świątek", due=-2)
    case_of("Iwona Ćmiel", due=0)
    case_of("Tomasz Czarnecki", due=-9, state=CaseState.CLOSED)
    assert names(advisor) == ["Świątek Piotr", "Ćmiel Iwona", "Adamczyk Ewa", "Łoś Jan"]
    assert names(advisor, show="overdue") == ["Świątek Piotr"]
    assert names(advisor, show="soon") == ["Ćmiel Iwona"]
    assert names(advisor, show="ended") == ["Czarnecki Tomasz"]


def test_names_stand_in_polish_order(advisor, case_of):
    for name in ("Jan Łoś", "Adam Żak", "Ewa Ząbek", "Iwona Ćmiel", "Tomasz Czarnecki", "Ida Lis"):
        case_of(name)
    assert names(advisor, by_name=True) == [
        "Czarnecki Tomasz", "Ćmiel Iwona", "Lis Ida", "Łoś Jan", "Ząbek Ewa", "Żak Adam",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "term",
    ["zolkiewska", "ŻÓŁKIEWSKA", "Żółkiewska", "grazyna zol", "zol grazyna", "  gra  ",
     "BK/2026/0001", "0001", "nowak", "zolkiewska-nowak"],
)  # fmt: skip
def test_a_name_is_found_without_diacritics(advisor, case_of, term):
    case_of("Grażyna Żółkiewska-Nowak")
    case_of("Zofia Grabarz-Żak")
    assert names(advisor, search=term)[0] == "Żółkiewska-Nowak Grażyna"


@pytest.mark.parametrize("term", ["zolkiewski", "razyna", "grazyna now kowal", "9999"])
def test_what_is_not_the_beginning_of_a_name_finds_nothing(advisor, case_of, term):
    case_of("Grażyna Żółkiewska-Nowak")
    assert names(advisor, search=term) == []


def test_a_search_looks_in_ended_cases_too(advisor, case_of):
    case_of(state=CaseState.CLOSED)
    assert names(advisor) == []
    assert names(advisor, search="zol") == ["Żółkiewska Grażyna"]


def test_a_held_case_stands_at_the_stage_where_it_was_held(advisor, case_of):
    case = case_of()
    Case.objects.filter(pk=case.pk).update(state=CaseState.ON_HOLD, held_from=CaseState.RECOGNITION)
    assert names(advisor, stage="recognition") == ["Żółkiewska Grażyna"]
    assert names(advisor, stage="synthesis") == []


def test_nobody_sees_the_cases_of_others(advisor, case_of):
    case_of()
    colleague = make_person(office=advisor.membership.organisation)
    assert names(colleague) == []
    assert names(colleague, search="zol") == []
    assert names(make_person()) == []


def test_many_cases_are_narrowed_by_the_beginning_of_the_surname(advisor, case_of, monkeypatch):
    monkeypatch.setattr(selector, "NAME_ORDER_LIMIT", 1)
    for name in ("Grażyna Żółkiewska", "Adam Żołnierz", "Grażyna Lis"):
        case_of(name)

    def opened(search):
        shown = read_caseload(actor=advisor, filters=CaseFilters(), search=search, today=TODAY)
        return [row.name for row in shown.rows], shown.needs_surname

    assert opened("grazyna zolk") == (["Żółkiewska Grażyna"], False)
    assert opened("0003") == (["Lis Grażyna"], False)
    assert opened("zo") == ([], True)
    assert names(advisor, by_name=True) == names(advisor)


def test_pages_hold_fifty(advisor, case_of, monkeypatch):
    monkeypatch.setattr(selector, "PAGE_SIZE", 2)
    for due in (1, 2, 3):
        case_of(f"Anna Druga{due}", due=due)
    assert names(advisor, page=2) == ["Druga3 Anna"]
    assert names(advisor, page=99) == ["Druga3 Anna"]


@pytest.mark.parametrize("cases", [1, 3])
@pytest.mark.parametrize("search", ["", "zol"])
def test_the_list_costs_the_same_for_any_number_of_cases(
    advisor, case_of, cases, search, django_assert_num_queries
):
    for _ in range(cases):
        case_of()
    names(advisor)  # the first look of somebody's life makes the key of their trail
    # the numbers; the rows with their clients; their keys; the trail's key; the entry;
    # and the savepoint that stands for the transaction
    with django_assert_num_queries(5 + 2):
        found = names(advisor, search=search)
    assert len(found) == cases


@pytest.mark.parametrize("cases", [1, 3])
def test_the_page_runs_the_same_queries_for_any_number_of_cases(
    client, advisor, case_of, cases, django_assert_num_queries
):
    for _ in range(cases):
        case_of()
    client.force_login(advisor)
    client.get(PAGE)
    # besides the list: session, account, membership, and the frame's own savepoints
    with django_assert_num_queries(15):
        response = client.get(PAGE)
    assert len(response.context["shown"].rows) == cases


def test_a_look_at_the_list_is_one_entry_with_its_count_and_its_cases(advisor, case_of):
    made = {str(case_of().pk), str(case_of().pk)}
    before = Entry.objects.count()
    names(advisor, show="running")
    assert Entry.objects.count() == before + 1
    newest = history(advisor.audit_stream, readings=True)[0]
    assert (newest.code, newest.data["count"], newest.data["filters"]) == (
        "clients.caseload.read",
        2,
        "running",
    )
    assert set(newest.data["cases"]) == made


class TestPage:
    def test_a_search_is_posted_and_enters_no_address(self, client, advisor, case_of):
        case_of()
        client.force_login(advisor)
        response = client.post(PAGE, {"szukaj": "grazyna zol"})
        page = response.content.decode()
        assert response.status_code == 200
        assert "Żółkiewska Grażyna" in page
        assert "grazyna zol" not in page.replace('value="grazyna zol"', "").replace(
            "“grazyna zol”", ""
        ).replace("„grazyna zol”", "")
        assert "zol" not in " ".join(part for part in page.split() if part.startswith("href="))

    def test_a_search_in_the_address_is_not_heard(self, client, advisor, case_of):
        case_of("Grażyna Żółkiewska")
        case_of("Adam Lis")
        client.force_login(advisor)
        assert len(client.get(PAGE, {"szukaj": "zol"}).context["shown"].rows) == 2

    @pytest.mark.parametrize(
        "address",
        [
            {"pokaz": "nie-wiem", "etap": "inny", "strona": "-1"},
            {"strona": "zero"},
            {"strona": "9" * 40},
            {"kolejnosc": "wzrost"},
        ],
    )
    def test_an_odd_address_shows_the_plain_list(self, client, advisor, case_of, address):
        case_of()
        client.force_login(advisor)
        response = client.get(PAGE, address)
        assert (response.status_code, len(response.context["shown"].rows)) == (200, 1)

    def test_filters_stand_in_the_address(self, client, advisor, case_of):
        case_of("Piotr Świątek", due=-2, state=CaseState.RECOGNITION)
        case_of("Ewa Adamczyk", state=CaseState.SYNTHESIS)
        client.force_login(advisor)
        shown = client.get(PAGE, {"etap": "rozpoznanie"}).context["shown"]
        assert [row.name for row in shown.rows] == ["Świątek Piotr"]

    def test_nothing_yet_is_one_sentence_and_one_act(self, client, advisor):
        client.force_login(advisor)
        page = client.get(PAGE).content.decode()
        assert page.count(reverse("clients:new_case")) == 1


def test_a_null_character_in_a_search_is_a_space(advisor, case_of, monkeypatch):
    monkeypatch.setattr(selector, "NAME_ORDER_LIMIT", 0)  # the database is asked for the number
    case = case_of()

    shown = read_caseload(
        actor=advisor, filters=CaseFilters(), today=TODAY, search=f"\0{case.number}\0"
    )

    assert [row.id for row in shown.rows] == [case.pk]
