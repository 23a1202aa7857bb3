"""The database entry: a named server, its owner, or the private one; reading it starts nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from bilans.database.url import database_settings
from tests.require import ROOT


@pytest.fixture(autouse=True)
def _no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)


def test_without_an_address_the_private_server_is_meant(tmp_path: Path) -> None:
    entry = database_settings(tmp_path)
    assert (entry["USER"], entry["OWNER"]) == ("bilans_app", {"USER": "bilans_owner"})
    assert entry["PRIVATE_SERVER"] == tmp_path / "postgres"
    assert list(tmp_path.iterdir()) == []


def test_an_address_is_read_with_its_escapes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://app:p%40ss@db.example:6432/office?sslmode=require"
    )
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@/office?host=/run/pg")
    entry = database_settings(tmp_path)
    assert [entry[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "office", "app", "p@ss", "db.example", "6432",
    ]  # fmt: skip
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert (entry["OWNER"]["USER"], entry["OWNER"]["HOST"]) == ("owner", "/run/pg")
    assert entry["PRIVATE_SERVER"] is None


def test_an_address_alone_has_no_owner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/office")
    assert database_settings(tmp_path)["OWNER"] is None


@pytest.mark.parametrize("address", ["mysql://app@db/office", "postgresql://app@db", "office"])
def test_another_engine_or_no_name_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database_settings(tmp_path)


def test_the_pool_keeps_connections_and_django_does_not(tmp_path: Path) -> None:
    entry = database_settings(tmp_path)
    assert (entry["CONN_MAX_AGE"], entry["CONN_HEALTH_CHECKS"]) == (0, True)
    assert entry["OPTIONS"]["pool"]["max_size"] >= 8  # one for each thread of the site


def test_reading_the_settings_starts_no_server(tmp_path: Path) -> None:
    code = "from django.db import connections; print(connections['default'].settings_dict['NAME'])"
    environment = {
        "BILANS_TEST_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "bilans.settings.test",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []
