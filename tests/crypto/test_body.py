"""A sealed body opens whole and in its own place, or not at all."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilans.crypto import body
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind, pack, pack_scope
from bilans.crypto.keys import key_ring
from bilans.crypto.models import KeyRecord
from bilans.errors import SealBroken
from tests.crypto.fixed import CASE, named

pytestmark = pytest.mark.django_db

DATA = pack_scope(CASE, b"tests.row", named("row").bytes, b"")


@pytest.fixture
def ring(keys_folder):
    with key_ring() as ring:
        yield ring


def _sealed(values=None):
    return body.seal(values or {"text": "tajne słowo"}, scope=CASE, data=DATA)


def _opens(blob, *, scope=CASE, data=DATA):
    try:
        body.unseal(blob, scope=scope, data=data)
    except SealBroken:
        return False
    return True


def test_every_flipped_bit_is_noticed(ring):
    blob = _sealed()

    accepted = [
        (place, bit)
        for place, bit in itertools.product(range(len(blob)), range(8))
        if _opens(blob[:place] + bytes([blob[place] ^ 1 << bit]) + blob[place + 1 :])
    ]

    assert accepted == []


def test_every_cut_and_every_addition_is_noticed(ring):
    blob = _sealed()

    assert [size for size in range(len(blob)) if _opens(blob[:size])] == []
    assert [size for size in range(1, len(blob)) if _opens(blob[size:])] == []
    assert not _opens(blob + b"\x00")
    assert not _opens(blob + blob)


def test_no_body_opens_in_anothers_place(ring):
    """Rows, models, cases, classes, versions: every sealed cell in every other place."""
    places = [
        (scope, pack_scope(scope, seal_name, named(row).bytes, version))
        for scope in (
            KeyScope(kind, named(whose), key_class)
            for kind in (ScopeKind.CASE, ScopeKind.CLIENT)
            for whose in ("one", "two")
            for key_class in (KeyClass.CASE, KeyClass.LEGAL)
        )
        for seal_name in (b"clients.contract", b"clients.signature")
        for row in ("row one", "row two")
        for version in (b"", (1).to_bytes(4, "big"), (2).to_bytes(4, "big"))
    ]
    sealed = [
        body.seal({"place": n}, scope=scope, data=data) for n, (scope, data) in enumerate(places)
    ]

    opened = {
        (origin, place)
        for origin, place in itertools.product(range(len(places)), repeat=2)
        if _opens(sealed[origin], scope=places[place][0], data=places[place][1])
    }

    assert opened == {(n, n) for n in range(len(places))}


@pytest.mark.parametrize("number", [0, 2, 3, 127, 255])
def test_an_unknown_format_is_an_error(ring, number):
    assert not _opens(bytes([number]) + _sealed()[1:])


@pytest.mark.parametrize("version", [0, 2, 256, 65535])
def test_an_unknown_key_version_is_an_error_and_makes_no_key(ring, version):
    blob = _sealed()
    before = KeyRecord.objects.count()

    assert not _opens(blob[:1] + version.to_bytes(2, "big") + blob[3:])
    assert KeyRecord.objects.count() == before


def test_opening_never_makes_a_key(ring):
    blob = _sealed()
    stranger = KeyScope(ScopeKind.CASE, named("nobody"), KeyClass.CASE)

    assert not _opens(blob, scope=stranger)


def test_the_same_values_never_look_the_same_twice(ring):
    assert len({_sealed() for _ in range(50)}) == 50


@pytest.mark.parametrize(("length", "padded"), [(0, 32), (11, 32), (21, 32), (22, 64), (245, 256),
                                                (246, 512), (501, 512), (502, 768)])  # fmt: skip
def test_lengths_are_told_in_steps_only(ring, length, padded):
    """``{"text":"…"}`` is 11 bytes and the text; nonce, tag and head are 31."""
    blob = _sealed({"text": "x" * length} if length else {})

    assert len(blob) - 31 == padded


def test_a_yes_and_a_no_and_an_empty_answer_look_alike(ring):
    sizes = {len(_sealed({"stance": word})) for word in ("agrees", "partly", "disagrees", "")}

    assert len(sizes) == 1


def test_swaps_at_random_never_open(ring):
    chance = random.Random(7)  # noqa: S311 -- only chooses pairs
    rows = [
        (KeyScope(ScopeKind.CASE, named(f"case {n % 5}"), KeyClass.CASE), named(f"row {n}"))
        for n in range(40)
    ]
    cells = [
        (scope, data, body.seal({"n": n}, scope=scope, data=data))
        for n, (scope, row) in enumerate(rows)
        for data in [pack_scope(scope, b"tests.row", row.bytes, b"")]
    ]
    pairs = (chance.sample(cells, 2) for _ in range(10_000))

    assert [1 for one, other in pairs if _opens(one[2], scope=other[0], data=other[1])] == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    one=st.lists(st.binary(max_size=6), max_size=5),
    other=st.lists(st.binary(max_size=6), max_size=5),
)
def test_two_lists_of_parts_never_pack_alike(one, other):
    assert (pack(*one) == pack(*other)) == (one == other)


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=st.dictionaries(st.text(max_size=12), _json, max_size=4))
def test_whatever_is_sealed_comes_back_the_same(ring, values):
    assert body.unseal(_sealed({"all": values}), scope=CASE, data=DATA) == {"all": values}
