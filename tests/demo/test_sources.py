"""``make demo SOURCES=folder``: the official documents instead of our small catalogue."""

import pytest
from django.core.management import CommandError

from bilans.accounts.models import Organisation
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.selectors import counts_of
from bilans.demo import balance
from clients.models import Case
from tests.require import sources

pytestmark = pytest.mark.django_db

READABLE = "004_1867f05c87620b3a.txt"


@pytest.fixture(scope="module")
def told(run_demo):
    """What the first run says of each file."""
    printed = run_demo("--sources", str(sources()))
    names = [path.name for path in sources().iterdir() if path.is_file()]
    lines = [line.partition(": ") for line in printed.splitlines()]
    return {name: said for name, _, said in lines if name in names}


def test_every_file_is_spoken_of(told):
    said = dict(told)

    assert said.pop(READABLE) == "opublikowano (zestawy 3, efekty 11, kryteria 57)"
    assert len(said) == 4
    assert {each.partition(" (")[0] for each in said.values()} == {"jeszcze nie do odczytania"}


def test_the_case_looks_at_the_official_qualification_and_ours_is_not_there(told):
    version = QualificationVersion.objects.get()

    assert (version.status, counts_of(version.pk)) == ("published", (3, 11, 57))
    assert Case.objects.get(state="planning").qualification == version
    assert len(balance.documents()) == 2


def test_a_second_run_changes_nothing(told, run_demo, state_of_tables):
    before = state_of_tables()

    again = run_demo("--sources", str(sources()))

    assert f"{READABLE}: jest już w katalogu (zestawy 3, efekty 11, kryteria 57)" in again
    assert state_of_tables() == before


def test_a_folder_that_is_not_there_is_refused_before_anything_is_made(run_demo, tmp_path):
    offices = list(Organisation.objects.values_list("pk"))

    with pytest.raises(CommandError, match="Nie można odczytać folderu"):
        run_demo("--sources", str(tmp_path / "nowhere"))

    assert list(Organisation.objects.values_list("pk")) == offices
