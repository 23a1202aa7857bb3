from functools import cached_property
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from bilans.accounts.models.organisation import Membership
from bilans.accounts.permissions import OFFICE_GRANTS
from bilans.audit.services import Stream
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.records import SealedQuerySet, SealedRecord, SealedText


def opaque_username() -> str:
    return uuid4().hex


class UserManager(BaseUserManager.from_queryset(SealedQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username=username)


class User(SealedRecord, AbstractBaseUser):
    """An account. Its log-in e-mail is found through a blind index and stored sealed.

    Accounts lie outside organisations; what somebody may do comes from a membership.
    """

    seal_name: ClassVar[str] = "accounts.user"
    key_class: ClassVar[str] = KeyClass.IDENTITY

    username = models.CharField(
        _("account number"), max_length=32, unique=True, default=opaque_username, editable=False
    )
    email_index = models.BinaryField(_("log-in index"), unique=True, null=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_login = None  # the trail knows; a log-in writes nothing here

    full_name = SealedText(_("name"), max_length=150)
    email = SealedText(_("e-mail"), max_length=254)

    objects = UserManager()  # type: ignore[misc]  # its own queryset

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return f"account {self.pk}"

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.USER, self.__dict__["id"], KeyClass.IDENTITY)

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.USER, self.pk)

    @cached_property
    def membership(self) -> Membership | None:
        """The membership in force, with its organisation; ``None`` for a former member."""
        return (
            Membership.objects.open()
            .filter(user=self)
            .select_related("organisation")
            .order_by("-starts_at")
            .first()
        )

    @property
    def role(self) -> str:
        return self.membership.role if self.membership else ""

    @property
    def office_permissions(self) -> frozenset[str]:
        return OFFICE_GRANTS.get(self.role, frozenset())
