"""Which characters our fonts can draw, and what stands for one that nothing can draw.

Lato comes from an installed package, the others are part of Typst: no file of the machine.
"""

import struct
import tempfile
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Literal

import fontpkg_lato
import typst

FONTS = fontpkg_lato.ROOT / "files"
FAMILIES = ("Lato", "DejaVu Sans Mono", "Libertinus Serif")
"""Drawn first to last: Lato for every word, the two inside Typst for signs and further scripts."""

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
"""What our PDFs keep to; both refuse a letter that no font draws."""

IN_ITS_PLACE = "□"
"""Stands in a picture for a letter Lato lacks: the words are whole in the table below it."""

_INVISIBLE = frozenset([0x0A, 0x20, 0xA0, 0xAD, 0x2011, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_INVISIBLE_RANGES = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Spaces, joiners, variation selectors: no shape needed; an unbreaking hyphen borrows one."""


_SEGMENTS, _GROUPS = 4, 12
"""Forms of the table: all last codes, a pad, all first codes; groups of first, last, glyph."""


@cache
def fonts(*, of_the_machine: bool) -> typst.Fonts:
    """Return our fonts for Typst, or these and whatever the machine has."""
    return typst.Fonts(
        include_system_fonts=of_the_machine,
        include_embedded_fonts=True,
        font_paths=[str(FONTS)],
    )


@cache
def in_lato() -> frozenset[int]:
    """Return the code points of Lato, and those that need no shape."""
    covered = set(_INVISIBLE).union(*_INVISIBLE_RANGES)
    covered.update(_code_points((FONTS / "Lato-Regular.ttf").read_bytes()))
    return frozenset(covered)


def undrawable(text: str) -> set[str]:
    """Return the characters of the text that our fonts cannot draw."""
    return {letter for letter in _beyond_lato(text) if not _typst_draws(letter)}


def for_picture(text: str) -> str:
    """Put an empty square in the place of each letter that Lato alone cannot draw."""
    return text.translate({ord(letter): IN_ITS_PLACE for letter in _beyond_lato(text)})


def _beyond_lato(text: str) -> set[str]:
    return {letter for letter in set(text) if ord(letter) not in in_lato()}


@cache
def _typst_draws(letter: str) -> bool:
    """Ask Typst, for the fonts inside it have no file to read."""
    with tempfile.TemporaryDirectory(prefix="bilans-empty-") as empty:
        try:
            typst.compile(  # type: ignore[call-overload]  # its stub wants the root as bytes
                b'#set document(title: "-")\n#sys.inputs.letter',
                root=empty,
                font_paths=fonts(of_the_machine=False),
                format="pdf",
                sys_inputs={"letter": letter},
                pdf_standards=STANDARDS,
            )
        except typst.TypstError:
            return False
    return True


def spelt_out(text: str, letters: set[str]) -> str:
    """Put the name of each of these letters where it stands: nothing written may vanish."""
    names = {
        ord(letter): f"[{unicodedata.name(letter, f'U+{ord(letter):04X}')}]" for letter in letters
    }
    return text.translate(names)


def _code_points(font: bytes) -> Iterator[int]:
    """Read the code points out of a TrueType file (OpenType specification, table ``cmap``)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for entry in range(tables):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * entry)
        if tag == b"cmap":
            subtables = struct.unpack_from(">H", font, offset + 2)[0]
            for place in range(subtables):
                inner = struct.unpack_from(">I", font, offset + 4 + 8 * place + 4)[0]
                yield from _subtable(font, offset + inner)


def _subtable(font: bytes, at: int) -> Iterator[int]:
    kind = struct.unpack_from(">H", font, at)[0]
    if kind == _GROUPS:
        groups = struct.unpack_from(">I", font, at + 12)[0]
        for group in range(groups):
            first, last, _glyph = struct.unpack_from(">III", font, at + 16 + 12 * group)
            yield from range(first, last + 1)
    elif kind == _SEGMENTS:
        segments = struct.unpack_from(">H", font, at + 6)[0] // 2
        lasts = struct.unpack_from(f">{segments}H", font, at + 14)
        firsts = struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
