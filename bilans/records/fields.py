"""Sealed attributes: virtual model fields whose values live in the row's sealed body.

They behave in constructors, model forms, ``full_clean`` and serializers, have no column,
and refuse loudly to be looked up, ordered or written in the database.
"""

import copy
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SINGLE_LINE = 200
"""Longest text, in characters, that a form asks for in one line."""


class SealedAttribute:
    """Fills the instance on first access; not a data descriptor, so later reads are free."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        row.open_body()
        return row.__dict__[self.field.attname]


class SealedField(models.Field):
    """Common to all sealed attributes.

    Args:
        was: the attribute's former name, where bodies written under it still exist.
    """

    empty_value: Any = None

    def __init__(self, *args: Any, was: str | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", self.empty_value)
        if self.empty_value is None and kwargs.get("blank"):
            kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)
        self.was = was

    def contribute_to_class(
        self,
        cls: type[models.Model],
        name: str,
        private_only: bool = False,  # noqa: FBT001, FBT002 -- Django's signature
    ) -> None:
        self.set_attributes_from_name(name)
        self.model = cls
        cls._meta.add_field(self, private=True)
        setattr(cls, self.attname, SealedAttribute(self))

    def get_attname_column(self) -> tuple[str, None]:  # type: ignore[override]  # no column
        return self.get_attname(), None

    def db_type(self, connection: Any) -> None:
        return None

    def to_stored(self, value: Any) -> Any:
        """Turn a value into what JSON can hold."""
        return value

    def from_stored(self, stored: Any) -> Any:
        """Undo :meth:`to_stored`."""
        return stored

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise FieldError(
            f"{self.model.__name__}.{self.name} is sealed: the database cannot look at it."
        )

    get_lookup = get_transform = get_col = get_db_prep_save = get_db_prep_value = _refuse

    @property
    def cached_col(self) -> Any:
        return self._refuse()


class SealedText(SealedField):
    """Text; ``""`` stays different from ``None``."""

    empty_value = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)

    def to_stored(self, value: Any) -> Any:
        return self.to_python(value)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        single_line = self.max_length is not None and self.max_length <= SINGLE_LINE
        defaults: dict[str, Any] = {"form_class": forms.CharField, "max_length": self.max_length}
        if not single_line:
            defaults["widget"] = forms.Textarea(attrs={"rows": 4})
        return super().formfield(**{**defaults, **kwargs})


class SealedJSON(SealedField):
    """Lists and dictionaries of what JSON holds."""

    def from_stored(self, stored: Any) -> Any:
        return copy.deepcopy(stored)  # changed in place, it must differ from what was opened

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})


class SealedDate(SealedField):
    """A day."""

    def to_stored(self, value: date | str | None) -> str | None:
        day = self.to_python(value)
        return None if day is None else day.isoformat()

    def from_stored(self, stored: str | None) -> date | None:
        return None if stored is None else date.fromisoformat(stored)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):  # its hour would not be read back as a day
            return value.date()
        if not isinstance(value, str):
            return value or None
        try:
            return date.fromisoformat(value) if value else None
        except ValueError as error:
            raise ValidationError(_("Enter a valid date."), code="invalid") from error

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return super().formfield(**{"form_class": forms.DateField, "widget": widget, **kwargs})


class SealedDecimal(SealedField):
    """A number with its digits as typed."""

    def to_stored(self, value: Decimal | float | str | None) -> str | None:
        number = self.to_python(value)
        return None if number is None else str(number)

    def from_stored(self, stored: str | None) -> Decimal | None:
        return None if stored is None else Decimal(stored)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            number = value if isinstance(value, Decimal) else Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError(_("Enter a number."), code="invalid") from error
        if not number.is_finite():
            raise ValidationError(_("Enter a number."), code="invalid")
        return number

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.DecimalField, **kwargs})


class SealedBody(models.BinaryField):
    """The one column that holds a row's sealed attributes; sealed as the row is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def pre_save(self, row: models.Model, add: bool) -> Any:  # noqa: FBT001 -- Django's signature
        seal_body = getattr(row, "seal_body", None)
        if seal_body is None:  # a historical model of a migration carries the bytes along
            return super().pre_save(row, add)
        return seal_body()
