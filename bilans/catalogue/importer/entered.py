"""Answers a person gives on the command line or the review screen, put into the document."""

import re
from collections.abc import Callable
from typing import Any

from bilans.catalogue.importer.ledger import Ledger

COMPLETENESS = frozenset(
    {
        "ends-in-sets", "no-criteria", "letter-gap", "outcome-sequence", "outcome-without-number",
        "set-sequence", "set-without-title", "label-without-title",
    }
)  # fmt: skip
"""Questions answered by ``complete=yes``: a person has compared the tree with the source."""
_TEXT_LENGTH = range(3, 301)
_YES = frozenset({"yes", "true", "1", "tak"})


class EnteredInvalid(ValueError):
    """An answer names an unknown field, or its value cannot be one; ``field`` says which."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def apply_entered(
    document: dict[str, Any],
    review: list[dict[str, Any]],
    ledger: Ledger,
    entered: dict[str, str],
) -> None:
    """Put each answer in its field with ``how: entered`` and close the questions it answers.

    Raises:
        EnteredInvalid: unknown field or impossible value; nothing is changed then.
    """
    values = {field: _checked(field, raw) for field, raw in entered.items()}
    for field, value in values.items():
        if field == "complete":
            _decide(review, COMPLETENESS, value)
        elif field == "unmapped":
            _decide(review, {"unmapped-lines"}, value)
            ledger.acknowledge()
        else:
            document["qualification"][field] = {
                "value": value,
                "raw": None,
                "source": None,
                "lines": None,
                "how": "entered",
                "confidence": "sure",
            }
            _decide(review, _ANSWERS[field], value)


def check_entered(entered: dict[str, str]) -> None:
    """Refuse impossible answers before any file is opened."""
    for field, raw in entered.items():
        _checked(field, raw)


def _checked(field: str, raw: str) -> Any:
    check = _FIELDS.get(field)
    if check is None:
        known = ", ".join(sorted(_FIELDS))
        raise EnteredInvalid(field, f"Unknown field {field!r}; known are: {known}.")
    return check(field, raw.strip())


def _text(field: str, raw: str) -> str:
    if len(raw) not in _TEXT_LENGTH:
        raise EnteredInvalid(field, f"{field} must have 3 to 300 characters.")
    return raw


def _level(field: str, raw: str) -> int:
    if not re.fullmatch("[1-8]", raw):
        raise EnteredInvalid(field, f"{field} must be a level from 1 to 8.")
    return int(raw)


def _confirmed(field: str, raw: str) -> str:
    if raw.casefold() not in _YES:
        raise EnteredInvalid(field, f"{field} takes only 'yes'.")
    return "confirmed"


def _acknowledged(field: str, raw: str) -> str:
    if raw.casefold() != "acknowledged":
        raise EnteredInvalid(field, f"{field} takes only 'acknowledged'.")
    return "acknowledged"


_FIELDS: dict[str, Callable[[str, str], Any]] = {
    "title": _text,
    "certificate_name": _text,
    "prk_level": _level,
    "complete": _confirmed,
    "unmapped": _acknowledged,
}
_ANSWERS: dict[str, frozenset[str]] = {
    "title": frozenset({"title-missing", "title-unconfirmed"}),
    "certificate_name": frozenset({"certificate-missing"}),
    "prk_level": frozenset({"level-missing", "level-disagrees"}),
}


def _decide(review: list[dict[str, Any]], codes: frozenset[str] | set[str], value: Any) -> None:
    for item in review:
        if item["code"] in codes:
            item["decision"] = value
            item["decided_by"] = "operator"
