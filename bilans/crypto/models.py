from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass, ScopeKind


class KeyState(models.TextChoices):
    ACTIVE = "active", _("active")
    DESTROYED = "destroyed", _("destroyed")


class KeyRecord(models.Model):
    """One wrapped key of one scope and class.

    The key itself never touches the database: ``wrapped`` opens only with the master
    key of ``epoch``, and only for this scope, class and version.
    """

    scope_kind = models.CharField(_("scope"), max_length=12, choices=ScopeKind)
    scope_id = models.UUIDField(_("scope id"))
    key_class = models.CharField(_("key class"), max_length=12, choices=KeyClass)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    epoch = models.CharField(_("master key epoch"), max_length=7)
    wrapped = models.BinaryField(_("wrapped key"), null=True)
    check_value = models.BinaryField(_("key check value"))
    state = models.CharField(_("state"), max_length=9, choices=KeyState, default=KeyState.ACTIVE)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [
            models.UniqueConstraint(
                name="key_one_per_version",
                fields=["scope_id", "scope_kind", "key_class", "version"],
            ),
            models.CheckConstraint(
                name="key_wrapped_unless_destroyed",
                condition=Q(state=KeyState.DESTROYED) ^ Q(wrapped__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.scope_kind}/{self.scope_id}/{self.key_class}/{self.version}"
