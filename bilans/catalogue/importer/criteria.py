"""Gather titles and lettered criteria out of tokens, and notice every doubtful join."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bilans.catalogue.importer.reading import Line
from bilans.catalogue.importer.tokens import Token
from bilans.catalogue.importer.words import (
    Vocabulary,
    ends_with_abbreviation,
    key,
    strip_terminator,
)

_INLINE_LETTER = re.compile(r"(?<=\s)([a-z])[.)]\s+(?=[a-ząćęłńóśźż]{3,})")
_LONE_NUMBER = re.compile(r"[-–]?\s?\d{1,3}\s?[-–]?")
_ORDINAL_END = re.compile(r"\b\d{1,4}\.$")
_SMALL_WORDS = frozenset(
    ("dla", "przy", "albo", "lub", "oraz", "nie", "ani", "aby", "która", "które", "przez", "między")
)
SHORTEST = 3
"""Characters below which a lettered line is no criterion at all."""
_CAPITAL_MARKER = re.compile(r"[A-Z][.)]\s")
_ANCHOR_END = "kryteriaweryfikacjiichosiagniecia"
_ANCHOR_REST = range(11, 60)
_LONGEST_NUMBER = 8
_NARROW = 40
_LETTERS = 26
_FULL_LINE = 0.8
_ALLOWED_SKIP = 3


@dataclass(slots=True)
class Criterion:
    letter: int
    text: str
    lines: list[Line]
    doubts: list[str] = field(default_factory=list)
    terminated: bool = False
    """Whether the source closes it with ``;`` ``,`` or ``.``"""


@dataclass(slots=True)
class Gathered:
    text: str
    lines: list[Line]
    doubts: list[str]
    left_out: list[Token]


@dataclass(slots=True)
class GatheredCriteria:
    criteria: list[Criterion]
    doubts: list[str]
    left_out: list[Token]


def starts_like_a_verb(text: str) -> bool:
    """Third person singular ends in a vowel in Polish; so do the adverbs put before it."""
    word = re.match(r"[^\W\d_]+", text)
    if not word:
        return False
    first = word.group().casefold()
    return len(first) >= SHORTEST and first[-1] in "aeiy" and first not in _SMALL_WORDS


class Gatherer:
    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        widths = sorted((len(token.line.text) for token in tokens), reverse=True)
        self.width = widths[min(2, len(widths) - 1)] if widths else 0

    def title(self, tokens: Sequence[Token]) -> Gathered:
        """The first token and all that continues it; a title is never cut short silently."""
        gathered = self._gather(tokens)
        return Gathered(
            strip_terminator(gathered.text), gathered.lines, gathered.doubts, gathered.left_out
        )

    def criteria(self, tokens: Sequence[Token]) -> GatheredCriteria:
        starts, doubts = _sequence(tokens)
        if not starts:
            starts = [i for i, token in enumerate(tokens) if token.kind == "bullet"]
            doubts = ["bullets-not-letters"] if starts else []
        if not starts:
            return GatheredCriteria([], [], list(tokens))
        left_out = list(tokens[: starts[0]])
        found: list[Criterion] = []
        ends = [*starts[1:], len(tokens)]
        for order, (begin, end) in enumerate(zip(starts, ends, strict=True)):
            gathered = self._gather(tokens[begin:end])
            letter = tokens[begin].number if tokens[begin].kind == "letter" else order
            criterion = _criterion(letter, gathered)
            if len(criterion.text) < SHORTEST:
                left_out.extend(tokens[begin:end])
                continue
            next_letter = tokens[end].number if end < len(tokens) else None
            found.extend(_split_inline(criterion, next_letter))
            left_out.extend(gathered.left_out)
        _note_gaps(found, doubts)
        doubts.extend(doubt for each in found for doubt in each.doubts)
        return GatheredCriteria(found, list(dict.fromkeys(doubts)), left_out)

    def _gather(self, tokens: Sequence[Token]) -> Gathered:
        pieces, lines, doubts = [tokens[0].text], [tokens[0].line], []
        left_out: list[Token] = []
        for position, token in enumerate(tokens[1:], start=1):
            doubt, cut = self._doubt(tokens[position - 1], token)
            if cut:
                left_out = list(tokens[position:])
                doubts.append("text-after-end")
                break
            if doubt:
                doubts.append(doubt)
            if token.line.text in {line.text for line in lines[-2:]}:
                doubts.append("repeated-line")
            pieces.append(token.whole)
            lines.append(token.line)
        joined = self.vocabulary.join(pieces)
        return Gathered(joined.text, lines, [*doubts, *joined.doubts], left_out)

    def _doubt(self, above: Token, token: Token) -> tuple[str, bool]:
        """What speaks against joining this line to the one above, and whether to refuse."""
        text = token.whole
        if _looks_like_a_start(token):
            return "marker-inside", False
        if len(text) <= _LONGEST_NUMBER and _LONE_NUMBER.fullmatch(text):
            return "lone-number", False
        last = above.line.text
        short = self._is_short(last, text)
        ended = last.endswith((".", ";")) and not _ORDINAL_END.search(last[-6:])
        ended = ended and not ends_with_abbreviation(last)
        if text[:1].isupper():
            return self._doubt_about_capital(token, short=short, ended=ended)
        if ended:
            return "after-terminator", False
        return ("short-line", False) if short else ("", False)

    def _doubt_about_capital(self, token: Token, *, short: bool, ended: bool) -> tuple[str, bool]:
        named = self.vocabulary.runs_on_with(token.whole)
        if ended or (short and not named):
            return "capital", token.gap > 0 or ended
        return ("", False) if named or not token.gap else ("capital", False)

    def _is_short(self, last: str, text: str) -> bool:
        """The line above ended early although the next words would have fitted."""
        if self.width < _NARROW:
            return False
        first_words = " ".join(text.split(" ", 2)[:2])
        return len(last) + 1 + len(first_words) < _FULL_LINE * self.width


def _looks_like_a_start(token: Token) -> bool:
    if token.kind in {"set", "outcome", "bullet"}:
        return True
    if token.kind == "letter" and not token.weak:
        return True
    return bool(_CAPITAL_MARKER.match(token.whole)) or _is_torn_anchor(token.whole)


def _is_torn_anchor(text: str) -> bool:
    """The second half of ``Poszczególne efekty … osiągnięcia`` that lost its first line."""
    return len(text) in _ANCHOR_REST and _ANCHOR_END.endswith(key(text))


def _sequence(tokens: Sequence[Token]) -> tuple[list[int], list[str]]:
    """Places of the letters that run a, b, c …, and what was odd about them."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        if token.kind == "letter":
            places[token.number].append(place)
    chosen: list[int] = []
    doubts: list[str] = []
    wanted, after = 0, -1
    while True:
        here = _following(places.get(wanted, []), after)
        if not here:
            skipped = _skipped(tokens, places, wanted, after)
            if skipped is None:
                break
            wanted = skipped
            continue
        following = _following(places.get(wanted + 1, []), here[0])
        rivals = [p for p in here if not following or p < following[-1]]
        best = _best(tokens, rivals or here[:1])
        if len([p for p in rivals if not tokens[p].weak]) > 1 or tokens[best].weak:
            doubts.append("letter-two-starts")
        chosen.append(best)
        wanted, after = wanted + 1, best
    return chosen, doubts


def _following(places: Sequence[int], after: int) -> Sequence[int]:
    return places[bisect_right(places, after) :]


def _skipped(
    tokens: Sequence[Token], places: dict[int, list[int]], wanted: int, after: int
) -> int | None:
    """The next letter that does exist, when the wanted one is nowhere below."""
    for letter in range(wanted + 1, wanted + 1 + _ALLOWED_SKIP):
        if any(not tokens[p].weak for p in _following(places.get(letter, []), after)):
            return letter
    return None


def _best(tokens: Sequence[Token], places: Sequence[int]) -> int:
    def worth(place: int) -> tuple[bool, bool, bool]:
        token = tokens[place]
        return not token.weak, starts_like_a_verb(token.text), token.gap > 0

    return max(places, key=worth)


def _criterion(letter: int, gathered: Gathered) -> Criterion:
    text = strip_terminator(gathered.text)
    return Criterion(
        letter, text, gathered.lines, gathered.doubts, terminated=text != gathered.text
    )


def _split_inline(criterion: Criterion, next_letter: int | None) -> Iterable[Criterion]:
    """Cut off ``… b. podaje …`` when b is the letter that is missing here."""
    wanted = criterion.letter + 1
    if wanted == next_letter or wanted >= _LETTERS:
        return [criterion]
    done, rest = [], criterion
    for match in _INLINE_LETTER.finditer(criterion.text):
        if ord(match.group(1)) - ord("a") != wanted:
            continue
        offset = len(criterion.text) - len(rest.text)
        head = rest.text[: match.start() - offset].rstrip()
        done.append(Criterion(rest.letter, strip_terminator(head), criterion.lines, ["inline"]))
        rest = Criterion(wanted, criterion.text[match.end() :], criterion.lines, ["inline"])
        wanted += 1
    return [*done, rest]


def _note_gaps(criteria: Sequence[Criterion], doubts: list[str]) -> None:
    for expected, criterion in enumerate(criteria):
        if criterion.letter != expected:
            doubts.append("letter-gap")
            return
