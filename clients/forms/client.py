"""What is typed about a client, and about the first case opened for them."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilans.errors import DomainError
from bilans.ui.forms import RecordForm
from bilans.ui.widgets import ChoiceCards, LongText, PolishDateInput
from clients.models import Client
from clients.selectors.clients import Namesakes
from clients.services import ClientCard, card_problems
from clients.states import Variant

ANOTHER_PERSON = "new"
KNOWN = _(
    "Somebody with this surname and date of birth, or with this PESEL, is already in the office."
)
KNOWN_ELSEWHERE = _(
    "Somebody with this surname and date of birth, or with this PESEL, is already in the office, "
    "with another advisor. Ask your manager before you make a second card."
)
CARD_FIELDS = ("given_name", "family_name", "birth_date", "phone", "email", "address", "pesel")


class ClientCardForm(RecordForm):
    """The client card; every problem is said at its field at once."""

    class Meta:
        model = Client
        fields = CARD_FIELDS
        labels = {"birth_date": _("Date of birth")}
        help_texts = {
            "birth_date": _("A balance is for adults."),
            "phone": _("One way to reach the person is enough; none is possible too."),
            "email": _("Needed for the portal: it is the log-in name there."),
            "pesel": _(
                "Needed only when a document has to name the person officially, "
                "a certificate for instance. Otherwise leave it empty."
            ),
        }
        widgets = {
            "given_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "family_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "birth_date": PolishDateInput(),
            "phone": forms.TextInput(
                attrs={"inputmode": "tel", "autocomplete": "off", "class": "form-control--short"}
            ),
            "email": forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
            "address": LongText(attrs={"rows": 2}),
            "pesel": forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "class": "form-control--short",
                }
            ),
        }

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("birth_date") is not None:
            for problem in card_problems(self.card(), on=timezone.localdate()):
                if problem.field not in self.errors:
                    show_refusal(self, problem)
        return typed

    def card(self) -> ClientCard:
        """The card as typed."""
        typed: dict[str, Any] = {name: self.cleaned_data.get(name) or "" for name in CARD_FIELDS}
        return ClientCard(**typed | {"birth_date": self.cleaned_data["birth_date"]})


class NewCaseForm(ClientCardForm):
    """A person and their first case, on one page."""

    same_person = forms.ChoiceField(
        label=_("Is it the same person?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is the same person.")},
    )
    reason_for_contact = forms.CharField(
        label=_("Why does the person come?"),
        help_text=_("In their own words, as far as you can."),
        required=False,
        max_length=2000,
        widget=LongText(limit=2000, attrs={"rows": 3}),
    )
    variant = forms.ChoiceField(
        label=_("Variant"),
        help_text=_(
            "Short: one or two meetings. Basic: diagnosis, plan, feedback. Deepened: both "
            "interviews and a talk about the results."
        ),
        choices=Variant.choices,
        initial=Variant.DEEPENED,
        widget=ChoiceCards(
            icons={
                Variant.SHORT: "file",
                Variant.BASIC: "files",
                Variant.DEEPENED: "layers",
            }
        ),
    )
    next_step = forms.CharField(
        label=_("What comes next?"),
        help_text=_(
            "For instance: initial conversation, 10:00, room 12. The client sees it in the portal."
        ),
        max_length=200,
    )
    due_on = forms.DateField(label=_("By when?"), widget=PolishDateInput())

    def __init__(self, *args: Any, namesakes: Namesakes | None = None, **kwargs: Any) -> None:
        """Ask whether it is the same person only where somebody of that name is known."""
        super().__init__(*args, **kwargs)
        self.namesakes = namesakes
        if not namesakes:
            del self.fields["same_person"]
            return
        question = cast("forms.ChoiceField", self.fields["same_person"])
        question.help_text = KNOWN if namesakes.visible else KNOWN_ELSEWHERE
        question.choices = [
            *((str(client.pk), _same(client)) for client in namesakes.visible),
            (ANOTHER_PERSON, _("Another person: make a new card")),
        ]

    def same_as(self) -> Client | None:
        """The card that was chosen, if any."""
        answer = self.cleaned_data.get("same_person")
        known = self.namesakes.visible if self.namesakes else ()
        return next((client for client in known if str(client.pk) == answer), None)

    def opening(self) -> dict[str, Any]:
        """What ``open_case`` takes besides the client."""
        return {
            name: self.cleaned_data[name]
            for name in ("variant", "reason_for_contact", "next_step", "due_on")
        }


def _same(client: Client) -> str:
    return gettext("The same person: %(name)s, born %(day)s, %(number)s") % {
        "name": client.full_name,
        "day": date_format(client.birth_date, "j E Y"),
        "number": client.number,
    }


def show_refusal(form: forms.BaseForm, refusal: DomainError) -> None:
    """Put a service's refusal at its field, or above the form when it has none here."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, forms.ValidationError(refusal.message, code=refusal.code))
