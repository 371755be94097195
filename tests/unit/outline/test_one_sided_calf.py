"""A calf that is tight on one side only asks about a clot once more, before anything is offered [safety.md 1A].

`DVT-SUSPECT` names pain of one calf or thigh beside swelling. A client calls it tight, or a cramp; the therapist looks.
"""

from __future__ import annotations

import pytest
from msgspec import structs

from afferent.body.regions import AREA, area
from afferent.knowledge.layer_checks import faults
from afferent.knowledge.model import OneSided
from afferent.outline import outlines
from afferent.outline.model import Wish
from afferent.records.body_map import body_map, raised, statements
from afferent.safety import Evidence, resolve, screen
from tests.generative.outline_people import well
from tests.generative.people import AS_OF
from tests.unit.outline.made import KNOWLEDGE

CLOT = {"limb_swollen", "leg_pain_unexplained"}


def marked(layer: str, *zones: str):
    return body_map({"zones": {layer: dict.fromkeys(zones)}}, KNOWLEDGE)


def opened(layer: str, *zones: str) -> set[str]:
    """The questions that these marks open."""
    return {one.fact for one in raised(marked(layer, *zones), KNOWLEDGE, AS_OF)}


def screened(layer: str, *zones: str, answered: bool):
    """Somebody well who marked this; `answered`: the therapist has looked, and asked about a clot again."""
    told = [Evidence(fact, False if value is False else value, AS_OF) for fact, value in well().items()
            if isinstance(value, bool)]  # fmt: skip
    told += [Evidence(fact.id, False, AS_OF) for fact in KNOWLEDGE.facts.values() if fact.kind == "date"]
    told += [Evidence("age_years", 60.0, AS_OF), *statements(marked(layer, *zones), KNOWLEDGE, AS_OF)]
    marks = raised(marked(layer, *zones), KNOWLEDGE, AS_OF)
    asked = {one.fact for one in marks}
    said = told if answered else [*(one for one in told if one.fact not in asked), *marks]
    return screen(resolve(said, KNOWLEDGE, AS_OF), KNOWLEDGE)


@pytest.mark.parametrize(
    "zones",
    [
        ("leg.left.back",),
        ("leg.right",),
        ("leg_whole.left",),
        ("thigh.right.back",),
        ("leg.left.back", "thigh.left.back", "shoulder.right.back"),
        ("leg.left.back", "leg.right.front"),
    ],
)
def test_tight_on_one_side_only_asks_about_a_clot_again(zones) -> None:
    assert opened("tight", *zones) >= CLOT


@pytest.mark.parametrize(
    "zones", [("leg.left.back", "leg.right.back"), ("shoulder.left.back",), ("foot.left",), ("leg.left.front",)]
)
def test_tight_on_both_sides_or_elsewhere_does_not(zones) -> None:
    assert not opened("tight", *zones) & CLOT


@pytest.mark.parametrize("zones", [("leg.left.back",), ("leg.left.back", "leg.right.back"), ("arm.right",)])
def test_swollen_places_ask_about_a_clot_on_either_side(zones) -> None:
    assert "limb_swollen" in opened("swelling", *zones)


@pytest.mark.parametrize("layer", ["tight", "swelling"])
def test_until_it_is_answered_nothing_is_offered_and_then_the_calf_may_be(layer: str) -> None:
    wish = Wish(aims=("loosen",), minutes=45, first=False, tight=("leg.left.back",))
    before = screened(layer, "leg.left.back", answered=False)
    assert before.ask_first
    assert {one.fact for one in before.questions if one.critical} >= {"limb_swollen"}
    assert [one.kind for one in outlines(before, KNOWLEDGE, wish)] == ["not_today"]
    after = screened(layer, "leg.left.back", answered=True)
    assert not after.ask_first
    offered = {one.kind: one for one in outlines(after, KNOWLEDGE, wish)}
    worked = area(region for step in offered["with_affected"].steps for region in step.regions)
    assert worked & AREA["leg.left.back"]


def test_a_place_without_a_side_cannot_be_on_one_side() -> None:
    wrong = structs.replace(KNOWLEDGE.layers["tight"], one_sided=OneSided(("back", "calf.S"), ("tingling_nowhere",)))
    assert len(list(faults({"tight": wrong}, KNOWLEDGE.facts))) == 3
