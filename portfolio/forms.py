"""What is typed about evidence; services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bilans.catalogue.models import Criterion
from bilans.ui.forms import EvidenceFileField, RecordForm
from bilans.ui.widgets import LongText, PolishDateInput
from interviews.models import Statement
from portfolio.models import Evidence
from portfolio.services import EvidenceCard

CARD_FIELDS = ["title", "kind", "description", "issuer", "produced_on", "own_share"]
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.odt"


class _CardForm(RecordForm):
    class Meta:
        model = Evidence
        fields = CARD_FIELDS
        widgets = {
            "description": LongText(limit=1500),
            "produced_on": PolishDateInput(),
            "own_share": LongText(limit=500),
        }
        help_texts = {
            "title": _("Short, for example “Employment certificate 2008–2024”."),
            "description": _("What can be seen here, in your own words."),
            "own_share": _("If it was made together with others: what is yours?"),
        }

    def card(self) -> EvidenceCard:
        """What was typed, as the services take it."""
        return EvidenceCard(**{name: self.cleaned_data[name] for name in CARD_FIELDS})


class AddEvidenceForm(_CardForm):
    file = EvidenceFileField(
        label=_("File"),
        help_text=_("PDF, JPG, PNG, DOCX or ODT, up to 25 MB. It is encrypted as it arrives."),
        error_messages={"required": _("Choose a file.")},
    )

    field_order = ["file", *CARD_FIELDS]


class EvidenceForm(_CardForm):
    """Corrects what is said about a piece of evidence; its file stays."""


class LinkForm(forms.Form):
    """One criterion and the argument."""

    criterion = forms.ChoiceField(label=_("Criterion"))
    argument = forms.CharField(
        label=_("How does this evidence show it?"),
        max_length=1000,
        widget=LongText(limit=1000, attrs={"rows": 3}),
        error_messages={"required": _("Write in a sentence or two how this evidence shows it.")},
    )

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = [("", _("Choose a criterion")), *_grouped(criteria)]  # type: ignore[attr-defined]


class SupportForm(forms.Form):
    """One statement and the argument."""

    statement = forms.ChoiceField(label=_("Statement"))
    argument = forms.CharField(
        label=_("How does this evidence bear it out?"),
        max_length=1000,
        widget=LongText(limit=1000, attrs={"rows": 3}),
        error_messages={"required": _("Write in a sentence or two how this evidence shows it.")},
    )

    def __init__(self, *args: Any, statements: Iterable[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a statement")),
            *((str(each.pk), f"W{each.number}. {each.text}") for each in statements),
        ]


def _grouped(criteria: Iterable[Criterion]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for criterion in criteria:
        outcome = criterion.outcome
        name = f"{outcome.outcome_set.ordinal}.{outcome.ordinal} {outcome.title}"
        groups.setdefault(name, []).append(
            (str(criterion.pk), f"{criterion.label} {criterion.text}")
        )
    return list(groups.items())
