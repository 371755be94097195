"""What a finding means for this visit, in words: what to leave alone now, where to be lighter, whom to tell.

Ask here: `told(kept, screening, knowledge)`. It decides nothing; everything stands in the events and the screening.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from msgspec import Struct

from afferent.safety.screening import Screening
from afferent.visit.events import Event, Kept, Opened, Rescreened, SkinChecked
from afferent.visit.note_lines import Telling
from afferent.visit.sides import place
from afferent.visit.skin import HARMLESS
from afferent.visit.where import together
from afferent.words.visit import FOUND
from afferent.words.vocabulary import at_most, capital

_TELLING: Final[frozenset[str]] = frozenset(get_args(Telling))
_FELT: Final = {True: "", False: ": found, not felt", None: ""}


class Lower(Struct, frozen=True):
    """A place that stays open at a lower level."""

    place: str
    most: str


class Found(Struct, frozen=True):
    """`closed`: the visit ends here. `changed`: anything did. `leave`, `lower`, `open`: the places of the outline.

    `tell`: (title, text) of whom must hear of it; `ask`: what must be asked before anything goes on.
    """

    seen: tuple[str, ...]
    closed: bool
    changed: bool
    leave: str
    lower: tuple[Lower, ...]
    open: str
    tell: tuple[tuple[str, str], ...]
    ask: tuple[str, ...]

    @property
    def nothing_open(self) -> bool:
        return not self.closed and not self.open


def told(kept: Iterable[Kept], screening: Screening | None) -> Found:
    """From the events so far, and the screening that holds."""
    events = [one.event for one in kept]
    opened = [one for one in events if isinstance(one, Opened)]
    again = [one for one in events if isinstance(one, Rescreened)]
    first, last = (opened[0].ceilings, opened[-1].ceilings) if opened else ({}, {})
    closed = any(one.closed for one in again)
    lost = [name for name in first if closed or name not in last]
    return Found(
        seen=_seen(events),
        closed=closed,
        changed=bool(again),
        leave=place(together(lost)) if lost else "",
        lower=() if closed else tuple(_lower(first, last)),
        open="" if closed or not last else place(together(last)),
        tell=_tell(screening),
        ask=tuple(dict.fromkeys(one.text for one in screening.questions if one.critical)) if screening else (),
    )


def _seen(events: list[Event]) -> tuple[str, ...]:
    """Every finding of this visit once, the latest first."""
    looks = [one for event in events if isinstance(event, SkinChecked) for one in event.looks]
    found = [one for one in reversed(looks) if one.found not in HARMLESS]
    return tuple(dict.fromkeys(f"{place((one.region,))}: {FOUND[one.found]}{_FELT[one.felt]}" for one in found))


def _lower(first: dict[str, int], last: dict[str, int]) -> Iterable[Lower]:
    by_level: dict[int, list[str]] = {}
    for name, level in last.items():
        if level < first.get(name, level):
            by_level.setdefault(level, []).append(name)
    for level, names in sorted(by_level.items()):
        yield Lower(place(together(names)), capital(at_most(level)))


def _tell(screening: Screening | None) -> tuple[tuple[str, str], ...]:
    advice = screening.advice if screening else ()
    return tuple((one.title, one.text) for one in advice if one.id in _TELLING)
