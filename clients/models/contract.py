from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilans.crypto.binding import KeyClass
from bilans.records import SealedJSON, SealedText
from clients.models.base import CaseRecord
from clients.states import ContractState, Party, SigningMethod


class Contract(CaseRecord):
    """What advisor and client agree: goals, duties, confidentiality.

    ``intermediate_goals`` is a list of ``{"text", "measure", "due"}`` (``due`` an ISO date
    or ``""``), ``difficulties`` of ``{"difficulty", "remedy"}``; the duties are lists of
    sentences. A signed contract never changes; another one replaces it.
    """

    seal_name: ClassVar[str] = "clients.contract"
    key_class: ClassVar[str] = KeyClass.LEGAL

    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=10, choices=ContractState, default=ContractState.DRAFT,
        editable=False,
    )  # fmt: skip
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("prepared by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    in_force_at = models.DateTimeField(_("in force since"), null=True, blank=True)

    main_goal = SealedText(_("main goal"), blank=True, max_length=1000)
    intermediate_goals = SealedJSON(_("intermediate goals"), blank=True, default=list)
    advisor_duties = SealedJSON(_("what the advisor does"), blank=True, default=list)
    client_duties = SealedJSON(_("what the client does"), blank=True, default=list)
    confidentiality = SealedText(_("confidentiality"), blank=True, max_length=2000)
    confidentiality_limits = SealedText(_("limits of confidentiality"), blank=True, max_length=2000)
    meetings = SealedText(_("meetings"), blank=True, max_length=1000)
    difficulties = SealedJSON(_("foreseen difficulties"), blank=True, default=list)
    ending = SealedText(_("ending the cooperation"), blank=True, max_length=1000)
    # the client's own words, until the next version is offered
    asked_change = SealedText(_("what the client asks to change"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            models.UniqueConstraint(name="contract_number_unique", fields=["case", "number"]),
            models.CheckConstraint(
                name="contract_state_known", condition=Q(state__in=ContractState.values)
            ),
            models.UniqueConstraint(
                name="contract_one_in_force",
                fields=["case"],
                condition=Q(state=ContractState.IN_FORCE),
            ),
            models.UniqueConstraint(
                name="contract_one_in_preparation",
                fields=["case"],
                condition=Q(state__in=[ContractState.DRAFT, ContractState.OFFERED]),
            ),
            models.CheckConstraint(
                name="contract_in_force_has_date",
                condition=Q(state__in=[ContractState.DRAFT, ContractState.OFFERED])
                | Q(in_force_at__isnull=False),
            ),
        ]


class Signature(CaseRecord):
    """One party's signature under one issued version of a contract.

    ``circumstances`` holds ``{"read_aloud": bool, "present": str}``: whether the document
    was read out and who supported the client.
    """

    seal_name: ClassVar[str] = "clients.signature"
    key_class: ClassVar[str] = KeyClass.LEGAL
    binds_version: ClassVar[bool] = True

    contract = models.ForeignKey(
        Contract, verbose_name=_("contract"), on_delete=models.PROTECT, related_name="signatures"
    )
    document = models.ForeignKey(
        "clients.IssuedDocument", verbose_name=_("signed document"), on_delete=models.PROTECT,
        related_name="signatures",
    )  # fmt: skip
    party = models.CharField(_("party"), max_length=8, choices=Party)
    method = models.CharField(_("method"), max_length=8, choices=SigningMethod)
    signed_on = models.DateField(_("signed on"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    scan = models.OneToOneField(
        "clients.StoredFile", verbose_name=_("scan"), on_delete=models.PROTECT,
        related_name="+", null=True, blank=True,
    )  # fmt: skip

    signer_name = SealedText(_("name of the signer"), max_length=200)
    circumstances = SealedJSON(_("circumstances"), default=dict, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(name="signature_once_per_party", fields=["contract", "party"]),
            models.CheckConstraint(
                name="signature_on_paper_has_scan",
                condition=~Q(method=SigningMethod.PAPER) | Q(scan__isnull=False),
                violation_error_message=_("A paper signature needs its scan."),
            ),
        ]
