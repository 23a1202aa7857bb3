"""Whoever carries away the database and the files folder, but no key, reads none of it."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from bilans.catalogue.models import Criterion, Outcome, QualificationVersion
from bilans.database.server import ADMIN
from bilans.demo import office, stories
from bilans.records.models import SealedRecord, sealed_fields
from clients.models import Case, Client, IssuedDocument, StoredFile
from tests.protection.encodings import found_in

pytestmark = pytest.mark.django_db

WORDS = {
    "names": (
        "Grażyna",
        "Żółkiewska",
        "Łukasz",
        "Łukasz Żółć",
        "Ćwiklińska",
        "Wójcik",
        "Ćwikła",
        "Świątek",
    ),
    "reach": (
        *("71031442868", "600 100 217", "600100217", "600 100 218", "600 100 219"),
        *(office.CLIENT_EMAIL, "lukasz.zolc@example.org", "zolkiewska", "@example.org"),
        *("Źródlana", "1971-03-14", "14.03.1971"),
    ),
    "narratives": (stories.NEEDS, *stories.NOTE.splitlines(), "Chcę zmienić branżę"),
    "stories": tuple(text for star in stories.STARS for text in star.values() if len(text) > 9),
    "statements": tuple(text for text, *_ in stories.STATEMENTS),
    "client's words": tuple(words for *_, words in stories.STATEMENTS if words),
    "files": (stories.REFERENCE_FILE, stories.REFERENCE_TITLE, "kontrakt.pdf", "Jutrzenka"),
    "goals": (stories.MAIN_GOAL, "Mam spis tego, co umiem", "trzy rozmowy"),
    "report": (stories.CIRCUMSTANCES, stories.COURSE, stories.SUMMARY, *stories.NEXT_STEPS),
    "arguments": tuple(stories.ARGUMENTS.values()),
}
"""What must not be there, by kind."""

ALL_WORDS = tuple(word for words in WORDS.values() for word in words)

LONG_ENOUGH = 12
"""Shorter sealed values (``agrees``, ``portal``) are names of choices, which are no secret."""


@pytest.fixture
def dump(printed, server) -> Callable[[], bytes]:
    """Take everything the server has of this database, as its superuser."""

    def take() -> bytes:
        name = connections["default"].settings_dict["NAME"]
        done = subprocess.run(
            [str(server.programs / "pg_dump"), "--no-password"],
            env=server.environment(ADMIN, name),
            capture_output=True,
            check=True,
        )
        return done.stdout

    return take


@pytest.fixture
def sealed_heap(printed) -> bytes:
    """All sealed files, one after the other."""
    paths = sorted(path for path in Path(settings.BILANS_FILES).rglob("*") if path.is_file())
    assert len(paths) == StoredFile.objects.count() > 4
    return b"\n".join(path.read_bytes() for path in paths)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def sealed_values() -> Iterator[tuple[str, str]]:
    """Every text that any sealed attribute of any row holds now."""
    for model in apps.get_models():
        if not issubclass(model, SealedRecord) or not model._meta.managed:
            continue
        for row in model._default_manager.all():
            for field in sealed_fields(model):
                for text in texts_in(getattr(row, field.name)):
                    yield f"{model._meta.label}.{field.name}", text


def catalogue_texts() -> set[str]:
    """What documents quote from the catalogue, which is public."""
    return {
        *QualificationVersion.objects.values_list("title", flat=True),
        *Outcome.objects.values_list("title", flat=True),
        *Criterion.objects.values_list("text", flat=True),
    }


@pytest.mark.parametrize("kind", WORDS)
def test_the_dump_has_none_of_the_words(kind, dump):
    assert found_in(dump(), WORDS[kind]) == []


def test_the_dump_has_no_value_of_any_sealed_attribute(dump):
    heap = dump()
    public = "\n".join([*catalogue_texts(), office.NAME])  # a heading may be a word of these
    values = {
        text: place
        for place, text in sealed_values()
        if len(text) >= LONG_ENOUGH and text not in public
    }

    assert len(values) > 100
    open_ones = [
        (place, text)
        for text, place in values.items()
        if text.encode() in heap or text.encode().hex().encode() in heap
    ]
    assert open_ones == []


def test_the_search_finds_what_lies_open(dump, as_superuser):
    as_superuser(
        "CREATE TABLE planted (words text, bytes bytea, escaped text)",
        "INSERT INTO planted VALUES ('powiedziała Żółkiewska', convert_to('Źródlana', 'UTF8'),"
        ' \'{"name": "\\u0141ukasz"}\')',
    )
    try:
        heap = dump()
    finally:
        as_superuser("DROP TABLE planted")

    searched = ("Żółkiewska", "Źródlana", "Łukasz", "Grażyna")
    assert found_in(heap, searched) == [
        ("Żółkiewska", "utf-8"),
        ("Źródlana", "hex"),
        ("Łukasz", "json"),
    ]
    assert found_in(heap, (office.NAME,)) == [(office.NAME, "utf-8")]


def test_the_sealed_files_have_none_of_the_words(sealed_heap):
    assert found_in(sealed_heap, ALL_WORDS) == []
    assert [mark for mark in (b"%PDF-", b"word/document.xml") if mark in sealed_heap] == []


def test_names_of_sealed_files_say_nothing(sealed_heap):
    names = [path.name for path in Path(settings.BILANS_FILES).rglob("*")]

    assert found_in("\n".join(names).encode(), ALL_WORDS) == []


def test_what_was_searched_for_is_really_in_the_case(printed):
    """Otherwise the absence would prove nothing."""
    grazyna = Client.objects.get(pk=Case.objects.get(state="planning").client_id)

    assert (grazyna.given_name, grazyna.family_name) == ("Grażyna", "Żółkiewska")
    assert (grazyna.pesel, grazyna.phone) == ("71031442868", "600 100 217")
    held = {text for _place, text in sealed_values()}
    for kind in ("stories", "statements", "client's words", "report"):
        assert set(WORDS[kind]) <= held, kind
    assert stories.REFERENCE_FILE in held
    assert IssuedDocument.objects.count() == 3
