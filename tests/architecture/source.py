"""The source as text and as trees, for tests that watch the code base itself."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.require import ROOT

PACKAGES = ("bilans", "clients", "interviews", "portfolio", "reports")
APPS = (
    "bilans/accounts",
    "bilans/catalogue",
    "bilans/ui",
    "clients",
    "interviews",
    "portfolio",
    "reports",
)
KERNEL = ("bilans/records", "bilans/crypto", "bilans/audit", "bilans/database", "bilans/access.py")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def python_files() -> tuple[Path, ...]:
    """Every module of the product, without migrations."""
    return tuple(
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    )


@cache
def template_files() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / "templates").rglob("*.html")))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def layer_of(path: Path) -> str:
    """Name the layer of a module inside its app: ``services``, ``views``, ``models`` …"""
    name = name_of(path)
    app = max((each for each in APPS if name.startswith(each + "/")), key=len, default="")
    first = name.removeprefix(app + "/").partition("/")[0] if app else name
    return first.removesuffix(".py")


def in_kernel(path: Path) -> bool:
    return name_of(path).startswith(KERNEL)


def attribute_calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node
