from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.asking import Visitors
from tests.access.world import build_world


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    """The world, built once for the module in a transaction that is undone after it."""
    block = transaction.atomic()
    block._from_testcase = True
    with django_db_blocker.unblock(), block:
        try:
            yield Visitors(build_world())
        finally:
            transaction.set_rollback(True)
