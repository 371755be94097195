"""The event store: appended once, in one order, never edited.

Ask here: `append` (some events, of which those that are there already change nothing), `stream` (all of them, or those
after a number) and `Bounds` (may this event be kept? only steps and places of the outline, at no level above theirs;
what is warm only as worked out; after STOP it goes on only where it may, see `visit.stopping`). Whoever listens is told
once it is through.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from django.db import transaction

from afferent.body.regions import AREA, area
from afferent.errors import InputError
from afferent.visit.events import (
    Began,
    Ended,
    Event,
    HandsOff,
    Kept,
    Moved,
    Opened,
    Pressed,
    Scored,
    SkinChecked,
    StopBecause,
    TakenBack,
    Warmed,
    WentOn,
)
from afferent.visit.over import Over
from afferent.visit.stopping import Stopping, is_stop
from afferent.web.accounts.models import User
from afferent.web.live.bus import tell
from afferent.web.live.models import Happening, Session
from afferent.web.post.planning import after_visit
from afferent.words.vocabulary import level as level_words

# What closes the place where it is marked in mid-visit, until it was screened again.
CLOSES: Final = ("red", "open", "blister", "swollen", "hot", "bruise", "pale", "black", "wet")


class NotKept(InputError):
    """An event that may not be. The sentence says why; nothing of what came with it was kept."""


def append(
    session: uuid.UUID, events: Iterable[Event], *, now: dt.datetime, by: User | None = None
) -> list[Kept]:  # fmt: skip
    """Keep these events in this order, all or none; every one that is kept now or was before. Raises NotKept.

    `by`: whoever of the staff sent them.
    """
    with transaction.atomic():
        held = Session.objects.select_for_update().get(pk=session)
        wanted = list(events)
        known = _known(held, wanted)
        new = [one for one in _once(wanted) if one.id not in known]
        _refuse(held, new)
        rows = [
            Happening(session=held, client_id=held.client_id, seq=held.last + n, event=one.id, by=by,
                      received=now, body=msgspec.to_builtins(one))
            for n, one in enumerate(new, 1)
        ]  # fmt: skip
        if rows:
            Happening.objects.bulk_create(rows)
            ended = held.ended_at or next((one.at for one in new if isinstance(one, Ended)), None)
            Session.objects.filter(pk=held.pk).update(last=held.last + len(rows), ended_at=ended)
            if ended and held.ended_at is None:
                after_visit(held.visit, now=now)
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


def stream(session: uuid.UUID, after: int = 0, *, received: dt.datetime | None = None) -> list[Kept]:
    """The events in their order, those after a number only. `received`: only those that came since."""
    rows = Happening.objects.filter(session_id=session, seq__gt=after)
    if received is not None:
        rows = rows.filter(received__gte=received)
    return [kept(row) for row in rows.order_by("seq")]


def kept(row: Happening) -> Kept:
    """A row as the event it is."""
    return Kept(row.seq, row.received, _event(row.body), f"user:{row.by_id}" if row.by_id else "")


def _event(body: Any) -> Event:
    return msgspec.convert(body, Event)


_WATCHED: Final = (Began, Moved, Pressed, Scored, Warmed, WentOn, TakenBack)


def _refuse(session: Session, new: list[Event]) -> None:
    """What the outline does not have, or STOP forbids, is not kept."""
    bounds = None
    for one in new:
        if bounds is None and isinstance(one, _WATCHED):
            bounds = Bounds(stream(session.pk), session.plan)
        if bounds is not None:
            bounds.check(one)
            bounds.learn(one)


class Bounds:
    """What the opened outline allows, and where the visit stands. A limit is gone beyond only by a reason that stood
    when it was opened, as far as its step says; no device writes another one. `plan`: what the faces show.
    """

    def __init__(self, kept: Iterable[Kept], plan: dict[str, Any] | None = None) -> None:
        self.steps: list[dict[str, Any]] = (plan or {}).get("steps", [])
        self.ceilings: dict[str, int] = {}
        self.here: tuple[str, ...] = ()
        self.step: int | None = None
        self.begun = False
        self.shut = 0  # where a finding was marked during this visit
        self.stopping = Stopping()
        self.over = Over()
        self.heard: set[str] = set()
        self.stays: set[str] = set()  # ids that nobody takes back: the first touch, STOP, what led to it and came of it
        self.beyond: list[tuple[int, int]] = []  # area and level of steps that a reason was given for
        for one in kept:
            self.learn(one.event)

    @property
    def closed(self) -> bool:
        """Has a finding closed this visit?"""
        return self.stopping.closed

    def learn(self, event: Event) -> None:
        self.heard.add(event.id)
        if is_stop(event) and self.stopping.begun:
            self.stays |= self.heard  # without them it could be read as practice, or as of another place
        elif isinstance(event, Began) or (isinstance(event, HandsOff | StopBecause | WentOn) and self.stopping.begun):
            self.stays.add(event.id)
        self.stopping.learn(event)
        self.over.learn(event)
        match event:
            case Opened():
                self.ceilings = dict(event.ceilings)
                given = {one.regions for one in event.crossings if one.crosses == "pressure"}
                steps = [step for step in event.outline.steps if step.regions in given]
                self.beyond = [(area(step.regions), step.level) for step in steps]
            case Began():
                self.begun = True
            case Moved():
                self.here, self.step = event.regions, event.step
            case SkinChecked(when="during"):
                self.shut |= area(look.region for look in event.looks if look.found in CLOSES and look.region in AREA)

    def check(self, event: Event) -> None:
        """Raises NotKept."""
        if self.over.bars(event):
            raise NotKept("It hurt too much there. That place is over for this visit.")
        match event:
            case Began() if self.begun:
                raise NotKept("This visit has begun already. Load the page again.")
            case WentOn():
                self._may_go_on()
            case TakenBack() if event.of in self.stays:
                raise NotKept(
                    "The first touch, a STOP, what came before it and what came of it are not taken back. Write in the "
                    "note what was meant."
                )
            case Moved():
                self._is_a_step(event)
                self._may_work(event.regions, event.level, event.step)
            case Pressed():
                self._may_work(self.here, event.level, self.step)
            case Warmed():
                self._may_warm(event)

    def _may_go_on(self) -> None:
        if self.stopping.ill:
            raise NotKept("The client feels ill: the visit does not go on.")
        if self.closed:
            raise NotKept("A finding has closed this visit: it does not go on.")
        if not self.stopping.may_go_on:
            raise NotKept("STOP is on. Hands off first; then both say whether it goes on.")

    def _is_a_step(self, event: Moved) -> None:
        """What says that it is a step of the outline is that step."""
        if event.step is None or not self.steps:
            return
        told = self.steps[event.step] if 0 <= event.step < len(self.steps) else {}
        if tuple(told.get("regions", ())) != event.regions or told.get("work", event.work) != event.work:
            raise NotKept("This is not that step of the outline. Load the page again.")

    def _may_work(self, where: tuple[str, ...], level: int, step: int | None) -> None:
        if self.closed:
            raise NotKept("A finding has closed this visit. Hands stay off; end the visit and write the note.")
        if not where or any(one not in AREA for one in where) or area(where) & ~area(self.ceilings):
            raise NotKept("This place is not in the outline. Choose one that is, or end the visit and choose anew.")
        if area(where) & self.shut:
            raise NotKept("A finding was marked there. Leave that place alone for this visit.")
        most = self.most(where)
        if step is not None and 0 <= step < len(self.steps):
            most = min(most, self.steps[step].get("ceiling", most))
        if level > most:
            raise NotKept(f"Here it is at most {level_words(most)}.")

    def _may_warm(self, event: Warmed) -> None:
        """Only what the outline has there, with a reading and a time that were worked out when it was opened."""
        for step in self.steps:
            if tuple(step["regions"]) == event.regions and step.get("warmth", {}).get("source") == event.source:
                for one in step["warmth"]["readings"]:
                    if one["celsius"] == event.celsius and event.seconds <= one["seconds"]:
                        return
        raise NotKept("Nothing warm or cold is open there at that reading.")

    def most(self, where: tuple[str, ...]) -> int:
        """The highest level in a place: the strictest of what lies there."""
        here = area(where)
        base = min((level for one, level in self.ceilings.items() if AREA[one] & here), default=0)
        return max([base, *(level for place, level in self.beyond if here & ~place == 0)])
