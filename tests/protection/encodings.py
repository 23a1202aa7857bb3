"""A word in every shape in which it could lie somewhere by mistake."""

import base64
import json
from urllib.parse import quote, quote_plus

from bilans.collation import fold


def shapes(word: str) -> dict[str, set[bytes]]:
    """Every way of writing a word down, by the name of the encoding."""
    plain = {word, word.lower(), word.upper(), fold(word)}
    return {
        "utf-8": {each.encode() for each in plain},
        "utf-16": {each.encode(code) for each in plain for code in ("utf-16-le", "utf-16-be")},
        "one byte": {
            each.encode(code, "ignore") for each in plain for code in ("cp1250", "iso8859-2")
        },
        "hex": {
            digits.encode()
            for each in plain
            for digits in (each.encode().hex(), each.encode().hex().upper())
        },
        "base64": {part for each in plain for part in _base64(each.encode())},
        "json": {json.dumps(each)[1:-1].encode() for each in plain},
        "address": {code(each).encode() for each in plain for code in (quote, quote_plus)},
        "reversed": {each[::-1].encode() for each in plain},
    }


def _base64(word: bytes) -> set[bytes]:
    """The inner part of the word's base64 at each of the three offsets, both alphabets."""
    found = set()
    for offset in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            inner = encode(bytes(offset) + word)
            found.add(inner[(offset * 4 + 2) // 3 : -4])
    return found


def found_in(heap: bytes, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Words that lie in the bytes, with the encoding they lie there in."""
    return [
        (word, name)
        for word in words
        for name, forms in shapes(word).items()
        if any(form in heap for form in forms)
    ]
