"""Check-ins: when the next one is due, and in which words it is asked.

Ask here: `due` (from the events so far), `question` (for the client's device and to read aloud), `SIGNS` (what to watch
where words fail), `WHEN`, `SETTLE` and `PAIN` (the numbers, each with its strength). A silence is no answer: until
somebody answers, that check-in stays due. A word that the client says unasked does not put it off. The therapist's face
counts the same for itself (`live/checkins.js`); a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct, convert

from afferent.knowledge.model import Strength
from afferent.visit.course import Course, Moment, Place
from afferent.visit.data import Number, table
from afferent.visit.events import Asked, Began, Kept, Moved, Opened, Pressed, Said, Silent, Turned, Why, Word
from afferent.visit.fold import course
from afferent.visit.order import moment
from afferent.visit.sides import quiet, yours
from afferent.visit.where import together, touches

WHEN: Final = convert(table("checkins")["when"], dict[str, Number])
SETTLE: Final = convert(table("checkins")["settle"], dict[Why, Number])
PAIN: Final = convert(table("checkins")["pain"], dict[str, Number])


class Signs(Struct, frozen=True, forbid_unknown_fields=True):
    """Signs without words. `stop`: hands off, and act; `lighten`: lighter, or leave the place."""

    stop: tuple[str, ...] = ()
    lighten: tuple[str, ...] = ()


SIGNS: Final = convert(table("checkins")["signs"], Signs)


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """`ask`: on the client's device. `say`: what the therapist says aloud. `answers`: the words offered."""

    ask: str
    say: str
    answers: tuple[Word, ...]
    strength: Strength
    sources: tuple[str, ...] = ()


_QUESTIONS: Final = convert(table("checkins")["question"], dict[str, Question])


class Due(Struct, frozen=True):
    """When to ask next, of which place, and why. `aloud`: it was asked, and no answer came."""

    at: dt.datetime
    why: Why
    regions: tuple[str, ...]
    numb: bool
    aloud: bool = False


def question(regions: Iterable[str], numb: bool, called: str, *, watched: bool = False) -> Question:
    """The question for a place. `watched`: the client can hardly say what is felt, so signs are watched instead."""
    own = _QUESTIONS["watched" if watched else "numb" if numb else "intact"]
    place = yours(regions)
    asked = own.ask.format(yours=place[:1].upper() + place[1:])
    return Question(asked, own.say.format(called=called, yours=quiet(place)), own.answers, own.strength, own.sources)


def due(events: Iterable[Kept]) -> Due | None:
    """The next check-in; None while nobody is touched, and while the last one still waits for its answer."""
    visit = course(events)
    if not visit.hands_on or visit.place is None or visit.phase == "stopped":
        return None
    clock = _Clock()
    for one in visit.moments:
        clock.take(one)
    return clock.next(visit)


def affected(place: Place, opened: Opened | None) -> bool:
    """Is this place numb, or part of what the outline calls affected?"""
    steps = opened.outline.steps if opened else ()
    return place.numb or any(step.affected and touches(step.regions, place.regions) for step in steps)


class _Clock:
    """What has come due since the last check-in."""

    def __init__(self) -> None:
        self.waiting: Asked | None = None  # asked, neither answered nor silent yet
        self.silent: tuple[dt.datetime, Asked] | None = None
        self.last: dt.datetime | None = None  # the last check-in
        self.begun: dt.datetime | None = None
        self.settled: tuple[dt.datetime, Why] | None = None  # the latest change, once hands have settled
        self.place: Place | None = None

    def take(self, one: Moment) -> None:
        event, at = one.kept.event, moment(one.kept.event.at)
        if isinstance(event, Began | Moved) and self.begun is None:
            self.begun = at
        match event:
            case Moved() | Pressed():
                self._moved(one.place, at)
            case Turned() if self.begun is not None:
                self._settle("turn", at)
            case Asked():
                self.waiting, self.silent, self.last, self.settled = event, None, at, None
            case Silent() if self.waiting is not None and event.to == self.waiting.id:
                self.silent = (at, self.waiting)
                self.waiting = None
            case Said():
                self._said(event)
            case _:
                pass
        self.place = one.place

    def _moved(self, now: Place | None, at: dt.datetime) -> None:
        """A new place, or more pressure on the same."""
        before = self.place
        if now is None:
            return
        if before is None or together(before.regions) != together(now.regions):
            self._settle("region", at)
        elif now.level > before.level:
            self._settle("pressure", at)

    def _settle(self, why: Why, at: dt.datetime) -> None:
        self.settled = (at + dt.timedelta(seconds=SETTLE[why].value), why)

    def _said(self, event: Said) -> None:
        """A word that answers: one that names the check-in, one said aloud, and STOP."""
        answers = event.aloud or event.word == "stop"
        if self.waiting is not None and (answers or event.to == self.waiting.id):
            self.waiting = None
        if self.silent is not None and (answers or event.to == self.silent[1].id):
            self.silent = None

    def next(self, visit: Course) -> Due | None:
        place = visit.place
        if place is None or self.waiting is not None:
            return None
        if self.silent is not None:
            at, asked = self.silent
            return Due(at, asked.why, asked.regions, asked.numb, aloud=True)
        at, why = min(self._raised(affected(place, visit.opened)), key=lambda one: one[0])
        return Due(at, why, place.regions, place.numb)

    def _raised(self, affected: bool) -> Iterator[tuple[dt.datetime, Why]]:
        every = dt.timedelta(seconds=WHEN["affected" if affected else "elsewhere"].value)
        if self.last is not None:
            yield self.last + every, "clock"
        elif self.begun is not None:
            yield self.begun + min(every, dt.timedelta(seconds=WHEN["first"].value)), "first"
        if self.settled is not None:
            yield self.settled
