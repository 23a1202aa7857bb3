"""The catalogue's pages as staff see them."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bilans.accounts.permissions import Role
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.services import import_document, load_sample, withdraw_version
from tests.catalogue.printouts import lettered
from tests.factories import make_person
from tests.pages import masked
from tests.require import sources

pytestmark = pytest.mark.django_db
BROWSE = "/katalog/"


@pytest.fixture
def advisor(client: Client) -> Client:
    client.force_login(make_person())
    return client


def page_of(version: QualificationVersion) -> str:
    return reverse("catalogue:version", args=[version.pk])


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR, Role.COMMITTEE])
def test_staff_read_the_catalogue(client: Client, role: str) -> None:
    (version,) = load_sample()
    client.force_login(make_person(role=role))

    assert client.get(BROWSE).status_code == 200
    assert client.get(page_of(version)).status_code == 200


def test_a_client_has_no_business_there(client: Client) -> None:
    (version,) = load_sample()
    client.force_login(make_person(role=Role.CLIENT))

    assert client.get(BROWSE).status_code == 403
    assert client.get(page_of(version)).status_code == 403


def test_the_list_counts_and_says_when_the_level_is_not_stated(advisor: Client) -> None:
    load_sample()
    data = (sources() / "004_1867f05c87620b3a.txt").read_bytes()
    import_document(data=data, filename="004.txt", accept=("title-missing",), publish=True)

    rows = advisor.get(BROWSE).context["rows"]

    counts = {row["title"]: (row["sets"], row["outcomes"], row["criteria"]) for row in rows}
    assert counts == {
        "Organizowanie pracy małego zespołu produkcyjnego": (2, 5, 18),
        "Prowadzenie procesu bilansowania kompetencji": (3, 11, 57),
    }
    assert [row["has_level"] for row in rows] == [True, False]


def test_a_search_is_posted_and_shows_the_criteria_it_found(advisor: Client) -> None:
    (version,) = load_sample()

    answer = advisor.post(BROWSE, {"szukaj": "odprawe zespolu"})

    (row,) = answer.context["rows"]
    assert row["title"] == version.title
    assert row["hits"] == ["2.2.d prowadzi krótką odprawę zespołu na temat jakości"]
    assert answer.status_code == 200
    assert "szukaj" not in answer.request.get("QUERY_STRING", "")


def test_nothing_found_says_what_to_do(advisor: Client) -> None:
    load_sample()

    answer = advisor.post(BROWSE, {"szukaj": "księgowość"})

    assert answer.context["total"] == 0
    assert answer.status_code == 200


def test_the_page_shows_every_criterion_under_its_label(advisor: Client) -> None:
    data = (sources() / "004_1867f05c87620b3a.txt").read_bytes()
    version = import_document(
        data=data, filename="004.txt", accept=("title-missing",), publish=True
    ).version
    assert version is not None

    body = advisor.get(page_of(version)).content.decode()

    for each in version.sets.all():
        for outcome in each.outcomes.all():
            for criterion in outcome.criteria.all():
                assert f'<dt class="num">{criterion.label}</dt>' in body
    assert "5C142000002" in body
    assert "tests" not in body


def test_the_page_takes_the_same_queries_for_any_number_of_criteria(advisor: Client) -> None:
    (small,) = load_sample()
    data = (sources() / "004_1867f05c87620b3a.txt").read_bytes()
    large = import_document(
        data=data, filename="004.txt", accept=("title-missing",), publish=True
    ).version
    assert large is not None
    advisor.get(page_of(small))

    counts = []
    for version in (small, large):
        with CaptureQueriesContext(connection) as queries:
            assert advisor.get(page_of(version)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15


def test_a_draft_and_a_missing_id_answer_alike(advisor: Client) -> None:
    draft = import_document(data=lettered(), filename="a.txt").version
    assert draft is not None

    hidden = advisor.get(page_of(draft))
    missing = advisor.get(reverse("catalogue:version", args=[uuid.uuid4()]))

    assert hidden.status_code == missing.status_code == 404
    without_id = [
        masked(a.content).replace(a.request["PATH_INFO"].encode(), b"*") for a in (hidden, missing)
    ]
    assert without_id[0] == without_id[1]


def test_a_withdrawn_version_is_still_readable_and_says_so(advisor: Client) -> None:
    (version,) = load_sample()
    withdraw_version(version_id=version.pk, reason="korekta")

    answer = advisor.get(page_of(version))

    assert answer.status_code == 200
    assert answer.context["is_current"] is False


def test_an_empty_catalogue_says_who_fills_it(advisor: Client) -> None:
    assert advisor.get(BROWSE).context["total"] == 0
