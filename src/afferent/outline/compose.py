"""The steps of one outline: a slow opening on intact skin, intact before affected, light before deep, a quiet end.

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
from afferent.outline.ground import LIGHT
from afferent.outline.model import Step

_LONG: Final = 20  # minutes from which opening and closing have their full length
_STAYS: Final = 3  # stations where hands stay longer
_STAY: Final = 4  # minutes; for less no station is begun
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
    middle = [*_middle(draft, field, opener), *(one for one in adds if one[0].moving)]
    lowest = min([piece.level for piece, _ in middle if piece.moving], default=opener.level)
    opener = opener._replace(level=min(opener.level, max(lowest, opener.work.levels[0])))
    first = [(opener, draft.step(opener, opening))]
    still = [one for one in adds if not one[0].moving]
    middle = draft.longer(sorted(middle, key=lambda one: (one[0].moving, one[0].level, _rank(one[0], field))))
    made = [*draft.longer(first), *still, *middle, *affected]
    if closing:
        made.append((opener, draft.step(opener, closing)))
    return tuple(step for _, step in made)


def _spent(draft: Draft, name: str, minutes: int) -> int:
    practice = draft.ground.knowledge.practice[name]
    return practice.most if minutes >= _LONG else practice.least


def _opener(field: Field) -> Piece | None:
    """The intact place nearest to the trunk where slow strokes are open; where none are, a still hand."""
    works = [work for work in field.ground.knowledge.library.values() if work.opens]
    found = [
        piece._replace(level=min(piece.level, LIGHT))
        for station, area in field.openers
        for piece in pieces(field.ground, area, works)[:1]
        if worth(piece.area, station) or not field.stations
    ] or [piece for _, area in field.openers for piece in pieces(field.ground, area, works)[:1]]
    return next((one for one in found if one.moving), next(iter(found), None))


def _middle(draft: Draft, field: Field, opener: Piece) -> list[Made]:
    """Where hands stay longer, on intact skin; a still hand only where nothing moves."""
    number = max(1, min(_STAYS, draft.left // _STAY))
    stays: list[list[Piece]] = []
    for station, area in field.stations:
        found = [
            piece for piece in pieces(field.ground, area, field.works)[:_PIECES]
            if worth(piece.area, station) and piece.moving == opener.moving and not _again(piece, opener)
        ]  # fmt: skip
        if found and len(stays) < number:
            stays.append(found)
    made: list[Made] = []
    for n, found in enumerate(stays):
        share = draft.left // (len(stays) - n)
        found = _liked_first(found, field)[: _PIECES if share >= _PIECES * _STAY else 1]
        for m, piece in enumerate(found):
            own = min(share // (len(found) - m), piece.work.minutes[1])
            if given := draft.take(piece.area, own, piece.work.minutes[0]):
                made.append((piece, draft.step(piece, given)))
                share -= given
    return made


def _liked_first(found: list[Piece], field: Field) -> list[Piece]:
    return sorted(found, key=lambda one: field.works.index(one.work))


def _again(piece: Piece, opener: Piece) -> bool:
    """The same as the opening, on the same place."""
    return piece.work.id == opener.work.id and bool(piece.area & opener.area)


def _affected(draft: Draft, field: Field, works: tuple[str, ...] = ("effleurage", "holding")) -> Iterator[Made]:
    """Where nerves are affected, as far as it is open: briefly, and gently."""
    practice = field.ground.knowledge.practice["affected"]
    a_side = practice.least if field.ground.wish.first else practice.most
    liked = [field.ground.knowledge.library[one] for one in works]
    left = max(practice.least, draft.left // _AFFECTED_PART)
    for n, (_, area) in enumerate(field.affected):
        share = left // (len(field.affected) - n)
        for piece in pieces(field.ground, area, liked, affected=True)[:_PIECES]:
            sides = sum(1 for half in field.ground.halves if half & piece.area)
            minutes = draft.take(piece.area, min(a_side * sides, share), piece.work.minutes[0])
            if minutes:
                left, share = left - minutes, share - minutes
                yield piece, draft.step(piece, minutes)


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
    return tuple(step for _, step in made)


def _rests(draft: Draft, places: list[Piece], still: list[Work]) -> Iterator[Made]:
    for n, piece in enumerate(places):
        work = still[n % len(still)]
        own = next(iter(pieces(draft.ground, piece.area, (work,))), piece)
        if minutes := draft.take(own.area, _usual(work)):
            yield own, draft.step(own, minutes)


def _usual(work: Work) -> int:
    return (work.minutes[0] + work.minutes[1]) // 2


def _rank(piece: Piece, field: Field) -> int:
    """How far from the trunk, for the order among equals."""
    return next((station.rank for station, area in field.stations if area & piece.area), 0)
