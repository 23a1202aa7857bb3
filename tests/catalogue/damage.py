"""Damage a print-out the way copying, printing and scanning do."""

import random
import re
from collections.abc import Callable
from itertools import pairwise

from tests.catalogue.printouts import Printout

CRITERION = r"[a-z]{1,2}[.)] "
OUTCOME = r"\d+\. [A-Z]"
SET = r"\d+\) [A-Z]"
STRAY = (
    "Podmioty współpracujące",
    "Uwagi dodatkowe",
    "2. ustawy o próbach",
    "c. zł",
    "3) litera",
    "Kwalifikacja próbna",
)


def places(lines: list[str], pattern: str = r"\S") -> list[int]:
    """Lines of the sets that match; what stands above them is another matter."""
    start = next(i for i, line in enumerate(lines) if line.strip().startswith("Zestawy efekt"))
    return [i for i in range(start + 1, len(lines)) if re.match(pattern, lines[i].strip())]


def _drop(pattern: str) -> Callable[[random.Random, list[str]], None]:
    def drop(rng: random.Random, lines: list[str]) -> None:
        found = places(lines, pattern)
        if found:
            del lines[rng.choice(found)]

    return drop


def lose_a_letter(rng: random.Random, lines: list[str]) -> None:
    """Not the last of its list: that one nothing can tell."""
    found = places(lines, CRITERION)
    inner = [i for i, after in pairwise(found) if lines[after][:1] != "a"]
    if inner:
        place = rng.choice(inner)
        lines[place] = lines[place].split(" ", 1)[1]


def capital_letter(rng: random.Random, lines: list[str]) -> None:
    found = places(lines, r"[b-f][.)] ")
    if found:
        place = rng.choice(found)
        lines[place] = lines[place][0].upper() + lines[place][1:]


def lose_a_number(rng: random.Random, lines: list[str]) -> None:
    found = places(lines, OUTCOME)
    place = rng.choice(found)
    lines[place] = lines[place].strip().split(" ", 1)[1]


def _renumber(pattern: str, number: str) -> Callable[[random.Random, list[str]], None]:
    def renumber(rng: random.Random, lines: list[str]) -> None:
        place = rng.choice(places(lines, pattern))
        lines[place] = re.sub(r"^\s*\d+", number, lines[place])

    return renumber


def cut_off(rng: random.Random, lines: list[str]) -> None:
    del lines[rng.choice(places(lines)) :]


def copy_twice(rng: random.Random, lines: list[str]) -> None:
    place = rng.choice(places(lines))
    end = min(place + rng.randint(1, 6), len(lines))
    lines[end:end] = lines[place:end]


def join_two_lines(rng: random.Random, lines: list[str]) -> None:
    found = places(lines)
    order = rng.randrange(len(found) - 1)
    lines[found[order]] += " " + lines[found[order + 1]].strip()
    del lines[found[order + 1]]


def join_a_criterion(rng: random.Random, lines: list[str]) -> None:
    found = places(lines, r"b[.)] ")
    if found:
        place = rng.choice(found)
        above = max(i for i in places(lines) if i < place)
        lines[above] += " " + lines[place]
        del lines[place]


def stray_line(rng: random.Random, lines: list[str]) -> None:
    place = rng.choice(places(lines))
    lines[place:place] = ["", rng.choice(STRAY), ""]


DAMAGES: dict[str, Callable[[random.Random, list[str]], None]] = {
    "a letter is lost": lose_a_letter,
    "a letter became a capital": capital_letter,
    "the first criterion is lost": _drop(r"a[.)] "),
    "the label is lost": _drop("Kryteria wer"),
    "the fixed line is lost": _drop("Poszczególne"),
    "an outcome lost its number": lose_a_number,
    "an outcome has another number": _renumber(OUTCOME, "99"),
    "a set has another number": _renumber(SET, "9"),
    "the rest is cut off": cut_off,
    "lines are copied twice": copy_twice,
    "two lines became one": join_two_lines,
    "a criterion slipped up": join_a_criterion,
    "a stray line": stray_line,
}


def damaged(printout: Printout, rng: random.Random, name: str) -> bytes:
    lines = list(printout.lines)
    DAMAGES[name](rng, lines)
    return "\n".join(lines).encode()
