"""Serializers over sealed records."""

from datetime import date

import pytest

from bilans.ui.serializers import RecordSerializer
from clients.models import Client
from tests.factories import make_client

pytestmark = pytest.mark.django_db


class CardSerializer(RecordSerializer):
    class Meta:
        model = Client
        fields = ["number", "given_name", "family_name", "birth_date", "phone"]


class EverythingSerializer(RecordSerializer):
    class Meta:
        model = Client
        fields = "__all__"


def test_sealed_attributes_are_shown_as_what_they_are():
    card = make_client()

    assert CardSerializer(card).data == {
        "number": card.number,
        "given_name": "Grażyna",
        "family_name": "Żółkiewska",
        "birth_date": "1971-03-14",
        "phone": "600 100 217",
    }


def test_the_sealed_bytes_are_never_shown():
    shown = EverythingSerializer(make_client()).data

    assert "sealed" not in shown
    assert shown["given_name"] == "Grażyna"


def test_what_is_typed_is_checked_like_a_column():
    typed = CardSerializer(
        data={"given_name": "", "family_name": "x" * 101, "birth_date": "wczoraj"}
    )

    assert not typed.is_valid()
    assert {name: [each.code for each in errors] for name, errors in typed.errors.items()} == {
        "number": ["required"],
        "given_name": ["blank"],
        "family_name": ["max_length"],
        "birth_date": ["invalid"],
    }


def test_dates_come_out_as_days():
    typed = CardSerializer(
        data={
            "number": "KL/1",
            "given_name": "Anna",
            "family_name": "Ćwik",
            "birth_date": "1990-02-01",
        }
    )

    assert typed.is_valid(), typed.errors
    assert typed.validated_data["birth_date"] == date(1990, 2, 1)


@pytest.mark.parametrize("instance", [False, True])
def test_a_serializer_writes_nothing(instance):
    card = make_client()
    typed = CardSerializer(card if instance else None, data={"given_name": "Anna"}, partial=True)
    assert typed.is_valid(), typed.errors

    with pytest.raises(TypeError):
        typed.save()
