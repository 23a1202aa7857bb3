from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from bilans.accounts.permissions import Role
from bilans.audit.services import Stream
from bilans.crypto.binding import ScopeKind


class Organisation(models.Model):
    """An office that runs balances; wholly apart from every other one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    is_public = models.BooleanField(
        _("public office"),
        default=True,
        help_text=_("A public office acts on its statutory task and asks no consent for it."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.ORGANISATION, self.pk)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open(self) -> QuerySet["Membership"]:
        """Those in force now."""
        now = timezone.now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)


class Membership(models.Model):
    """One person's role in one organisation, for a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="memberships",
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT,
        related_name="memberships",
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=12, choices=Role)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A membership cannot end before it starts."),
            ),
            models.UniqueConstraint(
                name="membership_one_open_per_organisation",
                fields=["organisation", "user"],
                condition=Q(ends_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"
