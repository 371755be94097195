"""The event store: appended once, in one order, never edited.

Ask here: `append` (some events, of which those that are there already change nothing), `stream` (all of them, or those
after a number) and `Bounds` (may this event be kept? only places of the outline, at no level above theirs but with a
reason written before). Whoever listens is told after the transaction is through, never before.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from django.db import transaction

from afferent.body.regions import AREA, area
from afferent.errors import InputError
from afferent.visit.events import Ended, Event, Kept, Moved, Opened, Pressed, Rescreened
from afferent.web.live.bus import tell
from afferent.web.live.models import Happening, Session
from afferent.words.vocabulary import level as level_words


class NotKept(InputError):
    """An event that may not be. The sentence says why; nothing of what came with it was kept."""


def append(session: uuid.UUID, events: Iterable[Event], *, now: dt.datetime) -> list[Kept]:
    """Keep these events in this order, all or none; every one that is kept now or was before. Raises NotKept."""
    wanted = list(events)
    with transaction.atomic():
        held = Session.objects.select_for_update().get(pk=session)
        known = _known(held, wanted)
        new = [one for one in _once(wanted) if one.id not in known]
        _refuse(held, new)
        rows = [
            Happening(session=held, client_id=held.client_id, seq=held.last + n, event=one.id, received=now,
                      body=msgspec.to_builtins(one))
            for n, one in enumerate(new, 1)
        ]  # fmt: skip
        if rows:
            Happening.objects.bulk_create(rows)
            ended = next((one.at for one in new if isinstance(one, Ended)), held.ended_at)
            Session.objects.filter(pk=held.pk).update(last=held.last + len(rows), ended_at=ended)
            tell(session)
    return [*known.values(), *map(kept, rows)]


def _once(events: list[Event]) -> Iterator[Event]:
    seen: set[str] = set()
    for one in events:
        if one.id not in seen:
            seen.add(one.id)
            yield one


def _known(session: Session, events: list[Event]) -> dict[str, Kept]:
    rows = Happening.objects.filter(session=session, event__in=[one.id for one in events])
    return {row.event: kept(row) for row in rows.order_by("seq")}


def stream(session: uuid.UUID, after: int = 0) -> list[Kept]:
    """The events in their order, those after a number only."""
    return [kept(row) for row in Happening.objects.filter(session_id=session, seq__gt=after).order_by("seq")]


def kept(row: Happening) -> Kept:
    """A row as the event it is."""
    return Kept(row.seq, row.received, _event(row.body))


def _event(body: Any) -> Event:
    return msgspec.convert(body, Event)


def _refuse(session: Session, new: list[Event]) -> None:
    """A place or a level outside the outline takes a reason that stands before it."""
    bounds = None
    for one in new:
        if bounds is None and isinstance(one, Moved | Pressed):
            bounds = Bounds(stream(session.pk))
        if bounds is not None:
            bounds.check(one)
            bounds.learn(one)


class Bounds:
    """What the opened outline allows. A limit is gone beyond only by a reason that stood when it was opened, as far as
    its step says, and nowhere else; no device writes another one.
    """

    def __init__(self, kept: Iterable[Kept]) -> None:
        self.ceilings: dict[str, int] = {}
        self.here: tuple[str, ...] = ()
        self.closed = False
        self.beyond: list[tuple[int, int]] = []  # area and level of steps that a reason was given for
        for one in kept:
            self.learn(one.event)

    def learn(self, event: Event) -> None:
        if isinstance(event, Opened):
            self.ceilings = dict(event.ceilings)
            given = {one.regions for one in event.crossings if one.crosses == "pressure"}
            self.beyond = [(area(step.regions), step.level) for step in event.outline.steps if step.regions in given]
        elif isinstance(event, Moved):
            self.here = event.regions
        elif isinstance(event, Rescreened):
            self.closed = self.closed or event.closed

    def check(self, event: Event) -> None:
        """Raises NotKept."""
        if isinstance(event, Moved | Pressed):
            self._may_work(event.regions if isinstance(event, Moved) else self.here, event.level)

    def _may_work(self, where: tuple[str, ...], level: int) -> None:
        if self.closed:
            raise NotKept("A finding has closed this visit. Hands stay off; end the visit and write the note.")
        if not where or any(one not in AREA for one in where) or area(where) & ~area(self.ceilings):
            raise NotKept("This place is not in the outline. Choose one that is, or end the visit and choose anew.")
        most = self.most(where)
        if level > most:
            raise NotKept(f"Here it is at most {level_words(most)}.")

    def most(self, where: tuple[str, ...]) -> int:
        """The highest level in a place: the strictest of what lies there."""
        here = area(where)
        base = min((level for one, level in self.ceilings.items() if AREA[one] & here), default=0)
        return max([base, *(level for place, level in self.beyond if here & ~place == 0)])
