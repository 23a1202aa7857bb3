"""What the service says to its operator: one line of JSON for each thing that went wrong.

Only listed facts are written. Messages of errors, addresses and what was sent are left out,
because they can carry names, texts and the tokens of invitations; the request's id leads to
its entries in the trail.
"""

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

import orjson

from bilans.audit.context import origin

FRAMES = 12
"""Innermost places told of an error."""


class LineFormatter(logging.Formatter):
    """Writes a record as one line, with the place of an error and without its words."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the listed facts of a record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "place": f"{record.module}:{record.lineno}",
        }
        if (status := getattr(record, "status_code", None)) is not None:
            line["status"] = status
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if match is not None:
            line["route"] = match.view_name
        if (request_id := origin().request_id) is not None:
            line["request"] = str(request_id)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = list(_causes(record.exc_info[1]))
        return orjson.dumps(line).decode()


def _causes(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """Name an error and what caused it, each with the places it passed."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        yield {
            "type": type(error).__qualname__,
            "at": [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames],
        }
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(path: str) -> str:
    return "/".join(PurePath(path).parts[-3:])
