"""Controls that Django does not have, each usable without JavaScript."""

from collections.abc import Mapping
from typing import Any

from django import forms


class PolishDateInput(forms.DateInput):
    """The browser's own calendar; it shows the day as its owner is used to."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LinesInput(forms.Textarea):
    """A text box where each line is one item."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4, **(attrs or {})})


class LongText(forms.Textarea):
    """A text box that counts what is written.

    The limit is shown, not enforced while typing: cutting somebody off loses words.
    """

    def __init__(self, *, limit: int | None = None, attrs: dict[str, Any] | None = None) -> None:
        counting = {} if limit is None else {"data-count": limit}
        super().__init__({"rows": 5, **counting, **(attrs or {})})


class ChoiceCards(forms.RadioSelect):
    """A few answers of equal size side by side, each with its icon and word."""

    template_name = "forms/widgets/choice_cards.html"
    option_template_name = "forms/widgets/choice_card.html"

    def __init__(self, *, icons: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.icons = dict(icons or {})

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["icon"] = self.icons.get(str(option["value"]), "circle")
        return option


class FileDrop(forms.FileInput):
    """A file input with a place to drop files on."""

    template_name = "forms/widgets/file_drop.html"
