"""The laws of outlines, on the real knowledge, random people and random wishes.

Whatever is offered keeps to every limit, fits its minutes, begins on intact skin; there is always something to choose.
Whatever a therapist taps ends inside the limits, is refused, or has a reason. One more hazard never loosens anything.
The limits are read here once more, leaf by leaf and slowly, so that a mistake in `Ground` cannot hide itself.
"""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.body.areas import PLACES
from afferent.body.regions import AREA, LEAVES, area, leaves
from afferent.knowledge.library import both_sides
from afferent.knowledge.model import DECISIONS
from afferent.outline import crossing, edited, faults, outlines, settled
from afferent.outline.change import Change
from afferent.outline.ground import Ground
from afferent.outline.model import Crossing, Outline, Step, Wish
from afferent.safety import Person, screen
from afferent.safety.screening import RegionLimit, Screening
from tests.generative.outline_people import FACTS, KNOWLEDGE, any_change, any_outline, somebody, wish
from tests.generative.test_laws import worse

seeds = st.integers(0, 2**48)
SOME = settings(max_examples=min(3000, settings().max_examples))
CLOSED = DECISIONS.index("clearance_first")


def drawn(seed: int) -> tuple[random.Random, Person, Screening, Wish]:
    rng = random.Random(seed)
    one = somebody(rng)
    return rng, one, screen(one, KNOWLEDGE), wish(rng)


def closed(screening: Screening) -> bool:
    return DECISIONS.index(screening.decision) >= CLOSED or screening.excluded == ("body",)


# What the screening says of each leaf, read without any of the code under test.


def excluded(screening: Screening, table: dict[str, RegionLimit] | None = None) -> set[str]:
    shut = {leaf for region in screening.excluded for leaf in leaves(AREA[region])}
    for region, limit in (screening.effective if table is None else table).items():
        if limit.excluded:
            shut.update(leaves(AREA[region]))
    return shut


def limits_at(table: dict[str, RegionLimit], leaf: str) -> list[RegionLimit]:
    return [limit for region, limit in table.items() if AREA[region] & AREA[leaf]]


def touched(step: Step) -> set[str]:
    """All leaves that hands touch in a step: its regions, and where its points and zones are on those sides."""
    found = set(leaves(area(step.regions)))
    for name in step.points:
        regions = (KNOWLEDGE.points[name].region,) if name in KNOWLEDGE.points else KNOWLEDGE.zones[name].regions
        for side in ("left", "right"):
            here = {leaf for leaf in leaves(both_sides(regions)) if f".{side}" in leaf}
            found |= here if here & set(leaves(area(step.regions))) else set()
    return found


def crossed(outline: Outline, screening: Screening, *, known: bool = False) -> list[str]:
    """Every way, by the slow reading, in which steps go beyond the effective limits, or beyond those that are known."""
    wrong: list[str] = []
    table = screening.limits if known else screening.effective
    shut, spent = excluded(screening, table), dict.fromkeys(LEAVES, 0)
    for step in outline.steps:
        work = KNOWLEDGE.library[step.work]
        level = max(step.level, work.levels[0])
        for leaf in touched(step):
            spent[leaf] += step.minutes
            if leaf in shut:
                wrong.append(f"{leaf} is left alone")
                continue
            for limit in limits_at(table, leaf):
                if level > limit.pressure:
                    wrong.append(f"{leaf}: level {level} above {limit.pressure}")
                if set(work.needs) & set(limit.techniques_off):
                    wrong.append(f"{leaf}: {set(work.needs) & set(limit.techniques_off)} is off")
                if level >= 4 and "deep" in limit.techniques_off:
                    wrong.append(f"{leaf}: deep is off")
                if spent[leaf] > limit.minutes:
                    wrong.append(f"{leaf}: {spent[leaf]} minutes of {limit.minutes}")
        numb = {leaf for region in screening.numb for leaf in leaves(AREA[region])}
        for name in step.points:
            if touched(step) & numb:
                wrong.append(f"{name} on a numb place")
            off = area(place for one in screening.points_off if one.point == name for place in one.where)
            lies = both_sides((KNOWLEDGE.points[name].region,)) if name in KNOWLEDGE.points else 0
            if off & lies & area(touched(step)):
                wrong.append(f"{name} is left out here")
    if outline.steps and closed(screening):
        wrong.append("the visit is closed")
    if outline.minutes > screening.session.minutes:
        wrong.append("longer than the visit may be")
    return wrong


@SOME
@given(seeds)
def test_whatever_is_offered_crosses_no_limit(seed: int) -> None:
    _, _, screening, wished = drawn(seed)
    for one in outlines(screening, KNOWLEDGE, wished):
        assert faults(one, screening, KNOWLEDGE, wished) == ()
        assert crossed(one, screening) == []


@SOME
@given(seeds)
def test_there_is_always_something_to_choose_and_elsewhere_and_not_today_among_it(seed: int) -> None:
    _, _, screening, wished = drawn(seed)
    kinds = [one.kind for one in outlines(screening, KNOWLEDGE, wished)]
    assert 1 <= len(kinds) <= 4
    assert len(set(kinds)) == len(kinds)
    if closed(screening):
        assert kinds == ["not_today"]
    if kinds != ["not_today"]:
        assert len(kinds) >= 2
        assert "elsewhere" in kinds
    assert kinds[-1] == "not_today"


@SOME
@given(seeds)
def test_an_outline_fits_its_minutes(seed: int) -> None:
    _, _, screening, wished = drawn(seed)
    for one in outlines(screening, KNOWLEDGE, wished):
        booked = min(wished.minutes, screening.session.minutes, 30 if wished.first else 45)
        assert one.minutes <= max(0, booked - wished.shorter)
        assert all(step.minutes >= 1 for step in one.steps)


@SOME
@given(seeds)
def test_it_begins_on_intact_skin_lightly_and_ends_where_it_began(seed: int) -> None:
    _, _, screening, wished = drawn(seed)
    not_intact = area(screening.numb) | _marked(screening, wished)
    for one in outlines(screening, KNOWLEDGE, wished):
        if one.steps:
            first, last = one.steps[0], one.steps[-1]
            assert not area(first.regions) & not_intact
            assert first.level <= 2
            assert KNOWLEDGE.library[first.work].opens
            assert not last.affected
            if len(one.steps) > 1 and last.work == first.work:
                assert last.regions == first.regions


def _marked(screening: Screening, wished: Wish) -> int:
    """Marked by the client, or held by a rule on numb or painful places."""
    found = 0
    for place in wished.affected:
        found |= PLACES[place]
    for region, limit in screening.effective.items():
        if {"LOPS", "ALLODYNIA", "PHN", "CRPS"} & set(limit.because):
            found |= AREA[region]
    return found


@SOME
@given(seeds)
def test_intact_comes_before_affected_and_light_before_deep(seed: int) -> None:
    _, _, screening, wished = drawn(seed)
    for one in outlines(screening, KNOWLEDGE, wished):
        flags = [step.affected for step in one.steps]
        if True in flags:
            assert one.kind in ("with_affected", "still")
            first = flags.index(True)
            last = len(flags) - flags[::-1].index(True)
            assert first > 0
            assert all(flags[first:last]), "what is affected is worked in one go"
            assert len(flags) - last <= 1, "only the quiet end comes after it"
        worked = [step for step in one.steps[:-1] if KNOWLEDGE.library[step.work].does in ("stroke", "knead")]
        for n, step in enumerate(worked):
            for later in worked[n + 1 :]:
                if area(step.regions) & area(later.regions):
                    assert step.level <= later.level, "light before deep on one place"
        assert all(step.level <= 2 for step in one.steps if step.affected)
        assert all(step.level <= 3 for step in one.steps)


# How far from the trunk a part is, read here once more: its name begins with one of these.
_FAR = {
    "upper_arm": 3, "forearm": 3, "elbow": 3, "pelvis": 3, "thigh": 4, "wrist": 5, "hand": 5, "knee": 5, "leg": 5,
    "ankle": 6, "foot": 6, "back": 2,
}  # fmt: skip


def _far(step: Step) -> int:
    """How far out the outermost place of a step is. The upper back is worked with the neck and the shoulders."""
    here = [leaf for leaf in leaves(area(step.regions)) if not (leaf.startswith("back.") and leaf.endswith(".upper"))]
    return max((_FAR.get(leaf.split(".")[0], 1) for leaf in here), default=1)


@SOME
@given(seeds)
def test_near_the_trunk_comes_before_far_from_it(seed: int) -> None:
    """Between the opening and what is affected; only heart failure wants the limbs first, and those near before far."""
    _, _, screening, wished = drawn(seed)
    limbs_first = any(one.id == "limbs_first" for one in screening.advice)
    for one in outlines(screening, KNOWLEDGE, wished):
        if one.kind != "still":
            middle = [step for step in one.steps[1:-1] if not step.affected]
            if limbs_first:
                middle = [step for step in middle if _far(step) > 2]
            assert [_far(step) for step in middle] == sorted(_far(step) for step in middle)


def _held(screening: Screening, leaf: str) -> tuple[int, int, frozenset[str]]:
    """Level, minutes and techniques off, the strictest of all that lies there."""
    here = limits_at(screening.effective, leaf)
    return (
        min([5, *(one.pressure for one in here)]),
        min([60, *(one.minutes for one in here)]),
        frozenset(name for one in here for name in one.techniques_off),
    )


@SOME
@given(seeds)
def test_the_stricter_side_never_has_more_minutes(seed: int) -> None:
    """Of two sides that are alike, both affected or neither, the one that bears less has no more time."""
    _, _, screening, wished = drawn(seed)
    shut = excluded(screening)
    for one in outlines(screening, KNOWLEDGE, wished):
        spent = dict.fromkeys(LEAVES, 0)
        for step in one.steps:
            for leaf in touched(step):
                spent[leaf] += step.minutes
        for leaf in LEAVES:
            there = leaf.replace(".left", ".x").replace(".right", ".left").replace(".x", ".right")
            mine, other = _held(screening, leaf), _held(screening, there)
            stricter = mine != other and mine[0] <= other[0] and mine[1] <= other[1] and mine[2] >= other[2]
            if stricter and there not in shut and spent[leaf] and not _different(leaf, there, screening, wished):
                assert spent[leaf] <= spent[there], (one.kind, leaf, mine, other)


def _different(leaf: str, there: str, screening: Screening, wished: Wish) -> bool:
    """Is one of them affected, and the other not?"""
    affected = Ground(screening, KNOWLEDGE, wished).affected
    return bool(AREA[leaf] & affected) != bool(AREA[there] & affected)


@SOME
@given(seeds)
def test_gentler_is_gentler_for_every_step(seed: int) -> None:
    """As many levels below what would have been offered there, of the same work; a still hand stays one."""
    _, _, screening, wished = drawn(seed)
    for one in outlines(screening, KNOWLEDGE, wished):
        for step in one.steps:
            caps = [limit.pressure for leaf in touched(step) for limit in limits_at(screening.effective, leaf)]
            points = [KNOWLEDGE.points[name].level for name in step.points if name in KNOWLEDGE.points]
            usual = min([KNOWLEDGE.library[step.work].levels[1], 2 if step.affected else 3, *caps, *points])
            assert step.level <= max(0, usual - wished.gentler)


@SOME
@given(seeds)
def test_points_and_zones_are_away_from_what_is_numb_painful_or_left_alone(seed: int) -> None:
    _, _, screening, wished = drawn(seed)
    away = area(screening.numb) | _marked(screening, wished) | area(excluded(screening))
    for one in outlines(screening, KNOWLEDGE, wished):
        for step in one.steps:
            if step.points:
                assert not area(touched(step)) & away


@SOME
@given(seeds)
def test_what_comes_from_outside_is_never_believed(seed: int) -> None:
    """Whatever the slow reading finds wrong, `faults` finds too; and nothing else is called a limit of a rule."""
    rng, _, screening, wished = drawn(seed)
    one = any_outline(rng)
    found = faults(one, screening, KNOWLEDGE, wished)
    unknown = any(fault.crosses == "unknown" for fault in found)
    known = [step for step in one.steps if step.work in KNOWLEDGE.library and all(r in AREA for r in step.regions)]
    sound = [step for step in known if all(n in KNOWLEDGE.points or n in KNOWLEDGE.zones for n in step.points)]
    wrong = crossed(Outline(one.kind, tuple(sound)), screening)
    if wrong and not unknown:
        assert found, wrong
    if not closed(screening) and not unknown:
        kinds = {fault.crosses for fault in found}
        assert ("excluded" in kinds) >= any("left alone" in why for why in wrong)
        assert ("pressure" in kinds) >= any("above" in why for why in wrong)
        assert ("technique" in kinds) >= any("is off" in why or "left out" in why for why in wrong)
    for fault in found:
        assert fault.says.strip()
        assert set(fault.rules) <= set(KNOWLEDGE.rules)


@SOME
@given(seeds)
def test_any_path_of_edits_ends_inside_the_limits_or_with_a_logged_reason(seed: int) -> None:
    rng, _, screening, wished = drawn(seed)
    outline = rng.choice(outlines(screening, KNOWLEDGE, wished))
    for _ in range(rng.randint(1, 12)):
        change: Change = any_change(rng, outline)
        result = edited(outline, change, screening, KNOWLEDGE, wished)
        assert (result.outline is None) == bool(result.refused)
        if result.outline is None:
            assert result.refused.strip()
            continue
        outline = result.outline
        assert outline.steps
        assert result.faults == faults(outline, screening, KNOWLEDGE, wished)
        assert not any(fault.never for fault in result.faults), "what nothing opens is refused"
    found = faults(outline, screening, KNOWLEDGE, wished)
    given_reasons = [crossing(one, outline, "client_asks", "", KNOWLEDGE) for one in found]
    assert settled(outline, screening, KNOWLEDGE, wished, given_reasons) == ()
    if not found:
        assert crossed(outline, screening) == []
    if found:
        alike = [one for one in given_reasons if one != given_reasons[0]]
        assert found[0] in settled(outline, screening, KNOWLEDGE, wished, alike), "each crossing has its own reason"


def _opened_by_a_clinician_or_nothing(rule_id: str) -> bool:
    """A rule that a clinician may answer, or that says that nothing lifts it."""
    rule = KNOWLEDGE.rules[rule_id]
    return any(one.cleared is not None for one in rule.effects) or "nothing" in rule.lifted_by.lower()


@SOME
@given(seeds)
def test_no_reason_opens_more_than_the_library_has_or_what_a_clinician_or_nothing_lifts(seed: int) -> None:
    rng, _, screening, wished = drawn(seed)
    one = any_outline(rng)
    for fault in faults(one, screening, KNOWLEDGE, wished):
        if fault.crosses == "pressure" and fault.step is not None:
            level = max(one.steps[fault.step].level, KNOWLEDGE.library[one.steps[fault.step].work].levels[0])
            if level > 3 or any(_opened_by_a_clinician_or_nothing(rule) for rule in fault.rules):
                assert fault.never


@SOME
@given(seeds)
def test_no_forged_reason_opens_what_nothing_opens(seed: int) -> None:
    rng, _, screening, wished = drawn(seed)
    one = any_outline(rng)
    found = faults(one, screening, KNOWLEDGE, wished)
    regions = tuple(region for step in one.steps for region in step.regions)
    forged = [Crossing(f.crosses, regions, f.says, f.rules, "client_asks") for f in found]
    left = settled(one, screening, KNOWLEDGE, wished, forged)
    assert left == tuple(fault for fault in found if fault.never)


@SOME
@given(seeds)
def test_one_more_hazard_never_makes_an_outline_looser_in_any_region(seed: int) -> None:
    """What is offered after one more hazard would have been inside the limits before it, everywhere."""
    rng, before, screening, wished = drawn(seed)
    fact = rng.choice(FACTS)
    after = worse(fact, before, rng)
    if after is None:
        return
    tighter = screen(after, KNOWLEDGE)
    for one in outlines(tighter, KNOWLEDGE, wished):
        assert faults(one, screening, KNOWLEDGE, wished) == (), fact.id
        assert crossed(one, screening) == [], fact.id


@SOME
@given(seeds)
def test_forgetting_an_answer_never_opens_anything(seed: int) -> None:
    """Unknown never clears: without one critical answer, nothing is offered that was not open with it."""
    rng, whole, screening, wished = drawn(seed)
    always = [fact.id for fact in FACTS if fact.critical is True and fact.id in whole.values]
    if not always:
        return
    name = rng.choice(always)
    less = Person(
        as_of=whole.as_of,
        values={key: known for key, known in whole.values.items() if key != name},
        places={key: known for key, known in whole.places.items() if key != name},
    )
    for one in outlines(screen(less, KNOWLEDGE), KNOWLEDGE, wished):
        assert crossed(one, screening, known=True) == [], name


@SOME
@given(seeds)
def test_the_same_person_and_wish_give_the_same_outlines(seed: int) -> None:
    _, one, screening, wished = drawn(seed)
    again = screen(one, KNOWLEDGE)
    assert outlines(screening, KNOWLEDGE, wished) == outlines(again, KNOWLEDGE, wished)
