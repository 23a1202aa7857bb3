"""The written access table is the one that is tried."""

from bilans.accounts.access_table import as_document, doors
from tests.require import ROOT


def test_the_document_is_made_from_the_rows_that_are_tried() -> None:
    assert (ROOT / "docs" / "access.md").read_text() == as_document(), (
        "Make it anew: manage.py access_table"
    )


def test_every_row_stands_in_the_document() -> None:
    lines = [line for line in as_document().splitlines() if line.startswith("| `/")]
    assert len(lines) == len(doors())
