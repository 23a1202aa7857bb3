from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from bilans.crypto.binding import KeyClass
from bilans.records import SealedText
from clients.models.base import CaseRecord
from clients.models.case import Case
from clients.permissions import CaseRole


class Assignment(CaseRecord):
    """A person's part in a case, for a time and with a reason: the source of every grant."""

    seal_name: ClassVar[str] = "clients.assignment"
    key_class: ClassVar[str] = KeyClass.CASE

    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="assignments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT,
        related_name="assignments",
    )  # fmt: skip
    role = models.CharField(_("role in the case"), max_length=12, choices=CaseRole)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned by"), on_delete=models.PROTECT,
        related_name="+", null=True,
    )  # fmt: skip

    reason = SealedText(_("reason"), blank=True, max_length=300)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index(name="assignment_by_user", fields=["user", "role", "case"])]
        constraints = [
            models.CheckConstraint(
                name="assignment_role_known", condition=Q(role__in=CaseRole.values)
            ),
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("An assignment cannot end before it starts."),
            ),
            models.UniqueConstraint(
                name="assignment_one_open_per_role",
                fields=["case", "user", "role"],
                condition=Q(ends_at=None),
            ),
        ]


class CaseUserObjectPermission(UserObjectPermissionBase):
    """Guardian grants with a real foreign key: they vanish with the case."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)
