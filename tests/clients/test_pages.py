"""The pages of a case: what they show, what they refuse, what they leave behind."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from bilans.audit.models import Entry
from bilans.audit.selectors import history
from clients.models import Assignment, Case, Client
from clients.selectors.history import course_of, full_history, looks_at
from clients.services import assign, move_case, read_case
from clients.states import CaseState
from tests.factories import make_case, make_client, make_person, make_portal_user

pytestmark = pytest.mark.django_db

NEW = reverse("clients:new_case")


@pytest.fixture
def advisor():
    return make_person(full_name="Beata Wójcik")


@pytest.fixture
def desk(client, advisor):
    """A browser in which the advisor is logged in."""
    client.force_login(advisor)
    return client


@pytest.fixture
def typed():
    """What somebody types on the page of a new case."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "given_name": "Grażyna",
        "family_name": "Żółkiewska",
        "birth_date": "1971-03-14",
        "phone": "600 100 217",
        "email": "",
        "address": "",
        "pesel": "71031442868",
        "reason_for_contact": "Trzydzieści lat szyłam i nagle nikt mnie nie chce.",
        "variant": "deepened",
        "next_step": "Rozmowa wstępna",
        "due_on": tomorrow.isoformat(),
    }


def main_of(response):
    """The page without its frame, whose dialogs have buttons of their own."""
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def address(name, case):
    return reverse(f"clients:{name}", kwargs={"case_id": case.pk})


class TestNewCase:
    def test_one_page_makes_the_card_and_the_case(self, desk, advisor, typed):
        response = desk.post(NEW, typed)
        case = Case.objects.get()
        assert response.headers["Location"] == address("case", case)
        assert (case.client.full_name, case.client.pesel, case.state) == (
            "Grażyna Żółkiewska",
            "71031442868",
            CaseState.ENQUIRY,
        )
        assert (case.next_step, case.reason_for_contact, case.variant) == (
            typed["next_step"],
            typed["reason_for_contact"],
            "deepened",
        )

    def test_every_mistake_is_said_at_its_field_and_nothing_is_retyped(self, desk, typed):
        wrong = typed | {"birth_date": "2010-03-14", "pesel": "71031442869", "next_step": ""}
        response = desk.post(NEW, wrong)
        form = response.context["form"]
        assert response.status_code == 422
        codes = {name: [e.code for e in found] for name, found in form.errors.as_data().items()}
        assert codes == {
            "birth_date": ["minor"],
            "pesel": ["pesel_checksum"],
            "next_step": ["required"],
        }  # fmt: skip
        shown = response.content.decode()
        for text in (wrong["given_name"], wrong["pesel"], wrong["birth_date"], wrong["phone"]):
            assert f'value="{text}"' in shown
        assert wrong["reason_for_contact"] in shown
        assert (Client.objects.count(), Case.objects.count()) == (0, 0)

    def test_a_case_that_cannot_open_leaves_no_card_either(self, desk, typed):
        yesterday = timezone.localdate() - timedelta(days=1)
        response = desk.post(NEW, typed | {"due_on": yesterday.isoformat()})
        assert response.status_code == 422
        assert response.context["form"].errors.as_data()["due_on"][0].code == "due_before_opening"
        assert (Client.objects.count(), Case.objects.count()) == (0, 0)

    def test_a_form_sent_twice_makes_one_case(self, desk, typed):
        key = str(uuid4())
        first = desk.post(NEW, typed | {"_once": key})
        second = desk.post(NEW, typed | {"_once": key})
        assert first.headers["Location"] == second.headers["Location"]
        assert (Client.objects.count(), Case.objects.count()) == (1, 1)

    def test_a_corrected_form_with_the_same_key_takes_effect(self, desk, typed):
        key = str(uuid4())
        assert desk.post(NEW, typed | {"_once": key, "next_step": ""}).status_code == 422
        assert desk.post(NEW, typed | {"_once": key}).status_code == 302

    def test_a_known_person_is_offered_and_taken(self, desk, advisor, typed):
        known = make_client(actor=advisor)
        asked = desk.post(NEW, typed)
        assert asked.status_code == 422
        choices = [value for value, _ in asked.context["form"].fields["same_person"].choices]
        assert choices == [str(known.pk), "new"]
        assert not Case.objects.exists()

        desk.post(NEW, typed | {"same_person": str(known.pk)})

        assert Case.objects.get().client == known
        assert Client.objects.get().pesel == ""

    def test_a_namesake_gets_a_card_of_their_own(self, desk, advisor, typed):
        make_client(actor=advisor)
        desk.post(NEW, typed | {"same_person": "new"})
        assert Client.objects.count() == 2

    def test_a_client_of_a_colleague_is_not_named(self, desk, advisor, typed):
        colleague = make_person(office=advisor.membership.organisation)
        case = make_case(advisor=colleague, card={"phone": "512 000 999"})
        response = desk.post(NEW, typed | {"given_name": "Inna"})
        choices = [value for value, _ in response.context["form"].fields["same_person"].choices]
        assert choices == ["new"]
        assert "Grażyna" not in response.content.decode()
        refused = desk.post(NEW, typed | {"same_person": str(case.client_id)})
        assert refused.status_code == 422


class TestCasePage:
    def test_it_says_what_blocks_the_step_onward_and_where_to_go(self, desk, advisor):
        case = make_case(advisor=advisor, state=CaseState.CONTRACT_IN_FORCE)
        shown = desk.get(address("case", case))
        onward = shown.context["onward"]
        assert onward["name"] == "recognise"
        [(_message, link)] = onward["missing"]
        assert link.url == address("contract", case)
        assert main_of(shown).count("btn-primary") == 1

    @pytest.mark.parametrize("state", [s for s in CaseState if s != CaseState.ON_HOLD])
    def test_every_stage_has_a_page_with_at_most_one_primary_button(self, desk, advisor, state):
        case = make_case(advisor=advisor, state=state)
        shown = desk.get(address("case", case))
        assert shown.status_code == 200
        assert main_of(shown).count("btn-primary") <= 1

    def test_the_button_takes_the_step(self, desk, advisor):
        case = make_case(advisor=advisor)
        assert desk.post(address("step", case), {"step": "screen"}).status_code == 302
        case.refresh_from_db()
        assert case.state == CaseState.SCREENING

    def test_a_stale_button_is_refused_in_words(self, desk, advisor):
        case = make_case(advisor=advisor)
        move_case(actor=advisor, case_id=case.pk, step="screen")
        response = desk.post(address("step", case), {"step": "screen"})
        assert response.status_code == 409
        assert response.context["refusal"].code == "wrong_state"

    def test_a_step_that_asks_is_asked_and_keeps_what_was_typed(self, desk, advisor):
        case = make_case(advisor=advisor)
        asked = desk.get(address("step", case), {"krok": "hold"})
        assert set(asked.context["form"].fields) == {"reason", "until"}
        response = desk.post(address("step", case), {"step": "hold", "reason": "pobyt w szpitalu"})
        assert response.status_code == 422
        assert "pobyt w szpitalu" in response.content.decode()

    def test_a_look_leaves_one_entry_the_client_can_read(self, desk, advisor):
        case = make_case(advisor=advisor)
        desk.get(address("case", case))  # makes the session
        before = Entry.objects.count()
        desk.get(address("case", case))
        assert Entry.objects.count() == before + 1
        assert history(case.audit_stream, readings=True)[0].code == "clients.case.read"

    @pytest.mark.parametrize("people", [1, 3])
    def test_the_page_costs_the_same_for_any_number_of_people_and_acts(
        self, desk, advisor, people, django_assert_num_queries
    ):
        case = make_case(advisor=advisor)
        office = advisor.membership.organisation
        for _ in range(people):
            supervisor = make_person(role="supervisor", office=office)
            desk.post(address("people", case), {"user": str(supervisor.pk), "reason": "zastępstwo"})
        assert Assignment.objects.filter(case=case).count() == people + 1
        desk.get(address("case", case))
        with django_assert_num_queries(21):
            desk.get(address("case", case))

    def test_a_supervisor_sees_the_case_without_its_levers(self, client, advisor):
        supervisor = make_person(role="supervisor", office=advisor.membership.organisation)
        case = make_case(advisor=advisor, supervisor=supervisor)
        client.force_login(supervisor)
        shown = client.get(address("case", case))
        levers = ("step", "next_step", "client_card", "people", "invitation", "qualification")
        assert shown.status_code == 200
        assert [name for name in levers if address(name, case) in shown.content.decode()] == []

    def test_foreign_and_missing_cases_answer_alike(self, client, advisor):
        case = make_case(advisor=advisor)
        client.force_login(make_person(office=advisor.membership.organisation))

        def answer(case_id):
            response = client.get(reverse("clients:case", kwargs={"case_id": case_id}))
            body = response.content.decode().replace(str(case_id), "")
            return response.status_code, re.sub(
                r'(data-csrf=|name="csrfmiddlewaretoken" value=)"[^"]*"', "", body
            )

        assert answer(case.pk) == answer(uuid4())
        assert answer(case.pk)[0] == 404


FORMS_OF = (
    "case", "step", "next_step", "client_card", "people", "invitation", "qualification",
)  # fmt: skip


class TestForms:
    @pytest.mark.parametrize("name", FORMS_OF)
    def test_every_form_carries_the_token_of_its_page(self, desk, advisor, name):
        case = make_case(advisor=advisor)
        shown = main_of(desk.get(address(name, case), {"krok": "hold"}))
        forms = re.findall(r'<form[^>]*method="post".*?</form>', shown, re.DOTALL)
        assert [form for form in forms if "csrfmiddlewaretoken" not in form] == []
        assert bool(forms) == (name != "qualification")  # whose catalogue is empty here

    def test_the_next_step_is_set_and_a_stale_one_keeps_both_texts(self, desk, advisor):
        case = make_case(advisor=advisor)
        opened = {"base_version": case.version, "due_on": "2026-12-01"}
        assert desk.post(
            address("next_step", case), opened | {"next_step": "Wywiad"}
        ).status_code == 302  # fmt: skip
        stale = desk.post(address("next_step", case), opened | {"next_step": "Umowa"})
        assert stale.status_code == 409
        shown = stale.content.decode()
        assert "Umowa" in shown
        assert "Wywiad" in shown
        case.refresh_from_db()
        assert case.next_step == "Wywiad"

    def test_a_stale_card_keeps_both_texts(self, desk, advisor):
        case = make_case(advisor=advisor)
        card = {
            "given_name": "Grażyna",
            "family_name": "Żółkiewska",
            "birth_date": "1971-03-14",
            "base_version": case.client.version,
        }
        assert (
            desk.post(address("client_card", case), card | {"phone": "111222333"}).status_code
            == 302
        )
        stale = desk.post(address("client_card", case), card | {"phone": "999888777"})
        assert stale.status_code == 409
        assert {"111222333", "999888777"} <= set(re.findall(r"\d{9}", stale.content.decode()))

    def test_the_name_on_the_page_is_the_saved_one_while_another_is_typed(self, desk, advisor):
        case = make_case(advisor=advisor)
        response = desk.post(
            address("client_card", case),
            {"given_name": "Halina", "family_name": "", "base_version": case.client.version},
        )
        assert response.status_code == 422
        assert response.context["case_name"] == "Grażyna Żółkiewska"

    def test_somebody_is_let_in_and_out(self, desk, advisor):
        case = make_case(advisor=advisor)
        office = advisor.membership.organisation
        marek = make_person(role="supervisor", office=office, full_name="Marek Ćwikła")
        last_day = timezone.localdate() + timedelta(days=5)
        desk.post(
            address("people", case),
            {"user": str(marek.pk), "reason": "zastępstwo", "ends_on": last_day.isoformat()},
        )
        part = Assignment.objects.get(case=case, user=marek)
        assert timezone.localdate(part.ends_at) == last_day + timedelta(days=1)
        assert read_case(actor=marek, case_id=case.pk).case == case

        desk.post(address("end_part", case), {"assignment": str(part.pk)})

        with pytest.raises(Case.DoesNotExist):
            read_case(actor=marek, case_id=case.pk)

    def test_the_last_advisor_stays_and_the_page_says_why(self, desk, advisor):
        case = make_case(advisor=advisor)
        part = Assignment.objects.get(case=case, user=advisor)
        response = desk.post(address("end_part", case), {"assignment": str(part.pk)})
        assert (response.status_code, response.context["refusal"].code) == (409, "last_advisor")

    def test_a_part_in_another_case_is_not_ended_from_here(self, desk, advisor):
        case, other = make_case(advisor=advisor), make_case(advisor=advisor)
        part = Assignment.objects.get(case=other)
        response = desk.post(address("end_part", case), {"assignment": str(part.pk)})
        assert response.status_code == 404


class TestInvitation:
    def test_the_link_is_shown_once_and_leads_into_the_portal(self, desk, client, advisor):
        case = make_case(advisor=advisor, card={"email": "g.zolkiewska@example.org"})
        shown = desk.post(address("invitation", case))
        link = shown.context["link"]
        assert link.startswith("http://testserver/zaproszenie/")
        assert desk.get(address("invitation", case)).context["link"] == ""

        password = "naparstek i nożyczki"
        client.logout()
        accepted = client.post(
            link.removeprefix("http://testserver"), {"password": password, "again": password}
        )
        assert accepted.status_code == 302, accepted.context["form"].errors
        user = Client.objects.get().user
        assert user.full_name == "Grażyna Żółkiewska"
        client.force_login(user)
        home = client.get(reverse("clients:portal"), follow=True)
        assert home.redirect_chain == [(address("portal_case", case), 302)]

    def test_without_an_address_it_says_where_to_put_one(self, desk, advisor):
        case = make_case(advisor=advisor)
        shown = desk.post(address("invitation", case))
        assert (shown.status_code, shown.context["refusal"].code) == (422, "email_missing")
        assert shown.context["remedy"].url == address("client_card", case)

    def test_whoever_uses_the_portal_is_not_invited_again(self, desk, advisor):
        case = make_case(advisor=advisor, card={"email": "g.zolkiewska@example.org"})
        make_portal_user(case)
        assert desk.post(address("invitation", case)).context["refusal"].code == "already_joined"


class TestHistory:
    def test_the_course_tells_acts_and_the_whole_history_looks_too(self, desk, advisor):
        case = make_case(advisor=advisor)
        move_case(actor=advisor, case_id=case.pk, step="decline", reason="brak miejsc")
        desk.get(address("case", case))
        assert [item.icon for item in course_of(case)] == [
            "flag-triangle-right", "folder-plus", "user-plus",
        ]  # fmt: skip
        assert {item.who for item in course_of(case)} == {"Beata Wójcik"}
        assert "brak miejsc" in course_of(case)[0].text
        everything, more = full_history(case, start=0, size=10)
        assert (len(everything), more) == (4, False)
        assert everything[0].icon == "eye"
        assert full_history(case, start=0, size=2)[1] is True

    def test_codes_are_told_in_words(self, advisor):
        case = make_case(advisor=advisor)
        move_case(actor=advisor, case_id=case.pk, step="screen")
        text = course_of(case)[0].text
        assert str(CaseState.SCREENING.label) in text
        assert "screening" not in text

    def test_its_pages_turn(self, desk, advisor):
        case = make_case(advisor=advisor)
        for _ in range(60):
            read_case(actor=advisor, case_id=case.pk)
        first = desk.get(address("history", case))
        assert (len(first.context["items"]), first.context["older"]) == (50, 2)
        second = desk.get(address("history", case), {"strona": 2})
        assert second.context["older"] is None


class TestPortal:
    @pytest.fixture
    def case(self, advisor):
        return make_case(advisor=advisor)

    @pytest.fixture
    def home(self, client, case):
        client.force_login(make_portal_user(case))
        return client

    def test_one_case_opens_at_once(self, home, case):
        response = home.get(reverse("clients:portal"))
        assert response.headers["Location"] == address("portal_case", case)

    def test_several_are_chosen_from(self, home, case, advisor):
        make_case(advisor=advisor, client=Client.objects.get())
        response = home.get(reverse("clients:portal"))
        assert len(response.context["cases"]) == 2

    def test_none_yet_is_said_kindly(self, client):
        client.force_login(make_person(role="client"))
        assert client.get(reverse("clients:portal")).status_code == 200

    @pytest.mark.parametrize("state", [s for s in CaseState if s != CaseState.ON_HOLD])
    def test_every_stage_is_told_in_plain_words(self, home, case, state):
        Case.objects.filter(pk=case.pk).update(state=state)
        shown = home.get(address("portal_case", case))
        assert shown.status_code == 200
        assert shown.context["portal_words"]

    def test_looks_are_told_by_person_with_the_reason(self, home, case, advisor):
        marek = make_person(
            role="supervisor", office=advisor.membership.organisation, full_name="Marek Ćwikła"
        )
        assign(actor=advisor, case_id=case.pk, user=marek, role="supervisor", reason="zastępstwo")
        read_case(actor=marek, case_id=case.pk)
        home.get(address("portal_case", case))
        looks = looks_at(Case.objects.get())
        assert [(look.name, look.days) for look in looks] == [
            ("Marek Ćwikła", 1),
            ("Beata Wójcik", 1),
        ]
        assert looks[0].why == "zastępstwo"
        shown = home.get(address("portal_looks", case)).content.decode()
        assert "Marek Ćwikła" in shown

    def test_the_office_and_the_portal_are_apart(self, home, case, client):
        assert home.get(address("case", case)).status_code == 403
        assert home.get(reverse("clients:caseload")).status_code == 403


class TestAPI:
    def test_it_lists_and_moves_with_the_words_of_the_page(self, desk, advisor):
        case = make_case(advisor=advisor)
        listed = desk.get(reverse("clients:api_cases")).json()
        assert listed == {
            "count": 1, "page": 1, "pages": 1,
            "results": [
                {
                    "id": str(case.pk), "number": case.number, "stage": "enquiry",
                    "due_on": case.due_on.isoformat(),
                    "overdue": case.due_on < timezone.localdate(),
                }
            ],
        }  # fmt: skip
        one = desk.get(address("api_case", case)).json()
        assert [each["step"] for each in one["open_steps"]] == [
            "screen", "agree", "hold", "decline", "withdraw", "refer", "transfer",
        ]  # fmt: skip
        moved = desk.post(
            address("api_steps", case), {"step": "screen"}, content_type="application/json"
        ).json()
        assert moved["stage"] == "screening"

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ({"step": "screen"}, 200, None),
            ({"step": "sign"}, 409, "by_service"),
            ({"step": "plan"}, 409, "wrong_state"),
            ({"step": "decline"}, 422, "reason_missing"),
            ({}, 422, "step_unknown"),
        ],
    )
    def test_refusals_carry_their_code(self, desk, advisor, body, status, code):
        case = make_case(advisor=advisor)
        answer = desk.post(address("api_steps", case), body, content_type="application/json")
        assert (answer.status_code, answer.json().get("code")) == (status, code)

    def test_names_are_in_no_answer(self, desk, advisor):
        case = make_case(advisor=advisor)
        for name, kwargs in (("api_cases", {}), ("api_case", {"case_id": case.pk})):
            assert (
                "Żółk" not in desk.get(reverse(f"clients:{name}", kwargs=kwargs)).content.decode()
            )
