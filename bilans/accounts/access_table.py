"""The access table as a document: every route that runs, every kind of person, one answer.

The rows are the apps' own (``access_rows.py``); the addresses are those that really run.
A test tries every row, so the document cannot say what is not so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from bilans.doors import LOGIN, Door

HEADING = """# Who gets what, where

Made by `manage.py access_table` from the `access_rows.py` of every app; a test tries each row
against the running routes with eight kinds of people, and refuses a route without a row.

* **visitor**: nobody is logged in
* **stranger**: an advisor of the same office without this case
* **outsider**: an advisor of another office
* **advisor**, **supervisor**, **client**: of this case
* **other client**: with a case of their own
* **committee**: a committee member of the same office

The answers:

* **log-in**: sent to the log-in page; a form sent there is kept, a script is told 401
* **yes**: the page, or the act was done
* **typed wrong**: let in, but the empty form of the test is refused at its fields
* **not now**: let in, but the case is at another stage
* **no**: seen, but not for this role
* **hidden**: the same answer as for something that does not exist
"""
PEOPLE = Door._fields[2:]
WORDS = {
    LOGIN: "log-in",
    200: "yes",
    201: "yes",
    204: "yes",
    302: "yes",
    400: "typed wrong",
    401: "log-in",
    403: "no",
    404: "hidden",
    409: "not now",
    410: "gone",
    422: "typed wrong",
}


@dataclass(frozen=True, slots=True)
class Route:
    """One address that runs."""

    name: str
    address: str
    needs: frozenset[str]


def routes() -> dict[str, Route]:
    """Every route by its name; one without a name goes by its address."""
    return {route.name: route for route in _walk(get_resolver(), "", "", frozenset())}


def doors() -> list[Door]:
    """Every declared row, app by app."""
    found: list[Door] = []
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.access_rows"):
            found.extend(import_module(f"{config.name}.access_rows").ROWS)
    return found


def as_document() -> str:
    """Write the whole table out."""
    running = routes()
    parts = [HEADING]
    app = ""
    for door in doors():
        if door.route.partition(":")[0] != app:
            app = door.route.partition(":")[0]
            names = " | ".join(name.replace("_", " ") for name in PEOPLE)
            parts.append(
                f"\n## {app}\n\n| address | | {names} |\n|---|---|{'---|' * len(PEOPLE)}\n"
            )
        answers = " | ".join(WORDS.get(answer, str(answer)) for answer in door[2:])
        route = running.get(door.route)
        address = route.address if route else door.route
        parts.append(f"| `{address}` | {door.method} | {answers} |\n")
    return "".join(parts)


def _walk(
    resolver: URLResolver, prefix: str, address: str, needs: frozenset[str]
) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = address + str(entry.pattern)
        needed = needs | entry.pattern.converters.keys()
        if isinstance(entry, URLPattern):
            name = f"{prefix}{entry.name}" if entry.name else here
            yield Route(name, f"/{here}", needed)
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _walk(entry, inner, here, needed)
