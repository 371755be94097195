"""What a series of visits comes to, for a letter: how often, what was done how hard, the scores, the skin, the map.

Ask here: the frozen values that progress and discharge letters are made of, and `doses_of` and `skin_of`, which read
the pressure ledgers and the looks of visits. Counting only: nothing here says that something was good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.visit.course import Course
from afferent.visit.ledger import Ledger
from afferent.visit.looked import findings
from afferent.visit.sides import place
from afferent.words.visit import FOUND


class Sessions(Struct, frozen=True):
    """How many visits there were, of how many agreed (None: no number was agreed), from when to when."""

    done: int
    planned: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None


class Dose(Struct, frozen=True):
    """Minutes on one place with one kind of work at one Walton level, all visits together."""

    place: str
    work: str
    level: int
    minutes: int


class Scores(Struct, frozen=True):
    """One measure over time, oldest first. `low` to `high`: its scale."""

    title: str
    points: tuple[tuple[dt.date, float], ...]
    low: float = 0
    high: float = 10


class SkinFinding(Struct, frozen=True):
    """One thing seen on the skin. `felt`: did the client know of it? None: nobody asked."""

    on: dt.date
    place: str
    what: str
    felt: bool | None = None


class MapAt(Struct, frozen=True):
    """What the client marked on one layer of the map on one day; no region: nowhere."""

    on: dt.date
    layer: str
    pattern: str
    regions: tuple[str, ...] = ()


def doses_of(ledgers: Iterable[Ledger], knowledge: Knowledge) -> tuple[Dose, ...]:
    """All ledgers added up, the longest first. Whole minutes; what was shorter than one counts as one."""
    seconds: dict[tuple[str, str, int], float] = {}
    for one in ledgers:
        for dose in one.doses:
            work = knowledge.library[dose.work].title if dose.work in knowledge.library else dose.work
            key = (place(dose.regions), work, dose.level)
            seconds[key] = seconds.get(key, 0) + dose.seconds
    ordered = sorted(seconds.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Dose(*key, max(1, round(total / 60))) for key, total in ordered)


def highest_of(doses: Iterable[Dose]) -> int | None:
    """The highest level anywhere; None where nothing was done."""
    return max((one.level for one in doses), default=None)


def skin_of(visits: Sequence[tuple[dt.date, Course]]) -> tuple[SkinFinding, ...]:
    """What was seen at the looks of visits. Whether the client knew of it stands only where somebody asked."""
    return tuple(
        SkinFinding(day, place((seen.look.region,)), FOUND[seen.look.found], seen.look.felt)
        for day, visit in visits
        for seen in findings(visit)
    )
