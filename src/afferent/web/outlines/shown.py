"""An outline as a page lays it out: all words ready, every button with what it does.

Ask here: `card` (an option to choose), `rows` (the steps of the chosen one, to be changed), `places`, `regions_of`.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from afferent.body.regions import SIDES, area
from afferent.knowledge import Knowledge
from afferent.knowledge.library import THERMAL
from afferent.outline import faults
from afferent.outline.model import Crossing, Fault, Outline, Step, Wish
from afferent.outline.settle import covers
from afferent.page.markup import Html
from afferent.page.point_map import point_map
from afferent.safety.screening import Screening
from afferent.words import outline as words
from afferent.words.vocabulary import capital, level


class Card(Struct, frozen=True):
    """One option. `map`: its points on the figures, without their lines; empty where nothing is pressed."""

    outline: Outline
    title: str
    why: str
    amount: str
    steps: tuple[str, ...]
    evidence: tuple[words.Line, ...]
    rules: tuple[str, ...]
    points: tuple[words.PointLine, ...]
    map: Html


class Open(Struct, frozen=True):
    """A limit that a step goes beyond. `given`: the reason that was written for it, or empty."""

    says: str
    asks: str
    never: bool
    given: str


class Row(Struct, frozen=True):
    """One step. `works`: what else may be done there."""

    number: int
    place: str
    work: str
    how: str
    level: str
    minutes: int
    affected: bool
    has_level: bool
    works: tuple[tuple[str, str], ...]
    points: tuple[words.PointLine, ...]
    opens: tuple[Open, ...]


def card(outline: Outline, screening: Screening, knowledge: Knowledge, affected: tuple[str, ...] = ()) -> Card:
    """An option in words. `affected`: as in `Wish`."""
    return Card(
        outline=outline,
        title=words.title(outline),
        why=words.why(outline, screening, knowledge, affected),
        amount=words.amount(outline),
        steps=tuple(words.step_line(step, knowledge) for step in outline.steps),
        evidence=words.evidence(outline, knowledge),
        rules=words.rules(outline, knowledge),
        points=tuple(line for step in outline.steps for line in words.points(step, knowledge)),
        map=point_map(outline, knowledge, screening, affected=affected, prefix=outline.kind, apart=True, found=True),
    )


def rows(
    outline: Outline, screening: Screening, knowledge: Knowledge, wish: Wish, crossings: tuple[Crossing, ...]
) -> tuple[tuple[Row, ...], tuple[Open, ...]]:
    """The steps, each with the limits it goes beyond; and those that the whole goes beyond."""
    found = faults(outline, screening, knowledge, wish)
    opens = [(fault, _open(fault, outline, knowledge, crossings)) for fault in found]
    made = tuple(
        _row(n, step, knowledge, tuple(one for fault, one in opens if fault.step == n))
        for n, step in enumerate(outline.steps)
    )
    return made, tuple(one for fault, one in opens if fault.step is None)


def _open(fault: Fault, outline: Outline, knowledge: Knowledge, given: tuple[Crossing, ...]) -> Open:
    reason = next((one for one in given if not fault.never and covers(one, fault, outline, knowledge)), None)
    told = f"{knowledge.reasons[reason.reason].title}. {reason.words}".strip() if reason else ""
    return Open(fault.says, words.opened(fault), fault.never, told)


def _row(number: int, step: Step, knowledge: Knowledge, opens: tuple[Open, ...]) -> Row:
    work = knowledge.library[step.work]
    return Row(
        number=number,
        place=words.place(step, knowledge),
        work=capital(work.title),
        how=work.how,
        level=level(step.level) if work.does not in THERMAL else "",
        minutes=step.minutes,
        affected=step.affected,
        has_level=work.does not in THERMAL and work.does != "still",
        works=tuple(_others(step, knowledge)),
        points=words.points(step, knowledge),
        opens=opens,
    )


_PLAIN: Final = ("still", "stroke", "knead")  # what can stand in for one another in any place


def _others(step: Step, knowledge: Knowledge) -> Any:
    for name, work in knowledge.library.items():
        if work.does in _PLAIN and name != step.work:
            yield name, capital(work.title)


def places(knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Where a step may be added: every station of each side and of both, by a key and in words."""
    found = []
    for name, station in knowledge.stations.items():
        found.append((f"{name}.both", f"{capital(station.title)}, both sides"))
        found += [(f"{name}.{side}", f"{capital(station.title)}, {side}") for side in SIDES]
    return tuple(found)


def regions_of(key: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The regions of such a place; none where there is no such key."""
    name, _, which = key.partition(".")
    station = knowledge.stations.get(name)
    if station is None or which not in (*SIDES, "both"):
        return ()
    sides = SIDES if which == "both" else (which,)
    named = [region.replace(".S", f".{side}") for region in station.regions for side in sides]
    return tuple(dict.fromkeys(one for one in named if area([one])))
