import pytest

from bilans.accounts.models import User
from bilans.audit.events import REFUSED
from bilans.audit.services import record, unit_of_work
from tests.factories import make_person


@pytest.fixture
def person(db):
    with unit_of_work():
        return User.objects.create(full_name="Beata Wójcik", email="beata@example.org")


@pytest.fixture
def advisor(db):
    return make_person()


@pytest.fixture
def advisor_client(client, advisor, settings):
    """A browser logged in as an advisor, before the routes of ``tests.audit.doors``."""
    settings.ROOT_URLCONF = "tests.audit.doors"
    client.raise_request_exception = False
    client.force_login(advisor)
    return client


def leave(person, what):
    record(REFUSED, actor=person, subject=person, data={"what": what})
