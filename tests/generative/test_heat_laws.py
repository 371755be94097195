"""The laws of heat, on random people, places and exposures.

Hotter or longer is never safer; worse circulation is never safer; a place without feeling is never permitted; a further
hazard never opens what was closed.
"""

from __future__ import annotations

import random

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from afferent.body.regions import AREA, REGIONS
from afferent.knowledge import load
from afferent.physiology.heat.kinetics import EPIDERMAL, SETS, injury, when
from afferent.physiology.heat.limit import limit
from afferent.physiology.heat.pennes import Contact, skin, warm
from afferent.physiology.heat.source import HEAT_SOURCES
from afferent.physiology.heat.tissue import SITES, layers
from afferent.safety import Person, screen
from tests.generative.people import AS_OF, benign, numbers, person

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
SOME = settings(
    max_examples=min(2000, settings().max_examples // 3)
)  # each example screens a person or solves a course

sources = st.sampled_from(list(HEAT_SOURCES.values()))
sites = st.sampled_from(REGIONS)
readings = st.one_of(st.none(), st.floats(-5, 60))
seeds = st.integers(0, 2**48)


def somebody(seed: int, hazard: float = 0.05) -> Person:
    rng = random.Random(seed)
    return person(KNOWLEDGE, rng, NEAR, known=rng.choice((0.5, 0.95, 1.0)), hazard=hazard)


def at_ease(**more: tuple[int, ...] | bool) -> Person:
    """Everything known, nothing wrong, hot and cold told apart everywhere; then what is named."""
    values: dict = {}
    for fact in KNOWLEDGE.facts.values():
        if fact.kind in ("yes_no", "finding"):
            values[fact.id] = fact.worse == "no"
        elif fact.kind in ("number", "date"):
            values[fact.id] = benign(fact, NEAR)
    values |= {"hot_cold_intact": True, "answers_conflict": False}
    places = {"hot_cold_intact": (AREA["body"],)}
    for name, where in more.items():
        values[name] = bool(where)
        if isinstance(where, tuple):
            places[name] = where
    return Person(as_of=AS_OF, id="somebody", values=values, places=places)


def test_somebody_at_ease_may_be_warmed() -> None:
    found = limit(HEAT_SOURCES["hot_pack"], "back", screen(at_ease(), KNOWLEDGE), 40.0, knowledge=KNOWLEDGE)
    assert found.allowed, found.closed


@SOME
@given(st.sampled_from(REGIONS), sites, sources, st.floats(-5, 60), st.sampled_from(("numb", "monofilament_lost")))
def test_where_feeling_is_lost_nothing_is_permitted(numb: str, site: str, source, celsius: float, fact: str) -> None:
    assume(AREA[numb] & AREA[site])
    screening = screen(at_ease(**{fact: (AREA[numb],)}), KNOWLEDGE)
    found = limit(source, site, screening, celsius, knowledge=KNOWLEDGE)
    assert not found.allowed
    assert found.seconds == 0
    assert not found.until_answered


@SOME
@given(seeds, sites, sources, readings)
def test_nobody_whose_limits_say_no_heat_gets_any(seed: int, site: str, source, celsius: float | None) -> None:
    screening = screen(somebody(seed), KNOWLEDGE)
    found = limit(source, site, screening, celsius, knowledge=KNOWLEDGE)
    here = [one for region, one in screening.effective.items() if AREA[region] & AREA[site]]
    if any((one.heat if source.does == "heat" else one.cold) is False or one.excluded for one in here):
        assert not found.allowed
    assert found.allowed == (found.seconds > 0) == (not found.closed)


@SOME
@given(seeds, sites, sources, readings)
def test_a_further_hazard_never_opens(seed: int, site: str, source, celsius: float | None) -> None:
    rng = random.Random(seed)
    facts = [one for one in KNOWLEDGE.facts.values() if one.kind in ("yes_no", "finding") and one.worse == "yes"]
    worse = rng.choice(facts)
    where = (AREA[rng.choice(REGIONS)],) if worse.kind == "finding" else True
    before = limit(source, site, screen(at_ease(), KNOWLEDGE), celsius, knowledge=KNOWLEDGE)
    after = limit(source, site, screen(at_ease(**{worse.id: where}), KNOWLEDGE), celsius, knowledge=KNOWLEDGE)
    assert after.seconds <= before.seconds


@SOME
@given(st.floats(30, 60), st.floats(0, 10), sites, sources)
def test_hotter_is_never_safer(celsius: float, more: float, site: str, source) -> None:
    screening = screen(at_ease(), KNOWLEDGE)
    warm_one, hot_one = (
        limit(source, site, screening, reading, knowledge=KNOWLEDGE) for reading in (celsius, celsius + more)
    )
    assert hot_one.seconds <= warm_one.seconds or source.does == "cold"
    assert not (hot_one.allowed and celsius + more > 40)
    for kind in ("line", "kinetics"):
        low, high = ([one.seconds for one in found.clocks if one.kind == kind] for found in (warm_one, hot_one))
        # 50 °C: two pieces of a published set meet there with a step down
        if low and high:
            assert high[0] <= low[0] * (1.001 if celsius > 50 or celsius + more <= 50 else 2)


@SOME
@given(
    st.floats(37, 60), st.floats(0, 20), st.floats(0, 20), st.sampled_from(sorted(SITES)), st.sampled_from([60, 500])
)  # fmt: skip
def test_worse_circulation_is_never_safer_and_longer_is_never_safer(
    celsius: float, flow: float, less: float, site: str, film: float
) -> None:
    on = skin([layers(site)], [flow, max(0.0, flow - less)])
    course = warm(on, Contact(celsius, film=film), 3600)
    for name in EPIDERMAL:
        so_far = injury(SETS[name], course.times, course.basal)
        assert np.all(np.diff(so_far, axis=0) >= 0)
        better, worse = (when(course.times, so_far[:, n], 0.1) for n in (0, 1))
        assert worse <= better * (1 + 1e-9)
