"""The advisor's page of the report in the browser's eyes: drafts, conflicts, issuing."""

import pytest
from django.urls import reverse

from clients.models import Draft, IssuedDocument
from clients.services import save_draft
from clients.states import CaseState
from reports.models import FinalReport
from tests.interviews.world import make_world

pytestmark = pytest.mark.django_db

TYPED = {
    "circumstances": "Zwolnienie.",
    "course": "",
    "summary": "Organizuje pracę.",
    "next_steps": "Jeden\nDwa",
}


@pytest.fixture
def world():
    return make_world(state=CaseState.AGREEING)


@pytest.fixture
def url(world):
    return reverse("reports:final", kwargs={"case_id": world.case.pk})


def test_the_report_is_written_previewed_and_issued(client, world, url):
    world.says(world.presented())
    client.force_login(world.advisor)

    assert client.post(url, TYPED).status_code == 302
    report = FinalReport.objects.get()
    assert report.next_steps == ["Jeden", "Dwa"]
    preview = client.get(reverse("reports:preview", kwargs={"case_id": world.case.pk}))
    assert "Organizuje pracę." in preview.content.decode()
    issue = reverse("reports:issue", kwargs={"case_id": world.case.pk})
    answer = client.post(issue, {"base_version": report.version})

    document = IssuedDocument.objects.get()
    assert answer.headers["Location"] == reverse(
        "clients:document", kwargs={"case_id": world.case.pk, "document_id": document.pk}
    )


def test_what_blocks_the_report_is_said_before_anybody_tries(client, world, url):
    silent = world.presented()
    client.force_login(world.advisor)

    page = client.get(url).content.decode()

    assert f"W{silent.number}" in page
    assert 'action="/sprawy/' not in page or "wydaj" not in page


def test_a_draft_comes_back_and_is_gone_once_saved(client, world, url):
    save_draft(
        actor=world.advisor,
        case_id=world.case.pk,
        form="reports.final",
        target_id=world.case.pk,
        base_version=0,
        values={"summary": "Niedokończone zdanie"},
    )
    client.force_login(world.advisor)

    assert "Niedokończone zdanie" in client.get(url).content.decode()
    client.post(url, TYPED)

    assert not Draft.objects.exists()


def test_a_page_left_open_while_the_report_was_issued_begins_the_next_version(client, world, url):
    world.says(world.presented())
    client.force_login(world.advisor)
    client.post(url, TYPED)
    seen = FinalReport.objects.get().version
    issue = reverse("reports:issue", kwargs={"case_id": world.case.pk})
    client.post(issue, {"base_version": seen})

    answer = client.post(url, TYPED | {"base_version": seen, "summary": "W drugiej karcie."})

    assert answer.status_code == 409
    assert "W drugiej karcie." in answer.text
    again = answer.context["form"]["base_version"].value()
    typed = TYPED | {"base_version": again, "summary": "W drugiej karcie."}
    assert client.post(url, typed).status_code == 302
    assert [each.summary for each in FinalReport.objects.order_by("number")] == [
        "Organizuje pracę.",
        "W drugiej karcie.",
    ]


def test_a_stale_page_shows_both_texts_and_overwrites_neither(client, world, url):
    client.force_login(world.advisor)
    client.post(url, TYPED)
    read = FinalReport.objects.get().version
    client.post(url, TYPED | {"summary": "Zapisane przez kogoś", "base_version": read})

    answer = client.post(url, TYPED | {"summary": "Moje zdanie", "base_version": read})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Moje zdanie" in page
    assert "Zapisane przez kogoś" in page
    assert FinalReport.objects.get().summary == "Zapisane przez kogoś"


def test_the_next_version_begins_with_the_words_of_the_last(client, world, url):
    world.says(world.presented())
    client.force_login(world.advisor)
    client.post(url, TYPED)
    issue = reverse("reports:issue", kwargs={"case_id": world.case.pk})
    client.post(issue, {"base_version": FinalReport.objects.get().version})

    form = client.get(url).context["form"]

    assert form["summary"].value() == TYPED["summary"]
    assert form["next_steps"].value() == TYPED["next_steps"]
