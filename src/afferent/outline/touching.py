"""What a step touches, and whether it may: places left alone, techniques that are off, points, what warms or cools.

Ask here: `read(number, step, ground)`, the step as areas or why it cannot be read, and `touching(seen, ground)`, its
faults but for pressure and minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from afferent.body.regions import AREA, area
from afferent.knowledge.library import THERMAL, Work, both_sides
from afferent.knowledge.model import Effect
from afferent.outline import says
from afferent.outline.ground import Ground, table
from afferent.outline.laid import Laid
from afferent.outline.model import Fault, Step
from afferent.safety.screening import RegionLimit

_LEVELS: Final = range(6)
_MINUTES: Final = range(1, 121)


class Seen(NamedTuple):
    """A step that can be read: its number, its work and all that hands touch in it, points included."""

    number: int
    step: Step
    work: Work
    area: int
    points: dict[str, int]

    @property
    def level(self) -> int:
        """As hard as it is in truth: kneading is never as light as lotioning, and a stroke never without weight."""
        return max(self.step.level, self.work.levels[0])


def read(number: int, step: Step, ground: Ground) -> tuple[Seen | None, list[Fault]]:
    """The step as areas; None with the reasons where something in it does not exist."""
    wrong = [Fault("unknown", number, why) for why in _unknown(step, ground)]
    if wrong:
        return None, wrong
    place = area(step.regions)
    work = ground.knowledge.library[step.work]
    points = {name: _lies(name, work, place, ground) for name in step.points}
    every = place
    for here in points.values():
        every |= here
    return Seen(number, step, work, every, points), []


def _unknown(step: Step, ground: Ground) -> Iterator[str]:
    knowledge = ground.knowledge
    for region in step.regions:
        if region not in AREA:
            yield f"There is no region {region[:40]!r}."
    if not step.regions:
        yield "A step needs a place."
    if step.level not in _LEVELS:
        yield f"{step.level} is no pressure level; there are 0 holding to 5 deep."
    if step.minutes not in _MINUTES:
        yield f"{step.minutes} minutes cannot be."
    work = knowledge.library.get(step.work)
    if work is None:
        yield f"{step.work[:40]!r} is not in the technique library."
        return
    listed = knowledge.points if work.does == "point" else knowledge.zones if work.does == "zone" else {}
    for name in step.points:
        if name not in listed or (work.part and knowledge.zones[name].part != work.part):
            yield f"{name[:40]!r} is no point or zone for {work.title}."
    if work.does in ("point", "zone") and not step.points:
        yield f"{says.capital(work.title)} needs a point or a zone."
    if step.source and work.does not in THERMAL:
        yield f"{says.capital(work.title)} neither warms nor cools."


def _lies(name: str, work: Work, place: int, ground: Ground) -> int:
    """Where a point or zone lies: on the sides of the step, or on both where the step is elsewhere."""
    known = ground.knowledge
    regions = (known.points[name].region,) if work.does == "point" else known.zones[name].regions
    sides = [both_sides(regions) & half for half in ground.halves]
    return sum(side for side in sides if side & place) or sum(sides)


def touching(seen: Seen, ground: Ground) -> Iterator[Fault]:
    """Places left alone, techniques, points, warmth."""
    yield from _excluded(seen, ground)
    yield from _off(seen, ground)
    yield from _library(seen, ground)
    for name, here in seen.points.items():
        yield from _point(seen, name, here, ground)
    if seen.work.does in THERMAL:
        yield from _thermal(seen, ground)


def _excluded(seen: Seen, ground: Ground) -> Iterator[Fault]:
    shut = ground.reached(seen.work, seen.area) & ground.shut
    if shut:
        rules = whose(ground.now, shut, ground, lambda limit: limit.excluded, _shuts)
        until = "" if shut & ground.known.shut else " until a question is answered"
        yield Fault(
            "excluded", seen.number,
            f"{says.place(shut)}: left alone today{until}{says.titles(rules, ground.knowledge)}.", rules,
        )  # fmt: skip


def _shuts(effect: Effect) -> bool:
    return effect.exclude or effect.decision in ("clearance_first", "postpone", "do_not_treat_refer")


def _off(seen: Seen, ground: Ground) -> Iterator[Fault]:
    """A technique that the work needs is off here."""
    reached = ground.reached(seen.work, seen.area) & ~ground.shut
    for name, needed in ground.needed(seen.work, seen.level).items():
        here = reached & needed & ground.now.off(name)
        if not here:
            continue
        rules = _turned_off(name, here, ground)
        held = not here & ground.known.off(name)
        until = " until a question is answered" if held else ""
        title = ground.knowledge.techniques[name].title
        yield Fault(
            "technique", seen.number,
            f"{says.place(here)}: no {title} today{until}{says.titles(rules, ground.knowledge)}.", rules,
            hard=held or bool(here & ground.unfelt) or _binds(rules) or not rules,
        )  # fmt: skip


def _binds(rules: Iterable[str]) -> bool:
    """Does any of them do more than advise? What a clinician answers, or nothing lifts, no wish of a client opens."""
    return not table().reasoned.issuperset(rules)


def _turned_off(name: str, here: int, ground: Ground) -> tuple[str, ...]:
    return whose(
        ground.now, here, ground, lambda limit: name in limit.techniques_off, lambda effect: name in effect.off
    )


def _library(seen: Seen, ground: Ground) -> Iterator[Fault]:
    """What the library itself leaves out: other places, and rules under which the work is not done at all."""
    outside = seen.area & ~ground.shut & ~both_sides(seen.work.where)
    if outside:
        yield Fault(
            "technique", seen.number,
            f"{says.place(outside)}: {seen.work.title} is not meant for this part of the body. Our default.",
            hard=bool(outside & ground.unheard),
        )  # fmt: skip
    here = tuple(
        one for one in seen.work.barred_where if seen.area & ~ground.shut & ground.now.of_rules(frozenset({one}))
    )
    barred = (*(one for one in seen.work.barred_by if one in ground.rules), *here)
    if barred:
        yield Fault(
            "technique", seen.number,
            f"No {seen.work.title} today{says.titles(barred, ground.knowledge)}.", barred,
            hard=ground.fired.isdisjoint(barred) or _binds(barred),
        )  # fmt: skip


def _point(seen: Seen, name: str, here: int, ground: Ground) -> Iterator[Fault]:
    """A point or zone is pressed away from what is numb, painful or left out."""
    known = ground.knowledge
    title = known.points[name].title if name in known.points else f"the zone “{known.zones[name].title}”"
    if out := here & ground.points_off.get(name, 0):
        rules = next((one.because for one in ground.screening.points_off if one.point == name), ())
        yield Fault("technique", seen.number, f"{says.place(out)}: {title} is left out today.", rules,
                    hard=bool(out & ground.unfelt) or _binds(rules))  # fmt: skip
    barred = known.zones[name].off_with if name in known.zones else ()
    if rules := tuple(one for one in barred if one in ground.rules):
        why = known.zones[name].caution or "left out today"
        yield Fault("technique", seen.number, f"{says.capital(title)}: {why}.", rules,
                    hard=ground.fired.isdisjoint(rules) or bool(here & ground.unheard) or _binds(rules))  # fmt: skip
    if sore := here & ground.affected & ~ground.shut:
        numb = bool(sore & ground.numb)
        why = "numb, so nobody would feel too much" if numb else "affected itself"
        yield Fault("technique", seen.number, f"{says.place(sore)}: {why}. {says.capital(title)} is not pressed there.",
                    hard=bool(sore & ground.unfelt))  # fmt: skip


def _thermal(seen: Seen, ground: Ground) -> Iterator[Fault]:
    from afferent.outline import warmth  # here, because the physics of heat needs numpy and the core does not

    if not ground.wish.warmth:
        yield Fault("warmth", seen.number, "The client has not agreed to warmth and cold.")
    if seen.step.source != seen.work.source:
        yield Fault("warmth", seen.number, f"{says.capital(seen.work.title)} is not what warms or cools here.")
        return
    for why, rules in warmth.crossed(ground, seen.step):
        yield Fault("warmth", seen.number, f"{says.place(seen.area)}: {why}", rules)


def whose(
    laid: Laid, here: int, ground: Ground, block: Callable[[RegionLimit], bool], effect: Callable[[Effect], bool]
) -> tuple[str, ...]:
    """The rules that set this limit here; where none of them says so itself, all that limit the place."""
    rules = laid.because(here, block)
    known = ground.knowledge.rules
    named = tuple(one for one in rules if one in known and any(effect(each) for each in known[one].effects))
    return named or rules
