from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilans.accounts.models.organisation import Organisation
from bilans.accounts.permissions import Role
from bilans.audit.services import Stream
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.records import SealedRecord, SealedText


class Invitation(SealedRecord):
    """A one-time link that lets a person set a password and come in, for seven days.

    Only the hash of its token is stored: a dump opens no account.
    """

    seal_name: ClassVar[str] = "accounts.invitation"
    key_class: ClassVar[str] = KeyClass.IDENTITY

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="invitations",
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=12, choices=Role)
    token_hash = models.BinaryField(_("hash of the token"), unique=True, editable=False)
    # a client card of a higher floor, so an id and not a foreign key
    client_id: UUID | None = models.UUIDField(_("client card"), null=True, editable=False)  # type: ignore[assignment]
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.PROTECT,
        related_name="+", null=True,
    )  # fmt: skip
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    full_name = SealedText(_("name"), max_length=150)
    email = SealedText(_("e-mail"), max_length=254)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="invitation_expires_after_made", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="invitation_client_has_card",
                condition=~Q(role=Role.CLIENT) | Q(client_id__isnull=False),
            ),
        ]

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.ORGANISATION, self.__dict__["organisation_id"], KeyClass.IDENTITY)

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.ORGANISATION, self.organisation_id)

    @property
    def last_day(self) -> date:
        """The day at whose end the link stops working."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))
