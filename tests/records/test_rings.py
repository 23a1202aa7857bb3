"""Keys of rows: one query for a page, whatever is on it; nothing shared between threads."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from bilans.audit.services import unit_of_work
from bilans.crypto.binding import KeyClass
from bilans.crypto.keys import key_ring
from tests.records.trial import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3, 10])
def test_a_page_of_rows_of_several_cases_and_classes_costs_one_key_query(
    count, django_assert_num_queries
):
    with unit_of_work():
        for n in range(count):
            Page.objects.create(
                book=uuid4(), number=n, title=f"Strona {n}",
                protection=[KeyClass.CASE, KeyClass.LEGAL][n % 2],
            )  # fmt: skip

    with key_ring(), django_assert_num_queries(2):
        titles = {page.title for page in Page.objects.all()}

    assert titles == {f"Strona {n}" for n in range(count)}


def test_reading_and_changing_a_row_costs_one_key_query(leaf, django_assert_num_queries):
    with key_ring(), django_assert_num_queries(3):
        page = Page.objects.get(pk=leaf.pk)
        page.title += "!"
        page.save()


def test_a_new_row_of_a_case_with_keys_costs_one_key_query(leaf, book, django_assert_num_queries):
    with key_ring(), django_assert_num_queries(2):
        Page.objects.create(book=book, number=1, title="Druga")


def test_an_inner_rollback_costs_one_more_key_query_not_one_a_row(django_assert_num_queries):
    for n in range(5):
        Page.objects.create(book=uuid4(), number=n, title=f"Strona {n}")

    with unit_of_work():
        pages = list(Page.objects.all())
        assert pages[0].title
        with pytest.raises(ZeroDivisionError), unit_of_work():
            raise ZeroDivisionError
        with django_assert_num_queries(1):
            assert all(page.title for page in pages)


@pytest.mark.django_db(transaction=True)
def test_eight_threads_open_and_write_their_own_rows():
    books = [uuid4() for _ in range(8)]
    seen: dict = {}

    def work(book):
        try:
            for n in range(5):
                with unit_of_work():
                    Page.objects.create(book=book, number=n, title=str(book)[:8], words="ą" * n)
            with unit_of_work():
                seen[book] = [
                    (page.title, page.words)
                    for page in Page.objects.filter(book=book).order_by("number")
                ]
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[book]) for book in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert seen == {book: [(str(book)[:8], "ą" * n) for n in range(5)] for book in books}
    with unit_of_work():
        Page.objects.all().delete()
