from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from bilans.audit.services import unit_of_work
from bilans.database.server import ADMIN
from tests.records.trial import TABLES, Page, Verdict


@pytest.fixture(scope="session", autouse=True)
def _trial_tables(server, django_db_setup):
    name = connections["default"].settings_dict["NAME"]
    with server.connect(ADMIN, name) as admin:
        admin.execute(TABLES)


@pytest.fixture
def book() -> UUID:
    return uuid4()


@pytest.fixture
def leaf(db, book):
    """A stored page, read anew; ``page`` itself is a browser's."""
    with unit_of_work():
        made = Page.objects.create(book=book, title="Mundurki", words="sierpień 2019")
    return Page.objects.get(pk=made.pk)


@pytest.fixture
def verdict(db, book):
    with unit_of_work():
        made = Verdict.objects.create(book=book, outcome="positive")
    return Verdict.objects.get(pk=made.pk)


def body_of(row) -> bytes:
    """The sealed body as it stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sealed FROM {row._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608 -- a table of ours
        return bytes(cursor.fetchone()[0])


def put_body(row, blob: bytes, **columns) -> None:
    """Write a body into a row past all protection, as somebody with the database could."""
    names = ", ".join(f"{name} = %s" for name in ("sealed", *columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {names} WHERE id = %s",  # noqa: S608 -- a table of ours
            [blob, *columns.values(), row.pk],
        )
