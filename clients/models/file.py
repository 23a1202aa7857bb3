from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.records import SealedJSON, SealedText
from clients.models.base import CaseRecord


class StoredFile(CaseRecord):
    """A sealed file: evidence, a scan, or a rendering of an issued document.

    Its bytes lie in the files folder under the row's id. ``facts`` holds
    ``{"size": bytes, "sha256": hex}`` of the plaintext.
    """

    seal_name: ClassVar[str] = "clients.file"
    key_class: ClassVar[str] = KeyClass.PORTFOLIO

    protection = models.CharField(
        _("key class"), max_length=12, choices=KeyClass, default=KeyClass.PORTFOLIO
    )
    media_type = models.CharField(_("media type"), max_length=100)
    created_at = models.DateTimeField(_("stored"), auto_now_add=True)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("stored by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    name = SealedText(_("file name"), max_length=150)
    facts = SealedJSON(_("size and checksum"), default=dict)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.CASE, self.__dict__["case_id"], self.__dict__["protection"])
