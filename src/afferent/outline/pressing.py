"""Whether a step presses harder than today's limits, the library, or the last visit leave.

Ask here: `pressing(seen, ground)`: one fault at most, for the strictest bound. No reason opens what the library does
not have (above 3 medium), a place where nobody could say that it is too much (it is numb, or the client cannot tell), a
place of level 0, or what a rule holds; only the few rules of ground.toml (`reasoned`) leave it to the therapist, and no
open question may hold it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from afferent.knowledge.library import MOVES
from afferent.knowledge.library_checks import MOST_LEVEL
from afferent.outline import says
from afferent.outline.ground import Ground, table
from afferent.outline.model import Fault
from afferent.outline.touching import Seen, whose


class _Bound(NamedTuple):
    """A level that is not to be gone beyond, and why."""

    level: int
    why: str
    rules: tuple[str, ...] = ()
    hard: bool = False


def pressing(seen: Seen, ground: Ground) -> Iterator[Fault]:
    """The strictest bound that is gone beyond, with the rules of all of them."""
    level = seen.level
    beyond = [one for one in _bounds(seen, ground) if level > one.level]
    if beyond:
        strictest = min(beyond, key=lambda one: (one.level, not one.hard))
        rules = tuple(dict.fromkeys(rule for one in beyond for rule in one.rules))
        most = f"{says.level(level)} is above {says.level(strictest.level)}"
        yield Fault(
            "pressure", seen.number, f"{says.place(seen.area)}: {most}, {strictest.why}.", rules,
            hard=any(one.hard for one in beyond),
        )  # fmt: skip


def _bounds(seen: Seen, ground: Ground) -> Iterator[_Bound]:
    here = seen.area & ~ground.shut
    unfelt = bool(here & ground.unfelt)
    yield _Bound(MOST_LEVEL, "the most there is: the gentle family only", hard=True)
    if here:
        yield from _by_rules(here, seen.level, ground)
    if here & ground.affected and seen.work.does in MOVES:
        most = ground.knowledge.practice["affected_level"].most
        yield _Bound(most, "the most where nerves are affected; our default", hard=unfelt)
    if ground.wish.gentler > 0 and here:
        level = ground.level(seen.work, ground.now.cap(here), affected=bool(here & ground.affected))
        why = "the most after the last visit, which somebody felt for more than a day; our default"
        yield _Bound(level, why, hard=unfelt)
    still = seen.work.does not in MOVES
    yield _Bound(seen.work.levels[1], f"the most for {seen.work.title}; our default", hard=still or unfelt)
    for name in seen.points:
        if name in ground.knowledge.points:
            point = ground.knowledge.points[name]
            yield _Bound(point.level, f"the most on {point.title}; our default", hard=unfelt)


def _by_rules(here: int, level: int, ground: Ground) -> Iterator[_Bound]:
    """Today's limits. Everything that lies in the place counts, so one part of it may hold back the whole."""
    cap = ground.now.cap(here)
    if level <= cap:
        return
    rules = whose(
        ground.now, here, ground, lambda limit: limit.pressure < level,
        lambda effect: effect.pressure is not None and effect.pressure < level,
    )  # fmt: skip
    over = here & ground.now.where(lambda limit: limit.pressure < level)
    held = bool(over & ~ground.known.where(lambda limit: limit.pressure < level))
    unfelt = bool(over & ground.unfelt)
    why = f"the most today{says.titles(rules, ground.knowledge)}"
    if held:
        why = f"which holds until a question is answered{says.titles(rules, ground.knowledge)}"
    elif over & ground.numb:
        why += "; where it is numb nobody could say that it is too much"
    hard = held or unfelt or cap == 0 or not table().reasoned.issuperset(rules) or not rules
    yield _Bound(cap, why, rules, hard)
