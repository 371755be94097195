"""The steps of one outline: a slow opening on intact skin, near the trunk first, what is affected last, a quiet end.

On one place light comes before deep, and points come after their region. Left and right have the same time, or the side
that bears less has less.

Ask here: `worked(field, minutes)` and `rested(field, minutes)`, hands that only rest. Each gives the steps in their
order, or none where no intact skin is open to begin on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from afferent.knowledge.library import Work
from afferent.outline.adds import added
from afferent.outline.draft import Draft, Piece, pieces
from afferent.outline.field import Field, worth
from afferent.outline.ground import LIGHT, Ground
from afferent.outline.model import Step
from afferent.outline.sides import evened

_LONG: Final = 20  # minutes from which opening and closing have their full length
_STAYS: Final = 4  # stations where hands stay longer
_STAY: Final = 5  # minutes; for less no station is begun
_TIGHT: Final = 2  # times the share of another station
_PIECES: Final = 2  # pieces of one station, where its limits differ
_AFFECTED_PART: Final = 3  # what is affected has a third of the visit at most
_REST: Final = 25  # minutes; nobody only rests hands for longer
Made = tuple[Piece, Step]


def worked(field: Field, minutes: int) -> tuple[Step, ...]:
    """The steps of an outline with strokes, as far as the limits leave them."""
    opener = _opener(field)
    if opener is None:
        return ()
    draft = Draft(field.ground, minutes)
    opening = draft.take(opener.area, _spent(draft, "opening", minutes))
    closing = draft.take(opener.area, _spent(draft, "closing", minutes))
    affected = list(_affected(draft, field)) if field.kind == "with_affected" else []
    adds = added(draft, field) if opener.moving else []
    middle = [*_middle(draft, field, opener), *adds]
    lowest = min([piece.level for piece, _ in middle if piece.moving], default=opener.level)
    opener = opener._replace(level=min(opener.level, max(lowest, opener.work.levels[0])))
    middle = draft.longer(sorted(middle, key=lambda one: _turn(one[0], field)))
    first = draft.longer([(opener, draft.step(opener, opening))])
    made = [*first, *middle, *affected]
    if closing:
        made.append((opener, draft.step(opener, closing)))
    return tuple(step for _, step in evened(made, field.ground))


def _turn(piece: Piece, field: Field) -> tuple[tuple[bool, int], bool, bool, int]:
    """When a piece comes: near first; on one place a still hand, then light, then deeper, then its points."""
    return field.order(piece.area), piece.moving, piece.work.does in ("point", "zone"), piece.level


def _spent(draft: Draft, name: str, minutes: int) -> int:
    practice = draft.ground.knowledge.practice[name]
    return practice.most if minutes >= _LONG else practice.least


def _opener(field: Field) -> Piece | None:
    """The intact place nearest to the trunk where slow strokes are open; where none are, a still hand."""
    works = [work for work in field.ground.knowledge.library.values() if work.opens]
    each = [(station, _opens(field.ground, area, works)) for station, area in field.openers]
    found = [
        one for station, pieces_there in each
        for one in [piece for piece in pieces_there if worth(piece.area, station) or not field.stations][:1]
    ] or [one for _, pieces_there in each for one in pieces_there[:1]]  # fmt: skip
    return next((one for one in found if one.moving), next(iter(found), None))


def _opens(ground: Ground, area: int, works: list[Work]) -> list[Piece]:
    """The pieces of a station that a visit may open on; first those that bear most, then the largest."""
    found = [piece._replace(level=min(piece.level, LIGHT)) for piece in pieces(ground, area, works)]
    return sorted(found, key=lambda one: (not one.moving, -one.level))


def _middle(draft: Draft, field: Field, opener: Piece) -> list[Made]:
    """Where hands stay longer, on intact skin; a still hand only where nothing moves."""
    number = max(1, min(_STAYS, draft.left // _STAY))
    stays: list[list[Piece]] = []
    for station, area in field.stations:
        found = [
            piece for piece in _freer_first(pieces(field.ground, area, field.works))
            if worth(piece.area, station) and piece.moving == opener.moving and not _again(piece, opener)
        ]  # fmt: skip
        if found and len(stays) < number:
            stays.append(found)
    made: list[Made] = []
    weights = [_TIGHT if _is_tight(found, field) else 1 for found in stays]
    for n, found in enumerate(stays):
        share = draft.left * weights[n] // sum(weights[n:])
        found = found[: _PIECES if share >= _PIECES * _STAY else 1]
        for m, piece in enumerate(found):
            own = min(share // (len(found) - m), piece.work.minutes[1])
            if given := draft.take(piece.area, own, piece.work.minutes[0]):
                made.append((piece, draft.step(piece, given)))
                share -= given
    return made


def _is_tight(found: list[Piece], field: Field) -> bool:
    return any(piece.area & field.ground.tight for piece in found)


def _freer_first(found: list[Piece]) -> list[Piece]:
    """The pieces that bear most first, so that time which does not reach for all goes to them."""
    return sorted(found, key=lambda one: -one.level)


def _again(piece: Piece, opener: Piece) -> bool:
    """The same as the opening, on the same place."""
    return piece.work.id == opener.work.id and bool(piece.area & opener.area)


def _affected(draft: Draft, field: Field, works: tuple[str, ...] = ("effleurage", "holding")) -> Iterator[Made]:
    """Where nerves are affected, as far as it is open: briefly, gently, and each piece with its share of the time."""
    liked = [field.ground.knowledge.library[one] for one in works]
    left = max(field.ground.knowledge.practice["affected"].least, draft.left // _AFFECTED_PART)
    for n, (station, area) in enumerate(field.affected):
        share = left // (len(field.affected) - n)
        found = _freer_first(pieces(field.ground, area, liked, affected=True)[:_PIECES])
        for m, piece in enumerate(found):
            most = min(_briefly(station.id, piece, field), share // (len(found) - m))
            if minutes := draft.take(piece.area, most, piece.work.minutes[0]):
                left, share = left - minutes, share - minutes
                yield piece, draft.step(piece, minutes)


def _briefly(station: str, piece: Piece, field: Field) -> int:
    """Minutes at most: for each side, fewer the first time; where the visit is for another place, or a rule says short,
    the fewest for both sides together.
    """
    ground, practice = field.ground, field.ground.knowledge.practice["affected"]
    asked = {aim.id for aim in field.aims} & set(ground.knowledge.stations)
    if piece.area & ground.short or (asked and station not in asked):
        return practice.least
    sides = sum(1 for half in ground.halves if half & piece.area)
    for_it = station in field.named and not ground.wish.first
    return (practice.most if for_it else practice.least) * sides


def rested(field: Field, minutes: int) -> tuple[Step, ...]:
    """Hands that only rest: near the trunk, then elsewhere, then briefly where nerves are affected, and back."""
    still = [work for work in field.ground.knowledge.library.values() if work.does == "still"]
    draft = Draft(field.ground, min(minutes, _REST))
    held = [
        (station, piece) for station, area in field.openers
        if not station.asked and worth(area, station)
        for piece in pieces(field.ground, area, (still[n] for n in (0,)))[:1]
    ]  # fmt: skip
    if not held:
        return ()
    first = held[0][1]
    closing = draft.take(first.area, draft.ground.knowledge.practice["closing"].least)
    made = list(_rests(draft, [piece for _, piece in held[:3]], still))
    made += _affected(draft, field, ("holding",))
    if closing and len(made) > 1:
        made.append((first, draft.step(first, closing)))
    return tuple(step for _, step in evened(made, field.ground))


def _rests(draft: Draft, places: list[Piece], still: list[Work]) -> Iterator[Made]:
    for n, piece in enumerate(places):
        work = still[n % len(still)]
        own = next(iter(pieces(draft.ground, piece.area, (work,))), piece)
        if minutes := draft.take(own.area, _usual(work)):
            yield own, draft.step(own, minutes)


def _usual(work: Work) -> int:
    return (work.minutes[0] + work.minutes[1]) // 2
