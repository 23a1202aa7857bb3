"""Only services write; only selectors, services and models ask the database."""

import ast

from tests.architecture.source import (
    attribute_calls,
    in_kernel,
    layer_of,
    name_of,
    python_files,
    tree_of,
)

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "save"}
NAMED_ONLY = {"create", "update"}
"""Django's take names only; ``dict.update(x)`` and ``hash.update(x)`` do not write rows."""

READERS = {"selectors", "services", "models"}
SESSIONS = "bilans/accounts/sessionstore.py"
"""Django's own rows of sessions, kept under a hash; no service could stand below it."""

LOOKS_ON = {
    "bilans/demo/": "plays the services like people would, and looks at what came of it",
    SESSIONS: "is the store of sessions itself",
}
NO_ROWS = {
    SESSIONS: "is the store of sessions itself",
    "bilans/documents/": "saves files of Word into memory",
    "bilans/ui/management/": "saves catalogues of translations",
    "bilans/ui/messages.py": "saves catalogues of translations",
}


def _writes(call: ast.Call) -> bool:
    method = call.func.attr  # type: ignore[attr-defined]
    return method in ALWAYS or (method in NAMED_ONLY and not call.args and bool(call.keywords))


def test_only_services_write() -> None:
    found = [
        f"{name_of(path)}:{call.lineno} .{call.func.attr}()"  # type: ignore[attr-defined]
        for path in python_files()
        if not in_kernel(path)
        and layer_of(path) != "services"
        and not name_of(path).startswith(tuple(NO_ROWS))
        for call in attribute_calls(path)
        if _writes(call)
    ]
    assert found == []


def test_only_selectors_services_and_models_ask_the_database() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} .{node.attr}"
        for path in python_files()
        if not in_kernel(path)
        and layer_of(path) not in READERS
        and not name_of(path).startswith(tuple(LOOKS_ON))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert found == []


def test_only_services_and_the_kernel_write_sql() -> None:
    found = [
        f"{name_of(path)}:{call.lineno} .{call.func.attr}()"  # type: ignore[attr-defined]
        for path in python_files()
        if not in_kernel(path) and layer_of(path) != "services"
        for call in attribute_calls(path)
        if call.func.attr in {"execute", "executemany", "raw", "extra"}  # type: ignore[attr-defined]
    ]
    assert found == []
