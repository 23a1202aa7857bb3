"""How forms look and behave everywhere: labels, hints, errors, stale versions."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilans.ui.widgets import FileDrop, LinesInput

TICK_WIDGETS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class BilansBoundField(forms.BoundField):
    """A field on the page; Django itself adds the aria attributes."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        classes = [widget.attrs.get("class", ""), self._control_class(widget)]
        if self.errors:
            classes.append("is-invalid")
        attrs["class"] = " ".join(filter(None, classes))
        return attrs

    @staticmethod
    def _control_class(widget: forms.Widget) -> str:
        if isinstance(widget, TICK_WIDGETS):
            return "form-check-input"
        return "form-select" if isinstance(widget, forms.Select) else "form-control"

    @property
    def is_tick(self) -> bool:
        """A single box, whose label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def theirs(self) -> str:
        """What somebody else has saved here in the meantime, when it differs."""
        return getattr(self.form, "theirs", {}).get(self.name, "")


class BilansRenderer(TemplatesSetting):
    bound_field_class = BilansBoundField
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class RecordForm(forms.ModelForm):
    """Base of the forms over sealed records: knows which version it was opened on.

    The form decides and writes nothing: the view passes ``typed()`` and
    ``typed_version`` to a service, which raises ``Conflict`` when somebody else
    wrote in the meantime. ``show_conflict`` then puts both texts on the page.
    """

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: dict[str, str] = {}
        if not self.instance._state.adding:
            self.initial["base_version"] = self.instance.version

    @property
    def typed_version(self) -> int | None:
        """The version the person was looking at.

        None when there was no record yet; saved by somebody else since, it is a conflict.
        """
        return self.cleaned_data.get("base_version")

    def typed(self) -> dict[str, Any]:
        """Everything the person filled in, without the form's own bookkeeping."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base_version"}

    def show_conflict(self, current: Any) -> None:
        """Put the saved values of ``current`` beside what was typed; overwrite neither.

        A second submission of the same page is then a deliberate choice.
        """
        for name, field in self.fields.items():
            saved = getattr(current, name, None)
            if name != "base_version" and field.has_changed(saved, self[name].data):
                self.theirs[name] = _in_words(field, saved)
        typed: Any = self.data
        typed = typed.copy()
        typed[self.add_prefix("base_version")] = str(current.version)
        self.data = typed
        self.add_error(
            None,
            ValidationError(
                _(
                    "Somebody else has saved this in the meantime. Your text is still here; "
                    "compare it with the saved one and save again."
                ),
                code="conflict",
            ),
        )


def _in_words(field: forms.Field, value: Any) -> str:
    if value in (None, "", []):
        return gettext("(empty)")
    if isinstance(field, forms.ChoiceField):
        labels: Any = field.choices
        return str(dict(labels).get(value, value))
    if isinstance(value, date):
        return format_date(value, "j E Y")
    return str(field.prepare_value(value))


class LinesField(forms.CharField):
    """Several short texts, one per line; the value is a list of strings."""

    widget = LinesInput

    def __init__(self, *, max_lines: int = 50, max_line_length: int = 500, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_lines = max_lines
        self.max_line_length = max_line_length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return list(value)
        text = super().to_python(value) or ""
        return [line for raw in text.splitlines() if (line := raw.strip())]

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.max_lines:
            raise ValidationError(
                _("Leave at most %(limit)d lines; there are %(count)d."),
                code="too_many_lines",
                params={"limit": self.max_lines, "count": len(value)},
            )
        for number, line in enumerate(value, start=1):
            if len(line) > self.max_line_length:
                raise ValidationError(
                    _("Line %(number)d is too long; shorten it to %(limit)d characters."),
                    code="line_too_long",
                    params={"number": number, "limit": self.max_line_length},
                )

    def run_validators(self, value: Any) -> None:
        """Leave out the validators of one text: they would be given a list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class EvidenceFileField(forms.FileField):
    """A file chosen or dropped; what it really is is judged by the service."""

    widget = FileDrop
