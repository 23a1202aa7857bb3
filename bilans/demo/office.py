"""The sample office: made-up people, one of every kind."""

from dataclasses import dataclass

from bilans.accounts.models import Organisation, User
from bilans.accounts.permissions import Role
from bilans.accounts.selectors import members
from bilans.accounts.services import add_organisation, create_person

NAME = "Centrum Informacji i Planowania Kariery – biuro przykładowe"
PASSWORD = "naparstek i kreda"  # noqa: S105 -- of made-up people in a sample office

STAFF = {
    Role.ADVISOR: ("Beata Wójcik", "beata.wojcik@example.org"),
    Role.SUPERVISOR: ("Marek Ćwikła", "marek.cwikla@example.org"),
    Role.COMMITTEE: ("Halina Świątek", "halina.swiatek@example.org"),
}
CLIENT_EMAIL = "grazyna.zolkiewska@example.org"


@dataclass(frozen=True, slots=True)
class Office:
    """The sample office and who works in it."""

    organisation: Organisation
    advisor: User
    supervisor: User
    committee: User


def exists() -> bool:
    """Whether the sample office was made before."""
    return Organisation.objects.filter(name=NAME).exists()


def advisor() -> User:
    """Return the advisor of the sample office made before."""
    return members(organisation=Organisation.objects.get(name=NAME), role=Role.ADVISOR)[0]


def make() -> Office:
    """Make the office with its staff."""
    organisation = add_organisation(name=NAME, is_public=True)
    people = {
        role: create_person(
            organisation=organisation,
            role=role,
            full_name=full_name,
            email=email,
            password=PASSWORD,
        )
        for role, (full_name, email) in STAFF.items()
    }
    return Office(
        organisation=organisation,
        advisor=people[Role.ADVISOR],
        supervisor=people[Role.SUPERVISOR],
        committee=people[Role.COMMITTEE],
    )
