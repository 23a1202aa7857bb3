"""What no tracked file may carry: the host of a package registry, a path of one machine."""

import re
import subprocess

import pytest

from tests.require import ROOT

HOSTS = re.compile(rb"py(?:pi)\.(?:org|io)|python(?:hosted)\.|npm(?:js)\.|deb(?:ian)\.(?:org|net)")
PLACES = re.compile(rb"(?<![\w./$}~-])/(?:work|root|home|Users)/[\w.]")
LEFT = re.compile(rb"\b(?:TO(?:DO)|FIX(?:ME)|XX(?:X))\b")


def _tracked() -> dict[str, bytes]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("Needs the repository: this is an exported copy")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}


def _carrying(pattern: re.Pattern[bytes], *, text_only: bool = False) -> list[str]:
    return [
        name
        for name, content in _tracked().items()
        if pattern.search(content) and not (text_only and b"\0" in content)
    ]


def test_no_tracked_file_names_a_package_registry() -> None:
    assert _carrying(HOSTS) == []


def test_no_tracked_file_names_a_place_on_somebodys_machine() -> None:
    assert _carrying(PLACES, text_only=True) == []


def test_nothing_is_left_for_later() -> None:
    assert _carrying(LEFT, text_only=True) == []
