"""What earlier visits tell of a place: which level was fine there, which flared, and of which nobody knows.

Ask here: `last_time`. A level flared if the client asked for less, stopped or felt a change there, if pain rose, if
the skin showed it, or if the next day was worse; the highest level used there then bears the blame. It was fine only if
the next day was said to be fine: no word, and no press, is no answer. Over a numb place words in the visit count
against a level alone, never for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from msgspec import Struct

from afferent.visit.after import NextDay
from afferent.visit.course import Course, Place
from afferent.visit.events import SkinChecked
from afferent.visit.ledger import ledger
from afferent.visit.pain import scores
from afferent.visit.skin import HARMLESS
from afferent.visit.where import touches

How = Literal["fine", "flared", "unknown"]
Why = Literal["said_so", "next_day", "skin", "fine_next_day", "nobody_said"]
_AGAINST: Final = frozenset({"stop", "ease_off", "less", "changed"})


class Earlier(Struct, frozen=True):
    """One earlier visit and what was said the day after; None: nobody answered."""

    course: Course
    next_day: NextDay | None = None


class LevelThen(Struct, frozen=True):
    """How one level was. `visits_ago`: 1 is the last one in which this place was touched. `ids`: what it rests on."""

    level: int
    how: How
    why: Why
    visits_ago: int
    ids: tuple[str, ...] = ()


class LastTime(Struct, frozen=True):
    """What is known of a place, the lowest level first. `numb`: feeling was no guide there."""

    regions: tuple[str, ...]
    levels: tuple[LevelThen, ...]
    numb: bool = False

    @property
    def highest_fine(self) -> int | None:
        """The highest level that was fine, below every one that flared."""
        flared = min((one.level for one in self.levels if one.how == "flared"), default=9)
        return max((one.level for one in self.levels if one.how == "fine" and one.level < flared), default=None)


def last_time(history: Iterable[Earlier], regions: Iterable[str]) -> LastTime:
    """What the visits so far, the oldest first, tell of these regions. Of each level the latest visit counts."""
    wanted = tuple(regions)
    found: dict[int, LevelThen] = {}
    numb, ago = False, 0
    for one in reversed(tuple(history)):
        here = [spell.place for spell in one.course.spells if touches(spell.place.regions, wanted)]
        if not here:
            continue
        ago += 1
        numb = numb or any(place.numb for place in here)
        for level in sorted({place.level for place in here}):
            found.setdefault(level, _level(level, max(place.level for place in here), one, wanted, ago))
    return LastTime(wanted, tuple(found[level] for level in sorted(found)), numb)


def _level(level: int, highest: int, one: Earlier, wanted: tuple[str, ...], ago: int) -> LevelThen:
    against = tuple(_against(one.course, level, wanted))
    if against:
        return LevelThen(level, "flared", "said_so", ago, against)
    skin = tuple(_on_the_skin(one.course, wanted))
    if level == highest and skin:
        return LevelThen(level, "flared", "skin", ago, skin)
    day = one.next_day
    if day is None:
        return LevelThen(level, "unknown", "nobody_said", ago)
    if _bad_day(day, wanted):
        return LevelThen(level, "flared" if level == highest else "unknown", "next_day", ago)
    if day.was_fine:
        return LevelThen(level, "fine", "fine_next_day", ago)
    return LevelThen(level, "unknown", "nobody_said", ago)


def _against(visit: Course, level: int, wanted: tuple[str, ...]) -> Iterator[str]:
    """Words against this level here, and pain that asked for less. A STOP that was only for a pause is none."""

    def here(place: Place | None) -> bool:
        return place is not None and place.level == level and touches(place.regions, wanted)

    paused = {stop.id for stop in visit.stops if stop.detail == "pause"}
    for press in ledger(visit).presses:
        if here(press.place) and press.word in _AGAINST and press.id not in paused:
            yield press.id
    for one in scores(visit):
        if here(one.place) and one.verdict:
            yield one.id


def _on_the_skin(visit: Course, wanted: tuple[str, ...]) -> Iterator[str]:
    """Checks during or after the visit that found something here which was not there before."""
    before: set[tuple[str, str]] = set()
    for one in visit.moments:
        event = one.kept.event
        if isinstance(event, SkinChecked):
            found = {(look.region, look.found) for look in event.looks if look.found not in HARMLESS}
            if event.when != "before" and any(touches((region,), wanted) for region, _ in found - before):
                yield event.id
            before |= found


def _bad_day(day: NextDay, wanted: tuple[str, ...]) -> bool:
    """Was the day after bad here, or did nobody say where it was bad?"""
    told = (
        (day.worse in ("longer", "still"), day.worse_where),
        (day.swollen == "yes", day.swollen_where),
        (day.unwell, ()),
        (day.blister == "yes", day.blister_where),
        (day.mark == "yes", day.mark_where),
    )
    return any(so and (not where or touches(where, wanted)) for so, where in told)
