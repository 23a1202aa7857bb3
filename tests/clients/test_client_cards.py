"""Client cards: adults only, numbers that agree, nobody twice, nothing lost to another."""

from dataclasses import replace
from datetime import date

import pytest

from bilans.audit.selectors import history
from bilans.errors import Conflict, InvalidInput, NotPermitted
from clients.models import Client, ClientIndex
from clients.selectors.clients import find_namesakes
from clients.services import (
    ClientCard,
    card_problems,
    correct_client,
    register_client,
    seek_namesakes,
)
from clients.services.clients import adult_from
from tests.factories import make_case, make_client, make_person

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 8)
GRAZYNA = ClientCard(
    given_name="Grażyna",
    family_name="Żółkiewska",
    birth_date=date(1971, 3, 14),
    pesel="71031442868",
    phone="600 100 217",
)


def problems(**changes):
    return [(p.field, p.code) for p in card_problems(replace(GRAZYNA, **changes), on=DAY)]


def test_a_card_that_agrees_has_no_problems():
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"pesel": "71031442869"}, [("pesel", "pesel_checksum")]),
        ({"pesel": "7103144286"}, [("pesel", "pesel_length")]),
        ({"pesel": "7103144286x"}, [("pesel", "pesel_wrong")]),
        ({"pesel": "88090217537"}, [("pesel", "pesel_other_birth_date")]),
        ({"pesel": ""}, []),
        (
            {"birth_date": date(2010, 3, 14)},
            [("birth_date", "minor"), ("pesel", "pesel_other_birth_date")],
        ),
        ({"birth_date": date(2026, 10, 9), "pesel": ""}, [("birth_date", "birth_in_future")]),
        ({"birth_date": date(1900, 1, 1), "pesel": ""}, [("birth_date", "birth_too_long_ago")]),
        ({"given_name": " "}, [("given_name", "name_missing")]),
        ({"email": "grazyna@"}, [("email", "email_wrong")]),
        ({"phone": "zadzwonić do córki"}, [("phone", "phone_wrong")]),
        ({"phone": "+380 67 123-45-67"}, []),
        ({"phone": "", "email": ""}, []),
    ],
)
def test_each_problem_is_said_at_its_field(changes, expected):
    assert problems(**changes) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2008, 10, 8), []),
        (date(2008, 10, 9), [("birth_date", "minor")]),
    ],
)
def test_eighteen_is_counted_to_the_day(born, expected):
    assert problems(birth_date=born, pesel="") == expected


def test_who_was_born_on_29_february_is_of_age_on_the_28th():
    assert adult_from(date(2008, 2, 29)) == date(2026, 2, 28)


def test_a_refused_card_leaves_nothing():
    advisor = make_person()
    with pytest.raises(InvalidInput) as refusal:
        register_client(
            actor=advisor, card=replace(GRAZYNA, birth_date=date(2010, 3, 14), pesel=""), on=DAY
        )
    assert (refusal.value.field, refusal.value.code) == ("birth_date", "minor")
    assert not Client.objects.exists()


def test_numbers_go_up_one_by_one_in_each_office_and_year():
    advisor = make_person()
    mine = [
        register_client(actor=advisor, card=replace(GRAZYNA, pesel=""), on=day).number
        for day in (DAY, DAY, date(2027, 1, 4))
    ]
    assert mine == ["KL/2026/0001", "KL/2026/0002", "KL/2027/0001"]
    other = register_client(actor=make_person(), card=GRAZYNA, on=DAY)
    assert other.number == "KL/2026/0001"


def test_cases_are_numbered_by_the_year_they_open():
    advisor = make_person()
    numbers = [
        make_case(advisor=advisor, opened_on=day, due_on=None).number
        for day in (DAY, DAY, date(2027, 1, 4))
    ]
    assert numbers == ["BK/2026/0001", "BK/2026/0002", "BK/2027/0001"]


def test_a_pesel_occurs_once_in_an_office_and_says_so_at_its_field():
    advisor = make_person()
    register_client(actor=advisor, card=GRAZYNA, on=DAY)
    with pytest.raises(InvalidInput) as refusal:
        register_client(actor=advisor, card=replace(GRAZYNA, pesel="710 314 428 68"), on=DAY)
    assert (refusal.value.field, refusal.value.code) == ("pesel", "pesel_taken")
    assert Client.objects.count() == 1

    register_client(actor=make_person(), card=GRAZYNA, on=DAY)
    assert Client.objects.count() == 2


@pytest.mark.parametrize("role", ["supervisor", "client", "committee"])
def test_only_advisors_make_cards(role):
    with pytest.raises(NotPermitted):
        register_client(actor=make_person(role=role), card=GRAZYNA, on=DAY)


def test_a_namesake_is_found_through_the_index_with_and_without_diacritics():
    advisor = make_person()
    known = make_client(actor=advisor, family_name="Żółkiewska-Nowak")
    make_client(actor=advisor, family_name="Żółkiewska", birth_date=date(1980, 1, 1))

    found = find_namesakes(actor=advisor, family_name="zolkiewska", birth_date=date(1971, 3, 14))

    assert (found.visible, found.hidden) == ((known,), 0)


def test_a_namesake_of_another_advisor_is_only_counted():
    advisor = make_person()
    make_case(advisor=advisor)
    colleague = make_person(office=advisor.membership.organisation)
    found = find_namesakes(actor=colleague, family_name="Żółkiewska", birth_date=date(1971, 3, 14))
    assert (found.visible, found.hidden) == ((), 1)
    other_office = find_namesakes(
        actor=make_person(), family_name="Żółkiewska", birth_date=date(1971, 3, 14)
    )
    assert not other_office


def test_a_correction_is_kept_with_both_values_and_a_new_index():
    advisor = make_person()
    case = make_case(advisor=advisor)
    card = replace(ClientCard.of(case.client), family_name="Żółkiewska-Gąsior")

    correct_client(actor=advisor, case_id=case.pk, card=card, base_version=case.client.version)

    client = Client.objects.get()
    assert client.full_name == "Grażyna Żółkiewska-Gąsior"
    newest = history(client.audit_stream)[0]
    assert (newest.code, newest.data["before"], newest.data["after"]) == (
        "clients.client.corrected",
        {"family_name": "Żółkiewska"},
        {"family_name": "Żółkiewska-Gąsior"},
    )
    assert find_namesakes(actor=advisor, family_name="Gąsior", birth_date=card.birth_date)


def test_a_correction_over_an_old_card_overwrites_nothing():
    advisor = make_person()
    case = make_case(advisor=advisor)
    card, read = ClientCard.of(case.client), case.client.version
    correct_client(
        actor=advisor, case_id=case.pk, card=replace(card, phone="600 100 218"), base_version=read
    )
    with pytest.raises(Conflict) as refusal:
        correct_client(
            actor=advisor, case_id=case.pk, card=replace(card, phone="1234567"), base_version=read
        )
    assert refusal.value.code == "stale"
    assert Client.objects.get().phone == "600 100 218"


def test_a_supervisor_does_not_correct_the_card():
    advisor = make_person()
    supervisor = make_person(role="supervisor", office=advisor.membership.organisation)
    case = make_case(advisor=advisor, supervisor=supervisor)
    with pytest.raises(NotPermitted):
        correct_client(
            actor=supervisor,
            case_id=case.pk,
            card=ClientCard.of(case.client),
            base_version=case.client.version,
        )


def test_the_index_holds_nothing_one_could_read():
    make_client(pesel="71031442868", email="g.zolkiewska@example.org")
    kinds = sorted(ClientIndex.objects.values_list("kind", flat=True))
    assert kinds == ["email", "pesel", "surname", "surname-start"]
    stored = b"".join(bytes(row.value) for row in ClientIndex.objects.all())
    assert b"zol" not in stored
    assert len(stored) == 16 + 16 + 1 + 1


def test_looking_for_a_known_person_leaves_one_entry_found_or_not():
    advisor = make_person()
    client = register_client(actor=advisor, card=GRAZYNA)
    for card in (GRAZYNA, replace(GRAZYNA, family_name="Gąsior", pesel="")):
        seek_namesakes(actor=advisor, card=card)

    nobody, one = history(advisor.audit_stream, readings=True)[:2]

    assert {nobody.code, one.code} == {"clients.namesakes.sought"}
    assert (one.data["count"], one.data["clients"]) == (1, [str(client.pk)])
    assert (nobody.data["count"], nobody.data["clients"]) == (0, [])
