"""Build valid rows with one call; say only what the test is about.

Plain functions, no library: every default is visible here, every override is a keyword,
and each call goes through the same services as production.
"""

from datetime import date
from itertools import count
from typing import Any

from bilans.accounts.models import Organisation, User
from bilans.accounts.permissions import Role
from bilans.accounts.services import add_organisation, create_person
from clients.models import Case, Client
from clients.services import ClientCard, assign, open_case, register_client

_numbers = count(1)

DAY_OPENED = date(2026, 10, 5)
DAY_SIGNED = date(2026, 10, 12)
PASSWORD = "igla nitka naparstek"


def make_office(**fields: Any) -> Organisation:
    defaults = {"name": f"Centrum Kariery nr {next(_numbers)}", "is_public": True}
    return add_organisation(**defaults | fields)


def make_person(
    *, role: str = Role.ADVISOR, office: Organisation | None = None, **fields: Any
) -> User:
    number = next(_numbers)
    defaults = {
        "full_name": f"Osoba Przykładowa {number}",
        "email": f"osoba{number}@example.org",
        "password": PASSWORD,
    }
    return create_person(organisation=office or make_office(), role=role, **defaults | fields)


def make_client(*, actor: User | None = None, **card: Any) -> Client:
    """A client card in the actor's office."""
    defaults = {
        "given_name": "Grażyna",
        "family_name": "Żółkiewska",
        "birth_date": date(1971, 3, 14),
        "phone": "600 100 217",
    }
    return register_client(
        actor=actor or make_person(), card=ClientCard(**defaults | card), on=DAY_OPENED
    )


def make_case(
    *,
    advisor: User | None = None,
    client: Client | None = None,
    supervisor: User | None = None,
    state: str | None = None,
    card: dict[str, Any] | None = None,
    **opening: Any,
) -> Case:
    """A case led by ``advisor``, of a fresh client, put straight at ``state`` if one is given."""
    advisor = advisor or make_person()
    client = client or make_client(actor=advisor, **(card or {}))
    defaults = {"opened_on": DAY_OPENED, "next_step": "Rozmowa wstępna", "due_on": DAY_SIGNED}
    case = open_case(actor=advisor, client_id=client.pk, **defaults | opening)
    if supervisor is not None:
        assign(
            actor=advisor, case_id=case.pk, user=supervisor, role=Role.SUPERVISOR,
            reason="zastępstwo",
        )  # fmt: skip
    if state is not None:
        Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return case


def make_portal_user(case: Case, **fields: Any) -> User:
    """An account of the case's client, as it stands after the invitation was accepted."""
    return make_person(
        role=Role.CLIENT,
        office=case.organisation,
        client_id=case.client_id,
        full_name=case.client.full_name,
        **fields,
    )
