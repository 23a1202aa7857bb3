"""Who somebody is, from a typed e-mail address that the database does not hold."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from bilans.accounts.models import User
from bilans.accounts.selectors import account_for, account_with_id


class SealedEmailBackend(BaseBackend):
    """Finds an account through the blind index of its e-mail address.

    The opaque account number is accepted too, for packages that pass it back. An
    unknown account costs the same one hash as a known one, so the time tells nothing.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        user = account_for(username)
        if user is None:
            make_password(password)
            return None
        if not user.check_password(password):
            return None
        return user if self._may_enter(user) else None

    def get_user(self, user_id: UUID) -> User | None:
        """Load the account of a session; one that was closed since is nobody."""
        user = account_with_id(user_id)
        return user if user is not None and self._may_enter(user) else None

    @staticmethod
    def _may_enter(user: User) -> bool:
        return user.is_active and user.membership is not None
