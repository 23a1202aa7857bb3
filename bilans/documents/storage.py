"""The tree as JSON: issued documents are stored sealed in this form."""

import datetime
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bilans.documents import tree

FORMAT = "bilans-document/1"

_KINDS: dict[str, type[tree.Node]] = {
    "document": tree.Document,
    "heading": tree.Heading,
    "paragraph": tree.Paragraph,
    "quote": tree.Quote,
    "note": tree.Note,
    "bullets": tree.Bullets,
    "numbered": tree.Numbered,
    "facts": tree.Facts,
    "table": tree.Table,
    "figure": tree.Figure,
    "statement": tree.Statement,
    "signature_lines": tree.SignatureLines,
    "signer": tree.Signer,
}
"""Stored names, frozen for ever; classes may be renamed, these may not."""

_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_json(document: tree.Document) -> dict[str, Any]:
    """Return the document as plain JSON values; ``from_json`` gives an equal document back."""
    return {"format": FORMAT, **_plain(document)}


def from_json(stored: Mapping[str, Any]) -> tree.Document:
    """Build the document that ``to_json`` was given.

    Raises:
        ValueError: the values are of another format, or are no document.
    """
    if stored.get("format") != FORMAT:
        raise ValueError(f"not a {FORMAT}: {stored.get('format')!r}")
    node = _node({name: value for name, value in stored.items() if name != "format"})
    if not isinstance(node, tree.Document):
        raise ValueError("the outermost value is no document")  # noqa: TRY004 -- wrong data
    return node


def _plain(value: Any) -> Any:
    if isinstance(value, tree.Node):
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]  # every node is a dataclass
        return {"kind": _NAMES[type(value)], **parts}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _node(stored: Mapping[str, Any]) -> tree.Node:
    kind = _KINDS.get(stored.get("kind", ""))
    if kind is None:
        raise ValueError(f"unknown part of a document: {stored.get('kind')!r}")
    parts = {name: _value(value) for name, value in stored.items() if name != "kind"}
    if parts.get("issued_on"):
        parts["issued_on"] = datetime.date.fromisoformat(parts["issued_on"])
    try:
        return kind(**parts)
    except TypeError as error:
        raise ValueError(f"not a {stored['kind']}: {error}") from error


def _value(stored: Any) -> Any:
    if isinstance(stored, Mapping):
        return _node(stored)
    return [_value(part) for part in stored] if isinstance(stored, list) else stored
