"""Blind indexes: what is equal is found, nothing is revealed, offices stay apart."""

import unicodedata

import pytest

from bilans.crypto.blind import (
    client_index,
    login_index,
    normal_email,
    normal_pesel,
    surname_tokens,
)
from bilans.crypto.keys import forget_keys, key_ring
from bilans.crypto.models import KeyRecord
from tests.crypto.fixed import named

pytestmark = pytest.mark.django_db

OFFICE, ANOTHER = named("office"), named("another office")


@pytest.fixture(autouse=True)
def ring(keys_folder):
    with key_ring():
        yield


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("grazyna@example.org", "grazyna@example.org"),
        ("  Grazyna@Example.ORG\t", "grazyna@example.org"),
        ("ｇrazyna＠example.org", "grazyna@example.org"),
        ("STRASSE@example.org", "strasse@example.org"),
        ("straße@example.org", "strasse@example.org"),
        ("Żółć@example.org", "żółć@example.org"),
        (unicodedata.normalize("NFD", "żółć@example.org"), "żółć@example.org"),
        ("grazyna+bilans@example.org", "grazyna+bilans@example.org"),
    ],
)
def test_an_address_is_compared_the_way_people_mean_it(typed, normal):
    assert normal_email(typed) == normal
    assert login_index(typed) == login_index(normal)


@pytest.mark.parametrize("typed", ["44051401458", "440514 01458", "440514-01458", " 44051401458\n"])
def test_a_pesel_is_its_digits(typed):
    assert normal_pesel(typed) == "44051401458"


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("Żółkiewska", ["zolkiewska"]),
        ("ŻÓŁKIEWSKA", ["zolkiewska"]),
        ("zolkiewska", ["zolkiewska"]),
        (unicodedata.normalize("NFD", "Żółkiewska"), ["zolkiewska"]),
        ("Żółć-Nowak", ["zolc", "nowak"]),
        ("  von   Łęcki ", ["von", "lecki"]),
        ("Müller", ["muller"]),
        ("", []),
    ],
)
def test_a_surname_is_found_without_its_diacritics(typed, tokens):
    assert surname_tokens(typed) == tokens


@pytest.mark.parametrize(
    ("kind", "size"), [("pesel", 16), ("email", 16), ("surname", 1), ("surname-start", 1)]
)
def test_an_index_is_as_short_as_its_use_allows(kind, size):
    assert len(client_index(OFFICE, kind, "nowak")) == size


def test_the_same_person_has_another_index_in_another_office():
    assert client_index(OFFICE, "pesel", "44051401458") != client_index(
        ANOTHER, "pesel", "44051401458"
    )


def test_the_same_text_has_another_index_in_another_kind():
    values = {client_index(OFFICE, kind, "44051401458") for kind in ("pesel", "email")}

    assert len(values | {login_index("44051401458")}) == 3


def test_an_index_is_stable():
    assert client_index(OFFICE, "surname", "nowak") == client_index(OFFICE, "surname", "nowak")
    assert login_index("a@example.org") == login_index("a@example.org")


def test_an_index_depends_on_a_key_and_not_on_the_value_alone():
    before = login_index("a@example.org")
    KeyRecord.objects.all().delete()
    forget_keys()

    assert login_index("a@example.org") != before


def test_a_surname_hides_among_others():
    """8 bits: with 2,000 different surnames every value is shared by several."""
    values = [client_index(OFFICE, "surname", f"nowak{n}") for n in range(2000)]

    assert len(set(values)) > 200
    assert max(map(values.count, set(values))) < 40
