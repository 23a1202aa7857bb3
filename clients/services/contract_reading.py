"""The contract as it is read: by the office with its words, by the client as a document."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.services import record, unit_of_work
from bilans.documents import storage
from bilans.documents.tree import Document
from clients import contract_events as events
from clients.contract_content import ContractContent, Element, content_of, missing_elements
from clients.contract_document import LANGUAGE, contract_document
from clients.contract_texts import starting_content
from clients.models import Case, Contract, Draft, IssuedDocument, Signature, StoredFile
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page, cases_for
from clients.selectors.contracts import (
    contract_in_force,
    contract_in_preparation,
    contracts_for,
    parties_of,
)
from clients.services.contracts import CONTRACT_FORM
from clients.services.drafts import find_draft
from clients.services.files import open_file
from clients.states import ContractState, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPage:
    """A contract with everything its page shows.

    ``contract`` is the one in preparation, else the one in force, else nothing yet;
    ``issued`` and ``signatures`` belong to it. ``former`` are those it followed.
    """

    page: CasePage
    contract: Contract | None
    content: ContractContent
    missing: list[Element]
    issued: IssuedDocument | None
    signatures: list[Signature]
    in_force: Contract | None
    former: list[Contract]
    draft: Draft | None

    @property
    def state(self) -> str:
        return ContractState.DRAFT if self.contract is None else self.contract.state

    @property
    def waits_for_client(self) -> bool:
        return self.state == ContractState.OFFERED

    @property
    def document(self) -> Document | None:
        """What was issued, exactly as it was."""
        return None if self.issued is None else storage.from_json(self.issued.tree)

    @property
    def client_signature(self) -> Signature | None:
        return next((each for each in self.signatures if each.party == Party.CLIENT), None)

    @property
    def may_prepare(self) -> bool:
        return CasePermission.PREPARE_CONTRACT in self.page.held

    @property
    def may_sign(self) -> bool:
        return CasePermission.SIGN_CONTRACT in self.page.held


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file on its way to a reader; iterating opens it segment by segment."""

    name: str
    media_type: str
    size: int
    chunks: Iterator[bytes]


def read_contract(*, actor: User, case_id: UUID, prepared: bool = True) -> ContractPage:
    """Open the contract of a case.

    Args:
        actor: who reads.
        case_id: whose contract.
        prepared: whether a contract that is still being written is meant too; the client
            reads only what was offered.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may not read the contract.
    """
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.VIEW_CONTRACT, page.case)
        record(events.CONTRACT_READ, actor=actor, subject=page.case)
        return _contract_page(actor, page, prepared=prepared)


def contract_to_write(*, actor: User, case_id: UUID) -> tuple[Case, Contract | None]:
    """Find what the composer is about to write; the saving that follows leaves the entry.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not prepare contracts here.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        require(actor, CasePermission.PREPARE_CONTRACT, case)
        return case, contract_in_preparation(case.pk)


def read_contract_preview(*, actor: User, case_id: UUID) -> tuple[CasePage, Document]:
    """Show the contract that is being prepared as the document it would become.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not prepare contracts here.
        Contract.DoesNotExist: nothing is being prepared.
    """
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.PREPARE_CONTRACT, page.case)
        record(events.CONTRACT_READ, actor=actor, subject=page.case)
        contract = contract_in_preparation(page.case.pk)
        if contract is None:
            raise Contract.DoesNotExist
        parties = parties_of(contract, advisor=actor)
        return page, contract_document(content_of(contract), parties)


def read_scan(*, actor: User, case_id: UUID, contract_id: UUID) -> OpenedFile:
    """Open the scan of a contract signed on paper.

    Raises:
        Contract.DoesNotExist, StoredFile.DoesNotExist: nothing of that kind for the actor.
    """
    with unit_of_work():
        contract = contracts_for(actor).get(pk=contract_id, case_id=case_id)
        file = StoredFile.objects.get(
            pk__in=Signature.objects.filter(contract=contract, party=Party.CLIENT).values("scan")
        )
        record(events.SCAN_READ, actor=actor, subject=contract, data={"number": contract.number})
        return OpenedFile(
            name=file.name,
            media_type=file.media_type,
            size=file.facts["size"],
            chunks=iter(open_file(file=file)),
        )


def _contract_page(actor: User, page: CasePage, *, prepared: bool) -> ContractPage:
    in_force = contract_in_force(page.case.pk)
    contract = contract_in_preparation(page.case.pk)
    if contract is None or (contract.state == ContractState.DRAFT and not prepared):
        contract = in_force
    content = content_of(contract) if contract is not None else _starting()
    signatures: list[Signature] = []
    if contract is not None:
        rows = Signature.objects.filter(contract=contract).select_related(
            "document", "document__pdf", "recorded_by"
        )
        signatures = sorted(rows, key=lambda each: each.party != Party.ADVISOR)
    prepares = CasePermission.PREPARE_CONTRACT in page.held
    return ContractPage(
        page=page,
        contract=contract,
        content=content,
        missing=missing_elements(content),
        issued=signatures[0].document if signatures else None,
        signatures=signatures,
        in_force=in_force,
        former=list(
            Contract.objects.filter(case=page.case, state=ContractState.SUPERSEDED).order_by(
                "-number"
            )
        ),
        draft=_draft(actor, page, contract) if prepares else None,
    )


def _starting() -> ContractContent:
    with translation.override(LANGUAGE):
        return starting_content()


def _draft(actor: User, page: CasePage, contract: Contract | None) -> Draft | None:
    target_id = page.case.pk if contract is None else contract.pk
    return find_draft(actor=actor, case_id=page.case.pk, form=CONTRACT_FORM, target_id=target_id)
