"""A workflow is a table of steps; this module is the only reader of such tables.

Pure Python: no ORM, no request, no clock. An app declares its table in its own
``workflow.py`` and calls :meth:`Workflow.check` from the service that moves the
object. Pages and the API list the buttons with :meth:`Workflow.open_steps` and
:meth:`Workflow.missing`, so the screen and the service can never disagree.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bilans.errors import TransitionRefused

Guard = Callable[[Any], None]
"""Raises :class:`TransitionRefused`, with what is missing, when the step must wait."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One arrow of the state diagram.

    A ``by_service`` step is taken by the act that causes it (signing, say) and never
    offered as a button; a step that ``needs_reason`` refuses an empty one.
    """

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    permission: str
    by_service: bool = False
    needs_reason: bool = False
    onward: bool = False


class Workflow:
    """The complete set of steps for one kind of object, and the guards put on them."""

    def __init__(self, *steps: Step) -> None:
        self._steps = {step.name: step for step in steps}
        if len(self._steps) != len(steps):
            raise ValueError("two steps share a name")
        self._guards: dict[str, list[Guard]] = {name: [] for name in self._steps}

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps.values())

    def __getitem__(self, name: str) -> Step:
        return self._steps[name]

    def __contains__(self, name: object) -> bool:
        return name in self._steps

    def require(self, name: str, guard: Guard) -> None:
        """Put a guard on a step; a higher app calls this once, at start-up."""
        if guard not in self._guards[name]:
            self._guards[name].append(guard)

    def open_steps(self, state: str) -> list[Step]:
        """Steps a person may be offered from ``state``, in order; guards are not run."""
        return [step for step in self if state in step.sources and not step.by_service]

    def missing(self, step: Step, obj: Any) -> list[TransitionRefused]:
        """Everything that still blocks the step, so a page can say it all at once."""
        refusals = []
        for guard in self._guards[step.name]:
            try:
                guard(obj)
            except TransitionRefused as refusal:
                refusals.append(refusal)
        return refusals

    def check(self, step: Step, obj: Any) -> None:
        """Refuse the step unless the state and every guard allow it.

        Raises:
            TransitionRefused: code ``wrong_state``, or the code of the first
                guard that refuses.
        """
        if obj.state not in step.sources:
            raise TransitionRefused(
                _("“%(step)s” is not possible from the current stage. Reload the page.")
                % {"step": step.label},
                code="wrong_state",
            )
        for guard in self._guards[step.name]:
            guard(obj)
