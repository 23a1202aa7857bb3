"""The contract composer: plain fields, and rows for goals and for difficulties."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from bilans.ui.forms import LinesField, RecordForm
from bilans.ui.widgets import FileDrop, LongText, PolishDateInput
from clients.contract_content import ContractContent, Difficulty, Element, Goal
from clients.drafting import as_text
from clients.models import Contract, Draft

MAX_ROWS = 20
GOALS, DIFFICULTIES = "goals", "difficulties"
ROW_FIELDS = {GOALS: ("text", "measure", "due"), DIFFICULTIES: ("difficulty", "remedy")}
FIELD_OF_ROWS = {GOALS: "intermediate_goals", DIFFICULTIES: "difficulties"}


class RowForm(forms.Form):
    """A row of the composer: left empty it is left out, so nothing in it is called optional."""

    needed: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mark_needed(required=True)

    def full_clean(self) -> None:
        self._mark_needed(required=False)
        super().full_clean()
        self._mark_needed(required=True)

    def _mark_needed(self, *, required: bool) -> None:
        for name in self.needed:
            self.fields[name].required = required


def _few_words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class GoalForm(RowForm):
    text = _few_words(_("Intermediate goal"))
    measure = _few_words(_("How will you both know?"))
    due = forms.DateField(label=_("By when"), required=False, widget=PolishDateInput)
    needed = ("text",)

    def clean(self) -> None:
        if self.cleaned_data.get("text"):
            return
        if self.cleaned_data.get("measure") or self.cleaned_data.get("due"):
            self.add_error(
                "text", ValidationError(_("Write the goal too, or empty the row."), code="required")
            )


class DifficultyForm(RowForm):
    difficulty = _few_words(_("What may happen"))
    remedy = _few_words(_("What you do then"))
    needed = ("difficulty", "remedy")

    def clean(self) -> None:
        if self.cleaned_data.get("remedy") and not self.cleaned_data.get("difficulty"):
            self.add_error(
                "difficulty",
                ValidationError(_("Write the difficulty too, or empty the row."), code="required"),
            )


_Goals = forms.formset_factory(GoalForm, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS)
_Difficulties = forms.formset_factory(
    DifficultyForm, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS
)


class ContractForm(RecordForm):
    """Everything a contract says; may be kept incomplete while it is being prepared."""

    advisor_duties = LinesField(
        label=_("What the advisor does"), help_text=_("One per line."), max_lines=20
    )
    client_duties = LinesField(
        label=_("What the client does"), help_text=_("One per line."), max_lines=20
    )
    use_required_attribute = False

    class Meta:
        model = Contract
        fields = (
            "main_goal",
            "advisor_duties",
            "client_duties",
            "meetings",
            "confidentiality",
            "confidentiality_limits",
            "ending",
        )
        widgets = {
            "main_goal": LongText(limit=1000, attrs={"rows": 3}),
            "meetings": LongText(limit=1000, attrs={"rows": 4}),
            "confidentiality": LongText(limit=2000, attrs={"rows": 5}),
            "confidentiality_limits": LongText(limit=2000, attrs={"rows": 5}),
            "ending": LongText(limit=1000, attrs={"rows": 4}),
        }
        labels = {
            "main_goal": _("Main goal"),
            "meetings": _("Meetings"),
            "confidentiality": _("Confidentiality"),
            "confidentiality_limits": _("Limits of confidentiality"),
            "ending": _("Ending the cooperation"),
        }
        help_texts = {
            "main_goal": _("In the client's words: what should be different, and by when."),
            "meetings": _("How many, how long, where, and how a meeting is moved."),
            "confidentiality": _("What stays between the two of you, and who keeps what."),
            "confidentiality_limits": _("When somebody else has to learn something, and who."),
            "ending": _("When it ends, and how either side can end it earlier."),
        }

    def __init__(
        self, data: Any = None, *, content: ContractContent, draft: Draft | None = None, **more: Any
    ) -> None:
        initial = {name: value for name, value in content.attributes().items() if value}
        super().__init__(data, initial=initial, **more)
        self._mark_elements(required=True)
        self.theirs_rows: dict[str, str] = {}
        typed = None if draft is None or data is not None else _Typed(draft)
        self.goals = _Goals(
            data, prefix=GOALS, initial=typed.rows(GOALS) if typed else _goal_rows(content)
        )
        self.difficulties = _Difficulties(
            data,
            prefix=DIFFICULTIES,
            initial=typed.rows(DIFFICULTIES) if typed else _difficulty_rows(content),
        )

    def full_clean(self) -> None:
        # every element is needed in the end and so is never called optional, but a contract
        # may be put aside half-written
        self._mark_elements(required=False)
        super().full_clean()
        self._mark_elements(required=True)

    def is_valid(self) -> bool:
        parts = (super().is_valid(), self.goals.is_valid(), self.difficulties.is_valid())
        return all(parts)

    def content(self) -> ContractContent:
        """What was typed, without the rows that were left empty."""
        typed = self.cleaned_data
        return ContractContent(
            main_goal=typed["main_goal"],
            intermediate_goals=tuple(
                Goal(row["text"], row["measure"], row["due"])
                for row in _filled(self.goals)
                if row.get("text")
            ),
            advisor_duties=tuple(typed["advisor_duties"]),
            client_duties=tuple(typed["client_duties"]),
            confidentiality=typed["confidentiality"],
            confidentiality_limits=typed["confidentiality_limits"],
            meetings=typed["meetings"],
            difficulties=tuple(
                Difficulty(row["difficulty"], row["remedy"])
                for row in _filled(self.difficulties)
                if row.get("difficulty")
            ),
            ending=typed["ending"],
        )

    def show_conflict(self, current: Any) -> None:
        super().show_conflict(current)
        texts = saved_texts(current)
        for group, names in ROW_FIELDS.items():
            theirs = [
                " – ".join(filter(None, (texts.get(f"{group}-{row}-{name}") for name in names)))
                for row in range(MAX_ROWS)
            ]
            self.theirs_rows[group] = "\n".join(filter(None, theirs))

    def show_missing(self, elements: Iterable[Element], version: int) -> None:
        """Say at every lacking element that the contract cannot be signed without it."""
        typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # what was posted
        typed["base_version"] = str(version)
        self.data = typed
        for element in elements:
            message = ValidationError(
                _("The contract cannot be signed without: %(element)s."),
                code="contract_incomplete",
                params={"element": element.label},
            )
            self.add_error(element.field if element.field in self.fields else None, message)

    def _mark_elements(self, *, required: bool) -> None:
        for name in self.Meta.fields:
            self.fields[name].required = required


class _Typed:
    """The rows of a draft, as they were typed."""

    def __init__(self, draft: Draft) -> None:
        self._values = draft.values

    def rows(self, group: str) -> list[dict[str, str]]:
        try:
            count = min(int(self._values.get(f"{group}-TOTAL_FORMS", 0)), MAX_ROWS)
        except (TypeError, ValueError):
            count = 0
        return [
            {name: self._values.get(f"{group}-{row}-{name}", "") for name in ROW_FIELDS[group]}
            for row in range(count)
        ] or [{}]


class PaperForm(forms.Form):
    """What is written down about a contract signed on paper."""

    signed_on = forms.DateField(label=_("Signed on"), widget=PolishDateInput)
    scan = forms.FileField(
        label=_("Scan or photograph of the signed contract"),
        help_text=_("PDF, JPEG or PNG, at most 25 MB; all pages in one file."),
        widget=FileDrop(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    read_aloud = forms.BooleanField(
        label=_("The contract was read aloud before it was signed"), required=False
    )
    present = forms.CharField(
        label=_("Who supported the client"),
        help_text=_("For instance an interpreter, a guardian or somebody close; name and part."),
        max_length=200,
        required=False,
    )


class SignForm(forms.Form):
    """The client's signature: one clear confirmation."""

    document = forms.UUIDField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("I know what this contract says and I agree to it"),
        error_messages={"required": _("To sign, confirm that you agree to the contract.")},
    )


class ChangeForm(forms.Form):
    """What the client wants to be different."""

    words = forms.CharField(
        label=_("What should be different?"),
        help_text=_(
            "A few words are enough. Your advisor will get them and prepare a new version."
        ),
        widget=LongText(limit=1000, attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": _("Write what should be different; a few words are enough.")},
    )


def with_one_more(data: QueryDict, group: str, values: dict[str, str] | None = None) -> QueryDict:
    """Return what was typed with one more row, for people without a script too."""
    typed: MultiValueDict = data.copy()
    total = f"{group}-TOTAL_FORMS"
    try:
        count = int(typed.get(total) or 0)
    except ValueError:
        count = 0
    row = _empty_row(typed, group, count) if values else count
    for name, value in (values or {}).items():
        typed[f"{group}-{row}-{name}"] = value
    typed[total] = str(min(max(count, row + 1), MAX_ROWS))
    return typed  # type: ignore[return-value]  # a copy of a QueryDict is one


def saved_texts(contract: Contract) -> dict[str, str]:
    """How a saved contract reads in the fields of the composer."""
    texts = {name: as_text(getattr(contract, name)) for name in ContractForm.Meta.fields}
    for group, names in ROW_FIELDS.items():
        for row, stored in enumerate(getattr(contract, FIELD_OF_ROWS[group])):
            texts |= {f"{group}-{row}-{name}": stored.get(name, "") for name in names}
    return texts


def _empty_row(typed: MultiValueDict, group: str, count: int) -> int:
    for row in range(count):
        if not any(typed.get(f"{group}-{row}-{name}", "").strip() for name in ROW_FIELDS[group]):
            return row
    return count


def _filled(rows: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in rows.forms if form.cleaned_data]


def _goal_rows(content: ContractContent) -> list[dict[str, Any]]:
    return [
        {"text": goal.text, "measure": goal.measure, "due": goal.due}
        for goal in content.intermediate_goals
    ] or [{}, {}]


def _difficulty_rows(content: ContractContent) -> list[dict[str, Any]]:
    return [
        {"difficulty": each.difficulty, "remedy": each.remedy} for each in content.difficulties
    ] or [{}]
