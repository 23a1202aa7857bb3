"""Imports go down only, between floors and inside an app; guardian stays in its place."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import name_of, python_files, tree_of
from tests.require import ROOT

GUARDIAN = {
    "bilans/access.py": "asks it",
    "clients/models/assignment.py": "declares the table of grants with a real foreign key",
    "clients/services/assignments.py": "writes grants, which follow from assignments",
}


def test_the_contracts_of_the_floors_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout


def test_only_access_asks_guardian() -> None:
    importing = {
        name_of(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guardian"))
        or (isinstance(node, ast.Import) and any(n.name.startswith("guardian") for n in node.names))
    }
    assert importing <= GUARDIAN.keys()


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "misc", "manager", "data", "info"}
    found = [name_of(path) for path in python_files() if drawers & {path.stem, *path.parts}]
    assert found == []


def test_no_module_has_grown_too_long() -> None:
    long = {
        name_of(path): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
