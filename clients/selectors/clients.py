"""Client cards as the people of the office may find them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from bilans.access import Actor, visible
from bilans.collation import fold
from bilans.crypto.blind import client_index, normal_pesel, surname_tokens
from clients.models import Case, Client, ClientIndex
from clients.models.client import IndexKind
from clients.permissions import CasePermission


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesakes:
    """Cards that may be the same person's.

    Of a card the actor may not see only the number of such cards is told.
    """

    visible: tuple[Client, ...]
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.visible) or self.hidden > 0


def clients_for(actor: Actor) -> QuerySet[Client]:
    """The clients for whom the actor may open a case.

    Those of the actor's cases, and those of the office who have no case yet: a card is
    made a moment before its first case.
    """
    cases = Case.objects.filter(client=OuterRef("pk"))
    mine = visible(actor, CasePermission.VIEW_IDENTITY, cases)
    return Client.objects.filter(organisation=office_of(actor)).filter(
        Exists(mine) | ~Exists(cases)
    )


def find_namesakes(
    *, actor: Actor, family_name: str, birth_date: date, pesel: str = ""
) -> Namesakes:
    """Find cards of the office with this surname and birth date, or with this PESEL.

    The blind index names the candidates; they are opened here and compared exactly.
    """
    office = office_of(actor)
    tokens = surname_tokens(family_name)
    wanted = [(IndexKind.SURNAME, token) for token in tokens]
    if pesel:
        wanted.append((IndexKind.PESEL, normal_pesel(pesel)))
    condition = Q(pk__in=())
    for kind, value in wanted:
        condition |= Q(kind=kind, value=client_index(office, kind, value))
    candidates = Client.objects.filter(
        pk__in=ClientIndex.objects.filter(condition, organisation=office).values("client")
    )
    same = [
        client
        for client in candidates.order_by("created_at", "id")
        if (pesel and client.pesel == normal_pesel(pesel))
        or (client.birth_date == birth_date and {*tokens} & {*surname_tokens(client.family_name)})
    ]
    known = set(clients_for(actor).filter(pk__in=[c.pk for c in same]).values_list("pk", flat=True))
    seen = tuple(client for client in same if client.pk in known)
    return Namesakes(visible=seen, hidden=len(same) - len(seen))


def name_words(client: Client) -> list[str]:
    """The words of a name as a search compares them."""
    return [*fold(client.given_name.replace("-", " ")).split(), *surname_tokens(client.family_name)]


def office_of(actor: Actor) -> UUID:
    """Id of the organisation the actor works in."""
    office: UUID = actor.membership.organisation_id  # type: ignore[attr-defined]
    return office
