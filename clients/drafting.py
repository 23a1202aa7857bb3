"""Which forms save themselves while somebody types, and what they may send.

An app announces its forms in ``AppConfig.ready``::

    register_form("interviews.star", model=StarRecord, permission=CasePermission.RECORD_INTERVIEW)

and the page says where the drafts go::

    <form data-autosave="{% url 'clients:draft' %}"
          data-autosave-form="interviews.star" data-autosave-object="{{ record.pk }}">

``data-autosave-object`` is the edited row, or the case for something that has no row yet.
On a GET the view asks ``clients.services.find_draft``, hands the result to
``clients.forms.drafted.restore`` and shows ``clients/_draft_notice.html``; the service that
really saves calls ``discard_draft``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bilans.records.models import sealed_fields
from clients.models.base import CaseRecord

MAX_TEXT = 20_000
"""Longest value of one field, in characters; every form asks for less."""

MAX_ITEMS = 200
"""Most values one field can have, and most rows a group of fields can have."""

_BOOKKEEPING = frozenset({"TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"})
_ROW = re.compile(r"(?P<group>\w+)-(?:(?P<number>\d{1,3})-)?(?P<name>\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedForm:
    """One form that saves itself.

    ``rows`` names its groups of repeated fields (``goals-0-text``); ``texts`` gives the
    saved row back as the texts of the form's fields, for showing a conflict.
    """

    name: str
    model: type[CaseRecord]
    permission: str
    fields: frozenset[str]
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    texts: Callable[[Any], dict[str, str]]

    def accepts(self, name: str) -> bool:
        """Tell whether the form has such a field."""
        if name in self.fields:
            return True
        row = _ROW.fullmatch(name)
        if row is None or row["group"] not in self.rows:
            return False
        if row["number"] is None:
            return row["name"] in _BOOKKEEPING
        return row["name"] in self.rows[row["group"]] and int(row["number"]) < MAX_ITEMS


_forms: dict[str, DraftedForm] = {}


def register_form(
    name: str,
    *,
    model: type[CaseRecord],
    permission: str,
    fields: Iterable[str] = (),
    rows: Mapping[str, Iterable[str]] | None = None,
    texts: Callable[[Any], dict[str, str]] | None = None,
) -> None:
    """Announce a form whose drafts are kept.

    Args:
        name: ``<app>.<form>``; stored with the drafts, so it is never renamed.
        model: the row that is edited; drafts belong to its case.
        permission: what the person needs in the case to type here.
        fields: names beyond the model's own attributes.
        rows: groups of repeated fields, by prefix.
        texts: how the saved row reads in the form's fields; the attributes by default.
    """
    own = {each.name for each in sealed_fields(model)}
    own |= {each.name for each in model._meta.concrete_fields if each.editable}
    _forms[name] = DraftedForm(
        name=name,
        model=model,
        permission=permission,
        fields=frozenset({*own, *fields}),
        rows={group: frozenset(names) for group, names in (rows or {}).items()},
        texts=texts or (lambda row: {name: as_text(getattr(row, name)) for name in sorted(own)}),
    )


def drafted_form(name: str) -> DraftedForm | None:
    """Find an announced form."""
    return _forms.get(name)


def as_text(value: object) -> str:
    """Write a saved value as a person would find it in the form."""
    match value:
        case None:
            return ""
        case list() | tuple():
            return "\n".join(as_text(each) for each in value)
        case date():
            return value.isoformat()
        case _:
            return str(value)
