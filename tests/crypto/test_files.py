"""Files in segments: whole and in order, or not at all; nothing plain on the disk."""

import errno
import os
from types import SimpleNamespace

import pytest
from django.conf import settings

from bilans.crypto import files
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.crypto.files import SEGMENT, SealedReader, SealedWriter, stored_path
from bilans.crypto.keys import key_ring
from bilans.errors import SealBroken
from tests.crypto.fixed import CASE, named

pytestmark = pytest.mark.django_db

HEAD = 10
STEP = SEGMENT + 16
FILE = named("file")
WORDS = "świadectwo pracy Żółkiewskiej ".encode()


@pytest.fixture(autouse=True)
def ring(keys_folder):
    with key_ring() as ring:
        yield ring


def _store(content, *, file_id=FILE, scope=CASE, chunk=None):
    writer = SealedWriter(file_id=file_id, scope=scope)
    for start in range(0, len(content), chunk or max(len(content), 1)):
        writer.write(content[start : start + (chunk or len(content))])
    writer.finish()
    return stored_path(file_id)


def _read(file_id=FILE, scope=CASE):
    return SealedReader(file_id=file_id, scope=scope).read()


def _segments(path):
    blob = path.read_bytes()
    return blob[:HEAD], [blob[n : n + STEP] for n in range(HEAD, len(blob), STEP)]


def _refused(path, blob):
    path.write_bytes(blob)
    try:
        _read()
    except SealBroken:
        return True
    return False


@pytest.mark.parametrize("chunk", [None, 1000, SEGMENT, SEGMENT + 1])
@pytest.mark.parametrize("size", [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 200_001])
def test_a_file_comes_back_as_it_was(size, chunk):
    content = os.urandom(size)
    _store(content, chunk=chunk)

    assert _read() == content


def _left():
    return [path for path in settings.BILANS_FILES.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, SEGMENT, SEGMENT + 1])
def test_a_file_grows_by_its_head_and_a_tag_a_segment(size):
    path = _store(b"a" * size)

    assert path.stat().st_size == HEAD + size + 16 * max(1, -(-size // SEGMENT))


def test_a_file_cut_anywhere_near_an_edge_does_not_open():
    path = _store(os.urandom(3 * SEGMENT + 100))
    blob = path.read_bytes()
    edges = [0, *range(HEAD, len(blob), STEP), len(blob)]
    cuts = {edge + near for edge in edges for near in (-17, -16, -1, 0, 1, 16, 17)}

    opened = [cut for cut in cuts if 0 <= cut < len(blob) and not _refused(path, blob[:cut])]

    assert opened == []


def test_segments_in_another_order_do_not_open():
    path = _store(os.urandom(4 * SEGMENT))
    head, (one, two, three, four) = _segments(path)
    foreign_path = _store(os.urandom(4 * SEGMENT), file_id=named("another"))
    foreign = _segments(foreign_path)[1]
    arrangements = {
        "swapped": [two, one, three, four],
        "repeated": [one, one, two, three, four],
        "left out": [one, three, four],
        "without the first": [two, three, four],
        "without the last": [one, two, three],
        "last twice": [one, two, three, four, four],
        "last first": [four, one, two, three],
        "something appended": [one, two, three, four, b"\x00"],
        "a tag's length appended": [one, two, three, four, bytes(16)],
        "another file's segment": [one, foreign[1], three, four],
        "another file's end": [one, two, three, foreign[3]],
        "nothing": [],
    }

    opened = [
        name for name, parts in arrangements.items() if not _refused(path, head + b"".join(parts))
    ]

    assert opened == []


def test_every_bit_of_the_head_is_bound():
    path = _store(b"x" * 100)
    blob = path.read_bytes()

    opened = [
        (place, bit)
        for place in range(HEAD)
        for bit in range(8)
        if not _refused(path, blob[:place] + bytes([blob[place] ^ 1 << bit]) + blob[place + 1 :])
    ]

    assert opened == []


@pytest.mark.parametrize("place", [HEAD, HEAD + 50, -17, -16, -1])
def test_one_bit_of_the_content_is_noticed(place):
    path = _store(b"x" * 100)
    blob = bytearray(path.read_bytes())
    blob[place] ^= 1

    assert _refused(path, bytes(blob))


def test_a_file_opens_only_as_itself_and_under_its_key():
    path = _store(b"x")
    other = stored_path(named("another"))
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(path.read_bytes())
    elsewhere = [
        (named("another"), CASE),
        (FILE, KeyScope(ScopeKind.CASE, CASE.id, KeyClass.LEGAL)),
        (FILE, KeyScope(ScopeKind.CASE, named("another case"), KeyClass.CASE)),
    ]
    for _file_id, scope in elsewhere:
        _store(b"so that there is a key", file_id=named("key"), scope=scope)

    for file_id, scope in elsewhere:
        with pytest.raises(SealBroken):
            _read(file_id, scope)


def test_a_missing_file_is_a_broken_seal():
    with pytest.raises(SealBroken):
        _read(named("never stored"))


def test_a_file_taken_away_before_it_is_read_is_a_broken_seal():
    path = _store(b"x")
    reader = SealedReader(file_id=FILE, scope=CASE)
    path.unlink()

    with pytest.raises(SealBroken):
        reader.read()


def test_a_file_is_read_after_its_unit_of_work(ring):
    _store(b"x" * 200_000)
    reader = SealedReader(file_id=FILE, scope=CASE)
    ring.forget()

    assert sum(map(len, reader)) == 200_000


def test_a_file_is_under_no_name_until_it_is_finished():
    writer = SealedWriter(file_id=FILE, scope=CASE)
    writer.write(WORDS * 10_000)

    assert not stored_path(FILE).exists()
    with pytest.raises(SealBroken):
        _read()
    writer.abandon()
    assert _left() == []


def test_an_abandoned_file_can_be_sent_again():
    writer = SealedWriter(file_id=FILE, scope=CASE)
    writer.write(b"half of i")
    writer.abandon()
    _store(b"all of it")

    assert _read() == b"all of it"


def test_a_finished_file_is_not_taken_away_by_a_late_abandon():
    writer = SealedWriter(file_id=FILE, scope=CASE)
    writer.write(b"kept")
    writer.finish()
    writer.abandon()

    assert _read() == b"kept"


def test_nothing_readable_lies_on_the_disk_while_or_after_writing():
    writer = SealedWriter(file_id=FILE, scope=CASE)
    seen = []
    for _ in range(40):
        writer.write(WORDS * 200)
        seen += [path.read_bytes() for path in settings.BILANS_FILES.rglob("*.part")]
    writer.finish()
    seen.append(stored_path(FILE).read_bytes())

    assert all(b"pracy" not in content for content in seen)


def test_memory_holds_a_segment_not_the_file():
    writer = SealedWriter(file_id=FILE, scope=CASE)
    for _ in range(50):
        writer.write(b"x" * 10_000)
        assert len(writer._pending) <= SEGMENT
    writer.abandon()


def test_equal_files_do_not_look_alike():
    one = _store(b"x" * 1000).read_bytes()
    other = _store(b"x" * 1000, file_id=named("another")).read_bytes()

    assert one[HEAD:] != other[HEAD:]
    assert one[3:HEAD] != other[3:HEAD]


def test_only_we_may_enter_the_folder_of_a_file():
    path = _store(b"x")

    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert WORDS not in path.read_bytes()


def test_removing_twice_is_no_error():
    path = _store(b"x")
    files.remove(FILE)
    files.remove(FILE)

    assert not path.exists()


@pytest.mark.parametrize("fault", ["write", "fsync"])
def test_a_full_disk_is_said_and_leaves_no_file(monkeypatch, fault):
    def refuse(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    writer = SealedWriter(file_id=FILE, scope=CASE)
    if fault == "fsync":
        monkeypatch.setattr(os, "fsync", refuse)
    else:
        full = SimpleNamespace(write=refuse, close=writer._file.close)
        monkeypatch.setattr(writer, "_file", full)

    with pytest.raises(OSError, match="No space"):
        _fill(writer)
    writer.abandon()

    assert _left() == []


def _fill(writer):
    writer.write(b"x" * 100_000)
    writer.finish()
