"""What every entry of the technique library must satisfy: it exists, stays gentle, and what it says can be looked up.

Ask here: `faults(knowledge)`, one sentence with file and key for each fault. Nothing here reads a file or raises;
`checks` does that.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Final

from afferent.knowledge.library import THERMAL, AimOf, Station, Work, Zone, both_sides
from afferent.knowledge.model import DEFAULT_MINUTES, Point

if TYPE_CHECKING:
    from afferent.knowledge.loader import Knowledge

MOST_LEVEL: Final = 3  # medium: the library is the gentle family only [safety.md 0 #14]
_POINT_LEVEL: Final = 2
_HOLD: Final = (5, 120)  # seconds a point may be held [safety.md 2.3, note 4]
_NEEDED: Final = frozenset({
    "affected", "affected_level", "ask_first", "closing", "course", "elsewhere", "first_visit", "frequency",
    "intact_points", "later_visit", "light_first", "not_today", "opening", "order", "reflex_map", "short_answer",
    "still", "warmth", "with_affected", "worse_after",
})  # fmt: skip


def faults(knowledge: Knowledge) -> Iterator[str]:
    """One sentence for each fault, naming file and key."""
    for work in knowledge.library.values():
        yield from (f"library.toml, {work.id}: {fault}" for fault in _work(work, knowledge))
    for aim in knowledge.aims.values():
        yield from (f"aims.toml, {aim.id}: {fault}" for fault in _aim(aim, knowledge))
    for station in knowledge.stations.values():
        yield from (f"stations.toml, {station.id}: {fault}" for fault in _station(station, knowledge))
    for zone in knowledge.zones.values():
        yield from (f"zones.toml, {zone.id}: {fault}" for fault in _zone(zone, knowledge))
    for point in knowledge.points.values():
        yield from (f"points.toml, {point.id}: {fault}" for fault in _point(point, knowledge))
    yield from _needs(knowledge)
    yield from _practice(knowledge)
    if not knowledge.reasons or "other" not in knowledge.reasons:
        yield "crossing_reasons.toml, other: is missing; somebody always has a reason of their own"


def _work(work: Work, knowledge: Knowledge) -> Iterator[str]:
    for field in ("title", "how", "evidence", "ours"):
        if not getattr(work, field).strip():
            yield f"has no `{field}`"
    if not 0 <= work.levels[0] <= work.levels[1] <= MOST_LEVEL:
        yield f"levels {list(work.levels)} are not between 0 and {MOST_LEVEL}"
    if not 1 <= work.minutes[0] <= work.minutes[1] <= DEFAULT_MINUTES:
        yield f"minutes {list(work.minutes)} cannot be right"
    if work.seconds and not 1 <= work.seconds[0] <= work.seconds[1]:
        yield f"seconds {list(work.seconds)} cannot be right"
    if work.opens and work.levels[0] > 1:
        yield "opens a visit, and is not light"
    if work.does in ("still", *THERMAL) and work.levels != (0, 0):
        yield "is still, so its level is 0"
    if work.does not in ("still", *THERMAL) and not work.needs:
        yield "no limit could switch it off (`needs`)"
    if bool(work.source) != (work.does in THERMAL):
        yield "`source` is for what warms or cools, and only for that"
    if bool(work.part) != (work.does == "zone"):
        yield "`part` is for reflexology, and only for that"
    yield from _listed(work.needs, knowledge.techniques, "technique")
    yield from _listed((*work.barred_by, *work.barred_where), knowledge.rules, "rule")
    yield from _listed(work.instead, knowledge.library, "work")
    yield from _listed(work.aims, knowledge.aims, "aim")
    yield from _regions(work.where, "where")
    for reach in work.drags:
        yield from _regions(reach.of, "reaches, of")
        yield from _regions(reach.moves, "reaches, moves")
    yield from _sourced(work.sources, work.strength, knowledge)


def _aim(aim: AimOf, knowledge: Knowledge) -> Iterator[str]:
    if not aim.title.strip() or not aim.says.strip():
        yield "says nothing (`title`, `says`)"
    if not aim.works or not aim.stations:
        yield "prefers nothing (`works`, `stations`)"
    yield from _listed((*aim.works, *aim.adds), knowledge.library, "work")
    yield from _listed(aim.stations, knowledge.stations, "station")
    yield from _listed(aim.points, knowledge.points, "point")
    for name in (*aim.works, *aim.adds):
        work = knowledge.library.get(name)
        if work is not None and name in aim.works and work.does not in ("still", "stroke", "knead"):
            yield f"{name} is no work for a whole place"


def _station(station: Station, knowledge: Knowledge) -> Iterator[str]:
    if not station.title.strip():
        yield "has no `title`"
    above = knowledge.stations.get(station.above)
    if station.rank < 1 or (above is not None and above.rank >= station.rank):
        yield "its rank is not that of its place: 1 or more, and more than that of the station above"
    if station.above:
        yield from _listed((station.above,), knowledge.stations, "station")
    yield from _regions(station.regions, "regions")
    if station.around:
        yield from _regions(station.around, "around")


def _zone(zone: Zone, knowledge: Knowledge) -> Iterator[str]:
    for field in ("title", "part", "held"):
        if not getattr(zone, field).strip():
            yield f"has no `{field}`"
    yield from _regions(zone.regions, "regions")
    yield from _listed(zone.off_with, knowledge.rules, "rule")
    yield from _listed(zone.sources, knowledge.sources, "source")
    works = [work for work in knowledge.library.values() if work.part == zone.part]
    if not works:
        yield f"no work of the library is for the {zone.part}"


def _point(point: Point, knowledge: Knowledge) -> Iterator[str]:
    for field in ("title", "where", "evidence"):
        if not getattr(point, field).strip():
            yield f"has no `{field}`"
    if not 1 <= point.level <= _POINT_LEVEL:
        yield f"level {point.level}: a point is pressed with at most {_POINT_LEVEL} heavy lotioning"
    if not _HOLD[0] <= point.seconds[0] <= point.seconds[1] <= _HOLD[1]:
        yield f"seconds {list(point.seconds)} are not between {_HOLD[0]} and {_HOLD[1]}"
    yield from _regions((point.region,), "region")
    yield from _listed(point.sources, knowledge.sources, "source")


def _needs(knowledge: Knowledge) -> Iterator[str]:
    for need in knowledge.needs.values():
        for fault in (*_listed((need.id,), knowledge.techniques, "technique"), *_regions(need.where, "where")):
            yield f"needs.toml, {need.id}: {fault}"
        if not 0 <= need.from_level <= 5:
            yield f"needs.toml, {need.id}: level {need.from_level} is not a Walton level"


def _practice(knowledge: Knowledge) -> Iterator[str]:
    for missing in sorted(_NEEDED - set(knowledge.practice)):
        yield f"practice.toml, {missing}: is missing"
    for one in knowledge.practice.values():
        if not one.title.strip() or not one.says.strip():
            yield f"practice.toml, {one.id}: says nothing (`title`, `says`)"
        if one.unit and not 0 <= one.least <= one.most:
            yield f"practice.toml, {one.id}: {one.least} to {one.most} {one.unit} cannot be right"
        for fault in _sourced(one.sources, one.strength, knowledge):
            yield f"practice.toml, {one.id}: {fault}"


def _listed(names: tuple[str, ...], known: Container[str], kind: str) -> Iterator[str]:
    yield from (f"{kind} {name!r} does not exist" for name in names if name not in known)


def _regions(regions: tuple[str, ...], field: str) -> Iterator[str]:
    try:
        if not both_sides(regions):
            yield f"has no `{field}`"
    except KeyError as error:
        yield f"{field}: region {error.args[0]!r} does not exist"


def _sourced(sources: tuple[str, ...], strength: str, knowledge: Knowledge) -> Iterator[str]:
    if not sources and strength != "N":
        yield "has no source; without one its strength is N"
    yield from _listed(sources, knowledge.sources, "source")
