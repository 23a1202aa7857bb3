"""Whatever the file is, the answer is a verdict, and the ledger adds up."""

import time
import tracemalloc
from collections.abc import Callable

import pytest

from bilans.catalogue.importer.read import Reading, read
from tests.catalogue.printouts import lettered
from tests.require import sources

LONG = 100_000


def official() -> bytes:
    return (sources() / "004_1867f05c87620b3a.txt").read_bytes()


def after_first_label(text: str) -> bytes:
    head, label, tail = official().decode().partition("Kryteria weryfikacji:")
    return f"{head}{label}\n{text}{tail}".encode()


def counts(reading: Reading) -> tuple[int, ...]:
    assert reading.document is not None
    return tuple(len(s["outcomes"]) for s in reading.document["qualification"]["sets"])


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "only blank lines": (lambda: b"\n \r\n\t\n", "empty"),
    "random bytes": (lambda: bytes(range(256)) * 400, "not_text"),
    "text with zero bytes": (lambda: official().replace(b"a", b"\0"), "not_text"),
    "a pdf": (lambda: b"%PDF-1.7\n" + b"x" * 500, "file_type_not_readable"),
    "a docx": (lambda: b"PK\x03\x04" + b"x" * 500, "file_type_not_readable"),
    "prose": (lambda: "Zażółć gęślą jaźń. ".encode() * 200, "not_recognised"),
    "5 MB of words": (lambda: b"ala ma kota " * 430_000, "not_recognised"),
    "a million lines": (lambda: b"a. x\n" * 1_000_000, "too_large"),
    "13 MB": (lambda: b"x" * 13_000_000, "too_large"),
    "the whole on one line": (lambda: official().replace(b"\n", b" ") * 200, "not_recognised"),
    "without its sets": (lambda: official().partition(b"Zestawy efekt")[0], "incomplete"),
    "cut in a criterion": (lambda: official()[:18_000], "incomplete"),
    "100 copies in one file": (lambda: official() * 100, "incomplete"),
}


@pytest.mark.parametrize(("make", "verdict"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_gets_a_verdict_soon(make: Callable[[], bytes], verdict: str) -> None:
    data = make()
    started = time.monotonic()

    reading = read(data, file="x")

    assert reading.verdict == verdict
    assert reading.refused
    assert any(item["severity"] == "blocker" and item["question"] for item in reading.review)
    assert sum(n for s, n in reading.ledger.items() if s != "total") == reading.ledger["total"]
    assert time.monotonic() - started < 60


UNUSUAL: dict[str, Callable[[], bytes]] = {
    "windows line ends": lambda: official().replace(b"\n", b"\r\n"),
    "old mac line ends": lambda: official().replace(b"\n", b"\r"),
    "byte order mark": lambda: b"\xef\xbb\xbf" + official(),
    "utf-16": lambda: official().decode().encode("utf-16"),
    "cp1250": lambda: official().decode().replace("г", "r").encode("cp1250"),
    "iso-8859-2": lambda: _latin2(official().decode()),
    "read as cp1252 and saved": lambda: official().decode("latin-1").encode(),
    "no-break spaces": lambda: official().decode().replace(" w ", " w\u00a0").encode(),
    "decomposed letters": lambda: _decomposed(official().decode()),
    "soft hyphens": lambda: official().decode().replace("proces", "pro\u00adces").encode(),
    "no blank lines": lambda: b"\n".join(line for line in official().split(b"\n") if line.strip()),
}


def _latin2(text: str) -> bytes:
    for sign, plain in (("г", "r"), ("„", '"'), ("”", '"'), ("“", '"'), ("–", "-")):
        text = text.replace(sign, plain)
    return text.encode("iso8859-2")


def _decomposed(text: str) -> bytes:
    import unicodedata

    return unicodedata.normalize("NFD", text).encode()


@pytest.mark.parametrize("make", UNUSUAL.values(), ids=UNUSUAL)
def test_an_unusual_encoding_or_layout_changes_no_text(make: Callable[[], bytes]) -> None:
    plain = read(official(), file="a")
    odd = read(make(), file="a")

    assert plain.document is not None
    assert odd.document is not None
    wanted, got = (
        [
            (o["title"], [c["text"].replace("–", "-") for c in o["criteria"]])
            for s in reading.document["qualification"]["sets"]
            for o in s["outcomes"]
        ]
        for reading in (plain, odd)
    )
    assert got == wanted


@pytest.mark.parametrize(
    "line",
    [
        "b. " + "omawia zasady " * (LONG // 14),
        "." * LONG,
        "x" * LONG,
        "(" * LONG,
        "- 1) a. " * 12_500,
    ],
    ids=["words", "dots", "one word", "brackets", "markers"],
)
def test_a_line_of_100_000_signs_is_read_quickly_and_flagged(line: str) -> None:
    started = time.monotonic()

    reading = read(after_first_label(line), file="a")

    assert time.monotonic() - started < 10
    assert counts(reading) == (4, 4, 3)
    assert reading.document is not None
    first = reading.document["qualification"]["sets"][0]["outcomes"][0]
    assert first["confidence"] == "check"


def test_a_repaired_decoding_is_reported() -> None:
    codes = {item["code"] for item in read(UNUSUAL["cp1250"](), file="a").review}
    assert "decoding" in codes
    codes = {item["code"] for item in read(UNUSUAL["read as cp1252 and saved"](), file="a").review}
    assert "wrong-decoding-repaired" in codes


def test_letters_lost_for_good_block_publication() -> None:
    torn = official().decode().replace("ą", "Ä?").replace("ł", "Å‚").encode()

    reading = read(torn, file="a")

    assert "wrong-decoding-suspected" in {item["code"] for item in reading.blockers}


def test_memory_stays_bounded() -> None:
    data = official() * 100
    tracemalloc.start()

    read(data, file="a")

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300 * 2**20


def test_the_same_bytes_give_the_same_answer() -> None:
    assert read(lettered(3), file="a").as_dict() == read(lettered(3), file="a").as_dict()
