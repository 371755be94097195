"""Where one kind of outline works: its part of the body, and the stations there in the order that the aims like.

Ask here: `Field(ground, kind)` and of it `area`, `openers`, `stations` and `affected`. It decides where, not how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from afferent.body.areas import segment
from afferent.body.regions import AREA, SIDES, WHOLE
from afferent.body.regions import area as union
from afferent.knowledge.library import AimOf, Station, Work, both_sides
from afferent.outline.ground import Ground
from afferent.outline.model import Kind

_DEFAULT: Final = "calm"  # when nobody said what for
_SHARE: Final = 3  # a place is worth a step of its own from a third of its station on
_LIMBS: Final = union(f"{limb}.{side}" for limb in ("arm_whole", "leg_whole") for side in SIDES)
_FLAT: Final = frozenset({"prone", "supine_flat"})  # without these somebody half sits, or lies on the side
_ON_THE_SIDE: Final = "side_lying"  # the advice that says so
_LIMBS_FIRST: Final = "limbs_first"  # the advice that says so
_AFFECTED: Final = 2  # stations worked on where nerves are affected, in one visit


class Field:
    """Where an outline works. `area`: the intact part of it; `pressable`: where its points and zones may be."""

    def __init__(self, ground: Ground, kind: Kind) -> None:
        self.ground = ground
        self.kind = kind
        self.area = ground.intact
        self.pressable = ground.intact
        if kind == "elsewhere":
            self._elsewhere()

    def _elsewhere(self) -> None:
        """Head, neck, shoulders, back and arms; where none of them is open, whatever lies clear of the affected."""
        clear = self.ground.intact & ~segment(self.ground.affected)
        clear = clear & ~self.ground.beside_pain or clear
        upper = _all(one for one in self.ground.knowledge.stations.values() if one.upper)
        self.area = clear & upper or clear
        self.pressable = clear & (upper | AREA["head_neck"]) or clear

    @cached_property
    def aims(self) -> tuple[AimOf, ...]:
        """What the visit is for."""
        named = [one for one in self.ground.wish.aims if one in self.ground.knowledge.aims] or [_DEFAULT]
        return tuple(self.ground.knowledge.aims[one] for one in named)

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """The work that is liked where hands stay longer."""
        return tuple(self.ground.knowledge.library[one] for one in _merged(aim.works for aim in self.aims))

    @cached_property
    def adds(self) -> tuple[Work, ...]:
        """Short steps more, those of each aim in turn."""
        return tuple(self.ground.knowledge.library[one] for one in _merged(aim.adds for aim in self.aims))

    @cached_property
    def points(self) -> tuple[str, ...]:
        """The points that are liked."""
        return _merged(aim.points for aim in self.aims)

    @cached_property
    def _reached(self) -> tuple[Station, ...]:
        """The stations that hands reach in the positions left: half sitting, nobody comes at the lower back."""
        session = self.ground.screening.session
        told = {one.id for one in self.ground.screening.advice}
        sits = _FLAT.issubset(session.positions_off) and _ON_THE_SIDE not in told
        return tuple(one for one in self.ground.knowledge.stations.values() if not (sits and one.lying))

    def order(self, area: int) -> tuple[bool, int]:
        """How far from the trunk a place ends, near ones first; limbs before the trunk where a rule says so."""
        ranked = [
            one for one in self.ground.knowledge.stations.values() if both_sides((*one.regions, *one.around)) & area
        ]
        limbs_first = any(one.id == _LIMBS_FIRST for one in self.ground.screening.advice)
        return limbs_first and not area & _LIMBS, max((one.rank for one in ranked), default=1)

    @cached_property
    def openers(self) -> tuple[tuple[Station, int], ...]:
        """Where to begin and to end: near the trunk first."""
        named = sorted(self._reached, key=lambda one: (one.asked, self.order(both_sides(one.regions))))
        return tuple((one, here) for one in named if (here := both_sides(one.regions) & self.area))

    @cached_property
    def stations(self) -> tuple[tuple[Station, int], ...]:
        """Where hands stay longer: what is tight first, then what lies above the affected, then as the aims like it."""
        liked = [self.ground.knowledge.stations[one] for one in _merged(aim.stations for aim in self.aims)]
        above = {station.above for station, _ in self.affected} if self.kind == "with_affected" else set()
        liked.sort(key=lambda one: (not both_sides(one.regions) & self.ground.tight, one.id not in above))
        return tuple(
            (one, here) for one in liked
            if one in self._reached and (here := both_sides(one.regions) & self.area)
            and (not one.asked or here & self.ground.tight)
            and worth(here, one)
        )  # fmt: skip

    @cached_property
    def named(self) -> frozenset[str]:
        """The stations that the aims name first."""
        return frozenset(_merged(aim.stations[:1] for aim in self.aims))

    @cached_property
    def affected(self) -> tuple[tuple[Station, int], ...]:
        """Where nerves are affected and hands may be: what the aims name, then what is most taken; at most two.

        Never the tunnel of a trapped nerve, and nothing that is too small for a step of its own.
        """
        found = []
        for station in self._reached:
            here = both_sides(station.regions) & self.ground.affected & ~self.ground.shut & ~self.ground.tunnel
            here = sum(half & here for half in self.ground.halves if worth(half & here, station, half))
            if here:
                share = here.bit_count() / both_sides(station.regions).bit_count()
                found.append((station.id not in self.named, -share, -station.rank, station.id, here))
        best = [(self.ground.knowledge.stations[name], here) for *_, name, here in sorted(found)[:_AFFECTED]]
        return tuple(sorted(best, key=lambda one: one[0].rank))


def worth(area: int, station: Station, half: int = WHOLE) -> bool:
    """Is this much of a station, or of one side of it, worth a step?"""
    return area.bit_count() * _SHARE >= (both_sides(station.regions) & half).bit_count()


def _all(stations: Iterable[Station]) -> int:
    found = 0
    for one in stations:
        found |= both_sides(one.regions)
    return found


def _merged(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Each in turn: the first of all, then the second of all; nothing twice."""
    return tuple(dict.fromkeys(_turns([list(one) for one in lists])))


def _turns(lists: list[list[str]]) -> Iterator[str]:
    while any(lists):
        for one in lists:
            if one:
                yield one.pop(0)
