"""Find what a page printed around the content: numbers, running headers, portal words.

Fixed patterns are layout wherever they stand. A lone number or a repeated line is
layout only by evidence from the whole document, because a value can look the same.
"""

import re
from collections import Counter
from collections.abc import Sequence

from bilans.catalogue.importer.ledger import Ledger, is_noise
from bilans.catalogue.importer.lexicon import BY_KEY
from bilans.catalogue.importer.questions import question
from bilans.catalogue.importer.reading import Line
from bilans.catalogue.importer.words import key

LONE_NUMBER = re.compile(r"[-–—]?\s?(\d{1,3})\s?[-–—]?")
_STRUCTURE = re.compile(r"(?:\d{1,3}|[A-Za-z]{1,2})[.)]\s|[-–•*]\s")
_WIDE_GAP = 2
_FIRST_PAGE = 3
_STARTS = 50
_LONGEST_NUMBER = 8
_HEADER_LENGTH = range(5, 151)
_HEADER_WORDS = 3
_HEADER_SIGNS = 20
RUNNING_HEADER = "running header"
_REPEATED_LABELS = ("poszczegolneefektyuczeniasie", "kryteriaweryfikacji", "opis")


def mark_layout(ledger: Ledger) -> None:
    lines = ledger.lines
    for line in lines:
        if not line.blank and is_noise(line):
            ledger.drop(line, "layout")
    _page_numbers(lines, ledger)
    _running_headers(lines, ledger)


def _page_numbers(lines: Sequence[Line], ledger: Ledger) -> None:
    """Lone numbers that count 1, 2, 3 … through the document are pages."""
    lone = [(number, line) for line in lines if (number := _lone_number(line)) is not None]
    starts = [i for i, (number, _line) in enumerate(lone[:_STARTS]) if number <= _FIRST_PAGE]
    runs = [_counting_from(lone[start:]) for start in starts]
    best = max(runs, key=len, default=[])
    if len(best) > 1:
        for line in best:
            ledger.drop(line, "page number")


def _lone_number(line: Line) -> int | None:
    match = LONE_NUMBER.fullmatch(line.text) if len(line.text) <= _LONGEST_NUMBER else None
    return int(match.group(1)) if match else None


def _counting_from(lone: Sequence[tuple[int, Line]]) -> list[Line]:
    wanted, run = lone[0][0], []
    for number, line in lone:
        if number == wanted:
            run.append(line)
            wanted += 1
    return run


def _running_headers(lines: Sequence[Line], ledger: Ledger) -> None:
    """The same capitalised line at several page breaks is printed by the page."""
    counted = Counter(line.text for line in lines if len(line.text) in _HEADER_LENGTH)
    repeated = []
    for index, line in enumerate(lines):
        if counted[line.text] <= 1 or not _may_be_header(line):
            continue
        if _at_page_break(lines, index, ledger):
            repeated.append(line)
    per_text = Counter(line.text for line in repeated)
    found = [line for line in repeated if per_text[line.text] > 1]
    for line in found:
        ledger.drop(line, RUNNING_HEADER)
    if found:
        ledger.ask(question("running-header", lines=tuple(line.no for line in found)))


def _may_be_header(line: Line) -> bool:
    if not line.text[0].isupper() or _STRUCTURE.match(line.text):
        return False
    if line.text.count(" ") < _HEADER_WORDS - 1 and len(line.text) < _HEADER_SIGNS:
        return False
    folded = key(line.text)
    return folded not in BY_KEY and not folded.startswith(_REPEATED_LABELS)


def _at_page_break(lines: Sequence[Line], index: int, ledger: Ledger) -> bool:
    """Alone between blank lines, with a wider gap or other layout on one side."""
    above, below = (_around(lines, index, step) for step in (-1, 1))
    if not above or not below:
        return True
    if not all(ledger.is_layout(near[0]) for near in (above, below)):
        return False
    return any(
        len(near) < _WIDE_GAP
        or all(line.blank for line in near)
        or any(not line.blank and ledger.is_layout(line) for line in near)
        for near in (above, below)
    )


def _around(lines: Sequence[Line], index: int, step: int) -> list[Line]:
    places = (index + step * distance for distance in range(1, _WIDE_GAP + 1))
    return [lines[place] for place in places if 0 <= place < len(lines)]
