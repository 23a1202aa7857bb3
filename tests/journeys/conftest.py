"""A real Chromium against the running site, in Polish and in our time zone."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.factories import PASSWORD, make_person
from tests.require import chromium

# the driver keeps an event loop in the test's thread; the tests themselves are not asynchronous
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is played in a browser, and let its plugin be older than pytest."""
    plugin = pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestWarning")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(plugin)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "pl-PL", "timezone_id": "Europe/Warsaw"}


@pytest.fixture(scope="session", autouse=True)
def _polish_words() -> None:
    call_command("messages", "compile")


@pytest.fixture
def advisor(transactional_db):
    return make_person(full_name="Beata Wójcik", email="beata@example.org")


@pytest.fixture
def log_in(live_server):
    """Log somebody in through the page, as they would."""

    def act(page, person) -> None:
        page.goto(f"{live_server.url}/logowanie/")
        page.get_by_label("Adres e-mail").fill(person.email)
        page.get_by_label("Hasło", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Zaloguj się").click()
        page.wait_for_url(lambda address: "/logowanie/" not in address)

    return act


@pytest.fixture
def signed_in(live_server):
    """Give the browser somebody's session without the page; for tests about other things."""

    def act(page, person) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return act
