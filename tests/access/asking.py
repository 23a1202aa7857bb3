"""One request as one kind of person, undone at once, and what it left behind."""

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bilans.accounts.access_table import Route, routes
from bilans.audit.models import Entry
from bilans.doors import LOGIN
from tests.access.world import World
from tests.architecture.source import PACKAGES
from tests.pages import masked

UNCOUNTED = {"crypto_keyrecord"}
"""Keys are made when somebody is first traced; sessions are not ours to count."""


@dataclass(frozen=True)
class Answer:
    """What came back, and what it changed and traced, where that was counted."""

    outcome: int | str
    body: bytes
    changed: frozenset[str] = frozenset()
    traced: int = 0


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that the code takes for the outermost one, and that never happened."""
    block = transaction.atomic()
    block._from_testcase = True  # the frame of the request asks for a durable one
    with block:
        try:
            yield
        finally:
            transaction.set_rollback(True)


class Visitors:
    """A logged-in browser for each kind of person."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.routes = routes()
        self.keys = {who: _log_in(user) for who, user in world.people.items() if user}
        self._given: dict[tuple[str, str, str], Answer] = {}

    def answer(self, who: str, method: str, name: str) -> Answer:
        """What somebody gets with the ids of the case of the access table; asked once."""
        if (who, method, name) not in self._given:
            self._given[who, method, name] = self._counted(who, method, name)
        return self._given[who, method, name]

    def ask(self, who: str, method: str, name: str, ids: Mapping[str, Any] | None = None) -> Answer:
        """What somebody gets with these ids; nothing of it stays."""
        with undone():
            return self._ask(who, method, name, ids or {})

    def _counted(self, who: str, method: str, name: str) -> Answer:
        with undone():
            before, entries = _rows(), Entry.objects.count()
            answer = self._ask(who, method, name, {})
            changed = {table for table, state in _rows().items() if state != before[table]}
            return replace(
                answer,
                changed=frozenset(changed),
                traced=Entry.objects.count() - entries,
            )

    def _ask(self, who: str, method: str, name: str, ids: Mapping[str, Any]) -> Answer:
        route = self.routes[name]
        known = {**self.world.mine.ids, "token": self.world.token}
        known |= self.world.routes.get(name, {}) | dict(ids)
        kwargs = {key: known[key] for key in route.needs}
        address = reverse(name, kwargs=kwargs) if ":" in name else route.address
        browser = Client(raise_request_exception=False)
        if who in self.keys:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.keys[who]
        response = browser.generic(method, address, **_form(method, address))
        body = b"".join(response) if response.streaming else response.content
        return Answer(
            outcome=_outcome(response, who),
            body=_without_ids(masked(body), [*kwargs.values(), address]),
        )


def random_ids(route: Route) -> dict[str, uuid.UUID]:
    return {key: uuid.uuid4() for key in route.needs if key.endswith("_id")}


def _log_in(user: Any) -> str:
    browser = Client()
    browser.force_login(user)
    return browser.session.session_key


def _form(method: str, address: str) -> dict[str, Any]:
    if address.startswith("/api/"):
        return {"data": "{}", "content_type": "application/json"}
    if method == "POST":
        return {"content_type": "application/x-www-form-urlencoded"}
    return {}


def _outcome(response: HttpResponse, who: str) -> int | str:
    to_login = response.headers.get("Location", "").startswith(reverse("accounts:login") + "?")
    if to_login or (who == "visitor" and response.status_code == 401):
        return LOGIN
    return response.status_code


def _without_ids(body: bytes, values: list[Any]) -> bytes:
    for value in sorted(map(str, values), key=len, reverse=True):
        body = re.sub(re.escape(value.encode()), b"(id)", body)
    return body


def _rows() -> dict[str, tuple[int, int]]:
    """How many rows each of our tables has, and which transaction wrote the newest."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed and model.__module__.partition(".")[0] in PACKAGES
    )
    query = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}"  # noqa: S608
        for table in tables
        if table not in UNCOUNTED
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {table: (count, newest) for table, count, newest in cursor.fetchall()}
