"""Where a rule applies: the small grammar of `where`.

body                               the whole body
abdomen, foot, foot.left           a place: a region, or a part on both sides
site of open_skin                  the places of a finding, as found
margin of open_skin                with their margin (whole hand or foot; both segments at a joint)
segment of monofilament_lost       the whole hand or foot
quadrant of lymphoedema            the limb and the quarter of the trunk on that side
outside of hot_cold_intact         all the rest of the body
leg_whole of clot_ever             the part that the places touch
other leg_whole of clot_ever       that part on the other side
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from afferent.body import areas
from afferent.body.regions import WHOLE

SHAPES = ("site", "margin", "segment", "quadrant", "outside")


class Term(Struct, frozen=True):
    """One term of a `where`: a fixed `area`, or a `shape` (or part) taken of a finding's places."""

    area: int = 0
    shape: str = ""
    fact: str = ""
    other: bool = False

    def taken(self, places: tuple[int, ...]) -> int:
        """The area that this term makes of the places of its finding (one mask per place found)."""
        union = 0
        for place in places:
            union |= self._one(place)
        if self.shape == "outside":
            return WHOLE & ~union
        return areas.other(self.shape, union) if self.other else union

    def _one(self, place: int) -> int:
        match self.shape:
            case "site" | "outside":
                return place
            case "margin":
                return areas.margin(place)
            case "segment":
                return areas.segment(place)
            case "quadrant":
                return areas.quadrant(place)
            case part:
                return areas.within(part, place)


@cache
def term(text: str) -> Term:
    """Read one term. Raises ValueError naming the word that is not known."""
    shape, of, fact = text.partition(" of ")
    if not of:
        if text not in areas.PLACES:
            raise ValueError(f"{text!r} is no place")
        return Term(area=areas.PLACES[text])
    other = shape.startswith("other ")
    shape = shape.removeprefix("other ")
    if shape not in areas.PARTS and (other or shape not in SHAPES):
        raise ValueError(f"{shape!r} is no part and no shape")
    return Term(shape=shape, fact=fact, other=other)
