"""Look at the finished tree once more and turn every doubt into a question.

A doubt about one line covers the whole outcome it touches: a criterion that slipped
under the neighbour is wrong in both.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bilans.catalogue.importer.criteria import Criterion, starts_like_a_verb
from bilans.catalogue.importer.ledger import Ledger, ReviewItem, Severity
from bilans.catalogue.importer.lettered import Outcome, OutcomeSet
from bilans.catalogue.importer.lexicon import HEADINGS
from bilans.catalogue.importer.words import key

LONGEST_CRITERION = 400
FEWEST_WORDS = 3

_DOUBTS: dict[str, tuple[Severity, str]] = {
    "outcome-two-starts": ("check", "Dwa wiersze mogły zaczynać ten efekt. Wybrano ostatni."),
    "outcome-sequence": ("blocker", "Numer efektu nie jest kolejny. Czy czegoś brakuje?"),
    "outcome-without-number": ("blocker", "Efekt nie ma numeru; początek nazwy jest domysłem."),
    "label-without-title": ("blocker", "Po nim stoi „Kryteria weryfikacji:” bez nazwy efektu."),
    "next-start-uncertain": ("check", "Nie jest pewne, gdzie kończy się ten efekt."),
    "repeated-line": ("check", "Ten sam wiersz stoi dwa razy po sobie."),
    "ends-with-number": ("check", "Tekst kończy się samą liczbą. Czy to nie numer strony?"),
    "layout-inside": ("check", "W tekście stoi adres albo nagłówek strony."),
    "letter-in-title": ("check", "Wiersz nazwy efektu zaczyna się jak kryterium."),
    "criteria-label-missing": ("check", "Nad listą brakuje wiersza „Kryteria weryfikacji:”."),
    "letter-two-starts": ("check", "Dwa wiersze zaczynają się tą samą literą. Wybierz właściwy."),
    "letter-gap": ("blocker", "W kolejności liter brakuje kryterium. Sprawdź w źródle."),
    "bullets-not-letters": ("check", "Kryteria oznaczono kreskami zamiast liter."),
    "marker-inside": ("check", "Wiersz wewnątrz tekstu zaczyna się jak numer lub litera listy."),
    "lone-number": ("check", "Sama liczba w wierszu: numer strony czy część treści?"),
    "capital": ("check", "Wiersz zaczyna się wielką literą. Czy należy do tego tekstu?"),
    "after-terminator": ("check", "Tekst biegnie dalej po znaku końca. Czy to jedno kryterium?"),
    "short-line": ("check", "Wiersz urywa się wcześniej niż inne. Czy nie zginęła litera listy?"),
    "text-after-end": ("check", "Po tekście stoi fragment, który do niego nie pasuje."),
    "inline": ("check", "Kryterium stało w środku wiersza i zostało oddzielone."),
    "lines-left-out": ("check", "Część wierszy tego efektu nie pasuje do kolejności."),
    "header-dropped": ("check", "Pominięto wiersz uznany za nagłówek strony. Czy to nie treść?"),
    "hyphen": ("check", "Wyraz przeniesiony złączono bez łącznika. Sprawdź pisownię."),
    "torn-diacritics": ("check", "Polskie litery stały w osobnych wierszach. Sprawdź pisownię."),
    "no-criteria": ("blocker", "Efekt nie ma żadnego kryterium."),
    "criterion-short": ("check", "Kryterium ma mniej niż trzy słowa."),
    "criterion-long": ("check", "Kryterium jest bardzo długie. Czy to nie kilka kryteriów?"),
    "criterion-capital": ("check", "Kryterium zaczyna się inaczej niż pozostałe: wielką literą."),
    "criterion-no-verb": ("check", "Kryterium nie zaczyna się czasownikiem. Czy to cały tekst?"),
    "criterion-no-end": ("check", "Kryterium nie ma znaku końca, a pozostałe mają."),
    "criterion-two": ("check", "W tekście stoi „; –”: to mogą być dwa kryteria."),
    "criterion-open-end": ("check", "Kryterium urywa się na przyimku, spójniku albo przecinku."),
    "brackets": ("check", "Nawias albo cudzysłów nie jest zamknięty."),
    "duplicate": ("check", "To samo kryterium występuje dwa razy."),
    "title-open-end": ("check", "Nazwa urywa się na przyimku albo spójniku."),
    "title-capital": ("check", "Nazwa efektu nie zaczyna się wielką literą."),
    "title-short": ("check", "Nazwa ma tylko jedno słowo."),
    "at-the-end": ("check", "Na tym efekcie kończy się plik. Czy dokument jest kompletny?"),
    "long-line": (
        "check",
        "Wiersz źródła jest niezwykle długi; podział na kryteria jest niepewny.",
    ),
}
_OPEN_END = re.compile(
    r"(?:^|\s)(?:i|a|o|u|w|z|ze|we|na|do|od|po|za|dla|przez|przy|przed|nad|pod|oraz|lub|albo|ani|"
    r"w tym|np\.?|m\.in\.?)$|,$",
    re.IGNORECASE,
)
_ENDS_WITH_NUMBER = re.compile(r"[^\W\d]\)? [-–]?\s?\d{1,3}\s?[-–]?$")
_LAYOUT_INSIDE = re.compile(
    r"https?://|www\.|Monitor Polski\s*[–-]|[Ss]trona \d+ z \d+|Kryteria weryfikacji"
)
_HEADING_TEXTS = tuple(each.text for each in HEADINGS if len(each.text) > 24)
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
                ReviewItem(
                    f"set-{code}",
                    "check",
                    f"Zestaw {each.number}: {_DOUBTS[code][1]}",
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
    if len(title.split(" ", 1)) < 2:
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
    for code in dict.fromkeys(outcome.doubts):
        severity, question = _DOUBTS[code]
        ledger.doubt(outcome.all_lines, place.path, code)
        ledger.ask(
            ReviewItem(
                code,
                severity,
                f"Zestaw {place.set_index + 1}, efekt {outcome.number}: {question}",
                path=f"qualification.{place.path}",
                lines=tuple(sorted({line.no for line in outcome.all_lines})),
            )
        )


def completeness(sections_found: Any, expected: Sequence[tuple[str, str]]) -> list[str]:
    """Texts of the headings every print-out has and this one lacks."""
    return [text for name, text in expected if sections_found.get(name) is None]
