"""STOP, and what holds after it: the one place that says so, for the server that refuses and the note that counts.

Ask here: `is_stop`, and `Stopping`, which learns event by event. The face in the browser folds the same for itself
(`live/fold.js`); a test holds all of them to one table.

STOP is on until the hands are off, and pressed again while they are off it is on again. Then nothing goes on until both
say so. Whoever feels ill stays so for this visit, and hands that were on must come off. A finding that closes the visit
lets nothing go on either. Before the first touch a STOP is practice: it is kept, and holds nothing back.
"""

from __future__ import annotations

from typing import Literal

from afferent.visit.events import Began, Drilled, Event, HandsOff, Moved, Rescreened, Said, StopBecause, WentOn

Stop = Literal["", "on", "off"]  # "off": STOP was on, and the hands are off


def is_stop(event: Event) -> bool:
    """STOP, said, or pressed by a device that had not heard yet that the practice is over."""
    return isinstance(event, Said | Drilled) and event.word == "stop"


class Stopping:
    """Where a visit stands. `learn` takes the events that count, in their order."""

    def __init__(self) -> None:
        self.stop: Stop = ""
        self.begun = self.ill = self.closed = False

    @property
    def may_go_on(self) -> bool:
        """May both say now that it goes on?"""
        return self.stop == "off" and not self.ill and not self.closed

    def learn(self, event: Event) -> None:
        match event:
            case Began() | Moved():
                self.begun = True
            case Said() | Drilled() if self.begun and is_stop(event):
                self.stop = "on"
            case StopBecause(detail="ill"):
                self.ill = True
                self.stop = self.stop or ("on" if self.begun else "")
            case HandsOff():
                self.stop = "off" if self.stop else ""
            case WentOn() if self.may_go_on:
                self.stop = ""
            case Rescreened(closed=True):
                self.closed = True
            case _:
                pass
