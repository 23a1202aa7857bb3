"""Polish words compared the way people expect: folded for search, ordered for lists.

The database knows neither (its server is built without ICU), so both rules stand here.
"""

import unicodedata

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_RANK = {letter: place for place, letter in enumerate(_ALPHABET)}
_BEYOND = len(_ALPHABET)


def fold(text: str) -> str:
    """Reduce a text to what a search compares: no diacritics, no case, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def sort_key(text: str) -> tuple[list[tuple[int, int]], str]:
    """Order as in a Polish dictionary: ą after a, ł after l, ż last; digits first."""
    key = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        if char in _RANK:
            key.append((1, _RANK[char]))
        elif char.isdigit():
            key.append((0, ord(char)))
        elif char.isalpha():
            base = unicodedata.normalize("NFD", char)[0]
            key.append((1, _RANK.get(base, _BEYOND + ord(char))))
    return key, text
