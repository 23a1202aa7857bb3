"""Every event of every app tells its story, in both languages, from what it may carry."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.utils.translation import override

from bilans.audit.registry import _EVENTS as KNOWN
from bilans.audit.registry import EventType, declare, event_type, event_types
from bilans.audit.selectors import HistoryLine, history
from bilans.audit.services import record, unit_of_work
from tests.audit.conftest import leave


def _declare_all():
    """Import every module of events; a running site does it through its routes."""
    for app in apps.get_app_configs():
        for module in iter_modules([app.path]):
            if module.name.endswith("events") and not app.name.startswith("django"):
                import_module(f"{app.name}.{module.name}")


_declare_all()
PLACEHOLDER = re.compile(r"%\((\w+)\)")
EVENTS = sorted(event_types(), key=lambda each: each.code)


def _told(event, data):
    return HistoryLine(
        at=None, actor_id=None, role="advisor", event=event, code=event.code, outcome="ok",
        object_label="", object_id="", data=data,
    ).sentence  # fmt: skip


def test_there_are_events_of_every_app():
    assert {each.code.partition(".")[0] for each in EVENTS} >= {
        "audit", "accounts", "clients", "interviews", "portfolio", "reports", "catalogue",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_a_sentence_asks_only_for_what_the_event_carries(event, language):
    with override(language):
        sentence = str(event.sentence)

    assert set(PLACEHOLDER.findall(sentence)) <= event.payload | {"count"}


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_a_sentence_can_be_told_with_and_without_its_data(event, language):
    """Without: the key of the payload was destroyed, and the fact remains."""
    whole = dict.fromkeys(event.payload, "7") | {"count": 7}
    with override(language):
        for data in (whole, {"count": 0}, {}):
            told = _told(event, data)
            assert told.strip()
            assert "%(" not in told


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_a_sentence_is_polish_on_a_polish_screen(event):
    with override("en"):
        english = str(event.sentence)
    with override("pl"):
        assert str(event.sentence) != english


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_a_code_names_its_app_and_what_happened(event):
    assert re.fullmatch(r"[a-z]+(\.[a-z_]+){1,3}", event.code)


def test_no_code_is_declared_twice():
    with pytest.raises(ValueError, match="declared twice"):
        declare(code=EVENTS[0].code, sentence="again")


def test_a_code_of_a_release_that_is_gone_is_told_by_its_name():
    assert event_type("nobody.knows.this") is None


@pytest.mark.django_db
def test_many_readings_do_not_push_an_act_out_of_the_history(person, monkeypatch):
    reading = EventType(code="tests.read", sentence="read", reading=True)
    monkeypatch.setitem(KNOWN, reading.code, reading)
    with unit_of_work():
        leave(person, "the act")
        for _ in range(50):
            record(reading, actor=person, subject=person)

    acts = history(person.audit_stream, limit=3)
    everything = history(person.audit_stream, limit=3, readings=True)

    assert [line.data["what"] for line in acts] == ["the act"]
    assert [line.code for line in everything] == ["tests.read"] * 3
