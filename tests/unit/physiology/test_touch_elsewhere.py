"""Beside and above a numb place: invented people, and the law that the effective limits always win."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.body.areas import PLACES
from afferent.body.regions import AREA, LEAVES, area
from afferent.knowledge import load
from afferent.physiology.touch import Elsewhere, Held, Place, beside_and_above
from afferent.physiology.touch.data import elsewhere_table
from afferent.safety import Evidence, Person, screen
from afferent.safety.screen import find
from afferent.safety.screening import Screening
from tests.generative.people import AS_OF, benign, numbers, person

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
# Everything that is asked before a visit, answered well, so that only what a test names holds.
WELL: dict[str, bool | float | str] = {
    fact.id: fact.worse == "no" if fact.kind in ("yes_no", "finding") else benign(fact, NEAR)
    for fact in KNOWLEDGE.facts.values()
    if fact.kind in ("yes_no", "finding", "date") and fact.id not in ("unsettled", "answers_conflict")
} | {"age_years": 60.0}


def screened(**places: str | list[str]) -> Screening:
    """Somebody well, but for these findings."""
    values: dict[str, bool | float | str] = {**WELL, **dict.fromkeys(places, True)}
    said = {fact: (named,) if isinstance(named, str) else tuple(named) for fact, named in places.items()}
    where = {fact: tuple(PLACES[one] for one in named) for fact, named in said.items()}
    told = {fact: (Evidence(fact, named),) for fact, named in said.items()}
    return screen(Person(as_of=AS_OF, id="ada", values=values, places=where, evidence=told), KNOWLEDGE)


def offered(found: Elsewhere, relation: str) -> int:
    return area(region for place in found.places if place.relation == relation for region in place.regions)


def test_a_numb_foot_is_worked_above_it_nearest_first() -> None:
    found = beside_and_above(screened(numb="foot.left"))
    assert found.affected == ("foot.left",)
    above = [place.regions for place in found.places if place.relation == "above"]
    assert above[:2] == [("ankle.left",), ("leg.left.front", "leg.left.back")]
    assert all(place.pressure >= 1 for place in found.places)
    assert offered(found, "other_side") == AREA["foot.right"]


def test_a_numb_sole_makes_the_whole_foot_numb() -> None:
    found = beside_and_above(screened(numb="foot.left.sole"))
    assert not offered(found, "beside") & AREA["foot.left"]


def test_both_feet_numb_leave_no_other_side() -> None:
    found = beside_and_above(screened(numb=["foot.left", "foot.right"]))
    assert not offered(found, "other_side")
    assert offered(found, "above") & AREA["leg.left.back"]
    assert offered(found, "above") & AREA["leg.right.back"]


def test_a_numb_shin_is_worked_beside_it() -> None:
    found = beside_and_above(screened(numb="leg.left.front"))
    assert offered(found, "beside") == AREA["leg.left.back"]
    assert not offered(found, "above") & AREA["foot.left"], "below is not above"


def test_a_painful_strip_on_the_chest_has_neighbours_and_another_side() -> None:
    found = beside_and_above(screened(touch_hurts="T5.left"))
    assert offered(found, "beside") & AREA["abdomen.left.upper"]
    assert offered(found, "beside") & AREA["shoulder.left.front"]
    assert offered(found, "other_side") & AREA["chest.right"]
    assert not any(place.relation == "above" for place in found.places)


def test_nothing_known_to_be_numb_gives_nothing() -> None:
    assert beside_and_above(screened()) == Elsewhere((), ())


def test_where_nobody_was_asked_nothing_is_offered() -> None:
    bare = screen(Person(as_of=AS_OF, id="", values={"numb": True}, places={"numb": (AREA["foot.left"],)}), KNOWLEDGE)
    assert beside_and_above(bare) == Elsewhere(("foot.left",), ())


def test_numb_somewhere_but_nobody_said_where() -> None:
    values = {**WELL, "numb": True}
    unplaced = screen(Person(as_of=AS_OF, id="", values=values, places={}), KNOWLEDGE)
    assert Held(unplaced).free == 0


def test_hollows_and_throat_are_never_on_the_list() -> None:
    found = beside_and_above(screened(numb=["leg.left.front", "forearm.right", "thigh.left.front", "shoulder.left"]))
    every = offered(found, "beside") | offered(found, "above") | offered(found, "other_side")
    for region in ("knee.left.back", "elbow.right.front", "pelvis.left.groin", "head_neck.left.neck_front"):
        assert not every & AREA[region], region


def test_the_table_names_rules_facts_and_decisions_that_exist() -> None:
    table = elsewhere_table()
    assert table.numb_rules <= set(KNOWLEDGE.rules)
    assert table.affected <= set(KNOWLEDGE.facts)
    assert table.closed == {"clearance_first", "postpone", "do_not_treat_refer"}


# The law


@settings(max_examples=min(1000, settings().max_examples // 2))
@given(st.integers(0, 2**48), st.sampled_from([0.1, 0.4]), st.sampled_from([None, 1.0]))
def test_the_effective_limits_always_win(seed: int, hazard: float, known: float | None) -> None:
    one = person(KNOWLEDGE, random.Random(seed), NEAR, known, hazard)
    _holds(one)


@pytest.mark.parametrize(
    "numb", ["foot.left", "foot.right.sole", "hand.left.palm", "T5.left", "leg.left", "thigh.right"]
)
@settings(max_examples=min(300, settings().max_examples // 6))
@given(st.integers(0, 2**48))
def test_the_effective_limits_win_over_what_people_mostly_bring(numb: str, seed: int) -> None:
    """Well, but for a numb place and a few hazards: people to whom something is offered."""
    rng = random.Random(seed)
    ill = person(KNOWLEDGE, rng, NEAR, 0.03, 0.9)
    values = {**WELL, **ill.values, "answers_conflict": False, "numb": True}
    _holds(Person(as_of=AS_OF, id="", values=values, places={**ill.places, "numb": (PLACES[numb],)}))


def _holds(one: Person) -> None:
    screening, findings = screen(one, KNOWLEDGE), find(one, KNOWLEDGE)
    limits = findings.known.meet(findings.held).by_leaf()
    numb = area(screening.numb)
    seen = 0
    for place in beside_and_above(screening).places:
        assert screening.decision in ("treat", "treat_adapted", "avoid_areas")
        here = area(place.regions)
        assert not here & (numb | seen | area(screening.excluded))
        seen |= here
        _inside(place, [limits[leaf] for leaf in LEAVES if AREA[leaf] & here])


def _inside(place: Place, limits: list) -> None:
    for limit in limits:
        assert not limit.excluded
        assert 1 <= place.pressure <= limit.pressure
        assert place.minutes <= limit.minutes
        assert not (place.moving and "moving_strokes" in limit.off)
        assert "LOPS" not in limit.because
