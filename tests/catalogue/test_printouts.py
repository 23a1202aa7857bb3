"""Made-up print-outs in any layout, whole and damaged: wrong and silent never happens."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilans.catalogue.importer.own_format import problems_of
from bilans.catalogue.importer.read import read
from tests.catalogue.damage import DAMAGES, damaged
from tests.catalogue.printouts import Layout, make_layout, make_printout, make_truth
from tests.catalogue.scoring import score_tree

calm = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 2**32)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - made-up words, no secrets


def assert_adds_up(ledger: dict[str, int]) -> None:
    assert sum(count for state, count in ledger.items() if state != "total") == ledger["total"]


@given(seed=seeds)
@settings(calm, max_examples=60)
def test_a_whole_printout_in_any_layout_is_right_or_flagged(seed: int) -> None:
    rng = seeded(seed)
    truth = make_truth(rng)
    printout = make_printout(rng, truth, make_layout(rng))

    reading = read(printout.data, file="a.txt")

    score = score_tree(reading, truth.sets)
    assert score.silent == []
    assert score.right > 20 * score.flagged
    assert_adds_up(reading.ledger)
    assert reading.document is not None
    assert problems_of(reading.document) == []
    assert reading.document["qualification"]["prk_level"]["value"] is None


@pytest.mark.parametrize("damage", DAMAGES)
@given(seed=seeds)
@settings(calm, max_examples=12)
def test_a_damaged_printout_is_right_or_flagged(damage: str, seed: int) -> None:
    rng = seeded(seed)
    truth = make_truth(rng)
    layout = make_layout(rng)
    printout = make_printout(rng, truth, layout)

    reading = read(damaged(printout, rng, damage), file="a.txt")

    assert score_tree(reading, truth.sets).silent == []
    assert_adds_up(reading.ledger)
    if reading.document is not None:
        assert problems_of(reading.document) == []


@given(noise=st.binary(max_size=400), place=st.floats(0, 1), seed=st.integers(0, 50))
@settings(calm, max_examples=60)
def test_any_bytes_anywhere_get_a_verdict(noise: bytes, place: float, seed: int) -> None:
    rng = seeded(seed)
    data = make_printout(rng, make_truth(rng), Layout()).data
    cut = int(len(data) * place)

    for mixed in (noise, data[:cut] + noise + data[cut:]):
        reading = read(mixed, file="a.txt")
        assert reading.verdict
        assert_adds_up(reading.ledger)


@pytest.mark.parametrize("outcomes", [12, 40])
def test_more_than_nine_outcomes_and_more_criteria_than_letters(outcomes: int) -> None:
    rng = seeded(7)
    truth = make_truth(rng)
    criteria = [f"omawia przypadek numer {n} w zakładzie" for n in range(30)]
    names = [(f"Prowadzi czynność kolejną {n} w zakładzie", criteria[:2]) for n in range(outcomes)]
    truth.sets = [("Prowadzenie wielu czynności", [*names, ("Opisuje przypadki", criteria)])]

    reading = read(make_printout(rng, truth, Layout()).data, file="a.txt")

    assert score_tree(reading, truth.sets).silent == []
    assert reading.document is not None
    (found,) = reading.document["qualification"]["sets"]
    assert len(found["outcomes"]) == outcomes + 1
    last = found["outcomes"][-1]["criteria"]
    assert len(last) == 30
    assert last[-1]["label"].endswith(".ad")
