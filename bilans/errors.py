"""Errors the domain raises on purpose, and the HTTP answer each one deserves.

Services raise them; ``bilans.ui.views`` and ``bilans.ui.api`` translate them, once
each. An object the actor may not see raises nothing: selectors do not return it,
so the edge answers 404 without knowing why.
"""

from typing import ClassVar


class DomainError(Exception):
    """An expected refusal.

    ``code`` is stable, for tests and API clients; ``message`` is translated, for
    people, and says what to do next; ``field`` names the form field it belongs to,
    when there is one.
    """

    http_status: ClassVar[int] = 409

    def __init__(self, message: str, *, code: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field


class NotPermitted(DomainError):
    """The actor sees the object but may not do this to it."""

    http_status = 403


class InvalidInput(DomainError):
    """What was typed cannot be accepted; ``field`` says where."""

    http_status = 422


class TransitionRefused(DomainError):
    """The workflow has no such step from here, or a guard said no."""


class Conflict(DomainError):
    """Somebody else wrote the same thing in the meantime; nothing was overwritten."""


class SealBroken(Exception):
    """A sealed value does not open: altered, foreign, or its key is gone.

    One type outward whatever the cause, so that an answer teaches an attacker nothing.
    """


class KeysUnavailable(Exception):
    """The master key is missing or wrong; the message is one line for the operator."""


class TrailUnavailable(Exception):
    """The audit trail could not be written, so nothing may be shown or changed."""
