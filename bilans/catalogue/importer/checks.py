"""Look at the finished tree once more and turn every doubt into a question.

A doubt about one line covers the whole outcome it touches: a criterion that slipped
under the neighbour is wrong in both.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bilans.catalogue.importer.criteria import Criterion, starts_like_a_verb
from bilans.catalogue.importer.ledger import Ledger
from bilans.catalogue.importer.lettered import Outcome, OutcomeSet
from bilans.catalogue.importer.lexicon import HEADINGS
from bilans.catalogue.importer.questions import about_outcome, about_set
from bilans.catalogue.importer.words import key

LONGEST_CRITERION = 400
FEWEST_WORDS = 3

_OPEN_END = re.compile(
    r"(?:^|\s)(?:i|a|o|u|w|z|ze|we|na|do|od|po|za|dla|przez|przy|przed|nad|pod|oraz|lub|albo|ani|"
    r"w tym|np\.?|m\.in\.?)$|,$",
    re.IGNORECASE,
)
_ENDS_WITH_NUMBER = re.compile(r"[^\W\d]\)? [-–]?\s?\d{1,3}\s?[-–]?$")
_LAYOUT_INSIDE = re.compile(
    r"https?://|www\.|Monitor Polski\s*[–-]|[Ss]trona \d+ z \d+|Kryteria weryfikacji"
    r"|Poszczególne efekty uczenia się"
)
_TELLING_HEADING = 25
_HEADING_TEXTS = tuple(each.text for each in HEADINGS if len(each.text) >= _TELLING_HEADING)
_PAIRS = (("(", ")"), ("[", "]"), ("„", '”“"'), ("«", "»"))


@dataclass(frozen=True, slots=True)
class Place:
    set_index: int
    outcome_index: int
    outcome: Outcome

    @property
    def path(self) -> str:
        return f"sets[{self.set_index}].outcomes[{self.outcome_index}]"


def places(sets: Sequence[OutcomeSet]) -> Iterator[Place]:
    for i, each in enumerate(sets):
        for j, outcome in enumerate(each.outcomes):
            yield Place(i, j, outcome)


def check_tree(sets: Sequence[OutcomeSet], ledger: Ledger, *, closed: bool) -> None:
    """Add doubts the reader could not have, then ask about all of them.

    ``closed`` says that another section follows the outcomes, so the end is not torn off.
    """
    everything = [c for place in places(sets) for c in place.outcome.criteria]
    habits = _Habits(everything)
    for place in places(sets):
        _check_outcome(place.outcome, habits)
    _check_set_titles(sets, ledger)
    _check_duplicates(sets)
    if not closed and sets and sets[-1].outcomes:
        _doubt(sets[-1].outcomes[-1], "at-the-end")
    for place in places(sets):
        _ask(place, ledger)


class _Habits:
    """What most criteria of this document do; only the odd one out is a question."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        many = max(len(criteria), 1)
        self.lower_case = sum(c.text[:1].islower() for c in criteria) * 2 > many
        self.terminated = sum(c.terminated for c in criteria) * 10 > many * 6
        self.verbs = sum(starts_like_a_verb(c.text) for c in criteria) * 2 > many


def _doubt(outcome: Outcome, code: str) -> None:
    if code not in outcome.doubts:
        outcome.doubts.append(code)


def _check_outcome(outcome: Outcome, habits: _Habits) -> None:
    for code in _title_doubts(outcome.title):
        _doubt(outcome, code)
    if not outcome.criteria:
        _doubt(outcome, "no-criteria")
    last = len(outcome.criteria) - 1
    for order, criterion in enumerate(outcome.criteria):
        for code in _criterion_doubts(criterion, habits, is_last=order == last):
            _doubt(outcome, code)
    if any(len(line.raw) > LONGEST_CRITERION * 5 for line in outcome.all_lines):
        _doubt(outcome, "long-line")


def _check_set_titles(sets: Sequence[OutcomeSet], ledger: Ledger) -> None:
    for i, each in enumerate(sets):
        for code in _title_doubts(each.title) if each.title else ():
            ledger.doubt(each.lines, f"sets[{i}]", code)
            ledger.ask(
                about_set(
                    code,
                    number=each.number,
                    doubt=f"set-{code}",
                    path=f"qualification.sets[{i}]",
                    lines=tuple(line.no for line in each.lines),
                )
            )


def _title_doubts(title: str) -> Iterator[str]:
    yield from _text_doubts(title)
    if _OPEN_END.search(title[-12:]):
        yield "title-open-end"
    if not title[:1].isupper():
        yield "title-capital"
    if " " not in title:
        yield "title-short"


def _text_doubts(text: str) -> Iterator[str]:
    if not _balanced(text):
        yield "brackets"
    if _ENDS_WITH_NUMBER.search(text[-8:]):
        yield "ends-with-number"
    if _LAYOUT_INSIDE.search(text) or any(each in text for each in _HEADING_TEXTS):
        yield "layout-inside"


def _criterion_doubts(criterion: Criterion, habits: _Habits, *, is_last: bool) -> Iterator[str]:
    text = criterion.text
    if len(text.split(" ", FEWEST_WORDS)) < FEWEST_WORDS:
        yield "criterion-short"
    if len(text) > LONGEST_CRITERION:
        yield "criterion-long"
    if habits.lower_case and text[:1].isupper():
        yield "criterion-capital"
    if habits.verbs and not starts_like_a_verb(text):
        yield "criterion-no-verb"
    if habits.terminated and not criterion.terminated and not is_last:
        yield "criterion-no-end"
    if "; –" in text or "; -" in text:
        yield "criterion-two"
    if _OPEN_END.search(text[-12:]):
        yield "criterion-open-end"
    yield from _text_doubts(text)


def _balanced(text: str) -> bool:
    for opening, closing in _PAIRS:
        if text.count(opening) != sum(text.count(sign) for sign in closing if sign != '"'):
            opened_plain = opening == "„" and '"' in text
            if not opened_plain:
                return False
    return text.count('"') % 2 == 0 or "„" in text


def _check_duplicates(sets: Sequence[OutcomeSet]) -> None:
    seen: dict[str, list[Outcome]] = defaultdict(list)
    for place in places(sets):
        for criterion in place.outcome.criteria:
            seen[key(criterion.text)].append(place.outcome)
        counted = Counter(key(c.text) for c in place.outcome.criteria)
        if any(count > 1 for count in counted.values()):
            _doubt(place.outcome, "duplicate")
    for holders in seen.values():
        if len({id(outcome) for outcome in holders}) > 1:
            for outcome in holders:
                _doubt(outcome, "duplicate")


def _ask(place: Place, ledger: Ledger) -> None:
    outcome = place.outcome
    lines = outcome.all_lines
    for code in dict.fromkeys(outcome.doubts):
        ledger.doubt(lines, place.path, code)
        ledger.ask(
            about_outcome(
                code,
                number=(place.set_index + 1, outcome.number),
                path=f"qualification.{place.path}",
                lines=tuple(sorted({line.no for line in lines})),
            )
        )
