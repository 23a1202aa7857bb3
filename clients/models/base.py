"""Bases of everything that belongs to a client or to a case.

What protects a record must not depend on somebody remembering it: key, access root,
trail and organisation come with the base.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bilans.audit.services import Stream
from bilans.crypto.binding import KeyScope, ScopeKind
from bilans.records import SealedRecord

if TYPE_CHECKING:
    from clients.models.case import Case


class ClientRecord(SealedRecord):
    """Something about who a client is, sealed with a key of that client."""

    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    client = models.ForeignKey(
        "clients.Client", verbose_name=_("client"), on_delete=models.PROTECT,
        related_name="%(class)ss",
    )  # fmt: skip

    class Meta:
        abstract = True

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.CLIENT, self.__dict__["client_id"], self.key_class)

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.CLIENT, self.client.pk)


class CaseRecord(SealedRecord):
    """Something that belongs to a case: sealed with its keys, judged and traced by it.

    The organisation follows from the case and is written beside it, because it leads
    every big index and the second net of row security.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    case = models.ForeignKey(
        "clients.Case", verbose_name=_("case"), on_delete=models.PROTECT,
        related_name="%(class)ss",
    )  # fmt: skip

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "case" in kwargs and not {"organisation", "organisation_id"} & kwargs.keys():
            kwargs["organisation_id"] = kwargs["case"].organisation_id
        super().__init__(*args, **kwargs)

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.CASE, self.__dict__["case_id"], self.key_class)

    @property
    def access_root(self) -> "Case":
        return self.case

    @property
    def audit_stream(self) -> Stream:
        return Stream(ScopeKind.CASE, self.case_id)
