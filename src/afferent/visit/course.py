"""The shapes of a visit as it went: phases, spells of touch, stops, and where the hands were at each event.

Frozen values, made by `fold.course` and read by everything else here. Nothing is decided.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from afferent.visit.events import Detail, Kept, Opened

PhaseName = Literal["opened", "drill", "before", "touch", "stopped", "ended"]


class Place(Struct, frozen=True):
    """Where the hands are, with what, how hard. `ceiling`: the level that holds there, None where none was set.

    `step`: of the outline, if it is one. `numb`: feeling is no guide there.
    """

    regions: tuple[str, ...]
    work: str
    level: int
    step: int | None = None
    ceiling: int | None = None
    numb: bool = False


class Spell(Struct, frozen=True):
    """Hands on one place, at one level, from when until when. `ids`: the events that began and ended it."""

    place: Place
    since: dt.datetime
    until: dt.datetime
    ids: tuple[str, ...]

    @property
    def seconds(self) -> float:
        return (self.until - self.since).total_seconds()


class Phase(Struct, frozen=True):
    """A phase, and the event that began it."""

    name: PhaseName
    at: dt.datetime
    id: str


class Stop(Struct, frozen=True):
    """A STOP. `place`: where the hands were, None if they were off. `after`: seconds since the first touch.

    `seconds`: until the hands were off, None where nobody said so. `again`: pressed once more while it held. `late`:
    the last touch was marked before it.
    """

    id: str
    place: Place | None
    after: float | None
    aloud: bool = False
    again: tuple[str, ...] = ()
    seconds: float | None = None
    detail: Detail = ""
    words: str = ""
    went_on: bool = False
    ids: tuple[str, ...] = ()
    late: bool = False


class Moment(Struct, frozen=True):
    """An event that counts, and how things were just after it. `after`: seconds since the first touch; None before.

    `opened`: the outline and ceilings in force.
    """

    kept: Kept
    place: Place | None
    hands_on: bool
    after: float | None
    opened: Opened | None = None

    @property
    def id(self) -> str:
        return self.kept.event.id


class Course(Struct, frozen=True):
    """One visit as it went. `events`: all of them; `moments`: those that count.

    `stray`: touch noted while hands were off; it is not counted. `adrift`: touch that came earlier than the one before.
    `open_end`: nobody marked the last touch; the last spell reaches to the last event with hands on.
    """

    events: tuple[Kept, ...]
    moments: tuple[Moment, ...]
    phases: tuple[Phase, ...]
    spells: tuple[Spell, ...]
    stops: tuple[Stop, ...]
    opened: Opened | None = None
    hands_on: bool = False
    place: Place | None = None
    stray: tuple[str, ...] = ()
    adrift: tuple[str, ...] = ()
    open_end: bool = False

    @property
    def phase(self) -> PhaseName | None:
        """The phase now; None before anything happened."""
        return self.phases[-1].name if self.phases else None

    @property
    def seconds(self) -> float:
        """Hands-on time."""
        return sum((one.until - one.since for one in self.spells), dt.timedelta()).total_seconds()

    @property
    def taken_back(self) -> tuple[Kept, ...]:
        """Slips of the hand, and what took them back: legible, and not counted."""
        counts = {one.id for one in self.moments}
        return tuple(one for one in self.events if one.event.id not in counts)
