"""The content of a version as one value: its checksum and its words for search."""

import hashlib
from typing import Any

import orjson

from bilans.catalogue.importer.words import fold

_NOT_CONTENT = frozenset(
    {"uid", "lineage", "lines", "source", "confidence", "how", "label", "raw", "title_variants"}
)
"""Identity, trace and computed labels; raw text of traced values repeats the value."""


def content_sha256(document: dict[str, Any]) -> str:
    """Checksum of what the version says, without ids, lines and doubts.

    The raw text of the validation section and of conditions counts: it is content where
    no proposal was made.
    """
    qualification = dict(document["qualification"])
    canonical = _bare(qualification)
    for part in ("validation", "prerequisites", "validity", "renewal", "review"):
        raw = (qualification.get(part) or {}).get("raw")
        if raw:
            canonical[f"{part}_raw"] = raw
    packed = orjson.dumps(canonical, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(packed).hexdigest()


def _bare(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _bare(value) for key, value in node.items() if key not in _NOT_CONTENT}
    if isinstance(node, list):
        return [_bare(value) for value in node]
    return node


def searchable(document: dict[str, Any]) -> str:
    """Every word somebody may look for, folded: names, codes, outcomes, criteria."""
    qualification = document["qualification"]
    words = [
        title_of(document),
        *qualification.get("title_variants", ()),
        *(each["value"] for each in qualification.get("identifiers", ())),
    ]
    for each in qualification["sets"]:
        words.append(each["title"])
        for outcome in each["outcomes"]:
            words.append(outcome["title"])
            words.extend(criterion["text"] for criterion in outcome["criteria"])
    return fold("\n".join(words))


def title_of(document: dict[str, Any]) -> str:
    value = document["qualification"]["title"].get("value")
    return value if isinstance(value, str) else ""


def level_of(document: dict[str, Any]) -> int | None:
    value = document["qualification"].get("prk_level", {}).get("value")
    return value if isinstance(value, int) and 1 <= value <= 8 else None  # noqa: PLR2004 - PQF


def header_of(document: dict[str, Any]) -> dict[str, Any]:
    """The qualification without the parts that have tables of their own."""
    parts = {"sets", "validation"}
    return {key: value for key, value in document["qualification"].items() if key not in parts}
