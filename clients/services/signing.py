"""The client's signature: in the portal, or on paper with its scan."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.services import unit_of_work
from bilans.crypto.binding import KeyClass
from bilans.errors import Conflict, InvalidInput
from clients import contract_events as events
from clients.filetypes import SCANS
from clients.models import Case, Contract
from clients.permissions import CasePermission
from clients.selectors.cases import cases_for
from clients.selectors.contracts import contract_in_force, offered_signature
from clients.services.cases import move_case_by_act
from clients.services.contracts import (
    locked_contract,
    refuse_unless_running,
    trace_contract,
    write_signature,
)
from clients.services.files import accept_upload
from clients.states import CaseState, ContractState, Party, SigningMethod
from clients.uploads import SealedUpload


def sign_contract_in_portal(
    *, actor: User, case_id: UUID, on: date | None = None, document_id: UUID | None = None
) -> Contract:
    """Let the client sign the offered contract; it is in force from now on.

    Args:
        actor: the client.
        case_id: whose contract.
        on: the day of signing.
        document_id: the version the client has read; another one is refused.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor is not the client.
        TransitionRefused: ``case_not_running``, ``not_offered``, ``already_signed``.
        Conflict: ``document_changed``.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.SIGN_CONTRACT, case)
        refuse_unless_running(case)
        contract = locked_contract(case.pk, ContractState.OFFERED)
        document = offered_signature(contract).document
        if document_id is not None and document.pk != document_id:
            raise Conflict(
                _("The contract has changed since you opened it. Read the new version first."),
                code="document_changed",
            )
        on = on or timezone.localdate()
        write_signature(
            contract, document, Party.CLIENT, SigningMethod.PORTAL, actor=actor, on=on,
            name=actor.full_name,
        )  # fmt: skip
        trace_contract(
            events.CONTRACT_SIGNED, actor, contract,
            signed_on=on, document=str(document.pk), mark=document.mark,
        )  # fmt: skip
        return _bring_into_force(contract, case, actor)


def sign_contract_on_paper(  # noqa: PLR0913 -- keyword-only, each with a meaning of its own
    *,
    actor: User,
    case_id: UUID,
    signed_on: date,
    upload: SealedUpload,
    read_aloud: bool,
    present: str = "",
    today: date | None = None,
) -> Contract:
    """Record that the client signed the printed contract; its scan is kept beside it.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not prepare contracts here.
        TransitionRefused: ``case_not_running``, ``not_offered``, ``already_signed``.
        InvalidInput: ``signed_in_future``, ``signed_before_offer``, or what is wrong with
            the scan (field ``scan``).
    """
    with unit_of_work():
        case = cases_for(actor).select_related("client").get(pk=case_id)
        require(actor, CasePermission.PREPARE_CONTRACT, case)
        refuse_unless_running(case)
        contract = locked_contract(case.pk, ContractState.OFFERED)
        offered = offered_signature(contract)
        _check_day(signed_on, offered.signed_on, today or timezone.localdate())
        scan = accept_upload(
            actor=actor,
            case=case,
            upload=upload,
            protection=KeyClass.LEGAL,
            allowed=SCANS,
            field="scan",
        )
        circumstances = {"read_aloud": read_aloud, "present": present.strip()}
        write_signature(
            contract, offered.document, Party.CLIENT, SigningMethod.PAPER, actor=actor,
            on=signed_on, name=case.client.full_name, scan=scan, circumstances=circumstances,
        )  # fmt: skip
        trace_contract(
            events.CONTRACT_SIGNED_ON_PAPER, actor, contract,
            signed_on=signed_on, document=str(offered.document_id), mark=offered.document.mark,
            scan=str(scan.pk), **circumstances,
        )  # fmt: skip
        return _bring_into_force(contract, case, actor)


def _check_day(signed_on: date, offered_on: date, today: date) -> None:
    if signed_on > today:
        raise InvalidInput(
            _("This day has not come yet. Give the day on which it was signed."),
            code="signed_in_future",
            field="signed_on",
        )
    if signed_on < offered_on:
        raise InvalidInput(
            _("The contract was not ready before this version of it. Give a later day."),
            code="signed_before_offer",
            field="signed_on",
        )


def _bring_into_force(contract: Contract, case: Case, actor: User) -> Contract:
    former = contract_in_force(case.pk)
    if former is not None:
        former.state = ContractState.SUPERSEDED
        former.save(update_fields=["state"])
    contract.state = ContractState.IN_FORCE
    contract.in_force_at = timezone.now()
    contract.save(update_fields=["state", "in_force_at"])
    if case.state == CaseState.AGREED:
        move_case_by_act(actor=actor, case_id=case.pk, step="sign")
    return contract
