"""How often a trial of a massage that does nothing is called a help, or a harm.

Written down before it was run: "helping" in at most 5 of 100 trials in every scenario, those included where people
begin because it is bad and it then gets better by itself; "getting worse" in at most 5 of 100 where nothing changes.
The rule of next-day flares stands as it does by default, with eight visits.
"""

from __future__ import annotations

import numpy as np
import pytest

from afferent.outcomes.person.analysis import changes
from afferent.outcomes.person.flares import flares
from afferent.outcomes.person.trial import Agreement, Blocks, schedule
from afferent.outcomes.person.verdict import judged
from tests.generative.trials_made import WITHOUT_EFFECT, courses, plain, whole_numbers

PLACEBO = -1.54
LENGTHS = [(5, 10), (7, 14), (7, 28), (14, 28), (14, 56)]
RHOS = [0.0, 0.3, 0.6]


def verdicts(scores, on, agreement, placebo=PLACEBO) -> dict[str, float]:
    made = courses(whole_numbers(scores), on)
    visits = np.flatnonzero(on)[:: max(1, int(on.sum()) // 8)][:8]
    counts: dict[str, int] = {}
    for one, change in zip(made, changes(made, agreement, placebo=placebo), strict=True):
        flared = flares(dict(zip(one.day, one.score, strict=True)), list(map(int, visits)))
        found = judged(one, agreement, change, flared, visits=8).is_
        counts[found] = counts.get(found, 0) + 1
    return {name: count / len(made) for name, count in counts.items()}


def before_and_after(
    name: str, before: int, during: int, rho: float, people: int, effect: float = 0.0, placebo=PLACEBO
):
    rng = np.random.default_rng(21)
    on = np.arange(before + during) >= before
    scores = WITHOUT_EFFECT[name](people, len(on), rho, rng) + effect * on
    return verdicts(scores, on, Agreement(), placebo)


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_few_are_called_a_help(name):
    assert before_and_after(name, 7, 14, 0.3, 500).get("helping", 0) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 500)


@pytest.mark.nightly
@pytest.mark.parametrize("rho", RHOS)
@pytest.mark.parametrize(("before", "during"), LENGTHS)
@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_at_most_five_in_a_hundred_are_called_a_help(name, before, during, rho):
    found = before_and_after(name, before, during, rho, 6_000)
    assert found.get("helping", 0) <= 0.05
    if name == "plain":
        assert found.get("getting_worse", 0) <= 0.05


@pytest.mark.nightly
@pytest.mark.parametrize("rho", RHOS)
@pytest.mark.parametrize(("before", "during"), LENGTHS)
@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_also_of_a_measure_that_has_no_yardstick(name, before, during, rho):
    assert before_and_after(name, before, during, rho, 6_000, placebo=None).get("helping", 0) <= 0.05


@pytest.mark.nightly
@pytest.mark.parametrize("rho", RHOS)
@pytest.mark.parametrize("visits", [8, 16, 24])
def test_flares_by_chance_are_no_alarm(visits, rho):
    rng = np.random.default_rng(23)
    on = np.arange(14 + 4 * visits) >= 14
    made = courses(whole_numbers(6 + 2.0 / 1.3 * (plain(3_000, len(on), rho, rng) - 6)), on)
    days = list(map(int, np.flatnonzero(on)[::4]))
    alarms = [
        judged(one, Agreement(visits=visits), None, flares(dict(zip(one.day, one.score, strict=True)), days), visits=8)
        for one in made
    ]
    assert sum(one.why == "flares" for one in alarms) <= 0.05 * len(made)


@pytest.mark.nightly
@pytest.mark.parametrize("rho", RHOS)
@pytest.mark.parametrize("pairs", [2, 3])
def test_drawn_blocks_too(pairs, rho):
    blocks = Blocks(pairs=pairs, days=7, seed=4)
    on = np.array(schedule(blocks)).repeat(blocks.days)
    found = verdicts(plain(6_000, len(on), rho, np.random.default_rng(22)), on, Agreement(blocks=blocks))
    assert found.get("helping", 0) <= 0.05
    assert found.get("getting_worse", 0) <= 0.05


@pytest.mark.parametrize(("effect", "least"), [(-2.0, 0.3), (-3.0, 0.8)])
def test_what_is_large_is_found(effect, least):
    assert before_and_after("plain", 14, 28, 0.3, 400, effect)["helping"] >= least


def test_what_harms_is_said():
    assert before_and_after("plain", 14, 28, 0.3, 400, 2.0)["getting_worse"] >= 0.7
