"""What no tracked file may carry: the host of a package registry."""

import re
import subprocess

import pytest

from tests.require import ROOT

HOSTS = re.compile(rb"py(?:pi)\.(?:org|io)|python(?:hosted)\.|npm(?:js)\.|deb(?:ian)\.(?:org|net)")


def test_no_tracked_file_names_a_package_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("Needs the repository: this is an exported copy")
    found = [
        name
        for name in listed.stdout.decode().split("\0")
        if name and (ROOT / name).is_file() and HOSTS.search((ROOT / name).read_bytes())
    ]
    assert found == []
