"""The catalogue in a browser: found without Polish letters, read on a phone, printed."""

import re

import pytest
from django.urls import reverse

from bilans.catalogue.services import import_document, load_sample
from tests.journeys.reading import faults, overflow, small_targets
from tests.require import sources

pytestmark = pytest.mark.django_db(transaction=True)
with_axe = pytest.mark.browser_context_args(bypass_csp=True)


@pytest.fixture
def official(transactional_db):
    (path,) = sources().glob("004_*.txt")
    load_sample()
    return import_document(
        data=path.read_bytes(), filename=path.name, accept=("title-missing",), publish=True
    ).version


@pytest.fixture
def catalogue(page, live_server, signed_in, advisor, official):
    signed_in(page, advisor)
    page.goto(f"{live_server.url}/katalog/")
    return page


@with_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing_in_the_catalogue(catalogue, live_server, official, width, scheme):
    catalogue.emulate_media(color_scheme=scheme)
    catalogue.set_viewport_size({"width": width, "height": 900})
    for address in ("/katalog/", reverse("catalogue:version", args=[official.pk])):
        catalogue.goto(f"{live_server.url}{address}")
        assert (faults(catalogue), overflow(catalogue) <= 0, small_targets(catalogue)) == (
            [], True, [],
        ), address  # fmt: skip


def test_a_criterion_is_found_without_polish_letters_and_leads_to_its_page(catalogue):
    catalogue.get_by_label("Szukaj po nazwie, kodzie lub kryterium").fill("wywiadu biograficznego")
    catalogue.get_by_role("button", name="Szukaj").click()
    catalogue.get_by_text("2.1.a stosuje zasady przeprowadzania wywiadu biograficznego").wait_for()
    assert "szukaj" not in catalogue.url

    catalogue.get_by_role("link", name="Prowadzenie procesu bilansowania kompetencji").click()

    catalogue.get_by_role("heading", level=1, name=re.compile("^Prowadzenie")).wait_for()
    catalogue.get_by_text("poziom nie podany w źródle").first.wait_for()
    assert catalogue.locator("dt.num").count() == 57
    catalogue.get_by_text("Przyjąć 5?").wait_for()


def test_on_paper_every_criterion_is_there(catalogue, live_server, official):
    catalogue.goto(f"{live_server.url}{reverse('catalogue:version', args=[official.pk])}")
    catalogue.emulate_media(media="print")

    assert catalogue.locator("dt.num:visible").count() == 57
