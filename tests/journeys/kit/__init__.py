"""Every component of the kit on two pages, served only while tests run."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

from bilans.ui.answers import onward
from bilans.ui.forms import LinesField
from bilans.ui.shapes import TimelineItem, rail_steps
from bilans.ui.widgets import ChoiceCards, FileDrop, LongText, PolishDateInput

STAGES = ("Zgłoszenie", "Kontrakt", "Rozpoznanie", "Synteza", "Uzgodnienie", "Plan", "Zakończenie")
NOW = datetime(2026, 11, 20, 11, 4, tzinfo=UTC)

drafts: list[dict] = []
"""Drafts the page has sent, oldest first."""

rival = {"version": 0, "text": ""}
"""What somebody else has saved meanwhile; a draft with a lower version is in conflict."""


class StoryForm(forms.Form):
    title = forms.CharField(label="Tytuł historii", help_text="Krótko, własnymi słowami klienta.")
    situation = forms.CharField(label="Sytuacja", required=False, widget=LongText(limit=1200))
    day = forms.DateField(label="Dzień rozmowy", widget=PolishDateInput)
    form_of_talk = forms.ChoiceField(label="Forma", choices=[("a", "Na miejscu"), ("b", "Zdalnie")])
    position = forms.ChoiceField(
        label="Czy zgadzasz się z tym stwierdzeniem?",
        choices=[
            ("agrees", "Zgadzam się"),
            ("partly", "Częściowo"),
            ("disagrees", "Nie zgadzam się"),
        ],
        widget=ChoiceCards(icons={"agrees": "circle-check"}),
    )
    goals = LinesField(label="Cele pośrednie", required=False)
    topics = forms.MultipleChoiceField(
        label="Tematy",
        choices=[("work", "Praca"), ("study", "Nauka")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told = forms.BooleanField(label="Klient otrzymał informację o przetwarzaniu danych")


class FileForm(forms.Form):
    file = forms.FileField(label="Plik", widget=FileDrop, help_text="PDF, do 25 MB.")


def show(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    template = engines["django"].from_string((Path(__file__).parent / name).read_text())
    context["rail"] = rail_steps(STAGES, 2)
    return HttpResponse(template.render(context, request))


def everything(request: HttpRequest) -> HttpResponse:
    items = [
        TimelineItem(NOW, "Dodano dowód „Certyfikat kursu”", "Łukasz Żak", "paperclip"),
        TimelineItem(NOW, "Podpisano kontrakt", "Łukasz Żak", "signature", url="#"),
        TimelineItem(NOW, "Próba otwarcia sprawy", "Ewa Lis", "shield-alert", refused=True),
    ]
    return show(request, "everything.html", items=items, now=NOW)


def story(request: HttpRequest) -> HttpResponse:
    form = StoryForm(request.POST or None, initial={"title": "Zmiana grafiku", "day": NOW.date()})
    form.is_valid()
    return show(request, "story.html", form=form, file_form=FileForm())


def draft(request: HttpRequest) -> HttpResponse:
    sent = json.loads(request.body)
    if sent["base_version"] < rival["version"]:
        theirs = {"situation": rival["text"]}
        return JsonResponse(
            {"detail": "", "version": rival["version"], "theirs": theirs}, status=409
        )
    drafts.append(sent)
    return JsonResponse({"seq": sent["seq"], "saved_at": "12:04:31"})


def upload(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid() or not form.cleaned_data["file"].name.endswith(".pdf"):
        return JsonResponse({"detail": "Wybierz plik PDF.", "code": "type"}, status=422)
    return onward(request, "/zestaw/?przyjeto")


urlpatterns = [
    path("", include("bilans.urls")),
    path("zestaw/", everything),
    path("zestaw/historia/", story),
    path("zestaw/szkic/", draft, name="draft"),
    path("zestaw/plik/", upload, name="upload"),
]
handler404 = "bilans.ui.views.not_found"
handler500 = "bilans.ui.views.server_error"
