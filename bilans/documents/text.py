"""What a text may hold before it enters a document."""

import re

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters XML 1.0 forbids or discourages: a rendering that drops them alone would differ."""

_DIRECTION_OVERRIDES = re.compile("[\u202d\u202e]")
"""They make a line read otherwise than it is stored; a signed text must not do that."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: object) -> str:
    """Return the text as every rendering can carry it; cleaning twice changes nothing.

    Line ends of any kind become one line feed, a tab becomes a space, blank edges go.
    A lazily translated string is settled in the language that is active now.
    """
    settled = _LINE_ENDS.sub("\n", str(text)).replace("\t", " ")
    settled = _DIRECTION_OVERRIDES.sub("", _FORBIDDEN.sub("", settled))
    return settled.strip()


def lines_of(text: str) -> list[str]:
    """Split a text at its line feeds; blank lines are left out."""
    return [line.strip() for line in text.split("\n") if line.strip()]
