"""Sealed records: values open only in their own place, and nothing else can look."""

import pickle

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from bilans.accounts.models import User
from bilans.audit.services import unit_of_work
from bilans.errors import Conflict, SealBroken
from bilans.records.models import sealed_fields

pytestmark = pytest.mark.django_db


def _user(name="Grażyna Żółkiewska"):
    with unit_of_work():
        return User.objects.create(full_name=name, email="g@example.org")


def _raw(user):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM accounts_user WHERE id = %s", [user.pk])
        return bytes(cursor.fetchone()[0])


def _write_raw(user, blob):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET sealed = %s WHERE id = %s", [blob, user.pk])


def test_values_come_back_as_they_were():
    user = User.objects.get(pk=_user().pk)

    assert (user.full_name, user.email) == ("Grażyna Żółkiewska", "g@example.org")


def test_the_column_shows_nothing():
    assert "Żółkiewska".encode() not in _raw(_user())


def test_swapped_bodies_do_not_open():
    one, other = _user("Jedna"), _user("Druga")
    first, second = _raw(one), _raw(other)
    _write_raw(one, second)
    _write_raw(other, first)

    for pk in (one.pk, other.pk):
        with pytest.raises(SealBroken):
            User.objects.get(pk=pk).full_name  # noqa: B018 -- the access is the act


@pytest.mark.parametrize("place", [0, 1, 3, 15, 40, -1])
def test_one_flipped_bit_does_not_open(place):
    user = _user()
    blob = bytearray(_raw(user))
    blob[place] ^= 1
    _write_raw(user, bytes(blob))

    with pytest.raises(SealBroken):
        User.objects.get(pk=user.pk).full_name  # noqa: B018 -- the access is the act


def test_an_unchanged_body_is_written_back_byte_for_byte():
    user = User.objects.get(pk=_user().pk)
    before = _raw(user)
    assert user.full_name
    user.is_active = False
    user.save()

    assert _raw(user) == before


def test_a_changed_attribute_reseals_and_keeps_the_others():
    user = User.objects.get(pk=_user().pk)
    before = _raw(user)
    user.full_name = "Grażyna Nowak"
    user.save(update_fields=["full_name"])

    again = User.objects.get(pk=user.pk)
    assert _raw(user) != before
    assert (again.full_name, again.email, again.version) == ("Grażyna Nowak", "g@example.org", 2)


def test_the_second_of_two_writers_is_told_and_overwrites_nothing():
    pk = _user().pk
    one, other = User.objects.get(pk=pk), User.objects.get(pk=pk)
    one.full_name = "Pierwsza"
    one.save()
    other.full_name = "Druga"

    with pytest.raises(Conflict) as refusal, unit_of_work():
        other.save()

    assert refusal.value.code == "stale"
    assert User.objects.get(pk=pk).full_name == "Pierwsza"


def test_an_update_makes_an_older_save_stale():
    user = _user()
    stale = User.objects.get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(is_active=False)

    with pytest.raises(Conflict), unit_of_work():
        stale.save()


@pytest.mark.parametrize(
    "look",
    [
        lambda: User.objects.filter(full_name="x"),
        lambda: User.objects.exclude(email__icontains="x"),
        lambda: list(User.objects.order_by("full_name")),
        lambda: list(User.objects.values("full_name")),
        lambda: User.objects.update(full_name="x"),
        lambda: User.objects.update(sealed=b""),
        lambda: User.objects.bulk_update([], ["sealed"]),
    ],
)
def test_the_database_is_never_asked_about_sealed_values(look):
    _user()

    with pytest.raises(FieldError):
        look()


def test_a_pickle_holds_no_opened_value():
    user = User.objects.get(pk=_user().pk)
    assert user.full_name

    assert "Żółkiewska".encode() not in pickle.dumps(user)
    assert "Żółkiewska" not in repr(user) + str(user)


def test_a_page_of_rows_costs_one_key_query(django_assert_num_queries):
    for number in range(5):
        _user(f"Osoba {number}")

    with unit_of_work(), django_assert_num_queries(2):
        names = sorted(user.full_name for user in User.objects.all())

    assert names == [f"Osoba {number}" for number in range(5)]


def test_a_yes_and_a_no_look_alike():
    assert len(_raw(_user("tak"))) == len(_raw(_user("nie wiem")))


def test_every_declared_attribute_is_found():
    assert [field.name for field in sealed_fields(User)] == ["full_name", "email"]
