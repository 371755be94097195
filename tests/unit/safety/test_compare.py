"""What changed between two screenings: named where it moved, with the rule that moved it; nothing where nothing did."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from afferent.body.regions import area
from afferent.safety.compare import compare
from afferent.words.changes import changes
from tests.unit.words.made import ASKED, KNOWLEDGE, bare, old_clot, screened

WELL = tuple(name for name in KNOWLEDGE.groups if name != "cleared")
HAZARDS = [
    {"clot_ever": "right"}, {"numb": ["foot.left"]}, {"open_skin": ["hand.right.palm"]}, {"fever_symptoms": "yes"},
    {"breathless_or_chest_pain": "yes"}, {"touch_hurts": ["leg.left"]}, {"diabetes": "yes"}, {"foot_ulcer": "left"},
]  # fmt: skip


def test_the_same_twice_is_no_change() -> None:
    for made in (bare(), old_clot(), screened(none=ASKED)):
        found = compare(made, made)
        assert found.same
        assert changes(found, KNOWLEDGE) == ()


def test_a_new_hazard_is_named_with_its_place_and_its_rule() -> None:
    before, after = screened(none=WELL), screened({"touch_hurts": ["leg.left"]}, none=WELL)
    steps = compare(before, after).steps
    assert any(step.area & area(["leg.left"]) and step.after is None and "ALLODYNIA" in step.because for step in steps)
    lines = changes(compare(before, after), KNOWLEDGE)
    assert any(line.direction == "tighter" and "leg" in line.text.lower() for line in lines)


def test_an_answer_that_resolves_is_looser_and_says_what_no_longer_holds() -> None:
    found = compare(bare(), screened(none=ASKED))
    assert any(not step.tighter for step in found.steps)
    assert found.answered
    assert any(line.because.startswith("no longer held by") for line in changes(found, KNOWLEDGE))


@given(st.integers(0, 2**32))
def test_one_more_hazard_never_shows_anything_looser(seed: int) -> None:
    """The law of the lattice, as the therapist reads it. Every group is answered, so nothing is only resolved."""
    rng = random.Random(seed)
    some = rng.sample(HAZARDS, rng.randint(0, 4))
    more = rng.choice(HAZARDS)
    known: dict = {}
    for hazard in some:
        known |= hazard
    before, after = screened(known, none=WELL), screened(known | more, none=WELL)
    if before.ask_first or after.ask_first:
        return  # a new hazard may bring questions of its own, which hold back for a while
    assert all(step.tighter for step in compare(before, after).steps)
    assert not any(line.direction == "looser" for line in changes(compare(before, after), KNOWLEDGE))


@given(st.integers(0, 2**32))
def test_backwards_is_the_same_the_other_way_round(seed: int) -> None:
    rng = random.Random(seed)
    first, last = (screened(rng.choice(HAZARDS), none=WELL) for _ in range(2))
    there, back = compare(first, last), compare(last, first)
    assert {(one.area, one.before, one.after) for one in there.steps} == {
        (one.area, one.after, one.before) for one in back.steps
    }
    assert {rule.id for rule in there.came} == {rule.id for rule in back.went}
