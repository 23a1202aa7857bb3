"""What a file really is: extension, declared type and content must agree.

Looks only at the first and the last bytes, which the upload keeps while it is sealed, so a
file is never held whole and never lies open on the disk.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

HEAD_BYTES = 4 * 1024
TAIL_BYTES = 256 * 1024
"""Enough for the directory of an office file with 2,000 parts."""

MAX_PARTS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
"""Bounds of an honest office file; packing bombs reach ratios above 1,000."""

_UNDECLARED = frozenset({"", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Ends:
    """The beginning and the end of a file; they overlap in a small one."""

    head: bytes
    tail: bytes
    size: int


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file that is accepted, and how it is recognised.

    ``fault`` returns the code of what is wrong inside, or nothing.
    """

    name: str
    label: str
    media_type: str
    extensions: frozenset[str]
    begins: Callable[[bytes], bool]
    fault: Callable[[Ends], str]
    also_declared: frozenset[str] = frozenset()


def kind_of(name: str, allowed: frozenset[str]) -> FileKind | None:
    """Find the allowed kind a file's name promises."""
    extension = PurePosixPath(name).suffix.lower()
    return next(
        (kind for kind in KINDS if kind.name in allowed and extension in kind.extensions), None
    )


def fault_of(kind: FileKind, declared: str, ends: Ends) -> str:
    """Return the code of the first disagreement, or nothing when the file is what it says."""
    declared = declared.partition(";")[0].strip().lower()
    if declared not in {kind.media_type, *kind.also_declared, *_UNDECLARED}:
        return "file_mislabelled"
    if not kind.begins(ends.head):
        return "file_mislabelled"
    return kind.fault(ends)


# -- PDF, pictures -------------------------------------------------------------------


def _pdf_fault(ends: Ends) -> str:
    if b"%%EOF" not in ends.tail[-1024:] or b"startxref" not in ends.tail[-2048:]:
        return "file_damaged"
    return "file_encrypted" if b"/Encrypt" in ends.tail else ""


def _jpeg_fault(ends: Ends) -> str:
    end = ends.tail.rfind(b"\xff\xd9")
    if end < 0:
        return "file_damaged"
    # a preview inside a broken picture has an end of its own, before the picture's data begin
    whole = ends.size == len(ends.tail)
    return "file_damaged" if whole and end < ends.tail.rfind(b"\xff\xda") else ""


def _png_begins(head: bytes) -> bool:
    return head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR"


def _png_fault(ends: Ends) -> str:
    return "" if b"IEND\xaeB`\x82" in ends.tail else "file_damaged"


# -- office files: zip archives with a directory at the end -----------------------------


def _office(*required: str) -> Callable[[Ends], str]:
    def fault(ends: Ends) -> str:
        parts = _zip_parts(ends)
        if parts is None:
            return "file_damaged"
        if _is_hostile(parts, ends.size):
            return "file_unsafe"
        return "" if set(required) <= {part.name for part in parts} else "file_mislabelled"

    return fault


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    packed: int
    unpacked: int


def _zip_parts(ends: Ends) -> list[_Part] | None:
    """Read the archive's directory from its end; ``None`` when there is none whole."""
    tail, start = ends.tail, ends.size - len(ends.tail)
    record = tail.rfind(b"PK\x05\x06")
    if record < 0 or len(tail) < record + 22:
        return None
    count, length, offset = struct.unpack_from("<HII", tail, record + 10)
    place = offset - start
    if place < 0 or place + length > record:
        return None
    parts = []
    for _number in range(min(count, MAX_PARTS + 1)):
        if tail[place : place + 4] != b"PK\x01\x02" or len(tail) < place + 46:
            return None
        packed, unpacked = struct.unpack_from("<II", tail, place + 20)
        name_length, extra, comment = struct.unpack_from("<HHH", tail, place + 28)
        name = tail[place + 46 : place + 46 + name_length].decode("utf-8", "replace")
        parts.append(_Part(name, packed, unpacked))
        place += 46 + name_length + extra + comment
    return parts


def _is_hostile(parts: list[_Part], size: int) -> bool:
    total = sum(part.unpacked for part in parts)
    if len(parts) > MAX_PARTS or total > min(MAX_UNPACKED, max(size, 1) * MAX_RATIO):
        return True
    return any(
        ".." in PurePosixPath(part.name).parts
        or part.name.startswith("/")
        or part.name.lower().endswith("vbaproject.bin")
        for part in parts
    )


def _starts_zip(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


_ODT = b"application/vnd.oasis.opendocument.text"

KINDS: tuple[FileKind, ...] = (
    FileKind(
        "pdf", "PDF", "application/pdf", frozenset({".pdf"}),
        lambda head: head.startswith(b"%PDF-"), _pdf_fault, frozenset({"application/x-pdf"}),
    ),
    FileKind(
        "jpeg", "JPEG", "image/jpeg", frozenset({".jpg", ".jpeg"}),
        lambda head: head.startswith(b"\xff\xd8\xff"), _jpeg_fault,
        frozenset({"image/jpg", "image/pjpeg"}),
    ),
    FileKind("png", "PNG", "image/png", frozenset({".png"}), _png_begins, _png_fault),
    FileKind(
        "docx", "DOCX",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        frozenset({".docx"}), _starts_zip, _office("[Content_Types].xml", "word/document.xml"),
    ),
    FileKind(
        "xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        frozenset({".xlsx"}), _starts_zip, _office("[Content_Types].xml", "xl/workbook.xml"),
    ),
    FileKind(
        "odt", "ODT", _ODT.decode(), frozenset({".odt"}),
        lambda head: _starts_zip(head) and _ODT in head[:200],
        _office("mimetype", "content.xml", "META-INF/manifest.xml"),
    ),
)  # fmt: skip

SCANS = frozenset({"pdf", "jpeg", "png"})
"""What a scan or a photograph of a paper may be."""

EVIDENCE = frozenset(kind.name for kind in KINDS)
"""What evidence may be; programs, pages and pictures that can run are refused."""
