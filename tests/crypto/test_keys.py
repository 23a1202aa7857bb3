"""Keys: made once, wrapped for one place, forgotten with the work they belong to."""

import base64
import threading
from contextlib import suppress

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from bilans.audit.services import unit_of_work
from bilans.crypto import body, masters
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind, pack_scope
from bilans.crypto.keys import check_masters, key_ring, key_to_open, key_to_seal, want
from bilans.crypto.models import KeyRecord, KeyState
from bilans.demo.management.commands.serve import require_keys
from bilans.errors import KeysUnavailable, SealBroken
from tests.crypto.fixed import CASE, CLIENT, EPOCH, named, put_master

pytestmark = pytest.mark.django_db

DATA = pack_scope(CASE, b"tests.row")


def _seal(text="x"):
    return body.seal({"text": text}, scope=CASE, data=DATA)


def _open(blob):
    return body.unseal(blob, scope=CASE, data=DATA)["text"]


def _destroy(scope):
    KeyRecord.objects.filter(scope_id=scope.id, key_class=scope.key_class).update(
        state=KeyState.DESTROYED, wrapped=None
    )


# -- made ----------------------------------------------------------------------------


def test_the_first_key_of_an_installation_makes_its_master_key(settings, tmp_path):
    settings.BILANS_KEYS = tmp_path / "new" / "keys"

    key_to_seal(CASE)

    (path,) = settings.BILANS_KEYS.iterdir()
    assert len(base64.b64decode(path.read_bytes())) == 32
    assert path.stat().st_mode & 0o777 == 0o400
    assert settings.BILANS_KEYS.stat().st_mode & 0o777 == 0o700


def test_a_master_key_is_never_written_over(keys_folder):
    before = (keys_folder / f"{EPOCH}.key").read_bytes()

    masters.create_epoch(EPOCH)

    assert [path.name for path in keys_folder.iterdir()] == [f"{EPOCH}.key"]
    assert (keys_folder / f"{EPOCH}.key").read_bytes() == before


def test_one_key_serves_a_scope_and_no_two_scopes_share_one(keys_folder):
    secrets = {
        key_to_seal(KeyScope(kind, named(whose), key_class)).secret
        for _again in range(2)
        for kind in (ScopeKind.CASE, ScopeKind.CLIENT)
        for whose in ("one", "two")
        for key_class in KeyClass
    }

    assert len(secrets) == 2 * 2 * len(KeyClass)


def test_the_newest_master_key_wraps_and_older_ones_still_open(keys_folder):
    key_to_seal(CASE)
    put_master(keys_folder, epoch="2026-12", key=bytes(32))
    key_to_seal(CLIENT)

    assert dict(KeyRecord.objects.values_list("scope_kind", "epoch")) == {
        "case": EPOCH,
        "client": "2026-12",
    }
    assert key_to_open(CASE, 1).version == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_make_a_key_at_once_get_one_key(keys_folder):
    secrets, ready = [], threading.Barrier(6)

    def seal():
        try:
            with unit_of_work():
                connection.ensure_connection()
                ready.wait(10)
                secrets.append(key_to_seal(CASE).secret)
        finally:
            connection.close()

    threads = [threading.Thread(target=seal) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(secrets) == 6
    assert len(set(secrets)) == 1
    assert KeyRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_that_its_maker_undid_is_made_by_the_one_who_waited(keys_folder):
    made, waiting, secrets = threading.Event(), threading.Event(), []

    def give_up():
        try:
            with suppress(ZeroDivisionError), unit_of_work():
                secrets.append(key_to_seal(CASE).secret)
                made.set()
                waiting.wait(1)
                raise ZeroDivisionError
        finally:
            connection.close()

    thread = threading.Thread(target=give_up)
    thread.start()
    made.wait(10)
    with unit_of_work():
        secrets.append(key_to_seal(CASE).secret)
    thread.join(10)

    assert secrets[0] != secrets[1]
    assert key_to_open(CASE, 1).secret == secrets[1]


# -- undone --------------------------------------------------------------------------


def test_a_key_undone_with_an_inner_unit_is_never_used_again(keys_folder):
    with unit_of_work():
        with suppress(ZeroDivisionError), unit_of_work():
            lost = key_to_seal(CASE).secret
            raise ZeroDivisionError
        blob = _seal()

    assert key_to_open(CASE, 1).secret != lost
    assert _open(blob) == "x"


def test_a_key_undone_with_a_plain_savepoint_is_never_used_again(keys_folder):
    """``get_or_create`` and many services swallow an error inside a plain ``atomic``."""
    with unit_of_work():
        with suppress(ZeroDivisionError), transaction.atomic():
            lost = key_to_seal(CASE).secret
            raise ZeroDivisionError
        blob = _seal()

    assert key_to_open(CASE, 1).secret != lost
    assert _open(blob) == "x"


def test_a_key_made_in_a_released_savepoint_falls_with_the_one_around_it(keys_folder):
    with unit_of_work():
        with suppress(ZeroDivisionError), transaction.atomic():
            with transaction.atomic():
                lost = key_to_seal(CASE).secret
            assert key_to_seal(CASE).secret == lost
            raise ZeroDivisionError
        blob = _seal()

    assert key_to_open(CASE, 1).secret != lost
    assert _open(blob) == "x"


def test_an_undone_savepoint_leaves_the_keys_made_before_it(keys_folder):
    with unit_of_work():
        kept = key_to_seal(CASE).secret
        with suppress(ZeroDivisionError), transaction.atomic():
            key_to_seal(CLIENT)
            raise ZeroDivisionError
        assert key_to_seal(CASE).secret == kept

    assert key_to_open(CASE, 1).secret == kept


def test_an_undone_inner_unit_forgets_every_key_and_asks_again(keys_folder):
    with unit_of_work(), key_ring() as ring:
        key_to_seal(CASE)
        with suppress(ZeroDivisionError), unit_of_work():
            raise ZeroDivisionError
        assert ring.series == {}
        assert ring.wanted == {CASE}


# -- gone ----------------------------------------------------------------------------


def test_under_a_destroyed_key_nothing_opens_and_nothing_is_sealed(keys_folder):
    blob = _seal()
    _destroy(CASE)

    with pytest.raises(SealBroken):
        _open(blob)
    with pytest.raises(SealBroken):
        _seal()
    assert KeyRecord.objects.get().state == KeyState.DESTROYED


def test_a_destruction_takes_effect_in_the_next_unit_of_work(keys_folder):
    with unit_of_work():
        blob = _seal()
        assert _open(blob) == "x"
    _destroy(CASE)

    with unit_of_work(), pytest.raises(SealBroken):
        _open(blob)


@pytest.mark.parametrize(
    "change",
    [
        {"scope_id": named("another case")},
        {"scope_kind": ScopeKind.CLIENT},
        {"key_class": KeyClass.LEGAL},
        {"version": 2},
        {"check_value": b"12345678"},
        {"epoch": "2026-12"},
        {"wrapped": b"short"},
        {"wrapped": bytes(60)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_wrapped_key_opens_only_in_its_own_row(keys_folder, change):
    put_master(keys_folder, epoch="2026-12", key=bytes(32))
    key_to_seal(KeyScope(ScopeKind.CASE, CASE.id, KeyClass.WORK))
    KeyRecord.objects.all().delete()
    put_master(keys_folder)
    (keys_folder / "2026-12.key").rename(keys_folder / "later")
    key_to_seal(CASE)
    (keys_folder / "later").rename(keys_folder / "2026-12.key")
    KeyRecord.objects.update(**change)
    moved = KeyScope(
        change.get("scope_kind", CASE.kind),
        change.get("scope_id", CASE.id),
        change.get("key_class", CASE.key_class),
    )

    with pytest.raises(KeysUnavailable):
        key_to_open(moved, change.get("version", 1))


# -- the master key ------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [None, b"", b"no base64 at all!", b"c2hvcnQ=", b"\xff\xfe", base64.b64encode(bytes(33))],
)
def test_a_missing_or_damaged_master_key_is_one_line_for_the_operator(keys_folder, content):
    key_to_seal(CASE)
    path = keys_folder / f"{EPOCH}.key"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    for ask in (check_masters, lambda: key_to_open(CASE, 1)):
        with pytest.raises(KeysUnavailable) as refusal:
            ask()
        assert EPOCH in str(refusal.value)
        assert "\n" not in str(refusal.value)


def test_a_foreign_master_key_is_noticed_before_anything_is_sealed(keys_folder):
    key_to_seal(CASE)
    put_master(keys_folder, key=bytes(32))

    with pytest.raises(KeysUnavailable, match="belongs to another installation"):
        check_masters()
    with pytest.raises(KeysUnavailable):
        _seal()


def test_the_site_does_not_start_with_a_missing_or_foreign_master_key(keys_folder):
    key_to_seal(CASE)
    require_keys()

    put_master(keys_folder, key=bytes(32))
    with pytest.raises(CommandError, match="belongs to another installation"):
        require_keys()
    (keys_folder / f"{EPOCH}.key").unlink()
    with pytest.raises(CommandError, match="is missing: put its file back"):
        require_keys()


def test_an_emptied_keys_folder_gets_no_new_master_key(keys_folder):
    key_to_seal(CASE)
    (keys_folder / f"{EPOCH}.key").unlink()

    with pytest.raises(KeysUnavailable, match="put the key files back"):
        key_to_seal(CLIENT)
    assert list(keys_folder.iterdir()) == []


def test_what_lies_in_the_keys_folder_besides_is_no_epoch(keys_folder):
    for name in ("notes.txt", "2026-1.key", "2026-11.key.bak", ".2026-11.ab12"):
        (keys_folder / name).write_text("x")

    assert masters.epochs() == [EPOCH]


def test_good_masters_pass_with_destroyed_keys_of_a_lost_epoch(keys_folder):
    key_to_seal(CASE)
    _destroy(CASE)
    (keys_folder / f"{EPOCH}.key").rename(keys_folder / "2026-12.key")

    check_masters()


# -- the ring ------------------------------------------------------------------------


def test_keys_of_a_page_come_in_one_query(keys_folder, django_assert_num_queries):
    scopes = [KeyScope(ScopeKind.CASE, named(str(n)), KeyClass.CASE) for n in range(10)]
    for scope in scopes:
        key_to_seal(scope)

    with key_ring(), django_assert_num_queries(1):
        for scope in scopes:
            want(scope)
        assert len({key_to_seal(scope).secret for scope in scopes}) == 10


def test_a_master_key_is_read_once_for_a_page(keys_folder, monkeypatch):
    scopes = [KeyScope(ScopeKind.CASE, named(str(n)), KeyClass.CASE) for n in range(10)]
    for scope in scopes:
        key_to_seal(scope)
    read = []
    master_key = masters.master_key
    monkeypatch.setattr(
        masters, "master_key", lambda epoch: read.append(epoch) or master_key(epoch)
    )

    with key_ring():
        for scope in scopes:
            want(scope)
        key_to_open(scopes[0], 1)

    assert read == [EPOCH]


def test_a_ring_ends_with_its_block_and_an_inner_one_is_the_outer(keys_folder):
    with key_ring() as outer:
        with key_ring() as inner:
            key_to_seal(CASE)
        assert inner is outer
        assert CASE in outer.series

    with key_ring() as later:
        assert later.series == {}


def test_threads_do_not_share_rings():
    seen = []
    with key_ring() as mine:
        thread = threading.Thread(target=lambda: seen.append(_ring_here()))
        thread.start()
        thread.join()
        assert seen[0] is not mine


def _ring_here():
    with key_ring() as ring:
        return ring
