"""Which places are over for this visit: a number that ended one ends it, also once the pain eases [safety.md 5.1].

Ask here: `Over`, which learns event by event, and `Over.bars(event)`: would this event go back there, or press harder?
"""

from __future__ import annotations

from afferent.visit.events import PAIN_NOW, Began, Event, Moved, Pressed, Scored, TakenBack
from afferent.visit.pain import judge
from afferent.visit.where import touches


class Over:
    """Where a visit stands. `learn` takes the events that count, in their order."""

    def __init__(self) -> None:
        self.start: int | None = None
        self.begun = False
        self.here: tuple[str, ...] = ()
        self.level = 0
        self.rated: dict[str, tuple[int, tuple[str, ...]]] = {}  # by its id: the number, and where the hands were

    def learn(self, event: Event) -> None:
        match event:
            case Began():
                self.begun = True
            case Moved():
                self.begun, self.here, self.level = True, event.regions, event.level
            case Pressed():
                self.level = event.level
            case Scored() if event.measure == PAIN_NOW:
                if event.asked == "before_visit" or not (event.asked or self.begun):
                    self.start = event.value
                elif not event.asked:
                    self.rated[event.id] = (event.value, self.here)
            case TakenBack():
                self.rated.pop(event.of, None)  # a number that was tapped by mistake
            case _:
                pass

    def bars(self, event: Event) -> bool:
        """Is it a move to such a place, or more pressure there?"""
        match event:
            case Moved():
                return self.over(event.regions)
            case Pressed():
                return event.level > self.level and self.over(self.here)
            case _:
                return False

    def over(self, where: tuple[str, ...]) -> bool:
        """Did a number end this place?"""
        return any(judge(value, self.start) == "leave" and touches(where, here) for value, here in self.rated.values())
