"""Issued documents: made once in three renderings, read, handed over, acknowledged."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bilans.access import held, require
from bilans.accounts.models import User
from bilans.audit.services import record, unit_of_work
from bilans.collation import fold
from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.crypto.keys import key_to_seal
from bilans.documents import docx, pdf, storage
from bilans.documents.tree import Document
from bilans.errors import InvalidInput, TransitionRefused
from clients import contract_events as events
from clients.models import Case, Delivery, IssuedDocument
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page
from clients.selectors.documents import documents_for, documents_of
from clients.services.files import open_file, store_bytes
from clients.states import DeliveryChannel, DocumentKind

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
RENDERINGS = ("html", "docx", "pdf")

_ISSUING = {
    DocumentKind.CONTRACT: CasePermission.PREPARE_CONTRACT,
    DocumentKind.FINAL_REPORT: CasePermission.WRITE_REPORT,
}
_CONFIRMING = {
    DocumentKind.CONTRACT: CasePermission.SIGN_CONTRACT,
    DocumentKind.FINAL_REPORT: CasePermission.CONFIRM_REPORT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDocument:
    """A document somebody may read now: its tree, and for a file its bytes as they open."""

    issued: IssuedDocument
    document: Document
    file_name: str = ""
    media_type: str = ""
    size: int = 0
    chunks: Iterator[bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """The documents of a case, newest first."""

    page: CasePage
    documents: list[IssuedDocument]


def issue_document(*, actor: User, case: Case, kind: str, document: Document) -> IssuedDocument:
    """Make a document final: render it, seal the renderings, keep tree and checksums.

    The caller has judged what the document says and whether it may be issued; this asks
    once more who issues it. The plain ``mark`` is a keyed hash over all three forms.

    Raises:
        NotPermitted: the actor does not issue documents of this kind in the case.
    """
    with unit_of_work():
        require(actor, _ISSUING[DocumentKind(kind)], case)
        # the case's row serialises the numbering of its documents
        Case.objects.select_for_update().get(pk=case.pk)
        last = IssuedDocument.objects.filter(case=case, kind=kind).aggregate(n=Max("number"))["n"]
        number = (last or 0) + 1
        tree = storage.to_json(document)
        made = {"docx": docx.render(document), "pdf": pdf.render(document)}
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
        sums["tree"] = tree_sum(tree)
        media_types = {"docx": DOCX_TYPE, "pdf": PDF_TYPE}
        protection = KeyClass.LEGAL if kind == DocumentKind.CONTRACT else KeyClass.CASE
        files = {
            name: store_bytes(
                actor=actor,
                case=case,
                name=file_name(case, kind, number, name),
                data=data,
                media_type=media_types[name],
                protection=protection,
            )
            for name, data in made.items()
        }
        issued = IssuedDocument.objects.create(
            case=case,
            kind=kind,
            number=number,
            language=document.language,
            issued_at=timezone.now(),
            issued_by=actor,
            mark=_mark(case, sums),
            title=document.title,
            tree=tree,
            hashes=sums,
            **files,
        )
        record(
            events.DOCUMENT_ISSUED,
            actor=actor,
            subject=issued,
            data={
                "title": issued.title, "kind": kind, "number": number, "mark": issued.mark,
            },
        )  # fmt: skip
        return issued


def read_document(*, actor: User, document_id: UUID, rendering: str = "html") -> OpenedDocument:
    """Open an issued document in one of its renderings, and leave an entry of it.

    The bytes are opened later, while they travel: the key is taken now, and the entry
    stands before the first byte leaves.

    Raises:
        IssuedDocument.DoesNotExist: no such document for the actor.
        InvalidInput: code ``rendering_unknown``.
    """
    with unit_of_work():
        issued = documents_for(actor).select_related("case", "pdf", "docx").get(pk=document_id)
        if rendering not in RENDERINGS:
            raise InvalidInput(_("Choose PDF, Word or the page."), code="rendering_unknown")
        record(
            events.DOCUMENT_READ,
            actor=actor,
            subject=issued,
            data={**_named(issued), "kind": issued.kind, "rendering": rendering.upper()},
        )
        document = storage.from_json(issued.tree)
        if rendering == "html":
            return OpenedDocument(issued=issued, document=document)
        file = issued.pdf if rendering == "pdf" else issued.docx
        return OpenedDocument(
            issued=issued,
            document=document,
            file_name=file.name,
            media_type=file.media_type,
            size=file.facts["size"],
            chunks=iter(open_file(file=file)),
        )


def read_documents(*, actor: User, case_id: UUID) -> DocumentsPage:
    """List the documents of a case the actor may read.

    Raises:
        Case.DoesNotExist: no such case for the actor.
    """
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        found = list(documents_of(actor, case_id))
        record(events.DOCUMENTS_READ, actor=actor, subject=page.case, count=len(found))
        return DocumentsPage(page=page, documents=found)


def deliver_document(*, actor: User, document_id: UUID, channel: str, note: str = "") -> Delivery:
    """Say that a document reached the client, or put it into the portal; again changes nothing.

    Raises:
        IssuedDocument.DoesNotExist: no such document for the actor.
        NotPermitted: the actor does not issue documents of this kind.
        InvalidInput: code ``channel_unknown``.
    """
    with unit_of_work():
        issued = documents_for(actor).select_related("case").get(pk=document_id)
        require(actor, _ISSUING[DocumentKind(issued.kind)], issued)
        if channel not in DeliveryChannel.values:
            raise InvalidInput(
                _("Choose how the document reaches the client."),
                code="channel_unknown",
                field="channel",
            )
        delivery, is_new = Delivery.objects.get_or_create(
            document=issued,
            channel=channel,
            defaults={
                "organisation_id": issued.organisation_id,
                "case_id": issued.case_id,
                "delivered_at": timezone.now(),
                "delivered_by": actor,
                "note": note.strip(),
            },
        )
        if is_new:
            record(
                events.DOCUMENT_DELIVERED,
                actor=actor,
                subject=issued,
                data={**_named(issued), "channel": channel, "note": note.strip()},
            )
        return delivery


def confirm_receipt(*, actor: User, document_id: UUID) -> Delivery:
    """Let the client say that a document has reached them; again changes nothing.

    Raises:
        IssuedDocument.DoesNotExist: no such document for the actor.
        NotPermitted: only the client confirms.
        TransitionRefused: code ``not_delivered``.
    """
    with unit_of_work():
        issued = documents_for(actor).select_related("case").get(pk=document_id)
        require(actor, _CONFIRMING[DocumentKind(issued.kind)], issued)
        deliveries = list(
            Delivery.objects.select_for_update(of=("self",))
            .filter(document=issued)
            .order_by("delivered_at")
        )
        if not deliveries:
            raise TransitionRefused(
                _("This document has not been handed over yet."), code="not_delivered"
            )
        for delivery in deliveries:
            if delivery.confirmed_at is not None:
                return delivery
        delivery = next(
            (each for each in deliveries if each.channel == DeliveryChannel.PORTAL), deliveries[0]
        )
        delivery.confirmed_at = timezone.now()
        delivery.save()
        record(events.RECEIPT_CONFIRMED, actor=actor, subject=issued, data=_named(issued))
        return delivery


def may_deliver(actor: User, issued: IssuedDocument) -> bool:
    """Tell whether the actor hands documents of this kind over; for the button."""
    return _ISSUING[DocumentKind(issued.kind)] in held(actor, issued)


def tree_sum(tree: dict[str, Any]) -> str:
    """Checksum of a stored document's content, in hex, whatever the order of its keys."""
    return hashlib.sha256(orjson.dumps(tree, option=orjson.OPT_SORT_KEYS)).hexdigest()


def file_name(case: Case, kind: str, number: int, rendering: str) -> str:
    """Name a rendering by case and version; never by the person."""
    label = fold(str(DocumentKind(kind).label))
    return f"{slugify(f'{label} {case.number}'.replace('/', '-'))}-{number}.{rendering}"


def _mark(case: Case, sums: dict[str, str]) -> str:
    key = key_to_seal(
        KeyScope(ScopeKind.ORGANISATION, case.organisation_id, KeyClass.SERVICE)
    ).secret
    derived = HKDF(hashes.SHA256(), 32, None, b"bilans document mark 1").derive(key)
    said = "\n".join(f"{name} {sums[name]}" for name in sorted(sums)).encode()
    return hmac.new(derived, said, hashlib.sha256).hexdigest()


def _named(issued: IssuedDocument) -> dict[str, Any]:
    return {"title": issued.title, "number": issued.number}
