"""The short steps that an aim adds: a still hand, a stretch, acupressure, reflexology, something warm or cool.

Ask here: `added(draft, field)`. Points and zones are pressed only where nothing is numb, painful or left alone, and not
where a rule leaves a point out; where feet are not open for reflexology, hands or ears stand in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import structs

from afferent.body.regions import cover
from afferent.knowledge.library import THERMAL, Work, both_sides
from afferent.outline.draft import Draft, Piece, pieces
from afferent.outline.field import Field
from afferent.outline.ground import Ground
from afferent.outline.model import Step

_MOST_POINTS: Final = 2
_ZONES: Final = 3
_ADDS: Final = ((20, 2), (12, 1))  # from so many minutes on, so many short steps
_QUARTER: Final = 4  # a visit of which less than a quarter is left takes no further step


def added(draft: Draft, field: Field) -> list[tuple[Piece, Step]]:
    """The short steps there is time for."""
    total = draft.left
    most = next((number for minutes, number in _ADDS if total >= minutes), 0)
    found: list[tuple[Piece, Step]] = []
    for work in field.adds:
        if len(found) < most and draft.left * _QUARTER > total and not (_thermal(work) and _has_thermal(found)):
            found += _one(draft, field, work, {piece.work.id for piece, _ in found})
    return found


def _one(draft: Draft, field: Field, work: Work, made: set[str]) -> list[tuple[Piece, Step]]:
    match work.does:
        case "point":
            return list(_points(draft, field, work))
        case "zone":
            chain = (one for one in _chain(work, field.ground) if one.id not in made)
            return next((found for one in chain if (found := list(_zones(draft, field, one)))), [])
        case "warm" | "cool":
            return list(_warm(draft, field, work))
        case _:
            return list(_place(draft, field, work))


def _thermal(work: Work) -> bool:
    return work.does in THERMAL


def _has_thermal(found: list[tuple[Piece, Step]]) -> bool:
    return any(_thermal(piece.work) for piece, _ in found)


def _place(draft: Draft, field: Field, work: Work) -> Iterator[tuple[Piece, Step]]:
    """On the first station that is open for it. A limb is moved only where the client said that it is tight."""
    moved = work.does == "move"
    for _, area in field.stations:
        for piece in pieces(field.ground, area & field.ground.tight if moved else area, (work,))[:1]:
            if minutes := draft.take(piece.area, work.minutes[1] if moved else _usual(work), work.minutes[0]):
                yield piece, draft.step(piece, minutes)
                return


def _usual(work: Work) -> int:
    return (work.minutes[0] + work.minutes[1]) // 2


def open_point(ground: Ground, name: str, work: Work) -> int:
    """Where a point may be pressed: in full sight of every limit, and away from what is affected."""
    point = ground.knowledge.points[name]
    here = both_sides((point.region,)) & ~ground.points_off.get(name, 0)
    whole = [side & here for side in (both_sides((point.region,)) & half for half in ground.halves)]
    free = ground.intact & ground.can(work)
    return sum(side for side in whole if side and side & ~free == 0)


def open_zone(ground: Ground, name: str, work: Work) -> int:
    """Where a reflex zone may be pressed."""
    zone = ground.knowledge.zones[name]
    if not ground.rules.isdisjoint(zone.off_with):
        return 0
    free = ground.intact & ground.can(work)
    sides = [both_sides(zone.regions) & half for half in ground.halves]
    return sum(side for side in sides if side & ~free == 0)


def _points(draft: Draft, field: Field, work: Work) -> Iterator[tuple[Piece, Step]]:
    """The first points of the aims that are open, as one step. Each side has a minute."""
    chosen: list[tuple[str, int, int]] = []
    for name in field.points:
        here = open_point(field.ground, name, work) & field.pressable
        most = field.ground.knowledge.points[name].level
        level = field.ground.level(work, field.ground.now.cap(here), affected=False, most=most) if here else 0
        if level >= work.levels[0] and len(chosen) < _MOST_POINTS:
            chosen.append((name, here, level))
    yield from _pressed(draft, work, chosen)


def _zones(draft: Draft, field: Field, work: Work) -> Iterator[tuple[Piece, Step]]:
    """The first zones of the part that are open, as one step."""
    chosen: list[tuple[str, int, int]] = []
    for zone in field.ground.knowledge.zones.values():
        here = open_zone(field.ground, zone.id, work) & field.pressable if zone.part == work.part else 0
        level = field.ground.level(work, field.ground.now.cap(here), affected=False) if here else 0
        if level >= work.levels[0] and len(chosen) < _ZONES:
            chosen.append((zone.id, here, level))
    yield from _pressed(draft, work, chosen)


def _pressed(draft: Draft, work: Work, chosen: list[tuple[str, int, int]]) -> Iterator[tuple[Piece, Step]]:
    if not chosen:
        return
    area, sides = 0, 0
    for _, here, _ in chosen:
        area |= here
        sides += sum(1 for half in draft.ground.halves if half & here)
    piece = Piece(area, work, min(level for *_, level in chosen))
    if minutes := draft.take(area, min(max(sides, work.minutes[0]), work.minutes[1]), work.minutes[0]):
        yield piece, structs.replace(draft.step(piece, minutes), points=tuple(name for name, *_ in chosen))


def _chain(work: Work, ground: Ground) -> Iterator[Work]:
    """The work, and what may stand in for it."""
    yield work
    yield from (ground.knowledge.library[name] for name in work.instead)


def _warm(draft: Draft, field: Field, work: Work) -> Iterator[tuple[Piece, Step]]:
    """Something warm or cool on the first station that the rules and the physics leave open for it."""
    if not field.ground.wish.warmth:
        return
    from afferent.outline import warmth  # here, because the physics of heat needs numpy and the core does not

    for _, area in field.stations:
        for piece in pieces(field.ground, area & field.area, (work,))[:1]:
            allowed = warmth.allowed(field.ground, work, cover(piece.area))
            if allowed and (minutes := draft.take(piece.area, min(work.minutes[1], allowed.minutes))):
                step = draft.step(piece, minutes)
                yield piece, structs.replace(step, source=work.source, celsius=allowed.celsius)
                return
