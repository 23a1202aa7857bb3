"""What the contract, the documents and the drafts announce at start-up."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bilans.access import Actor
from bilans.crypto.binding import KeyClass
from clients.casepages import CaseTab, register_remedy, register_tab
from clients.drafting import register_form
from clients.forms.contract import ROW_FIELDS, saved_texts
from clients.models import Case, Contract
from clients.permissions import CasePermission
from clients.portalpages import PortalTask, register_tasks
from clients.selectors.contracts import contract_states, require_contract
from clients.services.contracts import CONTRACT_FORM
from clients.states import ContractState
from clients.uploads import protect_uploads
from clients.workflow import CASE_WORKFLOW

READING_MINUTES = 10


def announce() -> None:
    """Put tabs, tasks, guards, key classes and forms into their registries."""
    register_tab(
        CaseTab(
            key="contract",
            label=_("Contract"),
            route="clients:contract",
            permission=CasePermission.VIEW_CONTRACT,
            order=20,
        )
    )
    register_tab(
        CaseTab(
            key="documents",
            label=_("Documents"),
            route="clients:documents",
            permission=CasePermission.VIEW_CONTRACT,
            order=80,
        )
    )
    register_remedy("contract_missing", label=_("Go to the contract"), route="clients:contract")
    register_tasks(contract_tasks)
    CASE_WORKFLOW.require("recognise", require_contract)
    protect_uploads("clients:contract_paper", KeyClass.LEGAL)
    register_form(
        CONTRACT_FORM,
        model=Contract,
        permission=CasePermission.PREPARE_CONTRACT,
        rows=ROW_FIELDS,
        texts=saved_texts,
    )


def contract_tasks(*, actor: Actor, case: Case) -> Iterable[PortalTask]:
    """Ask the client to sign while a contract waits, and show the one that is signed."""
    states = contract_states(case.pk)
    address = reverse("clients:portal_contract", kwargs={"case_id": case.pk})
    if ContractState.OFFERED in states:
        yield PortalTask(
            title=_("Read and sign the contract"),
            detail=_("You can also ask for a change first."),
            url=address,
            minutes=READING_MINUTES,
            button=_("Open the contract"),
        )
    if ContractState.IN_FORCE in states:
        yield PortalTask(title=_("The contract is signed"), url=address, done=True)
