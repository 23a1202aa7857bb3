"""The committee: how many, what each member must meet, what all of them must cover."""

import re
from typing import Any

from bilans.catalogue.importer.prose import Sentence
from bilans.catalogue.importer.rules import Rule, all_of, leaf
from bilans.catalogue.importer.source import Passage, Source
from bilans.catalogue.importer.words import NUMBER, number_of, strip_terminator

_SIZES = (
    re.compile(
        rf"(?:minimum|min\.|co najmniej|przynajmniej|nie mniej niż|składa się z|złożon\w+ z|liczy|"
        rf"wchodzi|wchodzą)\s+(?:co najmniej\s+|minimum\s+|min\.\s+)?({NUMBER})"
        r"\s*(?:-?osob\w+|osób|osoby|członk\w+|egzaminator\w+|asesor\w+|ekspert\w+)",
        re.IGNORECASE,
    ),
    re.compile(r"\b((?:\d{1,2}-|dwu|trzy|cztero|pięcio)osobow\w+)", re.IGNORECASE),
)
_EACH = re.compile(
    r"^(?P<ponadto>Ponadto,? )?(?:[Kk]ażd[yae]\w*(?: z)?(?: \w+){0,2}?"
    r" (?:członk\w+|członek|osob\w+)"
    r"(?: komisji)?(?: walidacyjnej)?|[Ww]szyscy członkowie(?: komisji)?(?: walidacyjnej)?"
    r"|[Cc]złon(?:ek|kowie) komisji(?: walidacyjnej)?)"
    r" (?:musi|muszą|powinien|powinni|powinna|ma|mają)(?: być)? ",
)
_ANY_OF = re.compile(
    r"\s*(?:,?\s*(?:oraz|a także|i)\s+)?(?:spełnia\w*|spełniać|posiadać)?\s*"
    rf"(?:co najmniej|przynajmniej|minimum)\s+({NUMBER})\s+(?:z\s+)?"
    r"(?:poniższych|następujących|niżej wymienionych)\s*(?:kryteri\w+|warunk\w+|wymaga\w+)?\s*$",
    re.IGNORECASE,
)
_COVERAGE = re.compile(
    r"^[Kk]ażd\w+ (?:z )?(?:powyższ\w+|wymienion\w+|ww\.|tych) (?:kryteri\w+|warunk\w+|wymaga\w+)"
    r".{0,120}(?:co najmniej|przynajmniej|minimum).{0,30}(?:jednego|jedną|1)\b",
)
_ROLE = re.compile(
    r"^(?P<role>Przewodnicząc[ya]|Asesor|Sekretarz|Ekspert)(?: komisji)?(?: walidacyjnej)?"
    r" (?:musi|powinien|powinna|ma)\s+"
)
_FEW_WORDS = 2
_HAVING = re.compile(r"^(?:posiadać|mieć|legitymować się|dysponować)\s+")


def read_committee(source: Source, passage: Passage, said: list[Sentence]) -> dict[str, Any] | None:
    """A proposal, or None where the section does not speak of a committee."""
    about = [s for s in said if re.search(r"komisj|asesor|egzaminator", s.text, re.IGNORECASE)]
    if not about:
        return None
    rules, choice = _member_rules(said)
    if choice is not None and any(_COVERAGE.match(sentence.text) for sentence in said):
        choice["covered_by_committee"] = True
    committee: dict[str, Any] = {
        "min_members": _size(source, passage, about),
        "applies_to": None,
        "roles": _roles(said),
        "tasks": [],
    }
    each = all_of(rules)
    if each:
        committee["each_member"] = each
    return committee


def _size(source: Source, passage: Passage, about: list[Sentence]) -> int | None:
    found: dict[int, Sentence] = {}
    for sentence in about:
        if not re.search(r"komisj", sentence.text, re.IGNORECASE) or _COVERAGE.match(sentence.text):
            continue
        for pattern in _SIZES:
            for match in pattern.finditer(sentence.intro or sentence.text):
                number = number_of(match.group(1))
                if number:
                    found.setdefault(number, sentence)
    if len(found) == 1:
        return next(iter(found))
    source.ask(
        "committee-size",
        "validation.committee.min_members",
        lines=tuple(
            number
            for sentence in (found.values() or about[:1])
            for number in passage.numbers_of(sentence.begin, sentence.end)
        ),
        alternatives=tuple(sorted(found)),
    )
    return None


def _member_rules(said: list[Sentence]) -> tuple[list[Rule], Rule | None]:
    rules: list[Rule] = []
    choice: Rule | None = None
    for sentence in said:
        match = _EACH.match(sentence.text)
        if match is None or _COVERAGE.match(sentence.text):
            continue
        if "nie mog" in sentence.text[: match.end() + 10]:
            continue
        if sentence.items:
            more, found = _with_items(sentence, match.end())
            rules.extend(more)
            choice = found or choice
        else:
            rules.append(leaf(_demand(sentence.text[match.end() :])))
    return rules, choice


def _with_items(sentence: Sentence, after: int) -> tuple[list[Rule], Rule | None]:
    """``X oraz spełniać co najmniej jedno z poniższych kryteriów: …`` or a plain list."""
    intro = sentence.intro[after:].strip()
    items = [leaf(item) for item in sentence.items]
    match = _ANY_OF.search(intro)
    if match is None:
        first = [] if _only_introduces(intro) else [leaf(_demand(intro))]
        return [*first, *items], None
    head = intro[: match.start()].rstrip(" ,")
    head = re.sub(r"\s+(?:oraz|a także|i)$", "", head)
    number = number_of(match.group(1)) or 1
    choice: Rule = {"any": items} if number == 1 else {"at_least": number, "of": items}
    first = [leaf(_demand(head))] if head and not _only_introduces(head) else []
    return [*first, choice], choice if number == 1 else None


def _only_introduces(text: str) -> bool:
    return (
        len(text.split()) <= _FEW_WORDS
        or re.search(
            r"następujące|poniższe|spełnia\w*\s+(?:wszystkie|łącznie)", text, re.IGNORECASE
        )
        is not None
    )


def _demand(text: str) -> str:
    """The demand itself: without ``posiadać`` and the closing full stop."""
    return strip_terminator(_HAVING.sub("", text.strip()).strip())


def _roles(said: list[Sentence]) -> list[dict[str, Any]]:
    found = []
    for sentence in said:
        match = _ROLE.match(sentence.text)
        if match is None:
            continue
        if sentence.items:
            rule = all_of([leaf(item) for item in sentence.items])
        else:
            rule = leaf(_demand(sentence.text[match.end() :]))
        role: dict[str, Any] = {"role": match["role"].casefold(), "min_count": None}
        if rule:
            role["rule"] = rule
        found.append(role)
    return found
