"""Cut a validation section into sub-headings, sentences and dash items, over line ends."""

import re
from dataclasses import dataclass

from bilans.catalogue.importer.words import ABBREVIATIONS, strip_terminator

_SUBHEADINGS = (
    "Metody stosowane w walidacji",
    "Metody stosowane w weryfikacji",
    "Metody weryfikacji",
    "Metody",
    "Zasoby kadrowe i warunki organizacyjne",
    "Zasoby kadrowe",
    "Sposób prowadzenia walidacji oraz warunki organizacyjne i materialne",
    "Sposób organizacji walidacji oraz warunki organizacyjne i materialne",
    "Sposób prowadzenia walidacji i warunki organizacyjne",
    "Sposób prowadzenia walidacji",
    "Sposób organizacji walidacji",
    "Warunki organizacyjne i materialne",
    "Etapy identyfikowania i dokumentowania efektów uczenia się",
    "Etapy identyfikowania i dokumentowania",
    "Identyfikowanie i dokumentowanie efektów uczenia się",
    "Inne warunki organizacyjne",
    "Inne warunki",
)
_HEADING = re.compile(
    r"(?:^|(?<=[.;:!?]\s)|(?<=\s))("
    + "|".join(re.escape(each) for each in _SUBHEADINGS)
    + r"):?(?=\s+[A-ZĄĆĘŁŃÓŚŹŻ\d–-]|\s*$)"
)
_END = re.compile(r"[.!?](?=\s+[„”\"A-ZĄĆĘŁŃÓŚŹŻ\d])")
_MARK = re.compile(r"(?:^|(?<=[:;,.]))\s*(?:[-–—•▪*]|\d{1,2}[.)]|[a-z]\))\s+")
_OPENS_LIST = re.compile(r":\s*(?:[-–—•▪*]|1[.)]|a\))\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with where it stands; a list keeps its items with it."""

    text: str
    begin: int
    end: int
    heading: str
    intro: str = ""
    items: tuple[str, ...] = ()


def sentences(text: str) -> list[Sentence]:
    """All sentences in order, each under the sub-heading it stands below."""
    found: list[Sentence] = []
    heading, position = "", 0
    for match in (*_accepted_headings(text), None):
        end = match.start(1) if match else len(text)
        found.extend(_sentences_in(text, position, end, heading))
        if match:
            heading, position = match.group(1), match.end()
    return found


def _accepted_headings(text: str) -> list[re.Match[str]]:
    """A sub-heading inside a paragraph counts only after a finished sentence."""
    return [m for m in _HEADING.finditer(text) if _sign_before(text, m.start(1)) in ".;:!?"]


def _sign_before(text: str, place: int) -> str:
    """The last sign that is not a space; empty at the start of the text."""
    while place and text[place - 1].isspace():
        place -= 1
    return text[place - 1] if place else ""


def _sentences_in(text: str, begin: int, end: int, heading: str) -> list[Sentence]:
    found = []
    position = begin
    for match in _END.finditer(text, begin, end):
        if _is_abbreviation(text, match.start()):
            continue
        found.append(_sentence(text, position, match.end(), heading))
        position = match.end()
    if text[position:end].strip():
        found.append(_sentence(text, position, end, heading))
    return [sentence for sentence in found if sentence.text]


def _is_abbreviation(text: str, dot: int) -> bool:
    word = text[max(0, dot - 12) : dot].rpartition(" ")[2].lstrip('(„"')
    return word.casefold() in ABBREVIATIONS


def _sentence(text: str, begin: int, end: int, heading: str) -> Sentence:
    piece = text[begin:end].strip()
    opening = _OPENS_LIST.search(piece)
    if opening is None:
        return Sentence(piece, begin, end, heading)
    intro = piece[: opening.start()]
    rest = piece[opening.start() + 1 :]
    return Sentence(piece, begin, end, heading, intro, tuple(_items(rest)))


def _items(rest: str) -> list[str]:
    """Dash items; a dash inside brackets or after a word is part of its item."""
    cuts = [match for match in _MARK.finditer(rest) if _outside_brackets(rest, match.start())]
    ends = [match.start() for match in cuts[1:]] + [len(rest)]
    pieces = (rest[cut.end() : end] for cut, end in zip(cuts, ends, strict=True))
    return [strip_terminator(piece.strip()) for piece in pieces if piece.strip()]


def _outside_brackets(text: str, place: int) -> bool:
    return text.count("(", 0, place) <= text.count(")", 0, place)
