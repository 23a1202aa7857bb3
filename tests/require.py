"""What some tests need from the machine: they skip with the reason, or fail where all is due.

``BILANS_REQUIRE_ALL=1`` (``.ci/run``) turns every such skip into a failure.
"""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def all_required() -> bool:
    return os.environ.get("BILANS_REQUIRE_ALL") == "1"


def find_chromium() -> str | None:
    """Return the browser's path when the browser and its driver are both installed."""
    if importlib.util.find_spec("pytest_playwright") is None:
        return None
    named = os.environ.get("BILANS_CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CHROMIUM)), None)


def chromium() -> str:
    return _need(find_chromium(), "Chromium (Debian: chromium), then: make test")


def libreoffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return _need(found, "LibreOffice (Debian: libreoffice-writer-nogui)")


def program(name: str, package: str) -> str:
    return _need(shutil.which(name), f"{name} (Debian: {package})")


def sources() -> Path:
    """Return the folder of the official documents, which do not belong to this repository."""
    folder = ROOT / os.environ.get("BILANS_SOURCES", "../shared/sources")
    found = str(folder.resolve()) if folder.is_dir() else None
    return Path(_need(found, "the source documents: set BILANS_SOURCES to their folder"))


def _need(found: str | None, what: str) -> str:
    if found is not None:
        return found
    if all_required():
        pytest.fail(f"This run must leave nothing out, and needs {what}")
    pytest.skip(f"Needs {what}")
