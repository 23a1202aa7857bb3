"""What ``make demo`` leaves: an office one can log in to, a played case, four files."""

from pathlib import Path

import pytest
from django.urls import reverse

from bilans.accounts.models import Membership
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.selectors import counts_of
from bilans.demo import balance, office, stories
from clients.models import Case
from interviews.models import Position, StarRecord, Statement
from portfolio.models import Evidence, EvidenceLink, EvidenceSupport

pytestmark = pytest.mark.django_db

FOUR = ["kontrakt.docx", "kontrakt.pdf", "raport-koncowy.docx", "raport-koncowy.pdf"]


def files_in(var: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((var / "demo").iterdir())}


def test_it_prints_the_address_the_log_ins_and_the_files(printed, var):
    files = [f"  {var / 'demo' / name}" for name in FOUR]

    assert printed.splitlines() == [
        "Adres: uruchom „make serve”; wypisze http://localhost:PORT",
        "Logowanie (hasło wszystkich: „naparstek i kreda”):",
        "  beata.wojcik@example.org       Beata Wójcik, doradca",
        "  marek.cwikla@example.org       Marek Ćwikła, kierownik",
        "  halina.swiatek@example.org     Halina Świątek, członek komisji",
        "  grazyna.zolkiewska@example.org Grażyna Żółkiewska, klient",
        "Dokumenty zagranej sprawy:",
        *files,
    ]
    assert sorted(files_in(var)) == FOUR


@pytest.mark.parametrize("email", [*(email for _, email in office.STAFF.values()), "client"])
def test_everybody_logs_in_with_what_was_printed(printed, client, email):
    typed = office.CLIENT_EMAIL if email == "client" else email

    answer = client.post(
        reverse("accounts:login"), {"username": typed, "password": office.PASSWORD}, follow=True
    )

    assert answer.status_code == 200
    assert answer.wsgi_request.user.email == typed


def test_the_office_has_one_of_every_kind(printed):
    people = sorted(
        (each.role, each.user.full_name) for each in Membership.objects.select_related("user")
    )

    assert people == [
        ("advisor", "Beata Wójcik"),
        ("client", "Grażyna Żółkiewska"),
        ("client", "Łukasz Żółć"),
        ("committee", "Halina Świątek"),
        ("supervisor", "Marek Ćwikła"),
    ]


def test_three_clients_stand_at_different_stages(printed):
    cases = {case.client.full_name: case.state for case in Case.objects.select_related("client")}

    assert cases == {
        "Grażyna Żółkiewska": "planning",
        "Łukasz Żółć": "recognition",
        "Anna Ćwiklińska": "enquiry",
    }


def test_the_played_case_has_all_its_parts(printed):
    case = Case.objects.get(state="planning")

    assert [star.title for star in StarRecord.objects.filter(case=case).order_by("number")] == [
        star["title"] for star in stories.STARS
    ]
    assert Statement.objects.filter(case=case).count() == 4
    stances = [each.stance for each in Position.objects.filter(case=case).order_by("pk")]
    assert stances == ["agrees", "agrees", "partly", "disagrees"]
    assert Evidence.objects.filter(case=case).count() == 1
    assert EvidenceSupport.objects.filter(case=case).count() == 1
    assert EvidenceLink.objects.filter(case=case).count() == 2
    assert {each.kind for each in balance.documents()} == {"contract", "final_report"}


def test_without_official_documents_the_case_looks_at_our_own(printed):
    version = QualificationVersion.objects.get()

    assert Case.objects.get(state="planning").qualification == version
    assert counts_of(version.pk) == (2, 5, 18)


def test_a_statement_speaks_to_criteria_of_its_own_subject(printed):
    statement = Statement.objects.get(number=1)

    texts = sorted(each.criterion.text for each in statement.criteria.select_related("criterion"))

    assert texts == [
        "przydziela zadania do stanowisk z uwzględnieniem umiejętności i uprawnień osób",
        "wskazuje, co robi, gdy w zespole brakuje jednej osoby",
    ]


def test_a_second_run_changes_no_row_and_no_file(printed, run_demo, state_of_tables, var):
    tables, files = state_of_tables(), files_in(var)
    sealed = sorted(path.read_bytes() for path in (var / "files").rglob("*") if path.is_file())

    again = run_demo()

    assert again == "Biuro przykładowe już jest; nic się w nim nie zmieniło.\n" + printed
    assert state_of_tables() == tables
    assert tables["audit.entry"][0] > 50
    assert files_in(var) == files
    now = sorted(path.read_bytes() for path in (var / "files").rglob("*") if path.is_file())
    assert now == sealed


def test_a_file_that_was_taken_away_comes_back_as_it_was(printed, run_demo, var):
    before = files_in(var)
    (var / "demo" / "kontrakt.pdf").unlink()

    run_demo()

    assert files_in(var) == before
