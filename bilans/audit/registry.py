"""What can be written to the audit trail: every kind of event, declared once."""

from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class EventType:
    """One kind of traced fact.

    ``sentence`` follows the actor's name ("Beata Wójcik moved the case …") and may name
    keys of ``payload``, the closed set of what the event carries; all of it is sealed.
    A ``reading`` is a look at data, shown to the person concerned but not in the course
    of a case. ``icon`` is the name of its picture in a time line.
    """

    code: str
    sentence: str | Promise
    payload: frozenset[str] = field(default_factory=frozenset)
    icon: str = "circle"
    reading: bool = False


_EVENTS: dict[str, EventType] = {}


def declare(
    *,
    code: str,
    sentence: str | Promise,
    payload: frozenset[str] = frozenset(),
    icon: str = "circle",
    reading: bool = False,
) -> EventType:
    """Register an event type; called at import time from an app's ``events.py``."""
    if code in _EVENTS:
        raise ValueError(f"{code} is declared twice")
    event = EventType(code=code, sentence=sentence, payload=payload, icon=icon, reading=reading)
    _EVENTS[code] = event
    return event


def event_type(code: str) -> EventType | None:
    """Find an event type; ``None`` for a code of a release that is gone."""
    return _EVENTS.get(code)


def event_types() -> tuple[EventType, ...]:
    """Every declared event type."""
    return tuple(_EVENTS.values())
