"""What a screening leaves for hands on one day, as areas: shut, numb, affected, intact, and open for which work.

Ask here: `Ground(screening, knowledge, wish)`. It reads the *effective* limits: what is known, and what open questions
hold back. Everything may only be tighter than those, never looser. It plans nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

import tomli
from msgspec import Struct, convert

from afferent.body.areas import PLACES
from afferent.body.regions import BODY, REGIONS, SIDES, WHOLE, area, side
from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.library import Work, both_sides
from afferent.outline.laid import Laid
from afferent.outline.model import Wish
from afferent.physiology.touch.data import elsewhere_table
from afferent.physiology.touch.elsewhere import affected_area
from afferent.safety.screening import Screening

_HALVES: Final = tuple(area(region for region in REGIONS if side(region) == one) for one in SIDES)
LIGHT: Final = 2  # a visit opens with heavy lotioning at most [safety.md 2.2]
_INNER: Final = 1  # light lotioning
_TUNNEL: Final = 2  # minutes; what a rule with a tunnel leaves no more is the tunnel itself
_MEDIUM: Final = 3  # an outline offers no more, whatever is open: the gentle family only [safety.md 0 #14]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    affected: frozenset[str]
    not_intact: frozenset[str]
    reasoned: frozenset[str]
    unheard: frozenset[str]
    tunnels: frozenset[str]
    tested: frozenset[str]
    inner: dict[str, tuple[str, ...]]
    short: frozenset[str]
    apart: frozenset[str]
    chains: tuple[tuple[str, ...], ...]


@cache
def table() -> _Table:
    """ground.toml."""
    return convert(tomli.loads(files("afferent.outline").joinpath("ground.toml").read_text("utf-8")), _Table)


class Ground:
    """One person on one day, for one wish. Raises InputError for a place of the wish that does not exist."""

    def __init__(self, screening: Screening, knowledge: Knowledge, wish: Wish) -> None:
        self.screening = screening
        self.knowledge = knowledge
        self.wish = wish
        self.closed = screening.decision in elsewhere_table().closed or screening.excluded == (BODY,)
        self.now = Laid(screening.effective, screening.excluded)
        self.shut = WHOLE if self.closed else self.now.shut
        self.numb = area(screening.numb) | self.now.of_rules(elsewhere_table().numb_rules)
        self.unheard = self.now.of_rules(table().unheard)
        marked = self.numb | affected_area(screening) | _places(wish.affected)
        self.tunnel = self.now.of_rules(table().tunnels) & self.now.where(lambda limit: limit.minutes <= _TUNNEL)
        self.affected = marked | self.now.of_rules(table().affected) | self.tunnel
        self.intact = WHOLE & ~self.affected & ~self.shut & ~self.now.of_rules(table().not_intact)
        self.tight = _places(wish.tight)
        self._can: dict[tuple[str, int], int] = {}

    @property
    def unfelt(self) -> int:
        """Where nobody could say that it is too much: numb places, and everywhere if the client cannot tell."""
        return self.numb | self.unheard

    @cached_property
    def known(self) -> Laid:
        """What holds without what open questions hold back."""
        return Laid(self.screening.limits, self.screening.excluded)

    @cached_property
    def rules(self) -> frozenset[str]:
        """The rules that fired, and those that hold something back until answered."""
        fired = {one.id for one in self.screening.rules if one.state == "fired"}
        return frozenset(fired.union(*(limit.because for limit in self.screening.effective.values())))

    @cached_property
    def fired(self) -> frozenset[str]:
        """The rules that fired."""
        return frozenset(one.id for one in self.screening.rules if one.state == "fired")

    @cached_property
    def points_off(self) -> dict[str, int]:
        """Acupressure point -> where it is left out."""
        return {one.point: area(one.where) for one in self.screening.points_off}

    @cached_property
    def beside_pain(self) -> int:
        """Where touch hurts, and the next part of that arm or leg, both ways."""
        painful = self.now.of_rules(table().apart)
        found = painful
        for chain in table().chains:
            for half in _HALVES:
                parts = [both_sides((one,)) & half for one in chain]
                for n, part in enumerate(parts):
                    if any(near & painful for near in parts[max(0, n - 1) : n + 2]):
                        found |= part
        return found

    @cached_property
    def inner(self) -> int:
        """Where the inner side bears only light lotioning, and no region is fine enough to say so."""
        found = 0
        for rule, regions in table().inner.items():
            found |= both_sides(regions) if rule in self.rules else 0
        return found

    def blocks(self, area: int) -> Iterator[tuple[int, int]]:
        """The pieces of an area that is open, each with the level that is offered there at most."""
        for block, cap in self.now.blocks(area & ~self.shut):
            for here, most in ((block & self.inner, min(cap, _INNER)), (block & ~self.inner, cap)):
                if here:
                    yield here, most

    @cached_property
    def short(self) -> int:
        """Where a rule says that hands stay for a few minutes only."""
        return self.now.of_rules(table().short)

    @property
    def halves(self) -> tuple[int, ...]:
        """The left and the right of the body."""
        return _HALVES

    def needed(self, work: Work, level: int) -> dict[str, int]:
        """Technique -> where this work at this level needs it not to be off."""
        found = dict.fromkeys(work.needs, WHOLE)
        for need in self.knowledge.needs.values():
            if level >= need.from_level and (not need.does or work.does in need.does):
                found[need.id] = found.get(need.id, 0) | both_sides(need.where)
        return found

    def can(self, work: Work, level: int | None = None) -> int:
        """Where this work may be done at this level (the lowest it has, if none is named), the cap aside."""
        level = work.levels[0] if level is None else level
        if (work.id, level) not in self._can:
            self._can[work.id, level] = self._allowed(work, level)
        return self._can[work.id, level]

    def _allowed(self, work: Work, level: int) -> int:
        if not self.rules.isdisjoint(work.barred_by):
            return 0
        where = both_sides(work.where) & ~self.shut & ~self.now.of_rules(frozenset(work.barred_where))
        for technique, here in self.needed(work, level).items():
            where &= ~(self.now.off(technique) & here)
        if work.drags:
            where &= self._reaching(work, level)
        return where

    def _reaching(self, work: Work, level: int) -> int:
        """All but the places that would drag along something that is shut, or where what the work needs is off."""
        dragging = 0
        for reach in work.drags:
            for half in _HALVES:
                along = both_sides(reach.moves) & half
                off = any(self.now.off(name) & here & along for name, here in self.needed(work, level).items())
                dragging |= both_sides(reach.of) & half if along & self.shut or off else 0
        return WHOLE & ~dragging

    def level(self, work: Work, cap: int, affected: bool, most: int = _MEDIUM) -> int:
        """What is offered of this work where this cap holds: medium at most, less where it is affected.

        After a bad day it is that many levels gentler than it would have been, which may be less than the work has.
        """
        usual = min(cap, most, work.levels[1], self.knowledge.practice["affected_level"].most if affected else _MEDIUM)
        return max(0, usual - max(0, self.wish.gentler))

    def reached(self, work: Work, place: int) -> int:
        """All that is touched or moved by this work on this place."""
        found = place
        for reach in work.drags:
            for half in _HALVES:
                found |= both_sides(reach.moves) & half if both_sides(reach.of) & half & place else 0
        return found


def time_for(ground: Ground) -> int:
    """The hands-on minutes of a visit: what is booked, what the limits leave, thirty at first, less after a bad day."""
    wish, practice = ground.wish, ground.knowledge.practice
    usual = practice["first_visit" if wish.first else "later_visit"].most
    return min(wish.minutes, ground.screening.session.minutes, usual) - max(0, wish.shorter)


@cache
def _places(named: tuple[str, ...]) -> int:
    found = 0
    for place in named:
        if place not in PLACES:
            raise InputError(f"there is no region {place[:40]!r}; write one like foot.left.sole or hand.right.palm")
        found |= PLACES[place]
    return found
