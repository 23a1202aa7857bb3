"""Every route, every kind of person: exactly the declared answer, and no other way in."""

import pytest
from guardian.models import GroupObjectPermission, UserObjectPermission

from bilans.accounts.access_table import PEOPLE, doors, routes
from bilans.doors import LOGIN
from tests.access.asking import Visitors, random_ids

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {LOGIN, 401, 403, 404, 405}
SHARED = {"version_id", "token"}
"""Named by an address, but common to all offices or meant for whoever holds it."""

INSIDERS = ("advisor", "supervisor", "client")
RUNNING = routes()
DECLARED = {(door.method, door.route): dict(zip(PEOPLE, door[2:], strict=True)) for door in doors()}
TRIED = {key: row for key, row in DECLARED.items() if key[1] in RUNNING}
WITH_IDS = [key for key in TRIED if RUNNING[key[1]].needs - SHARED]


def test_every_route_has_a_row() -> None:
    assert set(RUNNING) - {route for _method, route in DECLARED} == set()


def test_every_row_has_a_route() -> None:
    assert {route for _method, route in DECLARED} - set(RUNNING) == set()


def test_no_row_stands_twice() -> None:
    assert len(doors()) == len(DECLARED)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_the_declared_answer(visitors: Visitors, who: str) -> None:
    expected = {key: _same(row[who]) for key, row in TRIED.items()}
    given = {key: _same(visitors.answer(who, *key).outcome) for key in TRIED}

    assert _differences(given, expected) == {}


@pytest.mark.parametrize("who", INSIDERS)
def test_a_method_without_a_row_is_refused(visitors: Visitors, who: str) -> None:
    given = {
        (method, route): visitors.answer(who, method, route).outcome
        for route in RUNNING
        for method in (METHODS[:2] if who == "supervisor" else METHODS)
        if (method, route) not in DECLARED
    }
    assert {key: outcome for key, outcome in given.items() if outcome not in REFUSED} == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_refusal_and_a_look_change_nothing(visitors: Visitors, who: str) -> None:
    changed = {}
    for key in TRIED:
        answer = visitors.answer(who, *key)
        looked = key[0] == "GET" or answer.outcome == LOGIN
        if answer.changed and (looked or int(answer.outcome) >= 400):
            changed[key] = answer.changed
    assert changed == {}


@pytest.mark.parametrize("who", ["stranger", "outsider", "advisor", "client"])
def test_foreign_and_missing_ids_answer_byte_for_byte_alike(visitors: Visitors, who: str) -> None:
    world = visitors.world
    own = world.theirs if who == "stranger" else world.mine
    if who == "outsider":
        own = world.foreign
    others = [each for each in (world.mine, world.theirs, world.foreign) if each is not own]
    told_apart = {}
    for key in WITH_IDS:
        missing = visitors.ask(who, *key, random_ids(RUNNING[key[1]]))
        for other in others:
            foreign = visitors.ask(who, *key, _ids_of(other, key[1]))
            alike = (foreign.outcome, foreign.body) == (missing.outcome, missing.body)
            if _let_in(missing.outcome) or not alike:
                told_apart[key] = (foreign.outcome, missing.outcome)
    assert told_apart == {}


@pytest.mark.parametrize("who", INSIDERS)
def test_an_own_case_opens_nothing_of_another_one(visitors: Visitors, who: str) -> None:
    """One's own case in the address, somebody else's object below it."""
    opened = {}
    for key in WITH_IDS:
        below = RUNNING[key[1]].needs - SHARED - {"case_id"}
        if "case_id" not in RUNNING[key[1]].needs or not below:
            continue
        for other in (visitors.world.theirs, visitors.world.foreign):
            swapped = visitors.ask(who, *key, {name: other.ids[name] for name in below})
            if _let_in(swapped.outcome):
                opened[key] = swapped.outcome
    assert opened == {}


def test_every_look_at_a_case_leaves_an_entry(visitors: Visitors) -> None:
    silent = set()
    for who in INSIDERS:
        for method, route in WITH_IDS:
            if method == "GET":
                answer = visitors.answer(who, method, route)
                if answer.outcome == 200 and answer.traced == 0:
                    silent.add((who, route))
    assert silent == set()


def test_grants_lie_on_the_roots_own_table_only(visitors: Visitors) -> None:
    assert UserObjectPermission.objects.count() == 0
    assert GroupObjectPermission.objects.count() == 0


def _let_in(outcome: int | str) -> bool:
    return outcome != LOGIN and int(outcome) < 400


def _same(answer: int | str) -> int | str:
    return LOGIN if answer == 401 else answer


def _differences(given: dict, expected: dict) -> dict:
    return {
        key: f"{given[key]}, declared {expected[key]}"
        for key in expected
        if given[key] != expected[key]
    }


def _ids_of(balance, route: str) -> dict:
    return {
        name: balance.ids[name]
        for name in RUNNING[route].needs
        if name.endswith("_id") and name in balance.ids
    }
