"""Screening again in the middle of a visit: what holds now, told to both faces and held to from the next touch on.

Ask here: `renew(session, ...)`. Where the limits closed the visit or touched the outline it appends "rescreened", and
unless nothing may go on, "opened" once more, with what is left of the outline. The server then refuses what is no
longer in it. Nothing is ever opened further than the visit was opened with at its beginning.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from afferent.knowledge import Knowledge
from afferent.knowledge.model import DECISION_RANK
from afferent.outline import ceilings
from afferent.outline.model import Crossing, Outline, Step
from afferent.safety.screening import Screening
from afferent.visit.events import Kept, Moved, Opened, Rescreened
from afferent.visit.plan import live_plan
from afferent.web.clients.current import whole
from afferent.web.clients.models import Screened
from afferent.web.live.models import Session
from afferent.web.live.store import Bounds, append, stream
from afferent.web.notes.narrow import left
from afferent.web.outlines.warmth import with_clocks

_CLOSED: Final = DECISION_RANK["clearance_first"]


class Laid(Struct, frozen=True):
    """The outline, its steps numbered as the faces number them. `open`: the places still open, each with its level;
    `crossings`: the reasons given when it was opened for what still goes beyond the same limit."""

    outline: Outline
    open: dict[str, int]
    crossings: tuple[Crossing, ...] = ()


def renew(
    session: Session, screened: Screened, screening: Screening | None, knowledge: Knowledge, now: dt.datetime
) -> bool:
    """Hold the visit to what is known now. True where that changed anything in it."""
    kept = stream(session.pk)
    bounds = Bounds(kept)
    if bounds.closed or _told(kept) == screened.digest:
        return False
    if screening is None or DECISION_RANK[screening.decision] >= _CLOSED:
        append(session.pk, [_rescreened(screened, now, closed=True)], now=now)
        return True
    laid = _laid(kept, session, screening, knowledge)
    if laid.open == bounds.ceilings and laid.outline.steps == _last_opened(kept).outline.steps:
        return False
    said = _rescreened(screened, now, closed=False)
    if session.ended_at is not None:  # nothing goes on: what changed is written down, and no more
        append(session.pk, [said], now=now)
        return True
    append(session.pk, [said, _opened(laid, screened, screening, now)], now=now)
    plan = plan_of(laid.outline, screening, knowledge, session.called)
    Session.objects.filter(pk=session.pk).update(plan=plan)
    return True


def plan_of(outline: Outline, screening: Screening, knowledge: Knowledge, called: str) -> dict[str, Any]:
    """What the faces show, step by step."""
    works = {name: work.title for name, work in knowledge.library.items()}
    shown = msgspec.to_builtins(live_plan(outline, screening, knowledge, called, works))
    return with_clocks(shown, outline, screening, knowledge)


def _laid(kept: list[Kept], session: Session, screening: Screening, knowledge: Knowledge) -> Laid:
    """What is left of what the visit was first opened with. A step that hands were on keeps its number, for the events
    name it; where nothing may be done there any more it is shown with level 0, and is not open."""
    first, last = _first_opened(kept), _last_opened(kept)
    begun = _begun(kept, last.outline)
    wanted = replace(first.outline, steps=_in_order(last.outline.steps[:begun], first.outline.steps))
    steps: list[Step] = []
    opened: dict[str, int] = {}
    beyond: set[tuple[str, ...]] = set()
    for number, step in enumerate(left(wanted, whole(session.screened), screening, knowledge)):
        if step is not None:
            levels = _levels(step, first, screening)
            steps.append(step)
            opened |= levels
            beyond |= {step.regions} if step.level > min(levels.values(), default=0) else set()
        elif number < begun:
            steps.append(replace(wanted.steps[number], level=0))
    crossings = tuple(one for one in first.crossings if one.crosses == "pressure" and one.regions in beyond)
    return Laid(replace(wanted, steps=tuple(steps)), opened, crossings)


def _levels(step: Step, first: Opened, screening: Screening) -> dict[str, int]:
    """The level of each place, never above what it was opened with."""
    now = ceilings(Outline("with_affected", (step,)), screening)
    return {name: min(level, first.ceilings.get(name, level)) for name, level in now.items()}


def _in_order(begun: tuple[Step, ...], first: tuple[Step, ...]) -> tuple[Step, ...]:
    """Those that hands were on, as they were first planned, and then the rest of the plan."""
    rest = list(first)
    made = []
    for step in begun:
        planned = next((one for one in rest if one.work == step.work and set(step.regions) <= set(one.regions)), None)
        if planned is not None:
            rest.remove(planned)
        made.append(planned or step)
    return (*made, *rest)


def _begun(kept: list[Kept], outline: Outline) -> int:
    """How many steps, from the first on, must keep their number."""
    moved = [one.event.step for one in kept if isinstance(one.event, Moved) and one.event.step is not None]
    return min(max(moved, default=-1) + 1, len(outline.steps))


def _first_opened(kept: list[Kept]) -> Opened:
    return next(one.event for one in kept if isinstance(one.event, Opened))


def _last_opened(kept: list[Kept]) -> Opened:
    return next(one.event for one in reversed(kept) if isinstance(one.event, Opened))


def _told(kept: list[Kept]) -> str:
    """The screening that the visit is held to now."""
    told = [one.event.screened for one in kept if isinstance(one.event, Opened | Rescreened)]
    return told[-1] if told else ""


def _opened(laid: Laid, screened: Screened, screening: Screening, now: dt.datetime) -> Opened:
    return Opened(
        id=_id(), at=now, by="program", outline=laid.outline, screened=screened.digest, knowledge=screened.knowledge,
        ceilings=laid.open, numb=screening.numb, crossings=laid.crossings,
        rules=tuple(rule.id for rule in screening.rules if rule.state == "fired"),
    )  # fmt: skip


def _rescreened(screened: Screened, now: dt.datetime, *, closed: bool) -> Rescreened:
    return Rescreened(
        id=_id(), at=now, by="program", screened=screened.digest, headline=screened.headline, closed=closed
    )


def _id() -> str:
    return secrets.token_hex(16)
