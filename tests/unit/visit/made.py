"""Visits to fold, made second by second."""

from __future__ import annotations

import datetime as dt
from typing import Any

from afferent.outline.model import Outline, Step
from afferent.visit import events
from afferent.visit.events import Kept, Look

START = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
BACK = ("back",)
LEFT_FOOT = ("foot.left",)
OUTLINE = Outline(
    "with_affected",
    (
        Step(BACK, "effleurage", 2, 5),
        Step(("shoulders",), "petrissage", 2, 5),
        Step(LEFT_FOOT, "effleurage", 1, 5, True),
    ),
)
CEILINGS = {"back": 3, "shoulders": 3, "foot.left": 1}


class Tape:
    """A visit as it is recorded. `put` gives back the id of the event, so that another can name it."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []

    def put(self, second: float, kind: str, **fields: Any) -> str:
        number = len(self.kept) + 1
        if "regions" in fields and isinstance(fields["regions"], str):
            fields["regions"] = (fields["regions"],)
        fields.setdefault("id", f"event-{number:04d}")
        event = getattr(events, kind)(at=START + dt.timedelta(seconds=second), **fields)
        self.kept.append(Kept(number, event.at, event))
        return event.id

    def opened(self, second: float = 0, **fields: Any) -> str:
        whole = {"outline": OUTLINE, "screened": "abc", "knowledge": "2026.11", "ceilings": CEILINGS, "numb": LEFT_FOOT}
        return self.put(second, "Opened", **{**whole, **fields})

    def moved(
        self, second: float, regions: str = "back", work: str = "effleurage", level: int = 2, **fields: Any
    ) -> str:
        return self.put(second, "Moved", regions=regions, work=work, level=level, **fields)

    def said(self, second: float, word: str, **fields: Any) -> str:
        return self.put(second, "Said", word=word, **{"by": "client", **fields})

    def asked(self, second: float, regions: str, why: str = "clock", **fields: Any) -> str:
        return self.put(second, "Asked", regions=regions, why=why, by="program", **fields)

    def looked(self, second: float, when: str, *looks: Look) -> str:
        return self.put(second, "SkinChecked", when=when, looks=looks)


def minutes(number: float) -> float:
    return number * 60
