"""Forms: labels tied to controls, errors with a way to them, stale versions shown."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from bilans.ui.forms import LinesField, RecordForm
from bilans.ui.widgets import ChoiceCards, FileDrop, LongText, PolishDateInput
from clients.models import Client

pytestmark = pytest.mark.usefixtures("in_english")


class StoryForm(forms.Form):
    title = forms.CharField(label="Title", help_text="In their own words.")
    situation = forms.CharField(label="Situation", required=False, widget=LongText(limit=1200))
    day = forms.DateField(label="Day", widget=PolishDateInput)
    position = forms.ChoiceField(
        label="Position",
        choices=[("agrees", "I agree"), ("disagrees", "I disagree")],
        widget=ChoiceCards(icons={"agrees": "check"}),
    )
    told = forms.BooleanField(label="The notice was given")
    file = forms.FileField(label="File", required=False, widget=FileDrop)


def shown(source: str, form: forms.BaseForm) -> str:
    return " ".join(engines["django"].from_string(source).render({"form": form}).split())


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = shown("{{ form.title.as_field_group }}", StoryForm({}))

    assert '<label class="field__label" for="id_title">' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'class="form-control is-invalid"' in html


def test_optional_fields_are_marked_and_required_ones_are_not():
    form = StoryForm()

    assert "(optional)" in shown("{{ form.situation.as_field_group }}", form)
    assert "(optional)" not in shown("{{ form.title.as_field_group }}", form)


def test_choices_stand_in_a_named_group():
    html = shown("{{ form.position.as_field_group }}", StoryForm())

    assert '<fieldset id="id_position"' in html
    assert html.count('class="choice"') == 2
    assert html.count("<svg") == 2


def test_the_label_of_a_box_stands_behind_it():
    html = shown("{{ form.told.as_field_group }}", StoryForm())

    assert html.index("<input") < html.index("The notice was given")


def test_a_day_is_written_as_the_browser_wants_it():
    form = StoryForm(initial={"day": date(2026, 12, 4)})

    assert 'type="date" name="day" value="2026-12-04"' in shown("{{ form.day }}", form)


def test_the_summary_links_every_error_to_its_field():
    html = shown("{% form_errors form %}", StoryForm({}))

    assert 'role="alert"' in html
    for address in ("#id_title", "#id_day", "#id_position", "#id_told"):
        assert f'href="{address}"' in html
    assert "#id_situation" not in html


def test_a_form_without_errors_has_no_summary():
    assert shown("{% form_errors form %}", StoryForm()) == ""


def test_the_whole_form_prints_summary_fields_and_hidden_ones():
    html = shown("{{ form }}", StoryForm({}))

    assert html.count('role="alert"') == 1
    assert html.index("b-summary") < html.index("id_title_helptext")


class GoalsForm(forms.Form):
    goals = LinesField(label="Goals", required=False, max_lines=2, max_line_length=10)


def test_lines_become_a_list_without_blanks():
    form = GoalsForm({"goals": "  one \r\n\r\ntwo\n"})

    assert form.is_valid()
    assert form.cleaned_data == {"goals": ["one", "two"]}


def test_a_list_is_shown_line_by_line():
    assert "one\ntwo</textarea>" in str(GoalsForm(initial={"goals": ["one", "two"]})["goals"])


def test_unchanged_lines_are_no_change():
    form = GoalsForm({"goals": "one\r\ntwo"}, initial={"goals": ["one", "two"]})

    assert form.changed_data == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a\nb\nc", "Leave at most 2 lines; there are 3."),
        ("a\n" + "b" * 11, "Line 2 is too long; shorten it to 10 characters."),
    ],
)
def test_too_much_is_refused_with_the_place(text, error):
    assert GoalsForm({"goals": text}).errors == {"goals": [error]}


def test_needed_lines_must_not_be_blank():
    class Needed(forms.Form):
        goals = LinesField()

    assert Needed({"goals": " \n "}).errors == {"goals": ["This field is required."]}


class ClientForm(RecordForm):
    class Meta:
        model = Client
        fields = ["given_name", "birth_date", "phone"]


def saved_client() -> Client:
    client = Client(version=3, given_name="Jan", birth_date=date(1990, 5, 1), phone="600")
    client._state.adding = False
    return client


def stale_form() -> ClientForm:
    """Typed over version 3, while somebody else saved version 4."""
    client = saved_client()
    typed = "given_name=Janusz&birth_date=1990-05-01&phone=600&base_version=3"
    form = ClientForm(QueryDict(typed), instance=client)
    assert form.is_valid()
    form.show_conflict(Client(version=4, given_name="Jan", birth_date=date(1991, 6, 2)))
    return form


def test_a_new_record_has_no_version_to_compare():
    form = ClientForm(QueryDict("given_name=Jan&birth_date=1990-05-01"))

    assert form.is_valid()
    assert form.typed_version is None
    assert form.typed() == {"given_name": "Jan", "birth_date": date(1990, 5, 1), "phone": ""}


def test_a_saved_record_is_sent_with_the_version_it_was_opened_on():
    form = ClientForm(instance=saved_client())

    assert 'type="hidden" name="base_version" value="3"' in str(form["base_version"])


def test_a_page_opened_before_the_record_was_saved_matches_no_version_of_it():
    form = ClientForm(QueryDict("given_name=Jan&birth_date=1990-05-01"), instance=saved_client())

    assert form.is_valid()
    assert form.typed_version is None


def test_a_conflict_keeps_what_was_typed_and_shows_what_differs():
    form = stale_form()

    html = shown("{{ form }}", form)

    assert form.theirs == {
        "given_name": "Jan",
        "birth_date": "2 June 1991",
        "phone": "(empty)",
    }
    assert 'value="Janusz"' in html
    assert html.count("Saved in the meantime by somebody else") == 3


def test_sending_again_after_a_conflict_is_a_decision():
    assert 'name="base_version" value="4"' in str(stale_form()["base_version"])
