"""The access table's form: one row for every way in, one column for every kind of person.

Each app's ``access_rows.py`` offers ``ROWS``; a test tries every row against the running
routes, refuses a route without a row, and ``docs/access.md`` is made from the same rows.
"""

from typing import NamedTuple

LOGIN = "login"
"""Sent to the log-in page (or told 401 where no person looks)."""

Answer = int | str


class Door(NamedTuple):
    """What each kind of person gets at one route with one method.

    stranger: an advisor of the same office without this case · outsider: an advisor of
    another office · advisor, supervisor, client: of this case · other_client: a client
    with a case of their own · committee: a committee member of the same office.
    """

    method: str
    route: str
    visitor: Answer
    stranger: Answer
    outsider: Answer
    advisor: Answer
    supervisor: Answer
    client: Answer
    other_client: Answer
    committee: Answer
