"""The running note and the records made from it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bilans.ui.forms import RecordForm
from bilans.ui.widgets import LongText, PolishDateInput
from interviews.models import Interview, StarRecord


class StartInterviewForm(forms.Form):
    held_on = forms.DateField(label=_("Day of the conversation"), widget=PolishDateInput)


class NoteForm(RecordForm):
    """The one field there is during a conversation."""

    class Meta:
        model = Interview
        fields = ("note",)
        labels = {"note": _("Running note")}
        help_texts = {
            "note": _(
                "Keywords are enough; the client's own sentences in quotation marks."
                " Everything is sorted after the conversation."
            )
        }
        widgets = {"note": LongText(attrs={"rows": 16})}


class NewStarForm(forms.Form):
    title = forms.CharField(
        label=_("Title of the next story"),
        help_text=_("Short, in the client's words if you can."),
        max_length=150,
    )


class StarForm(RecordForm):
    """One story; every part but the title may stay empty until it is told."""

    class Meta:
        model = StarRecord
        fields = (
            "title",
            "competence",
            "happened",
            "situation",
            "task",
            "action",
            "result",
            "learning",
        )
        labels = {
            "title": _("Title of the story"),
            "competence": _("Competence it is about"),
            "happened": _("When it happened"),
            "situation": _("Situation"),
            "task": _("Task"),
            "action": _("Action"),
            "result": _("Result"),
            "learning": _("What came of it"),
        }
        help_texts = {
            "title": _("Short, in the client's words if you can."),
            "competence": _("In a few words, or later."),
            "happened": _("As it is remembered, such as: August 2019."),
            "situation": _("Where and when it was, and who took part."),
            "task": _("What had to be done and what the client answered for."),
            "action": _("What the client did themselves, step by step, in the first person."),
            "result": _("What changed: numbers, opinions, what was avoided."),
            "learning": _("What the client does since then, or would do differently today."),
        }
        widgets = {
            "situation": LongText(limit=3000, attrs={"rows": 3}),
            "task": LongText(limit=3000, attrs={"rows": 3}),
            "action": LongText(limit=3000, attrs={"rows": 5}),
            "result": LongText(limit=3000, attrs={"rows": 3}),
            "learning": LongText(limit=2000, attrs={"rows": 2}),
        }
