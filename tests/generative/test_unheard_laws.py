"""A law for whoever cannot say what they feel: no edit and no reason ends in a technique that is left out there.

Read here once more from the knowledge and the limits, leaf by leaf: work that `NO-FEEDBACK` bars, points and zones that
are left out, work that is off or not meant for a place.
"""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from afferent.body.regions import AREA, area, leaves
from afferent.knowledge.library import both_sides
from afferent.outline import crossing, edited, faults, outlines, settled
from afferent.outline.model import Crossing, Outline, Step, Wish
from afferent.safety import Person, screen
from afferent.safety.evidence import Clearance
from afferent.safety.screening import Screening
from tests.generative.outline_people import KNOWLEDGE, any_change, any_outline, somebody, wish
from tests.generative.people import AS_OF
from tests.generative.test_outline_laws import limits_at, touched

seeds = st.integers(0, 2**48)
SOME = settings(max_examples=min(3000, settings().max_examples))
ANSWER = Clearance(("NO-FEEDBACK",), "Dr A", AS_OF, pressure={"body": 2})


def unheard(rng: random.Random) -> Screening:
    """Anybody, with any hazards beside, who cannot say what they feel; nobody knows it, now and then."""
    one = somebody(rng)
    values = {**one.values, "cannot_tell": True, "helper_present": rng.random() < 0.7}
    if rng.random() < 0.1:
        values.pop("cannot_tell")
    given_answer = (ANSWER,) if rng.random() < 0.5 else ()
    person = Person(as_of=one.as_of, id=one.id, values=values, places=one.places, clearances=given_answer)
    return screen(person, KNOWLEDGE)


def left_out(step: Step, screening: Screening) -> list[str]:
    """What of this step is a technique that is left out where nobody could say that it is too much."""
    here = {
        leaf
        for leaf in touched(step)
        if any("NO-FEEDBACK" in limit.because for limit in limits_at(screening.effective, leaf))
    }
    work, found = KNOWLEDGE.library[step.work], []
    if here and "NO-FEEDBACK" in work.barred_by:
        found.append(f"{step.work} is barred")
    if here - set(leaves(both_sides(work.where))):
        found.append(f"{step.work} is not meant for {here - set(leaves(both_sides(work.where)))}")
    for leaf in here:
        off = {name for limit in limits_at(screening.effective, leaf) for name in limit.techniques_off}
        found += [f"{leaf}: {name} is off" for name in off & set(work.needs)]
    for name in step.points:
        away = area(place for one in screening.points_off if one.point == name for place in one.where)
        lies = both_sides((KNOWLEDGE.points[name].region,)) if name in KNOWLEDGE.points else 0
        if away & lies & area(here):
            found.append(f"{name} is left out")
    return found


def every_reason(one: Outline, screening: Screening, wished: Wish) -> list[Crossing]:
    """Each reason of the list for each fault that takes one."""
    return [
        crossing(fault, one, reason, "They like it.", KNOWLEDGE)
        for fault in faults(one, screening, KNOWLEDGE, wished)
        if not fault.never
        for reason in KNOWLEDGE.reasons
    ]


def begins(one: Outline, screening: Screening, wished: Wish) -> bool:
    return settled(one, screening, KNOWLEDGE, wished, every_reason(one, screening, wished)) == ()


@SOME
@given(seeds)
def test_no_path_of_edits_with_any_reason_ends_with_such_a_technique(seed: int) -> None:
    rng = random.Random(seed)
    screening, wished = unheard(rng), wish(rng)
    offered = outlines(screening, KNOWLEDGE, wished)
    one = rng.choice([each for each in offered if each.steps] or [any_outline(rng)])
    for _ in range(8):
        made = edited(one, any_change(rng, one), screening, KNOWLEDGE, wished).outline
        one = made or one
        if begins(one, screening, wished):
            assert [why for step in one.steps for why in left_out(step, screening)] == []


@SOME
@given(seeds)
def test_no_outline_from_outside_with_any_reason_begins_with_such_a_technique(seed: int) -> None:
    """Each work on its own, on a place of its own, lightly: nothing else stands in its way."""
    rng = random.Random(seed)
    screening, wished = unheard(rng), structs.replace(wish(rng), affected=(), gentler=0, shorter=0)
    offered = [one for one in outlines(screening, KNOWLEDGE, wished) if one.steps]
    if not offered:
        return
    one = offered[0]
    work = KNOWLEDGE.library[rng.choice(list(KNOWLEDGE.library))]
    names = {"point": list(KNOWLEDGE.points), "zone": [z.id for z in KNOWLEDGE.zones.values() if z.part == work.part]}
    points = tuple(rng.sample(names.get(work.does, []), 1)) if work.does in names else ()
    place = rng.choice([region for region in AREA if AREA[region].bit_count() < 12])
    step = Step((place,), work.id, work.levels[0], 1, points=points)
    made = structs.replace(one, steps=(*one.steps, step))
    if begins(made, screening, wished):
        assert left_out(step, screening) == []
