"""What higher floors do when somebody joins an office (a client gets their card)."""

from collections import defaultdict
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from bilans.accounts.models import User


class Joiner(Protocol):
    """Called in the unit of work in which the person joins."""

    def __call__(self, *, user: User, client_id: UUID | None) -> None: ...


_joiners: dict[str, list[Callable[..., None]]] = defaultdict(list)


def on_joining(role: str, joiner: Joiner) -> None:
    """Register what else happens when somebody joins with this role; from ``ready()``."""
    if joiner not in _joiners[role]:
        _joiners[role].append(joiner)


def call_joiners(*, role: str, user: User, client_id: UUID | None) -> None:
    """Let the higher floors do their part of a joining."""
    for joiner in _joiners[role]:
        joiner(user=user, client_id=client_id)
