"""What a change makes of one step: harder, longer, other work, another place, a point more.

Ask here: `changed(step, change, ground)` and `fitted(step, ground)`, a step with what its work needs: points, or what
warms. Both raise `Refused`, a sentence, where a change makes no sense. Whether it crosses a limit is asked by `faults`.
"""

from __future__ import annotations

from typing import Final

from msgspec import structs

from afferent.body.regions import AREA, area, cover
from afferent.knowledge.library import MOVES, THERMAL, Work, both_sides
from afferent.knowledge.library_checks import MOST_LEVEL
from afferent.outline import says
from afferent.outline.adds import open_point, open_zone
from afferent.outline.change import (
    AddPoint,
    Change,
    ChangePlace,
    ChangeWork,
    LevelDown,
    LevelUp,
    Longer,
    RemovePoint,
    Shorter,
)
from afferent.outline.ground import Ground
from afferent.outline.model import Step

_CHOSEN: Final = 3  # points or zones, when work becomes acupressure or reflexology


class Refused(Exception):
    """Why a change cannot be, in one sentence."""


def changed(step: Step, change: Change, ground: Ground) -> Step:
    """The step after one change to it alone."""
    match change:
        case LevelUp():
            return _harder(step, ground)
        case LevelDown():
            return _lighter(step, ground)
        case Longer(_, minutes):
            return structs.replace(step, minutes=step.minutes + minutes)
        case Shorter(_, minutes):
            if step.minutes <= minutes:
                raise Refused("Shorter than that there is nothing left of it. Remove the step instead.")
            return structs.replace(step, minutes=step.minutes - minutes)
        case ChangeWork(_, work):
            return fitted(structs.replace(step, work=work, points=(), source="", celsius=None), ground, other=True)
        case ChangePlace(_, regions):
            return fitted(structs.replace(step, regions=regions, points=(), celsius=None), ground)
        case AddPoint(_, point):
            return _with_point(step, point, ground)
        case RemovePoint(_, point):
            return _without_point(step, point, ground)
        case _:
            raise Refused("Nothing was changed.")


def _work(step: Step, ground: Ground) -> Work:
    if step.work not in ground.knowledge.library:
        raise Refused(f"{step.work[:40]!r} is not in the technique library.")
    return ground.knowledge.library[step.work]


def _harder(step: Step, ground: Ground) -> Step:
    work = _work(step, ground)
    if step.level >= MOST_LEVEL:
        raise Refused(f"{says.level(MOST_LEVEL)} is the most there is.")
    if work.does not in MOVES:
        raise Refused(f"{says.capital(work.title)} is still and has no weight. Choose other work for more.")
    return structs.replace(step, level=step.level + 1)


def _lighter(step: Step, ground: Ground) -> Step:
    """Below what the work can be, it becomes the lighter work that is open there: slow strokes, then a still hand."""
    work, level = _work(step, ground), step.level - 1
    if level < 0:
        raise Refused("0 holding is the least there is.")
    if level >= work.levels[0]:
        return structs.replace(step, level=level)
    here = _area(step)
    for other in ground.knowledge.library.values():
        if other.opens and other.levels[0] <= level <= other.levels[1] and not here & ~ground.can(other):
            return structs.replace(step, work=other.id, level=level, points=())
    raise Refused(f"Lighter than that it is no {work.title} any more. Choose other work.")


def _area(step: Step) -> int:
    unknown = next((region for region in step.regions if region not in AREA), None)
    if unknown is not None:
        raise Refused(f"There is no region {unknown[:40]!r}.")
    return area(step.regions)


def fitted(step: Step, ground: Ground, *, other: bool = False) -> Step:
    """The step with what its work needs. `other`: the work is new here, so its level becomes one that it has."""
    work, here = _work(step, ground), _area(step)
    if other:
        open_to = ground.level(work, ground.now.cap(here & ~ground.shut), affected=bool(here & ground.affected))
        level = min(max(step.level, work.levels[0]), work.levels[1], max(open_to, work.levels[0]))
        step = structs.replace(step, level=level)
    if work.does in ("point", "zone") and not step.points:
        return _pressed(step, work, here, ground)
    return _warmed(step, work, here, ground) if work.does in THERMAL else step


def _pressed(step: Step, work: Work, here: int, ground: Ground) -> Step:
    """With the first points or zones that lie there and are open."""
    found: dict[str, int] = {}
    if work.does == "point":
        for name, point in ground.knowledge.points.items():
            found[name] = here & both_sides((point.region,)) and open_point(ground, name, work)
    else:
        for zone in ground.knowledge.zones.values():
            if zone.part == work.part:
                found[zone.id] = here & both_sides(zone.regions) and open_zone(ground, zone.id, work)
    chosen = [(name, place) for name, place in found.items() if place & here][:_CHOSEN]
    if not chosen:
        raise Refused(f"Nothing is open for {work.title} there.")
    return structs.replace(step, points=tuple(name for name, _ in chosen), regions=_sides(step, chosen, here, ground))


def _sides(step: Step, chosen: list[tuple[str, int]], here: int, ground: Ground) -> tuple[str, ...]:
    """The places of the points, on the sides of the step."""
    place = 0
    for _, each in chosen:
        place |= sum(each & half for half in ground.halves if half & here)
    return cover(place) or step.regions


def _warmed(step: Step, work: Work, here: int, ground: Ground) -> Step:
    """With what warms or cools, and the reading it may have at most; without one where nothing is open."""
    from afferent.outline import warmth  # here, because the physics of heat needs numpy and the core does not

    allowed = warmth.allowed(ground, work, cover(here)) if ground.wish.warmth else None
    if allowed is None:
        return structs.replace(step, source=work.source, celsius=None)
    minutes = min(step.minutes, allowed.minutes, work.minutes[1])
    return structs.replace(step, source=work.source, celsius=allowed.celsius, minutes=minutes)


def _with_point(step: Step, name: str, ground: Ground) -> Step:
    work = _work(step, ground)
    if name in step.points:
        raise Refused("It is in this step already.")
    if work.does == "point" and name in ground.knowledge.points:
        lies, is_open = both_sides((ground.knowledge.points[name].region,)), open_point(ground, name, work)
    elif work.does == "zone" and name in ground.knowledge.zones and ground.knowledge.zones[name].part == work.part:
        lies, is_open = both_sides(ground.knowledge.zones[name].regions), open_zone(ground, name, work)
    else:
        raise Refused(f"{name[:40]!r} is no point or zone for {work.title}.")
    place = cover(_area(step) | (is_open or lies))
    return structs.replace(step, regions=place, points=(*step.points, name))


def _without_point(step: Step, name: str, ground: Ground) -> Step:
    if name not in step.points:
        raise Refused("It is not in this step.")
    if len(step.points) == 1:
        raise Refused("It is the only one. Remove the step instead.")
    left = tuple(one for one in step.points if one != name)
    known, here, place = ground.knowledge, _area(step), 0
    for one in left:
        place |= here & both_sides((known.points[one].region,) if one in known.points else known.zones[one].regions)
    return structs.replace(step, points=left, regions=cover(place) or step.regions)
