"""Contracts: written, offered, taken back, replaced by a newer one.

Offering is the advisor's signature: it issues the document, and the client signs exactly
that document. From then on nothing in it changes; while the client has not signed it can
only be taken back, and afterwards only replaced.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.registry import EventType
from bilans.audit.services import record, unit_of_work
from bilans.errors import Conflict, InvalidInput, TransitionRefused
from clients import contract_events as events
from clients.contract_content import ContractContent, content_of, missing_elements
from clients.contract_document import contract_document
from clients.models import Case, Contract, IssuedDocument, Signature
from clients.permissions import CasePermission
from clients.selectors.cases import cases_for
from clients.selectors.contracts import (
    contract_in_force,
    contract_in_preparation,
    offered_signature,
    parties_of,
)
from clients.services.cases import move_case
from clients.services.documents import issue_document
from clients.services.drafts import discard_draft
from clients.states import RUNNING, CaseState, ContractState, Party, SigningMethod

CONTRACT_FORM = "clients.contract"
"""The composer's name among the forms that save themselves."""

MAX_WORDS = 1000
"""Longest request for a change, in characters."""


def save_contract(
    *, actor: User, case_id: UUID, content: ContractContent, base_version: int | None
) -> Contract:
    """Keep the words of the contract that is being prepared; the first time it is made.

    Args:
        actor: who writes.
        case_id: whose contract.
        content: all of its words; parts may still be lacking.
        base_version: the version that was edited, nothing for a new contract.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not prepare contracts here.
        TransitionRefused: ``case_not_running``, ``contract_offered``, ``contract_signed``.
        Conflict: ``stale``; somebody saved it since.
    """
    with unit_of_work():
        case = _case_to_prepare(actor, case_id)
        contract = contract_in_preparation(case.pk)
        if contract is not None and contract.state == ContractState.OFFERED:
            raise TransitionRefused(
                _("The contract waits for its signature. Take it back to change it."),
                code="contract_offered",
            )
        target_id = case.pk if contract is None else contract.pk
        if contract is None:
            contract = _new_contract(actor, case)
        elif contract.version != base_version:
            raise _stale()
        for name, value in content.attributes().items():
            setattr(contract, name, value)
        contract.prepared_by = actor
        contract.save()
        discard_draft(actor=actor, case_id=case.pk, form=CONTRACT_FORM, target_id=target_id)
        trace_contract(events.CONTRACT_SAVED, actor, contract)
        return contract


def offer_contract(*, actor: User, case_id: UUID, on: date | None = None) -> Contract:
    """Sign the contract for the office and give it to the client to be signed.

    A case that is still before its contract moves on to preparing it.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not prepare contracts here.
        TransitionRefused: ``case_not_running``, ``no_contract``, ``contract_offered``, or
            ``contract_incomplete`` with the field of the first lacking element.
    """
    with unit_of_work():
        case = _case_to_prepare(actor, case_id)
        contract = locked_contract(case.pk, ContractState.DRAFT)
        _check_complete(content_of(contract))
        if case.state in {CaseState.ENQUIRY, CaseState.SCREENING}:
            case = move_case(actor=actor, case_id=case.pk, step="agree")
        on = on or timezone.localdate()
        document = issue_document(
            actor=actor,
            case=case,
            kind="contract",
            document=contract_document(
                content_of(contract), parties_of(contract, advisor=actor), offered_on=on
            ),
        )
        write_signature(
            contract, document, Party.ADVISOR, SigningMethod.OFFICE, actor=actor, on=on,
            name=actor.full_name,
        )  # fmt: skip
        contract.state = ContractState.OFFERED
        contract.asked_change = ""
        contract.save()
        trace_contract(
            events.CONTRACT_OFFERED, actor, contract,
            document=str(document.pk), mark=document.mark,
        )  # fmt: skip
        return contract


def reopen_contract(*, actor: User, case_id: UUID, reason: str = "") -> Contract:
    """Take an offered contract back to be changed, before the client has signed it.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not prepare contracts here.
        TransitionRefused: ``not_offered``.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.PREPARE_CONTRACT, case)
        return _back_to_draft(case, events.CONTRACT_REOPENED, actor, reason.strip())


def ask_for_change(*, actor: User, case_id: UUID, words: str) -> Contract:
    """Let the client send the offered contract back with what should be different.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor is not the client.
        InvalidInput: ``words_missing``, ``words_too_long``.
        TransitionRefused: ``not_offered``.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.SIGN_CONTRACT, case)
        words = words.strip()
        if not words:
            raise InvalidInput(
                _("Write what should be different; a few words are enough."),
                code="words_missing",
                field="words",
            )
        if len(words) > MAX_WORDS:
            raise InvalidInput(
                _("Shorten this to %(limit)d characters.") % {"limit": MAX_WORDS},
                code="words_too_long",
                field="words",
            )
        return _back_to_draft(case, events.CONTRACT_CHANGE_ASKED, actor, words, asked=words)


def amend_contract(*, actor: User, case_id: UUID) -> Contract:
    """Start a new contract from the one in force, which stays so until the new one is signed.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not prepare contracts here.
        TransitionRefused: ``case_not_running``, ``contract_missing``, ``already_in_preparation``.
    """
    with unit_of_work():
        case = _case_to_prepare(actor, case_id)
        current = contract_in_force(case.pk)
        if current is None:
            raise TransitionRefused(
                _("There is no signed contract to amend yet."), code="contract_missing"
            )
        if contract_in_preparation(case.pk) is not None:
            raise TransitionRefused(
                _("A new version is already being prepared. Go on with it."),
                code="already_in_preparation",
            )
        contract = _new_contract(actor, case, amending=True)
        for name, value in content_of(current).attributes().items():
            setattr(contract, name, value)
        contract.save()
        trace_contract(events.CONTRACT_AMENDED, actor, contract, replaces=current.number)
        return contract


def _case_to_prepare(actor: User, case_id: UUID) -> Case:
    case = cases_for(actor).select_related("client", "organisation").get(pk=case_id)
    require(actor, CasePermission.PREPARE_CONTRACT, case)
    refuse_unless_running(case)
    # of two who begin a contract at once the second finds the first one's
    Case.objects.select_for_update().get(pk=case_id)
    return case


def refuse_unless_running(case: Case) -> None:
    """Refuse an act of the contract in a case whose work does not go on.

    Raises:
        TransitionRefused: code ``case_not_running``.
    """
    if case.state not in RUNNING:
        raise TransitionRefused(
            _("The work on this case is not going on. Take the case up again first."),
            code="case_not_running",
        )


def _new_contract(actor: User, case: Case, *, amending: bool = False) -> Contract:
    if not amending and contract_in_force(case.pk) is not None:
        raise TransitionRefused(
            _("The contract is signed and does not change. Prepare an amended one instead."),
            code="contract_signed",
        )
    last = Contract.objects.filter(case=case).aggregate(n=Max("number"))["n"] or 0
    return Contract(case=case, number=last + 1, prepared_by=actor)


def locked_contract(case_id: UUID, state: str) -> Contract:
    """Take the contract in preparation for oneself: of two who act at once, one waits.

    The case is locked first, here as everywhere, so that nobody waits in a ring.
    """
    Case.objects.select_for_update().get(pk=case_id)
    contracts = Contract.objects.select_for_update(of=("self",))
    contract = contracts.filter(case_id=case_id, state=state).first()
    if contract is not None:
        return contract
    if state == ContractState.DRAFT:
        offered = contracts.filter(case_id=case_id, state=ContractState.OFFERED).exists()
        if offered:
            raise TransitionRefused(
                _("The contract already waits for its signature."), code="contract_offered"
            )
        raise TransitionRefused(_("Write the contract first."), code="no_contract")
    if contract_in_force(case_id) is not None and contract_in_preparation(case_id) is None:
        raise TransitionRefused(_("The contract is already signed."), code="already_signed")
    raise TransitionRefused(
        _("There is no contract to sign just now: it is still being prepared."), code="not_offered"
    )


def _check_complete(content: ContractContent) -> None:
    missing = missing_elements(content)
    if missing:
        raise TransitionRefused(
            _("The contract still lacks: %(elements)s. Complete it, then it can be signed.")
            % {"elements": ", ".join(str(element.label) for element in missing)},
            code="contract_incomplete",
            field=missing[0].field,
        )


def write_signature(  # noqa: PLR0913 -- the parts of one signature
    contract: Contract,
    document: IssuedDocument,
    party: str,
    method: str,
    *,
    actor: User,
    on: date,
    name: str,
    **more: Any,
) -> Signature:
    return Signature.objects.create(
        case=contract.case,
        contract=contract,
        document=document,
        party=party,
        method=method,
        signed_on=on,
        recorded_at=timezone.now(),
        recorded_by=actor,
        signer_name=name,
        **more,
    )


def _back_to_draft(
    case: Case, event: EventType, actor: User, reason: str, *, asked: str = ""
) -> Contract:
    contract = locked_contract(case.pk, ContractState.OFFERED)
    signature = offered_signature(contract)
    # the trail keeps that the office had signed; the contract that comes gets a new signature
    signature.delete()
    contract.state = ContractState.DRAFT
    contract.asked_change = asked
    contract.save()
    trace_contract(event, actor, contract, reason=reason, document=str(signature.document_id))
    return contract


def _stale() -> Conflict:
    return Conflict(
        _("Somebody else has saved the contract in the meantime. Your text is kept; compare."),
        code="stale",
    )


def trace_contract(event: EventType, actor: User, contract: Contract, **data: Any) -> None:
    """Leave the contract's entry, which always names its number."""
    record(event, actor=actor, subject=contract, data={"number": contract.number, **data})
