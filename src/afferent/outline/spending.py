"""Whether an outline takes longer than a place, the visit or the booking leaves.

Ask here: `spending(outline, seen, ground)`. Minutes on several places at once count in full for each of them, so that a
limit is kept whichever way they are shared out.
"""

from __future__ import annotations

from collections.abc import Iterator

from afferent.knowledge.library import THERMAL
from afferent.outline import says
from afferent.outline.ground import Ground, time_for
from afferent.outline.laid import FREE
from afferent.outline.model import Fault, Outline
from afferent.outline.touching import Seen, whose
from afferent.safety.screening import RegionLimit


def spending(outline: Outline, seen: list[Seen], ground: Ground) -> Iterator[Fault]:
    """Minutes of the places, of the visit, and what is warmed twice."""
    yield from _places(seen, ground)
    yield from _visit(outline, ground)
    yield from _twice(seen)


def _places(seen: list[Seen], ground: Ground) -> Iterator[Fault]:
    for here, limit in ground.now.timed():
        minutes, where = most(seen, here)
        if minutes > limit.minutes:
            yield _too_long(seen, minutes, where, limit, ground)
    allowed = ground.knowledge.practice["affected"].most
    minutes, where = most(seen, ground.affected & ~ground.numb & ~ground.shut)
    if minutes > allowed:
        yield Fault(
            "minutes", _last(seen, where),
            f"{says.place(where)}: {minutes} minutes; {allowed} are the most where nerves are affected. Our default.",
        )  # fmt: skip


def _too_long(seen: list[Seen], minutes: int, where: int, limit: RegionLimit, ground: Ground) -> Fault:
    allowed = limit.minutes
    rules = () if limit is FREE else whose(
        ground.now, where, ground, lambda one: one.minutes <= allowed,
        lambda effect: effect.minutes is not None and effect.minutes <= allowed,
    )  # fmt: skip
    held = bool(rules) and not where & ground.known.where(lambda one: one.minutes < minutes)
    until = " until a question is answered" if held else ""
    said = f"{minutes} minutes; {allowed} are the most today{until}{says.titles(rules, ground.knowledge)}"
    return Fault("minutes", _last(seen, where), f"{says.place(where)}: {said}.", rules, hard=held)


def most(seen: list[Seen], within: int) -> tuple[int, int]:
    """The most minutes that any place of this area has in all, and where that is."""
    parts: dict[int, int] = {within: 0} if within else {}
    for one in seen:
        cut: dict[int, int] = {}
        for part, minutes in parts.items():
            for piece, more in ((part & one.area, one.step.minutes), (part & ~one.area, 0)):
                if piece:
                    cut[piece] = minutes + more
        parts = cut
    longest = max(parts.values(), default=0)
    where = 0
    for part, minutes in parts.items():
        where |= part if minutes == longest else 0
    return longest, where


def _last(seen: list[Seen], where: int) -> int | None:
    """The step that goes beyond: the last one there."""
    return max((one.number for one in seen if one.area & where), default=None)


def _visit(outline: Outline, ground: Ground) -> Iterator[Fault]:
    """The visit as a whole: the limits, the booking, a first visit, a bad day after the last one."""
    session, wish, minutes = ground.screening.session, ground.wish, outline.minutes
    if minutes > session.minutes:
        rules = session.because.get("minutes", ())
        said = f"{session.minutes} are the most today{says.titles(rules, ground.knowledge)}"
        yield Fault("visit_minutes", None, f"{minutes} minutes in all; {said}.", rules)
    practice = ground.knowledge.practice
    bounds = [(wish.minutes, "that is what is booked")]
    if wish.first:
        bounds.append((practice["first_visit"].most, "a first visit is short, our default"))
    if wish.shorter > 0:
        why = "shorter than last time, which somebody felt for more than a day, our default"
        bounds.append((time_for(ground), why))
    booked, why = min(bounds)
    if minutes > booked:
        yield Fault("visit_minutes", None, f"{minutes} minutes in all; {max(0, booked)} are the most: {why}.")


def _twice(seen: list[Seen]) -> Iterator[Fault]:
    """Something warm or cool lies on a place once in a visit: the skin counts both times together."""
    laid = 0
    for one in seen:
        if one.work.does in THERMAL:
            if again := laid & one.area:
                yield Fault("warmth", one.number, f"{says.place(again)}: warm or cool once in a visit, not twice.")
            laid |= one.area
