"""Issued documents and stored files somebody may see."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from bilans.access import Actor, visible
from bilans.accounts.permissions import Role
from clients.models import Delivery, IssuedDocument
from clients.permissions import CasePermission
from clients.states import DocumentKind

PERMISSION_OF = {
    DocumentKind.CONTRACT: CasePermission.VIEW_CONTRACT,
    DocumentKind.FINAL_REPORT: CasePermission.VIEW_REPORT,
}
"""What reading a kind of document asks for."""


def documents_for(actor: Actor) -> QuerySet[IssuedDocument]:
    """Every issued document the actor may read; a client sees a report once it is delivered."""
    rows = IssuedDocument.objects.none()
    for kind, permission in PERMISSION_OF.items():
        of_kind = IssuedDocument.objects.filter(kind=kind)
        if actor.role == Role.CLIENT and kind != DocumentKind.CONTRACT:
            of_kind = of_kind.filter(Exists(Delivery.objects.filter(document=OuterRef("pk"))))
        rows |= visible(actor, permission, of_kind, root_path="case")
    return rows


def documents_of(actor: Actor, case_id: UUID) -> QuerySet[IssuedDocument]:
    """The documents of one case, newest first, with whoever issued them and their deliveries."""
    return (
        documents_for(actor)
        .filter(case_id=case_id)
        .select_related("issued_by", "pdf", "docx")
        .prefetch_related("deliveries", "signatures")
        .order_by("-issued_at", "-id")
    )
