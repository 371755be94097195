"""Which outlines a therapist can choose from: two to four of equal weight, nothing chosen.

Ask here: `outlines(screening, knowledge, wish)`. "Elsewhere" is among them wherever intact skin is open; "not today" is
always the last, and the only one where the visit is closed or nothing is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from afferent.knowledge import Knowledge
from afferent.knowledge.model import DEFAULT_PRESSURE
from afferent.outline.compose import rested, worked
from afferent.outline.field import Field
from afferent.outline.ground import Ground, table, time_for
from afferent.outline.model import Kind, Outline, Step, Wish
from afferent.safety.screening import Screening

_MAKE: Final[dict[Kind, Callable[[Field, int], tuple[Step, ...]]]] = {
    "with_affected": worked,
    "elsewhere": worked,
    "still": rested,
}
_ALIKE: Final[tuple[Kind, ...]] = ("with_affected", "still")  # left out where they are what "elsewhere" is
_ALWAYS: Final = ("order", "light_first", "opening", "closing")
_COURSE: Final = ("frequency", "course")  # only for whom it was tested
_UNANSWERED: Final = ("DATA-MISSING", "DATA-CONFLICT")


def outlines(screening: Screening, knowledge: Knowledge, wish: Wish) -> tuple[Outline, ...]:
    """One to four outlines, each inside every effective limit. Raises InputError for a place of the wish that is none.

    While questions come first (`ask_first`), what is offered keeps to what holds until they are answered, and says so.
    """
    ground = Ground(screening, knowledge, wish)
    minutes = time_for(ground)
    steps: dict[Kind, tuple[Step, ...]] = {}
    if not ground.closed and minutes >= knowledge.practice["first_visit"].least:
        steps = {kind: make(Field(ground, kind), minutes) for kind, make in _MAKE.items()}
    for other in _ALIKE:
        if steps.get("elsewhere") == steps.get(other):
            steps.pop(other, None)
    offered: list[Kind] = [*(kind for kind in steps if steps[kind]), "not_today"]
    return tuple(Outline(one, steps.get(one, ()), tuple(_because(one, steps.get(one, ()), ground))) for one in offered)


def _because(kind: Kind, steps: tuple[Step, ...], ground: Ground) -> Iterator[str]:
    """What shaped it: entries of practice.toml, then the rules that limit or close something today."""
    library = ground.knowledge.library
    affected = any(step.affected for step in steps)
    said: dict[str, bool] = {
        "ask_first": ground.screening.ask_first and not ground.closed,
        kind: kind != "with_affected" or affected,
        **dict.fromkeys(_ALWAYS, bool(steps)),
        "first_visit" if ground.wish.first else "later_visit": bool(steps),
        "affected": affected,
        "affected_level": affected,
        "intact_points": any(step.points for step in steps),
        "reflex_map": any(library[step.work].part for step in steps),
        "warmth": any(step.source for step in steps),
        "worse_after": bool(steps and (ground.wish.gentler or ground.wish.shorter)),
        **dict.fromkeys(_COURSE, bool(steps) and _tested(ground)),
        "short_answer": bool(steps),
    }
    yield from (name for name, so in said.items() if so)
    yield from _rules(ground)


def _tested(ground: Ground) -> bool:
    """Was massage tried for somebody like this: a nerve affected by diabetes or chemotherapy, nothing to be cleared?"""
    answered = any(one.cleared for one in ground.screening.rules)
    return bool(ground.affected) and not answered and not ground.fired.isdisjoint(table().tested)


def _rules(ground: Ground) -> Iterator[str]:
    """The rules that cap, shut or close something, in the order of the screening."""
    limits = ground.screening.effective.values()
    held = {rule for one in limits if one.excluded or one.pressure < DEFAULT_PRESSURE for rule in one.because}
    held |= set(_UNANSWERED) if ground.screening.ask_first else set()
    for one in ground.screening.rules:
        closes = ground.closed and one.decision == ground.screening.decision
        if one.state == "fired" and (one.id in held or closes):
            yield one.id
