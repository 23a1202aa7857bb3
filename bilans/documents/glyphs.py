"""Which characters the fonts we ship can draw, and what stands for one that nothing can draw."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILIES = ("Lato", "DejaVu Sans")
"""Drawn first to last; both lie in the folder, so a document looks the same everywhere."""

_INVISIBLE = frozenset([0x0A, 0x20, 0xA0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_INVISIBLE_RANGES = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Spaces, joiners and variation selectors: no font needs a shape for them."""


_SEGMENTS, _GROUPS = 4, 12
"""Forms of the table: all last codes, a pad, all first codes; groups of first, last, glyph."""


@cache
def drawable() -> frozenset[int]:
    """Return the code points our fonts cover."""
    covered: set[int] = set(_INVISIBLE)
    for name in ("Lato-Regular.ttf", "DejaVuSans.ttf"):
        covered.update(_code_points((FONTS / name).read_bytes()))
    for span in _INVISIBLE_RANGES:
        covered.update(span)
    return frozenset(covered)


def undrawable(text: str) -> set[str]:
    """Return the characters of the text that our fonts cannot draw."""
    return {letter for letter in set(text) if ord(letter) not in drawable()}


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
