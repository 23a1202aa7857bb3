"""Drafts: everybody finds only their own."""

from uuid import UUID

from bilans.access import Actor
from clients.drafting import drafted_form
from clients.models import Draft


def draft_of(actor: Actor, form: str, target_id: UUID) -> Draft | None:
    """What the actor had typed into a form about a row, if it was not saved yet."""
    return Draft.objects.filter(user_id=actor.pk, form=form, target_id=target_id).first()


def case_of_target(form: str, target_id: UUID) -> UUID:
    """Name the case that the edited row belongs to; something new is named by its case.

    Tells nothing about who may see it.
    """
    drafted = drafted_form(form)
    if drafted is None:
        return target_id
    rows = drafted.model._default_manager.filter(pk=target_id)
    return rows.values_list("case_id", flat=True).first() or target_id
