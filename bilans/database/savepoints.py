"""Whether what was done in a transaction still stands, or a savepoint has undone it.

Python objects do not roll back with the database: a key made, or a trace noted, inside a
savepoint outlives it. Django forgets the commit hooks of a savepoint that is rolled back,
so a hook that does nothing tells what became of the block it was left in.
"""

from django.db import connection, transaction


class Mark:
    """Falls with the savepoint it was left in, or with the transaction."""

    def __call__(self) -> None:
        """Do nothing at commit: being asked to is all."""


def leave_mark() -> Mark:
    """Leave a mark in the innermost block of the current transaction."""
    mark = Mark()
    transaction.on_commit(mark)
    return mark


def standing_marks() -> set[Mark]:
    """Marks of the current transaction that no savepoint has undone."""
    return {hook for _, hook, *_ in connection.run_on_commit if isinstance(hook, Mark)}
