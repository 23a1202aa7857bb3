"""``manage.py import_catalogue``: what it prints, what it keeps, how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bilans.catalogue.models import QualificationVersion, SourceDocument
from tests.catalogue.printouts import lettered
from tests.require import ROOT, sources

KEYS = {"file", "kind", "verdict", "document", "review", "ledger"}
TITLE = "title=Prowadzenie procesu bilansowania kompetencji"


@pytest.fixture
def printout(tmp_path: Path) -> Path:
    path = tmp_path / "wydruk.txt"
    path.write_bytes(lettered())
    return path


@pytest.fixture
def rubbish(tmp_path: Path) -> Path:
    path = tmp_path / "puste.txt"
    path.write_bytes(b"")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code and what stood on the standard output."""
    code = 0
    try:
        call_command("import_catalogue", *map(str, arguments))
    except SystemExit as end:
        code = int(end.code or 0)
    return code, capsys.readouterr().out


@pytest.mark.django_db
def test_json_has_one_object_per_file_and_nothing_else(capsys, printout, rubbish) -> None:
    code, out = run(capsys, printout, rubbish, "--json")

    first, second = json.loads(out)
    assert code == 1
    assert set(first) == set(second) == KEYS
    assert (first["file"], first["kind"]) == (str(printout), "zrk_printout")
    assert first["verdict"] == "imported"
    assert first["document"]["format"] == "bilans-catalogue/1"
    assert first["review"] == first["document"]["review"]
    counts = {state: count for state, count in first["ledger"].items() if state != "total"}
    assert set(counts) == {"used", "noise", "uncertain", "unused", "acknowledged"}
    assert sum(counts.values()) == first["ledger"]["total"]
    assert (second["verdict"], second["document"]) == ("empty", None)


@pytest.mark.django_db
def test_without_publish_it_stays_a_draft(capsys, printout) -> None:
    code, _out = run(capsys, printout)

    assert code == 0
    assert QualificationVersion.objects.get().status == "draft"


@pytest.mark.django_db
def test_publish_is_refused_until_the_question_is_answered(capsys) -> None:
    (path,) = sources().glob("004_*.txt")

    code, out = run(capsys, path, "--publish", "--json")
    assert code == 1
    assert json.loads(out)[0]["verdict"] == "publication_refused"

    code, out = run(capsys, path, "--publish", "--json", "--set", TITLE)
    (result,) = json.loads(out)
    assert (code, result["verdict"]) == (0, "published")
    assert result["document"]["qualification"]["title"]["how"] == "entered"
    assert result["document"]["qualification"]["prk_level"]["value"] is None

    code, out = run(capsys, path, "--publish", "--json")
    assert (code, json.loads(out)[0]["verdict"]) == (0, "already_imported")


def test_a_dry_run_needs_no_database(capsys) -> None:
    (path,) = sources().glob("004_*.txt")

    code, out = run(capsys, path, "--dry-run", "--json", "--set", TITLE, "--set", "prk_level=5")

    (result,) = json.loads(out)
    assert (code, result["verdict"]) == (0, "read")
    level = result["document"]["qualification"]["prk_level"]
    assert (level["value"], level["how"]) == (5, "entered")
    (item,) = [item for item in result["review"] if item["code"] == "level-missing"]
    assert item["decision"] == 5


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(capsys, tmp_path) -> None:
    path = tmp_path / "ucięty.txt"
    path.write_bytes(lettered()[:-900])

    code, out = run(capsys, path, "--publish")

    assert code == 1
    assert "incomplete" in out
    assert not SourceDocument.objects.exists()


def test_a_missing_file_is_one_object_among_the_others(capsys, printout, tmp_path) -> None:
    code, out = run(capsys, printout, tmp_path / "nie-ma.txt", "--dry-run", "--json")

    assert code == 1
    assert [result["verdict"] for result in json.loads(out)] == ["read", "cannot_open"]


@pytest.mark.parametrize(
    "wrong", ["title", "title=", "colour=red", "prk_level=9", "complete=maybe", "title=x"]
)
def test_a_wrong_answer_is_told_before_any_file_is_read(printout, wrong) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_catalogue", str(printout), "--set", wrong)
    assert refusal.value.returncode == 2


def test_one_title_is_not_for_two_files(printout, rubbish) -> None:
    with pytest.raises(CommandError):
        call_command("import_catalogue", str(printout), str(rubbish), "--set", TITLE)


def test_the_command_line_itself(printout) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_catalogue", "--dry-run", "--json", str(printout)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "bilans.settings.test"},
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert [set(result) for result in json.loads(done.stdout)] == [KEYS]
