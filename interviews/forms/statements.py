"""Statements, and what the client says to them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bilans.errors import DomainError
from bilans.ui.forms import RecordForm
from bilans.ui.widgets import ChoiceCards, LongText
from interviews.models import Statement
from interviews.selectors import StarView, StatementView
from interviews.states import Category, Stance

STANCE_ICONS: dict[str, str] = {
    Stance.AGREES: "circle-check",
    Stance.PARTLY: "circle-dot-dashed",
    Stance.DISAGREES: "message-circle-warning",
}
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class AskedFor:
    """A field that is marked as needed and whose absence the service refuses.

    Page, API and import then hear the same words, and the rule stands in one place.
    """

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)  # type: ignore[misc]  # the field this is mixed into


class NeededChoice(AskedFor, forms.ChoiceField):
    pass


class NeededChoices(AskedFor, forms.MultipleChoiceField):
    pass


class NeededText(AskedFor, forms.CharField):
    pass


class NeededTick(AskedFor, forms.BooleanField):
    pass


def put_on(form: forms.BaseForm, error: DomainError) -> None:
    """Show a refusal of the domain at its field, or above the form."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, ValidationError(error.message, code=error.code))


class StatementForm(RecordForm):
    """A sentence and what it rests on."""

    stars = NeededChoices(
        label=_("Stories it rests on"),
        help_text=_(
            "Tick every story in which this can be seen. Without a story there is no statement."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    criterion_ids = forms.MultipleChoiceField(
        label=_("Criteria of the qualification it speaks to"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Statement
        fields = ("text", "category")
        labels = {"text": _("Statement"), "category": _("Category")}
        help_texts = {
            "text": _(
                "A verb, what the person does, and where:"
                " “Organises the work of a sewing team of eight when people are missing”."
            )
        }
        widgets = {"text": LongText(limit=500, attrs={"rows": 3})}

    category = forms.ChoiceField(
        label=_("Category"),
        choices=[("", _("not decided")), *Category.choices],
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        stories: Iterable[StarView],
        criteria: Groups = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stars"].choices = [(str(star.id), story_label(star)) for star in stories]  # type: ignore[attr-defined]
        if criteria:
            self.fields["criterion_ids"].choices = criteria  # type: ignore[attr-defined]
        else:
            del self.fields["criterion_ids"]
        self.order_fields(["text", "stars", "category", "criterion_ids"])

    def untick(self, values: Mapping[str, Any]) -> None:
        """Show ticks as a draft has them: a list without ticks leaves no value behind."""
        for name in ("stars", "criterion_ids"):
            self.initial[name] = values.get(name, [])

    def chosen(self, name: str) -> tuple[UUID, ...]:
        """The rows ticked in one of the lists."""
        return tuple(UUID(value) for value in self.cleaned_data.get(name, ()))


class PresentForm(forms.Form):
    """Which statements are shown; empty for all new ones."""

    doubt = forms.CharField(
        label=_("What would speak against it?"),
        help_text=_(
            "One line for yourself: which fact, if you met it, would change these statements?"
            " The client does not see it."
        ),
        max_length=500,
        required=False,
    )


class WithdrawForm(forms.Form):
    reason = NeededText(label=_("Why it is withdrawn"), max_length=500)


class PositionForm(forms.Form):
    """Three equal answers and one's own words."""

    stance = NeededChoice(
        label=_("What do you say to it?"),
        choices=Stance.choices,
        widget=ChoiceCards(icons=STANCE_ICONS),
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "Write what you see differently, or add what is missing."
            " It will stand in the report exactly as you write it."
        ),
        max_length=1500,
        required=False,
        strip=False,
        widget=LongText(limit=1500, attrs={"rows": 4}),
    )
    wording = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def about(cls, view: StatementView) -> Self:
        """Ask about a statement, with what was said to this wording so far."""
        said = view.position
        return cls(
            initial={
                "wording": view.wording,
                "base_version": view.version,
                "stance": said.stance if said else "",
                "words": said.words if said else "",
            }
        )

    def now_about(self, view: StatementView) -> None:
        """Keep what was typed, for the wording that is on the page now."""
        now = {"wording": str(view.wording), "base_version": str(view.version)}
        self.data = {name: self.data.get(name) for name in self.data} | now


class DeskPositionForm(PositionForm):
    """The same, said by the client and typed by the advisor."""

    read_back = NeededTick(
        label=_("I have read it back, and the client says: that is what I said.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].label = _("What does the client say to it?")
        self.fields["words"].label = _("In the client's own words")
        self.fields["words"].help_text = _(
            "Word for word, also when it is rough. It cannot be corrected afterwards;"
            " a new position can be added."
        )


def story_label(star: StarView) -> str:
    """Name a story in a list of choices."""
    return f"{star.number}. {star.title}"
