"""Drafts: everybody finds only their own."""

from uuid import UUID

from bilans.access import Actor
from clients.models import Draft


def draft_of(actor: Actor, form: str, target_id: UUID) -> Draft | None:
    """What the actor had typed into a form about a row, if it was not saved yet."""
    return Draft.objects.filter(user_id=actor.pk, form=form, target_id=target_id).first()
