"""The hands while a visit is folded: where they are, whether they are on, and the spells of touch they leave behind.

Used by `fold` alone. The clock never runs backwards: touch that comes earlier than the one before counts as at the same
time. Hands that were taken off after a STOP stay off until both said that it goes on.
"""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from afferent.visit.course import Place, Spell
from afferent.visit.events import Kept, Moved, Opened
from afferent.visit.order import moment
from afferent.visit.where import ceiling, is_numb


class Hands:
    """One pair of hands. Every method takes the event at whose time it happens."""

    def __init__(self) -> None:
        self.place: Place | None = None
        self.on = False
        self.latched = False  # off until both said that it goes on
        self.over = False
        self.spells: list[Spell] = []
        self.stray: list[str] = []
        self.adrift: list[str] = []
        self._opened: Opened | None = None
        self._on_before = False  # when they were latched
        self._clock: dt.datetime | None = None
        self._since: tuple[dt.datetime, str] | None = None  # the spell that is open
        self._seen: dt.datetime | None = None  # the last event with hands on

    def under(self, kept: Kept, opened: Opened) -> None:
        """Other ceilings hold from now on."""
        self._opened = opened
        if self.place is not None:
            self._renew(kept, self._limited(self.place))

    def move(self, kept: Kept, event: Moved) -> None:
        place = self._limited(Place(event.regions, event.work, event.level, event.step))
        if self.over or self.latched:
            self.place = place
            self.stray.append(event.id)
            return
        self._close(kept)
        self.place, self.on = place, True
        self._open(kept)

    def press(self, kept: Kept, level: int) -> None:
        if not self.on:
            self.stray.append(kept.event.id)
        if self.place is not None:
            self._renew(kept, replace(self.place, level=level))

    def off(self, kept: Kept) -> None:
        """Off, for now."""
        self._close(kept)
        self.on = False

    def latch(self, kept: Kept) -> None:
        """Off, until both said that it goes on."""
        self._on_before = self.on or (self.latched and self._on_before)
        self.off(kept)
        self.latched = True

    def go_on(self, kept: Kept) -> None:
        if self.over:
            return
        if self.latched and self._on_before:
            self.on = True
            self._open(kept)
        self.latched = self._on_before = False

    def end(self, kept: Kept) -> None:
        self.off(kept)
        self.over = True

    def see(self, kept: Kept) -> None:
        """Something happened that happens only with hands on."""
        at = moment(kept.event.at)
        if self.on:
            self._seen = max(at, self._seen or at)

    def leave(self) -> bool:
        """Nothing more comes. Was the last touch never marked? Then its spell reaches to the last that was seen."""
        if self._since is None or self.place is None:
            return False
        since, id = self._since
        self.spells.append(Spell(self.place, since, max(since, self._clock or since, self._seen or since), (id,)))
        return True

    def _limited(self, place: Place) -> Place:
        if self._opened is None:
            return place
        held, numb = ceiling(place.regions, self._opened.ceilings), is_numb(place.regions, self._opened.numb)
        return replace(place, ceiling=held, numb=numb)

    def _renew(self, kept: Kept, place: Place) -> None:
        """The same place under another level or ceiling: another spell, if hands are on."""
        self._close(kept)
        self.place = place
        if self.on:
            self._open(kept)

    def _open(self, kept: Kept) -> None:
        self._since = (self._tick(kept), kept.event.id)

    def _close(self, kept: Kept) -> None:
        if self._since is not None and self.place is not None:
            since, id = self._since
            self.spells.append(Spell(self.place, since, self._tick(kept), (id, kept.event.id)))
        self._since = None

    def _tick(self, kept: Kept) -> dt.datetime:
        """The time of an event that changes touch, never earlier than the one before it."""
        at = moment(kept.event.at)
        if self._clock is not None and at < self._clock:
            if kept.event.id not in self.adrift[-1:]:
                self.adrift.append(kept.event.id)
            return self._clock
        self._clock = at
        return at
