from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bilans.audit.services import Stream
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.records import SealedDate, SealedRecord, SealedText


class Client(SealedRecord):
    """A person whose competences are balanced: who they are and how to reach them."""

    seal_name: ClassVar[str] = "clients.client"
    key_class: ClassVar[str] = KeyClass.IDENTITY

    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="clients",
    )  # fmt: skip
    number = models.CharField(_("client number"), max_length=20)
    # the account with which the client uses the portal, if they do
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT,
        related_name="client_card", null=True, blank=True,
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    given_name = SealedText(_("given name"), max_length=80)
    family_name = SealedText(_("surname"), max_length=100)
    birth_date = SealedDate(_("date of birth"))
    pesel = SealedText(_("PESEL"), max_length=11, blank=True)
    email = SealedText(_("e-mail"), max_length=254, blank=True)
    phone = SealedText(_("telephone"), max_length=30, blank=True)
    address = SealedText(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        constraints = [
            models.UniqueConstraint(name="client_number_unique", fields=["organisation", "number"]),
        ]

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.CLIENT, self.__dict__["id"], KeyClass.IDENTITY)

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.CLIENT, self.pk)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class IndexKind(models.TextChoices):
    PESEL = "pesel", _("PESEL")
    EMAIL = "email", _("e-mail")
    SURNAME = "surname", _("surname")
    SURNAME_START = "surname-start", _("first letters of the surname")


class ClientIndex(models.Model):
    """One blind index value of one client, within an organisation.

    PESEL and e-mail are long and unique; surname values are cut short on purpose and
    only name candidates, which are opened and compared.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="index_values",
        on_delete=models.CASCADE,  # an index without its card is nothing
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=13, choices=IndexKind)
    value = models.BinaryField(_("value"))

    class Meta:
        verbose_name = _("index value")
        verbose_name_plural = _("index values")
        indexes = [
            models.Index(name="client_index_lookup", fields=["organisation", "kind", "value"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="client_pesel_unique",
                fields=["organisation", "value"],
                condition=models.Q(kind="pesel"),
            ),
        ]

    def __str__(self) -> str:
        return f"index {self.pk}"
