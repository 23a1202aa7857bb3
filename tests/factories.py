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
