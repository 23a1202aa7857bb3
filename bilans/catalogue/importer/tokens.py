"""What each line of the sets could be: a numbered set, an outcome, a lettered criterion.

A token is a candidate, not a verdict: ``2. ustawy`` at the start of a wrapped line is
an outcome candidate too, and :mod:`lettered` decides by the sequence and by what
follows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bilans.catalogue.importer.reading import LONG_LINE, Line
from bilans.catalogue.importer.words import key

TokenKind = Literal["set", "outcome", "letter", "label", "anchor", "bullet", "text"]

_SET = re.compile(r"(\d{1,3})\)\s*(?=\S)")
_OUTCOME = re.compile(r"(\d{1,3})\.\s*(?=[^\W\d])")
_LETTER = re.compile(r"([a-z]{1,2})[.)]\s+(?=\S)")
_GLUED_LETTER = re.compile(r"([a-z])[.)](?=[a-ząćęłńóśźż]{3,}[ ,;:])")
_BULLET = re.compile(r"[-–—•▪*]\s+(?=\S)")
_LABEL = re.compile(r"Kryteria weryfikacji(?: ich osiągnięcia)?\s*:")
_LABEL_KEYS = frozenset({"kryteriaweryfikacji", "kryteriaweryfikacjiichosiagniecia"})
_ANCHOR = "poszczegolneefektyuczeniasieorazkryteriaweryfikacjiichosiagniecia"
_ANCHOR_WRAPS = 6
"""Lines, blank ones included, over which the anchor may be spread."""
_ANCHOR_TEXT = "Poszczególne efekty uczenia się oraz kryteria weryfikacji ich osiągnięcia"
_ANCHOR_START = "poszczegolneefektyuczeniasie"


@dataclass(slots=True)
class Token:
    line: Line
    kind: TokenKind
    number: int
    """The printed number; for a letter its place in the alphabet from 0."""
    text: str
    """The line without its marker, or without its label."""
    gap: int
    """Blank lines directly above."""
    weak: bool = False
    """A marker that lacks something a real one has."""

    @property
    def whole(self) -> str:
        return self.line.text if self.kind in {"set", "outcome", "letter", "bullet"} else self.text


def letter_index(letters: str) -> int | None:
    """a–z are 0–25; then aa, ab … or aa, bb … as print-outs do it."""
    first = ord(letters[0]) - ord("a")
    if len(letters) == 1:
        return first
    second = ord(letters[1]) - ord("a")
    if first == 0:
        return 26 + second
    return 26 + second if first == second else None


def tokenise(lines: Sequence[Line]) -> list[Token]:
    """Candidates in order; blank lines become the ``gap`` of the next token."""
    tokens: list[Token] = []
    gap = 0
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if line.blank:
            gap += 1
            continue
        extra = _anchor_lines(lines, position - 1)
        if extra:
            tokens.append(Token(line, "anchor", 0, "", gap))
            rest = lines[position : position + extra - 1]
            tokens.extend(Token(each, "anchor", 1, "", 0) for each in rest if not each.blank)
            position += extra - 1
        else:
            tokens.extend(_tokens_of(line, gap))
        gap = 0
    return tokens


def _anchor_lines(lines: Sequence[Line], start: int) -> int:
    """How many lines from here hold ``Poszczególne efekty … osiągnięcia``; 0 if none."""
    text = lines[start].text
    if not text.startswith("Poszczególne") or len(text) > LONG_LINE // 10:
        return 0
    joined = key(text)
    if not joined.startswith(_ANCHOR_START):
        return 0
    for taken, line in enumerate(lines[start : start + _ANCHOR_WRAPS]):
        joined = joined if not taken else joined + key(line.text)
        if joined == _ANCHOR:
            return taken + 1
        if not _ANCHOR.startswith(joined):
            break
    return 1 if key(text) == _ANCHOR_START else 0


def _tokens_of(line: Line, gap: int) -> list[Token]:
    text = line.text
    if len(text) <= LONG_LINE and text.startswith("Kryteria") and key(text) in _LABEL_KEYS:
        return [Token(line, "label", 0, "", gap)]
    before, anchor, after = text.partition(_ANCHOR_TEXT)
    if anchor:
        return _around(line, gap, (before, after), "anchor")
    label = _LABEL.search(text) if "Kryteria" in text[:LONG_LINE] else None
    if label is None:
        return [_candidate(line, text, gap)]
    return _around(line, gap, (text[: label.start()], text[label.end() :]), "label")


def _around(line: Line, gap: int, parts: tuple[str, str], kind: TokenKind) -> list[Token]:
    """A fixed text inside a line, with what stands before and after it on the same line."""
    before, after = (part.strip() for part in parts)
    fixed = Token(line, kind, 0, "", 0 if before else gap)
    return [
        *([_candidate(line, before, gap)] if before else []),
        fixed,
        *([_candidate(line, after, 0)] if after else []),
    ]


def _candidate(line: Line, text: str, gap: int) -> Token:
    for pattern, kind in ((_SET, "set"), (_OUTCOME, "outcome")):
        match = pattern.match(text)
        if match:
            rest = text[match.end() :]
            weak = not rest[:1].isupper()
            return Token(line, kind, int(match.group(1)), rest, gap, weak)  # type: ignore[arg-type]
    match = _LETTER.match(text)
    glued = None if match else _GLUED_LETTER.match(text)
    found = match or glued
    if found:
        index = letter_index(found.group(1))
        rest = text[found.end() :]
        abbreviation = re.match(r"\S{1,4}\.(?:\s|$)", rest) is not None
        if index is not None:
            return Token(line, "letter", index, rest, gap, bool(glued) or abbreviation)
    match = _BULLET.match(text)
    if match:
        return Token(line, "bullet", 0, text[match.end() :], gap)
    return Token(line, "text", 0, text, gap)
