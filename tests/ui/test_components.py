"""Components print what they are given, escaped, and say it without colour."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from bilans.ui.shapes import TimelineItem, current_step, rail_steps
from bilans.ui.templatetags import ui

pytestmark = pytest.mark.usefixtures("in_english")

STAGES = ["Enquiry", "Contract", "Recognition"]


def shown(source: str, **context: object) -> str:
    return " ".join(engines["django"].from_string(source).render(context).split())


def test_an_icon_is_decoration_unless_it_has_a_word():
    assert 'aria-hidden="true"' in shown('{% icon "flag" %}')
    assert 'role="img" aria-label="Late"' in shown('{% icon "flag" label="Late" %}')


def test_a_badge_escapes_its_text_and_carries_an_icon():
    html = shown('{% badge text tone="late" %}', text="<b>late</b>")

    assert "<span>&lt;b&gt;late&lt;/b&gt;</span>" in html
    assert "<svg" in html


def test_a_badge_speaks_the_language_of_the_page():
    words = translation.gettext_lazy("Saturday")

    with translation.override("pl"):
        assert "Sobota" in ui.badge(words)
    assert "Saturday" in ui.badge(words)


@pytest.mark.parametrize("code", ["agrees", "partly", "disagrees", "", None])
def test_every_position_has_a_word_and_an_icon(code):
    html = ui.position(code)

    assert html.count("<svg") == 1
    assert str(ui.POSITIONS[code or ""][0]) in html


def test_a_card_with_a_title_is_a_named_region():
    html = shown('{% card title=title id="goals" %}<p>Text</p>{% endcard %}', title="A & B")

    assert html == (
        '<section class="b-card" id="goals" aria-labelledby="goals-title">'
        '<h2 class="b-card__title" id="goals-title">A &amp; B</h2><p>Text</p></section>'
    )


def test_a_card_without_a_title_is_no_region():
    assert shown('{% card tone="quiet" %}x{% endcard %}') == (
        '<div class="b-card b-card--quiet">x</div>'
    )


def test_content_of_a_block_is_escaped_where_it_was_typed():
    html = shown(
        "{% quote who=who at=at %}{{ words }}{% endquote %}",
        words="<script>",
        who="Jan & Ola",
        at=date(2026, 12, 4),
    )

    assert "<blockquote>&lt;script&gt;</blockquote>" in html
    assert "Jan &amp; Ola, 4 December 2026" in html


def test_the_rail_marks_the_stage_under_way():
    html = shown("{% rail steps note=note %}", steps=rail_steps(STAGES, 1), note="On hold")

    assert html.count('aria-current="step"') == 1
    assert "Stage 2 of 3: <b>Contract</b>" in html
    assert "On hold" in html


def test_a_finished_rail_has_no_stage_under_way():
    steps = rail_steps(STAGES, len(STAGES))

    assert current_step(steps) == (3, steps[-1])
    assert "aria-current" not in shown("{% rail steps %}", steps=steps)


def test_the_small_rail_shows_done_current_and_ahead():
    html = ui.mini_rail(2, 3, "Contract")

    assert [part.split('"')[0] for part in html.split('<i class="')[1:]] == [
        "done",
        "current",
        "ahead",
    ]


def test_the_timeline_tells_who_and_when_in_our_time():
    items = [TimelineItem(datetime(2026, 12, 4, 11, 5, tzinfo=UTC), "Signed", "Jan", refused=True)]

    html = shown("{% timeline items %}", items=items)

    assert "Jan, <time" in html
    assert "4 December 2026, 12:05" in html
    assert "refused" in html


def test_an_empty_timeline_says_so():
    assert "Nothing yet." in shown('{% timeline items empty="Nothing yet." %}', items=[])


def test_polish_days():
    with translation.override("pl"):
        assert ui.long_date(date(2026, 12, 4)) == "4 grudnia 2026"
        assert ui.short_date(date(2026, 12, 4)) == "4 gru"
    assert ui.long_date(None) == ui.short_date(None) == ui.moment(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Łukasz Żak", "ŁŻ"), ("Anna Maria Lis-Nowak", "AL"), ("Cher", "C"), ("", ""), ("7 x", "X")],
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


def test_every_form_gets_its_own_key():
    assert ui.once_key() != ui.once_key()


def test_a_number_may_lead_somewhere():
    assert '<a class="stat stat--warn" href="/x">' in ui.stat(3, "late", tone="warn", url="/x")
    assert "<a" not in ui.stat(3, "late")


def entries(role: str | None, path: str = "/") -> list[dict[str, object]]:
    request = RequestFactory().get(path)
    membership = SimpleNamespace(role=role) if role else None
    request.user = SimpleNamespace(is_authenticated=True, membership=membership)
    return ui.main_nav({"request": request})


def test_the_header_offers_what_the_role_may_open():
    people = reverse("accounts:people")

    assert people in {entry["url"] for entry in entries("supervisor")}
    assert people not in {entry["url"] for entry in entries("advisor")}
    assert entries(None) == entries("unknown") == ui.main_nav({}) == []


def test_the_page_one_is_on_is_marked():
    people = reverse("accounts:people")

    assert [entry["url"] for entry in entries("supervisor", people) if entry["here"]] == [people]


def test_languages_are_named_in_themselves():
    languages = [("pl", "Polish"), ("en", "English")]

    assert ui.other_languages({"LANGUAGES": languages}) == [("pl", "Polski")]
