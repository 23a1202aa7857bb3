"""Coming in and going out, and what the trail keeps of it."""

from django.contrib.auth import authenticate

from bilans.accounts.events import LOGGED_IN, LOGGED_OUT, LOGIN_FAILED
from bilans.accounts.models import User
from bilans.accounts.selectors import account_for
from bilans.audit.services import Stream, record, unit_of_work
from bilans.crypto.binding import INSTALLATION, ScopeKind
from bilans.crypto.blind import login_index


class _Nobody:
    """Stands in the trail for an account that does not exist."""

    class _meta:  # noqa: N801 -- the trail names its subject as a model does
        label_lower = "accounts.nobody"

    pk = INSTALLATION
    audit_stream = Stream(ScopeKind.SERVICE, INSTALLATION)


def log_in(*, identifier: str, password: str) -> User | None:
    """Check who somebody is; a refusal is traced and says nothing about its reason.

    A failed attempt on an account stands in the stream of that account, one on no
    account in the stream of the installation, which keeps the index and not the address.
    """
    with unit_of_work():
        account = account_for(identifier)
        user = authenticate(username=identifier, password=password)
        if isinstance(user, User):
            record(LOGGED_IN, actor=user, subject=user)
            return user
        record(
            LOGIN_FAILED,
            actor=None,
            subject=account or _Nobody,
            data={"index": login_index(identifier).hex()},
            outcome="denied",
        )
    return None


def log_out(*, actor: User) -> None:
    """Trace that somebody left; the session itself is ended by the view."""
    with unit_of_work():
        record(LOGGED_OUT, actor=actor, subject=actor)
