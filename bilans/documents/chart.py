"""How strong the evidence of each statement is: one picture, and the table with its numbers.

Plain SVG with presentation attributes (the content policy forbids styles). A bar is told from
another by its length, its pattern and the word at its end, never by colour alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilans.documents.text import clean
from bilans.documents.tree import Figure, Language, Table

INK, TEAL, SOFT = "#1c2b2b", "#0f5c5c", "#e1efec"
WIDTH, LABELS, BAR, STEP = 640, 262, 17, 62
"""Units of the picture: whole width, room for the labels, thickness of a bar, one level."""

ROOM, MOST_LINES, LINE = 19.4, 4, 16
"""A label's line is so many ems wide; a label has so many lines; a line is so high."""

_EMS = {
    0.27: "iljłI.,:;'!|()[] ",
    0.37: 'rft-„”"',
    0.46: "csśzźżćJ/",
    0.8: "mwNŃDHOÓGQU@%&…—",
    1.0: "MW",
}
"""Widths of Lato's letters; those not named take a little over half an em."""

_WIDTHS = {letter: width for width, letters in _EMS.items() for letter in letters}
_WHOLE_EMS = "\u2e80"
"""From here on live the scripts whose letters take a whole em, and pictures."""


class Strength(StrEnum):
    """Strength of the evidence behind a statement, weakest last."""

    STRONG = "strong"
    SUFFICIENT = "sufficient"
    WEAK = "weak"
    DECLARED = "declared"

    @property
    def level(self) -> int:
        """1 for what is only declared, 4 for strong evidence."""
        return len(Strength) - list(Strength).index(self)

    @property
    def word(self) -> str:
        return {
            Strength.STRONG: _("strong"),
            Strength.SUFFICIENT: _("sufficient"),
            Strength.WEAK: _("weak"),
            Strength.DECLARED: _("declaration only"),
        }[self]


_STRIPES = {Strength.SUFFICIENT: (5, 2.0), Strength.WEAK: (12, 1.5)}
"""Between strong (solid) and declared (empty): how far apart and how thick the stripes are."""


@dataclass(frozen=True)
class EvidenceRow:
    """A statement's number and text, the strength of its evidence, and how many sources it has."""

    number: str
    label: str
    strength: Strength
    sources: int


def evidence_strength(
    rows: Sequence[EvidenceRow], *, language: Language = "pl"
) -> tuple[Figure, Table]:
    """Return the chart and the table with the same numbers, to stand one below the other."""
    return (
        evidence_strength_figure(rows, language=language),
        evidence_strength_table(rows, language=language),
    )


def evidence_strength_figure(rows: Sequence[EvidenceRow], *, language: Language = "pl") -> Figure:
    with translation.override(language):
        return Figure(
            svg=_picture(rows, ink=INK),
            alt=_alternative(rows),
            caption=_("Strength of evidence, statement by statement"),
        )


def evidence_strength_table(rows: Sequence[EvidenceRow], *, language: Language = "pl") -> Table:
    with translation.override(language):
        return Table(
            caption=_("The same in numbers"),
            head=(_("No."), _("Statement"), _("Strength of evidence"), _("Number of sources")),
            rows=[
                (
                    row.number,
                    row.label,
                    f"{row.strength.level} – {row.strength.word}",
                    str(row.sources),
                )
                for row in rows
            ],
            widths=(1, 7, 3, 2),
        )


def evidence_strength_svg(
    rows: Sequence[EvidenceRow], *, language: Language = "pl", on_screen: bool = False
) -> str:
    """Return the picture alone; on screen its ink is the page's, so it lives in the dark too."""
    with translation.override(language):
        return _picture(rows, ink="" if on_screen else INK)


def _alternative(rows: Sequence[EvidenceRow]) -> str:
    counts = (
        f"{strength.word} – {sum(row.strength is strength for row in rows)}"
        for strength in Strength
    )
    return _(
        "Bar chart of %(statements)s. Strength of evidence: %(counts)s."
        " The same data stand in the table."
    ) % {
        "statements": ngettext("%(count)d statement", "%(count)d statements", len(rows))
        % {"count": len(rows)},
        "counts": ", ".join(counts),
    }


def _picture(rows: Sequence[EvidenceRow], *, ink: str) -> str:
    parts: list[str] = []
    top = 34
    for row in rows:
        lines = wrapped(f"{row.number}. {row.label}" if row.number else row.label)
        height = max(len(lines) * LINE, BAR) + 16
        parts.extend(_row(row, lines, top=top, height=height))
        top += height
    colour = f' color="{ink}"' if ink else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 6}"{colour}'
        ' font-family="Lato, Liberation Sans, Arial, sans-serif" font-size="13">'
        + "".join(_scale(top))
        + "".join(parts)
        + "</svg>"
    )


def _scale(bottom: int) -> Iterator[str]:
    for level in range(5):
        x = LABELS + level * STEP
        opacity = "0.55" if level == 0 else "0.16"
        yield (
            f'<line x1="{x}" y1="26" x2="{x}" y2="{bottom}" stroke="currentColor"'
            f' stroke-opacity="{opacity}"/>'
        )
        if level:
            yield (
                f'<text x="{x}" y="17" font-size="12" text-anchor="middle" fill="currentColor"'
                f' fill-opacity="0.8">{level}</text>'
            )


def _row(row: EvidenceRow, lines: list[str], *, top: int, height: int) -> Iterator[str]:
    middle = top + height / 2
    first = middle - (len(lines) - 1) * LINE / 2 + 4.5
    for place, line in enumerate(lines):
        yield (
            f'<text x="{LABELS - 12}" y="{first + place * LINE:.1f}" text-anchor="end"'
            f' fill="currentColor">{escape(line)}</text>'
        )
    length = row.strength.level * STEP
    yield from _bar(row.strength, x=LABELS, y=middle - BAR / 2, length=length)
    yield (
        f'<text x="{LABELS + length + 9}" y="{middle + 4.5:.1f}" font-weight="700"'
        f' fill="currentColor">{escape(row.strength.word)}</text>'
    )


def _bar(strength: Strength, *, x: float, y: float, length: float) -> Iterator[str]:
    """Solid, striped, sparsely striped or a dashed outline: told apart without colour."""
    fill = TEAL if strength is Strength.STRONG else "none"
    dashes = ' stroke-dasharray="4 3"' if strength is Strength.DECLARED else ""
    yield (
        f'<rect class="doc-bar doc-bar--{strength}" x="{x}" y="{y:.1f}" width="{length}"'
        f' height="{BAR}" rx="2" fill="{fill}" stroke="{TEAL}" stroke-width="1.5"{dashes}/>'
    )
    if strength in _STRIPES:
        gap, thickness = _STRIPES[strength]
        yield (
            f'<path class="doc-stripes" d="{_stripes(x, y, length, gap)}" fill="none"'
            f' stroke="{TEAL}" stroke-width="{thickness}"/>'
        )


def _stripes(x: float, y: float, length: float, gap: int) -> str:
    """Draw slanted lines cut at the bar's edges; a pattern fill would need an id."""
    pieces = []
    for start in range(gap, int(length) + BAR, gap):
        left, right = max(0, start - BAR), min(start, length)
        pieces.append(
            f"M{x + right:.1f} {y + start - right:.1f}L{x + left:.1f} {y + start - left:.1f}"
        )
    return "".join(pieces)


def ems(text: str) -> float:
    """Return about how wide a text is in Lato, whatever its size."""
    return sum(_WIDTHS.get(letter, 0.57 if letter < _WHOLE_EMS else 1.0) for letter in text)


def wrapped(label: str) -> list[str]:
    """Break a label into lines; a word longer than a line is cut, a longer label is shortened."""
    lines = [""]
    for word in _pieces(clean(label)):
        longer = f"{lines[-1]} {word}".strip()
        if ems(longer) <= ROOM:
            lines[-1] = longer
        else:
            lines.append(word)
    lines = [line for line in lines if line] or [""]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1].rsplit(" ", 1)[0] + " …"]
    return lines


def _pieces(label: str) -> Iterator[str]:
    """Yield the words, and of a word wider than a line its parts."""
    for word in label.split():
        part = ""
        for letter in word:
            if ems(part + letter) > ROOM:
                yield part
                part = ""
            part += letter
        yield part
