"""Contracts as somebody may see them, and the question every later stage asks."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from bilans.access import Actor, visible
from bilans.accounts.models import User
from bilans.errors import TransitionRefused
from clients.contract_document import LANGUAGE, ContractParties
from clients.models import Case, Contract, Signature
from clients.permissions import CasePermission
from clients.states import ContractState, Party

IN_PREPARATION = frozenset({ContractState.DRAFT, ContractState.OFFERED})


def contracts_for(actor: Actor) -> QuerySet[Contract]:
    """Every contract the actor may read."""
    return visible(actor, CasePermission.VIEW_CONTRACT, Contract.objects.all(), root_path="case")


def contract_in_preparation(case_id: UUID) -> Contract | None:
    """The contract of a case that is being written or waits for its signature."""
    return Contract.objects.filter(case_id=case_id, state__in=IN_PREPARATION).first()


def contract_in_force(case_id: UUID) -> Contract | None:
    """The contract of a case that is signed and not replaced."""
    return Contract.objects.filter(case_id=case_id, state=ContractState.IN_FORCE).first()


def contract_states(case_id: UUID) -> frozenset[str]:
    """In which states the contracts of a case are."""
    return frozenset(Contract.objects.filter(case_id=case_id).values_list("state", flat=True))


def offered_signature(contract: Contract) -> Signature:
    """The advisor's signature under the offered version, with the document that it names."""
    return (
        Signature.objects.select_related("document", "document__pdf", "document__docx")
        .get(contract=contract, party=Party.ADVISOR)
    )  # fmt: skip


def parties_of(contract: Contract, *, advisor: User) -> ContractParties:
    """Whom the contract names."""
    case = contract.case
    with translation.override(LANGUAGE):
        variant = case.get_variant_display()
    return ContractParties(
        office=case.organisation.name,
        advisor=advisor.full_name,
        client=case.client.full_name,
        case_number=case.number,
        number=contract.number,
        variant=variant,
    )


def require_contract(case: Case) -> None:
    """Refuse whatever must wait for a signed contract; a guard and a rule of services.

    Raises:
        TransitionRefused: code ``contract_missing``.
    """
    if not Contract.objects.filter(case=case, state=ContractState.IN_FORCE).exists():
        raise TransitionRefused(
            _("First the contract: it has to be signed by both sides before this can begin."),
            code="contract_missing",
        )
