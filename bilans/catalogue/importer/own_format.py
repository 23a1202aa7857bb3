"""Read ``bilans-catalogue/1`` from YAML or JSON, trusting nothing in the file.

No aliases, no tags, bounded depth and size; only what JSON would call a number or a
truth value is one, so that ``011001`` and ``no`` stay text.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from bilans.catalogue.importer.reading import SourceText

FORMAT = "bilans-catalogue/1"
MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40
MAX_EVENTS = 200_000
_SCHEMA = Path(__file__).with_name("catalogue.schema.json")
_FORMAT_LINE = re.compile(r"^\s*[{,]?\s*[\"']?format[\"']?\s*:\s*[\"']?bilans-catalogue/")
_SHOWN_PROBLEMS = 20


class Malformed(ValueError):
    """The file is not acceptable YAML or JSON; the message is for a person."""


def looks_like(source: SourceText) -> bool:
    """The line that names the format stands near the top, before any content."""
    head = [line.raw[:2_000] for line in source.lines[:40]]
    return any(_FORMAT_LINE.match(raw) for raw in head)


def read(source: SourceText) -> tuple[str, dict[str, Any] | None, list[str]]:
    """Kind, document and problems; a document with problems is not to be used."""
    try:
        document = load("\n".join(line.raw.lstrip("\ufeff") for line in source.lines))
    except Malformed as problem:
        return "unknown", None, [str(problem)]
    kind = document.get("kind") if isinstance(document, dict) else None
    found = str(kind) if kind else "unknown"
    problems = problems_of(document)
    return found, None if problems else document, problems


def load(text: str) -> Any:
    """Parse YAML or JSON within limits.

    Raises:
        Malformed: too large or deep, an alias or a tag, a repeated key, bad syntax.
    """
    if len(text) > MAX_CHARACTERS:
        raise Malformed(_("it is longer than 2 million characters"))
    try:
        if text.lstrip().startswith("{"):
            document = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
            _limit_depth(document)
            return document
        _limit_events(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, narrowed further
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, Malformed):
            raise
        where = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
        raise Malformed(_("it cannot be parsed: %(where)s") % {"where": where}) from error


def problems_of(document: Any) -> list[str]:
    """What the published schema objects to, each with its place."""
    errors = sorted(
        _validator().iter_errors(document), key=lambda error: list(map(str, error.path))
    )
    return [
        f"{'.'.join(map(str, error.path)) or _('the file')}: {error.message[:200]}"
        for error in errors[:_SHOWN_PROBLEMS]
    ]


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker(["date", "uuid"]))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed(_("a key comes twice in one place"))
    return found


def _no_constant(name: str) -> Any:
    raise Malformed(_("%(value)s is not allowed") % {"value": name})


def _limit_depth(document: Any) -> None:
    level = [document]
    for _depth in range(MAX_DEPTH):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return
    raise Malformed(_("it is nested too deeply"))


def _limit_events(text: str) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if count > MAX_EVENTS:
            raise Malformed(_("it has too many elements"))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Malformed(_("anchors and aliases (& and *) are not allowed"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise Malformed(_("it is nested too deeply"))


class _Loader(yaml.SafeLoader):
    """Safe, and with the few plain values of JSON only."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    pairs = [
        (str(loader.construct_object(key, deep=True)), loader.construct_object(value, deep=True))
        for key, value in node.value
    ]
    return _unique(pairs)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:null", r"null|~|", "n~"),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), [*_first])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
