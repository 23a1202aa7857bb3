"""Every kind of event is declared once, told with what it carries, and used."""

import ast
import re
from importlib import import_module

import pytest
from django.utils import translation

from bilans.audit.registry import EventType, event_types
from tests.architecture.source import name_of, python_files, tree_of

for _path in python_files():
    if _path.name.endswith("events.py"):
        import_module(name_of(_path).removesuffix(".py").replace("/", "."))

PLACEHOLDER = re.compile(r"%\((\w+)\)")
ALWAYS_THERE = {"count"}


def _declarations() -> list[tuple[str, str, str]]:
    """File, constant and code of every ``declare(...)``."""
    return [
        (name_of(path), node.targets[0].id, ast.literal_eval(keyword.value))  # type: ignore[attr-defined]
        for path in python_files()
        for node in tree_of(path).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "declare"
        for keyword in node.value.keywords
        if keyword.arg == "code"
    ]


@pytest.mark.parametrize("event", event_types(), ids=lambda event: event.code)
def test_the_sentence_tells_only_what_the_event_carries(event: EventType) -> None:
    for language in ("en", "pl"):
        with translation.override(language):
            told = set(PLACEHOLDER.findall(str(event.sentence)))
        assert told <= event.payload | ALWAYS_THERE


def test_every_code_is_declared_once_in_a_vocabulary() -> None:
    declared = _declarations()
    codes = [code for _file, _name, code in declared]
    assert sorted(codes) == sorted(event.code for event in event_types())
    assert len(set(codes)) == len(codes)
    assert [file for file, _name, _code in declared if not file.endswith("events.py")] == []


def test_every_code_names_its_app_and_what_happened() -> None:
    wrong = [
        (file, code)
        for file, _name, code in _declarations()
        if code.split(".")[0] != file.split("/")[-2] or len(code.split(".")) < 2
    ]
    assert wrong == []


def test_every_event_is_recorded_somewhere() -> None:
    used = {
        node.id if isinstance(node, ast.Name) else node.attr
        for path in python_files()
        if not path.name.endswith("events.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert [name for _file, name, _code in _declarations() if name not in used] == []
