"""Turn the bytes of a file into numbered lines, or say why that cannot be done.

Nothing is dropped here: every line of the file gets a number and keeps its raw
text. What is repaired (wrong decoding, byte-order mark, odd spaces) is repaired in
:attr:`Line.text` only, and reported.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 12 * 1024 * 1024
"""Larger files are refused before they are read; the longest known document is 25 KB."""

MAX_LINES = 200_000

LONG_LINE = 4_000
"""Beyond this many characters a line is text, never a heading, marker or noise."""

POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_ODD_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000\ufeff]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\u2029\x85]")
_CONTAINERS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "DOCX/ZIP",
    b"\xd0\xcf\x11\xe0": "DOC",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
}
_SUSPICIOUS = 3
_C0, _C1 = range(32), range(0x7F, 0xA0)
_MOJIBAKE = re.compile("[ÄÅĂĹÃ][\u0080-\u00bf\u0100-\u024f\u2010-\u2122]|[贸偶艂膮臋]")


class Unreadable(Exception):
    """The file cannot be turned into lines; ``code`` is the verdict, ``words`` explain it."""

    def __init__(self, code: str, **words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words: dict[str, Any] = words


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: ``raw`` as it stands, ``text`` ready to compare."""

    no: int
    raw: str
    text: str

    @property
    def blank(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class SourceText:
    sha256: str
    lines: tuple[Line, ...]
    decoding: str
    repairs: tuple[str, ...] = field(default=())


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_lines(data: bytes) -> SourceText:
    """Decode and number the lines.

    Raises:
        Unreadable: empty, too large, a container of another kind, or not text at all.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable("empty")
    if len(data) > MAX_BYTES or data.count(b"\n") > MAX_LINES:
        raise Unreadable("too_large")
    for magic, name in _CONTAINERS.items():
        if data.startswith(magic):
            raise Unreadable("file_type_not_readable", type=name)
    text, decoding, repairs = _decode(data)
    return SourceText(
        sha256=sha256_of(data),
        lines=number_lines(text),
        decoding=decoding,
        repairs=tuple(repairs),
    )


def number_lines(text: str) -> tuple[Line, ...]:
    pieces = _LINE_END.split(text)
    if pieces and not pieces[-1]:
        pieces.pop()
    return tuple(Line(no, raw, tidy(raw)) for no, raw in enumerate(pieces, start=1))


def tidy(raw: str) -> str:
    """One line in the form everything compares: NFC, plain single spaces, no marks of layout."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", raw))
    text = _ODD_SPACES.sub(" ", text).strip().replace("**", "")
    if text.startswith("#"):
        text = text.lstrip("#").lstrip()
    return text


def _decode(data: bytes) -> tuple[str, str, list[str]]:
    text, decoding = _first_decoding(data)
    repairs = []
    if decoding not in {"utf-8", "utf-8-sig"}:
        repairs.append("decoding")
    repaired = _undo_wrong_decoding(text)
    if repaired is not None:
        text = repaired
        repairs.append("wrong-decoding-repaired")
    if _is_garbage(text):
        raise Unreadable("not_text")
    if repaired is not None:
        return text, decoding, repairs
    if len(_MOJIBAKE.findall(text)) >= _SUSPICIOUS or text.count("\ufffd"):
        repairs.append("wrong-decoding-suspected")
    return text, decoding, repairs


def _first_decoding(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise Unreadable("not_text") from error
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = []
    for codec in ("cp1250", "iso8859-2"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        candidates.append((_polish_score(text), codec, text))
    if not candidates:
        raise Unreadable("not_text")
    _score, codec, text = max(candidates, key=lambda found: found[0])
    return text, codec


def _polish_score(text: str) -> int:
    """Polish letters, less the signs that only a wrong table puts inside words."""
    wrong = sum(1 for sign in text if sign in "ˇ¦¬±¶Ľľšžťˇ" or ord(sign) in _C1)
    return sum(1 for sign in text if sign in POLISH) - 2 * wrong


def _is_garbage(text: str) -> bool:
    control = sum(1 for sign in text if ord(sign) in _C0 and sign not in "\t\n\r\f\v")
    control += sum(1 for sign in text if ord(sign) in _C1 and sign != "\x85")
    return control * 200 > len(text)


def _undo_wrong_decoding(text: str) -> str | None:
    """Polish UTF-8 that somebody read with another table and saved again."""
    if len(_MOJIBAKE.findall(text)) < _SUSPICIOUS:
        return None
    before = sum(1 for sign in text if sign in POLISH)
    for codec in ("cp1252", "cp1250", "gbk"):
        data = _encode_loosely(text, codec)
        if data is None:
            continue
        try:
            repaired = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if sum(1 for sign in repaired if sign in POLISH) > before:
            return repaired
    return None


def _encode_loosely(text: str, codec: str) -> bytes | None:
    """Encode; signs U+0080–U+009F that the table leaves out stand for their own byte."""
    table: dict[str, bytes | None] = {}
    parts = []
    for sign in text:
        if sign not in table:
            try:
                table[sign] = sign.encode(codec)
            except UnicodeEncodeError:
                table[sign] = bytes([ord(sign)]) if ord(sign) in _C1 else None
        part = table[sign]
        if part is None:
            return None
        parts.append(part)
    return b"".join(parts)
