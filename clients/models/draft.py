from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass
from bilans.records import SealedJSON
from clients.models.base import CaseRecord


class Draft(CaseRecord):
    """What somebody is typing into one form, sealed on the server; never shown to others.

    ``values`` maps field names to what stands in them. ``base_version`` is the version of
    the edited row when the typing began, so that a conflict can be told.
    """

    seal_name: ClassVar[str] = "clients.draft"
    key_class: ClassVar[str] = KeyClass.WORK

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    form = models.CharField(_("form"), max_length=40)
    # the edited row, or the case for something new
    target_id = models.UUIDField(_("edited row"))
    base_version = models.PositiveIntegerField(_("base version"), default=0)
    saved_at = models.DateTimeField(_("saved"))

    values = SealedJSON(_("what was typed"), default=dict)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(name="draft_one_per_form", fields=["user", "form", "target_id"])
        ]
