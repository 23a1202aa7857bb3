"""Polish words as this importer needs them: folding, joining, numbers, dates."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from bilans.catalogue.importer.reading import Line

_STROKE = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "ø": "o"})
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TORN = re.compile(r"[ąćęłńóśźż]{1,3}")
_HYPHEN_FIRST = frozenset(
    {"e", "on", "non", "anty", "pro", "post", "pre", "eko", "bio", "wi", "crm", "hr", "it"}
)

ABBREVIATIONS = frozenset(
    {
        "np", "m.in", "in", "itp", "itd", "etc", "tj", "tzn", "tzw", "ww", "wg", "art", "ust",
        "lit", "poz", "pkt", "r", "ż", "ds", "dot", "por", "zob", "nr", "str", "s", "godz", "min",
        "mln", "tys", "prof", "dr", "mgr", "inż", "ul", "pn", "ew", "al", "św", "dz", "u", "m.p",
    }
)  # fmt: skip

MONTHS = {
    "stycznia": 1, "lutego": 2, "marca": 3, "kwietnia": 4, "maja": 5, "czerwca": 6,
    "lipca": 7, "sierpnia": 8, "września": 9, "października": 10, "listopada": 11, "grudnia": 12,
}  # fmt: skip
_DATES = (
    (re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"), ("y", "m", "d")),
    (re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b"), ("d", "m", "y")),
    (re.compile(r"\b(\d{1,2}) (" + "|".join(MONTHS) + r") (\d{4})\b"), ("d", "m", "y")),
)

_NUMBER_STEMS = (
    (r"jedn(?:ą|a|o|ego|ej|ym|en|oletni\w*|oroczn\w*)|jeden|roczn\w+", 1),
    (r"dw(?:a|ie|óch|u|oje|ojga|uletni\w*|uosobow\w*)", 2),
    (r"trz(?:y|ech|yletni\w*|yosobow\w*)|troje|trojga", 3),
    (r"czter(?:y|ech|oletni\w*|oosobow\w*)", 4),
    (r"pię(?:ć|ciu|cioletni\w*|cioosobow\w*|cioro)", 5),
    (r"sześ(?:ć|ciu|cioletni\w*|cioosobow\w*)", 6),
    (r"siedem|siedmiu|siedmioletni\w*", 7),
    (r"osiem|ośmiu|ośmioletni\w*", 8),
    (r"dziewięć|dziewięciu|dziewięcioletni\w*", 9),
    (r"dziesięć|dziesięciu|dziesięcioletni\w*", 10),
)
NUMBER = r"(?:\d{1,4}|" + "|".join(pattern for pattern, _value in _NUMBER_STEMS) + ")"
"""A small number in figures or in words, for use inside other patterns (case-insensitive)."""
_NUMBER_VALUES = tuple((re.compile(p, re.IGNORECASE), value) for p, value in _NUMBER_STEMS)


def number_of(word: str) -> int | None:
    digits = re.match(r"\d{1,4}", word)
    if digits:
        return int(digits.group())
    for pattern, value in _NUMBER_VALUES:
        if pattern.fullmatch(word):
            return value
    return None


def fold(text: str) -> str:
    """Lower-case without diacritics, ł as l: what people type when they search."""
    plain = unicodedata.normalize("NFKD", text.translate(_STROKE))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def key(text: str) -> str:
    """Letters and digits only, folded: how headings are compared."""
    plain = unicodedata.normalize("NFKD", text.translate(_STROKE))
    return _NOT_KEY.sub("", plain.casefold())


def find_date(text: str) -> date | None:
    """The first real date in the text."""
    found = []
    for pattern, order in _DATES:
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            month = MONTHS.get(parts["m"]) or int(parts["m"])
            try:
                day = date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                continue
            found.append((match.start(), day))
            break
    return min(found)[1] if found else None


def strip_terminator(text: str) -> str:
    """Take away exactly one closing ``;`` ``,`` or ``.``; an abbreviation keeps its dot."""
    if text.endswith((";", ",")):
        return text[:-1].rstrip()
    if text.endswith(".") and not ends_with_abbreviation(text):
        return text[:-1].rstrip()
    return text


def ends_with_abbreviation(text: str) -> bool:
    tail = text.rstrip(".").rpartition(" ")[2].lstrip("(„\"'").casefold()
    return text.endswith(".") and tail in ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class Joined:
    """Text made of several lines; ``doubts`` name joins that another reading could undo."""

    text: str
    doubts: tuple[str, ...]
    starts: tuple[int, ...] = ()
    """Where each piece begins in the text."""


class Vocabulary:
    """What the whole document says in one line: the evidence for joining broken words."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: set[tuple[str, str]] = set()
        for line in lines:
            words = _WORD.findall(line.text)
            self._words.update(word.casefold() for word in words)
            self._pairs.update(
                (first, second)
                for before, first, second in zip(words, words[1:], words[2:], strict=False)
                if before[:1].islower() and first[:1].isupper()
            )

    def knows(self, word: str) -> bool:
        return self._words[word.casefold()] > 0

    def runs_on_with(self, text: str) -> bool:
        """Whether these capitals stand elsewhere in the middle of a sentence: a name."""
        first = text.split(" ", 1)[0].strip("„”\"'(),.;:")
        if len(first) > 1 and first.isupper():
            return True
        words = _WORD.findall(text[:120])
        return len(words) > 1 and (words[0], words[1]) in self._pairs

    def join(self, pieces: Iterable[str]) -> Joined:
        """Join wrapped lines into one text, mending words broken over a line end."""
        done: list[str] = []
        doubts: list[str] = []
        glue = ""
        for piece in pieces:
            if not done:
                done.append(piece)
                continue
            if _TORN.fullmatch(piece):
                doubts.append("torn-diacritics")
                done.append(piece)
                glue = "torn"
                continue
            if glue == "torn":
                done.append(piece)
                glue = ""
                continue
            self._append(done, piece, doubts)
        ends = tuple(accumulate(len(piece) for piece in done))
        return Joined("".join(done), tuple(doubts), (0, *ends[:-1]))

    def _append(self, done: list[str], piece: str, doubts: list[str]) -> None:
        last = done[-1]
        broken = re.search(r"([^\W\d_]+)-$", last[-80:])
        following = re.match(r"[^\W\d_]+", piece)
        if not broken or not following:
            done.append(piece if re.search(r"\w-$", last[-4:]) else f" {piece}")
            return
        first, second = broken.group(1), following.group()
        if second[:1].isupper() or first.casefold() in _HYPHEN_FIRST:
            done.append(piece)
            return
        if self.knows(f"{first}-{second}"):
            done.append(piece)
            return
        if not self.knows(first + second):
            doubts.append("hyphen")
        done[-1] = last[:-1]
        done.append(piece)
