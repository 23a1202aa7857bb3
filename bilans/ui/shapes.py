"""Values that components show; selectors and views fill them, templates only print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise

Words = str | Promise


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class RailStep:
    """One stage on the rail."""

    label: Words
    state: StepState


def rail_steps(labels: Sequence[Words], current: int) -> list[RailStep]:
    """Build a rail whose ``current`` (counted from 0) stage is under way.

    ``current == len(labels)`` means that every stage is done.
    """
    return [
        RailStep(
            label,
            StepState.DONE
            if index < current
            else StepState.CURRENT
            if index == current
            else StepState.AHEAD,
        )
        for index, label in enumerate(labels)
    ]


def current_step(steps: Iterable[RailStep]) -> tuple[int, RailStep]:
    """Return the number (from 1) and the step under way, or the last when all are done."""
    numbered = list(enumerate(steps, start=1))
    return next((pair for pair in numbered if pair[1].state == StepState.CURRENT), numbered[-1])


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened: who did what, and when."""

    at: datetime
    text: Words
    who: str = ""
    icon: str = "circle-dot"
    url: str = ""
    refused: bool = False
