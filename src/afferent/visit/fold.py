"""A visit folded from its events.

Ask here: `course`. It takes any list of events: out of order, sent twice, without an end, from a clock that jumped
back. Nothing here decides, and nothing is guessed: what does not fit is listed (`stray`, `adrift`, `open_end`).

Hands count as on from `Moved` to `HandsOff`, not to the STOP before it: what counts is when they were off. After STOP
they are then off until both may say and say that it goes on, whatever is tapped between (`stopping`). A check of the
skin afterwards takes them off too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from afferent.visit.course import Course, Moment, Phase, PhaseName, Stop
from afferent.visit.events import (
    Asked,
    Began,
    Crossed,
    Drilled,
    Ended,
    Event,
    HandsOff,
    Kept,
    Moved,
    Opened,
    Pressed,
    Rescreened,
    Said,
    Scored,
    Silent,
    SkinChecked,
    StopBecause,
    Turned,
    Warmed,
    WarmedOff,
    WentOn,
)
from afferent.visit.hands import Hands
from afferent.visit.order import counting, in_order, moment
from afferent.visit.stopping import Stop as Held
from afferent.visit.stopping import Stopping

# While one of these happens, hands that were on are still on.
_WITH_HANDS_ON = (Moved, Pressed, Asked, Silent, Said, Scored, Warmed, WarmedOff, Turned, Crossed)


def course(events: Iterable[Kept]) -> Course:
    """The course of a visit. The same events give the same course, in whatever order and however often they come."""
    ordered = in_order(events)
    counts = counting(ordered)
    fold = _Fold()
    for one in ordered:
        if one.event.id in counts:
            fold.take(one)
    return fold.finished(ordered)


class _Fold:
    """Goes through the events once and remembers where things stand."""

    def __init__(self) -> None:
        self.hands = Hands()
        self.opened: Opened | None = None
        self.first: dt.datetime | None = None  # the first touch
        self.moments: list[Moment] = []
        self.phases: list[Phase] = []
        self.stops: list[Stop] = []
        self.stopping = Stopping()
        self.before: Held = ""  # how STOP stood before this event
        self.since = dt.datetime.min.replace(tzinfo=dt.UTC)  # when the last one was said
        self.holding = 0  # from this one on, STOPs hold until it goes on
        self.over = False  # the last touch was marked

    def take(self, kept: Kept) -> None:
        """One event that counts."""
        event = kept.event
        self.before = self.stopping.stop
        self.stopping.learn(event)
        real = isinstance(event, Drilled) and event.word == "stop" and self.stopping.stop == "on"
        if isinstance(event, Opened | Drilled | SkinChecked | Began) and not real:
            self._before(kept, event)
        elif isinstance(event, Moved | Pressed):
            self._touch(kept, event)
        else:
            self._stopping(kept, event)
        if isinstance(event, _WITH_HANDS_ON) and not (isinstance(event, Scored) and event.asked):
            self.hands.see(kept)
        self.moments.append(Moment(kept, self.hands.place, self.hands.on, self._after(kept), self.opened))

    def finished(self, ordered: tuple[Kept, ...]) -> Course:
        hands = self.hands
        open_end = hands.leave()
        return Course(
            events=ordered, moments=tuple(self.moments), phases=tuple(self.phases), spells=tuple(hands.spells),
            stops=tuple(self.stops), opened=self.opened, hands_on=hands.on, place=hands.place,
            stray=tuple(hands.stray), adrift=tuple(hands.adrift), open_end=open_end,
        )  # fmt: skip

    def _before(self, kept: Kept, event: Opened | Drilled | SkinChecked | Began) -> None:
        """What comes before the first touch; an outline may also be opened anew, and the skin be looked at, later."""
        early = self.first is None
        match event:
            case Opened():
                self.opened = event
                self.hands.under(kept, event)
                self._phase("opened", kept, early)
            case Drilled():
                self._phase("drill", kept, early)
            case SkinChecked():
                self._phase("before", kept, early and event.when == "before")
                if event.when == "after":
                    self.hands.off(kept)
            case Began():
                self._first_touch(kept)

    def _touch(self, kept: Kept, event: Moved | Pressed) -> None:
        if isinstance(event, Pressed):
            self.hands.press(kept, event.level)
            return
        self.hands.move(kept, event)
        if self.hands.on:
            self._first_touch(kept)

    def _first_touch(self, kept: Kept) -> None:
        if self.first is None:
            self.first = moment(kept.event.at)
            self.holding = len(self.stops)  # those before were practice
        goes = not self.hands.latched and not self.stopping.stop and not self.stopping.closed
        self._phase("touch", kept, goes)

    def _stopping(self, kept: Kept, event: Event) -> None:
        """STOP, hands off, why, and on again; and the end."""
        match event:
            case Said(word="stop"):
                self._stop(kept, event.aloud)
            case Drilled():  # the phone had not heard that it has begun: a STOP is a STOP
                self._stop(kept)
            case HandsOff():
                self._hands_off(kept)
            case StopBecause():
                if not self.before and self.stopping.stop:
                    self._stop(kept)
                ill = event.detail == "ill" or (bool(self.stops) and self.stops[-1].detail == "ill")
                self._of_stop(event.id, detail="ill" if ill else event.detail, words=event.words)
            case WentOn() if self.before and not self.stopping.stop:
                self._go_on(kept)
            case Rescreened(closed=True):
                self._phase("stopped", kept)
            case Ended():
                self.over = True
                self.hands.end(kept)
                self._phase("ended", kept)
            case _:
                pass

    def _stop(self, kept: Kept, aloud: bool = False) -> None:
        """One that is pressed again before the hands are off is the same; afterwards it is another."""
        event = kept.event
        if self.before == "on" and self.stops and self.stops[-1].late == self.over:
            self._of_stop(event.id, again=(*self.stops[-1].again, event.id))
            return
        place = self.hands.place if self.hands.on else None
        self.stops.append(Stop(event.id, place, self._after(kept), aloud, late=self.over))
        self.since = moment(event.at)
        if self.stopping.stop:
            self._phase("stopped", kept)

    def _hands_off(self, kept: Kept) -> None:
        if not self.stopping.stop and not self.stopping.closed:
            self.hands.off(kept)  # no STOP came before: off for now
            return
        self.hands.latch(kept)
        if self.before == "on":
            took = (moment(kept.event.at) - self.since).total_seconds()
            self._of_stop(kept.event.id, seconds=max(0.0, took))

    def _go_on(self, kept: Kept) -> None:
        for number in range(self.holding, len(self.stops)):
            one = self.stops[number]
            self.stops[number] = replace(one, ids=(*one.ids, kept.event.id), went_on=True)
        self.holding = len(self.stops)
        self.hands.go_on(kept)
        if self.phases and self.phases[-1].name == "stopped":
            before = [one.name for one in self.phases if one.name != "stopped"]
            self._phase("touch" if self.hands.on or not before else before[-1], kept)

    def _of_stop(self, id: str, **found: object) -> None:
        """Something more that is known of the last STOP."""
        if self.stops:
            last = self.stops[-1]
            self.stops[-1] = replace(last, ids=last.ids if id == last.id else (*last.ids, id), **found)

    def _after(self, kept: Kept) -> float | None:
        if self.first is None:
            return None
        return max(0.0, (moment(kept.event.at) - self.first).total_seconds())

    def _phase(self, name: PhaseName, kept: Kept, begins: bool = True) -> None:
        """A phase begins, unless it goes on; nothing follows the end."""
        now = self.phases[-1].name if self.phases else None
        if begins and now != name and now != "ended":
            self.phases.append(Phase(name, moment(kept.event.at), kept.event.id))
