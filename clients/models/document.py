from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.records import SealedJSON, SealedText
from clients.models.base import CaseRecord
from clients.models.file import StoredFile
from clients.states import DeliveryChannel, DocumentKind


class IssuedDocument(CaseRecord):
    """A document as it was handed out: its tree and its renderings never change again.

    ``tree`` is the document in the format of ``bilans.documents``; ``hashes`` holds the
    SHA-256 of ``tree``, ``docx`` and ``pdf`` in hex. The plain ``mark`` is a keyed hash,
    so that equality can be shown without revealing anything.
    """

    seal_name: ClassVar[str] = "clients.document"
    key_class: ClassVar[str] = KeyClass.CASE
    binds_version: ClassVar[bool] = True

    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=2)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("issued by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    mark = models.CharField(_("keyed hash"), max_length=64)
    docx = models.OneToOneField(
        StoredFile, verbose_name=_("Word file"), on_delete=models.PROTECT, related_name="+"
    )
    pdf = models.OneToOneField(
        StoredFile, verbose_name=_("PDF file"), on_delete=models.PROTECT, related_name="+"
    )

    title = SealedText(_("title"), max_length=200)
    tree = SealedJSON(_("content"))
    hashes = SealedJSON(_("checksums"), default=dict)

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        constraints = [
            models.UniqueConstraint(
                name="document_version_unique", fields=["case", "kind", "number"]
            ),
            models.CheckConstraint(
                name="document_kind_known", condition=Q(kind__in=DocumentKind.values)
            ),
        ]

    @property
    def takes_signatures(self) -> bool:
        """Whether people put their signatures under it, or it is only handed over."""
        return self.kind == DocumentKind.CONTRACT

    def key_scope(self) -> KeyScope:
        legal = self.__dict__["kind"] == DocumentKind.CONTRACT
        return KeyScope(
            ScopeKind.CASE, self.__dict__["case_id"], KeyClass.LEGAL if legal else KeyClass.CASE
        )


class Delivery(CaseRecord):
    """That an issued document reached the client, and when they confirmed it."""

    seal_name: ClassVar[str] = "clients.delivery"
    key_class: ClassVar[str] = KeyClass.CASE

    document = models.ForeignKey(
        IssuedDocument, verbose_name=_("document"), on_delete=models.PROTECT,
        related_name="deliveries",
    )  # fmt: skip
    channel = models.CharField(_("channel"), max_length=8, choices=DeliveryChannel)
    delivered_at = models.DateTimeField(_("delivered"))
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("delivered by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    confirmed_at = models.DateTimeField(_("receipt confirmed"), null=True, blank=True)

    note = SealedText(_("note"), blank=True, max_length=300)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                name="delivery_once_per_channel", fields=["document", "channel"]
            ),
        ]
