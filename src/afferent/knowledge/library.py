"""The shapes of the technique library: what hands may do, where, for which aim, and what studies say of it.

The entries stand in the TOML files beside this module (library, aims, stations, zones, needs, practice). Nothing here
plans a visit or sets a limit; `library_checks` refuses entries that are not sound.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from msgspec import Struct

from afferent.body.regions import SIDES, area
from afferent.knowledge.model import Certainty, Strength

Does = Literal["still", "stroke", "knead", "move", "point", "zone", "warm", "cool"]
Part = Literal["", "foot", "hand", "ear"]

MOVES: Final[frozenset[Does]] = frozenset({"stroke", "knead", "move", "point", "zone"})  # what has a pressure at all
THERMAL: Final[frozenset[Does]] = frozenset({"warm", "cool"})

# The names of the Walton levels [safety.md 0.1]: a number never stands without one.
LEVEL_NAMES: Final = ("holding", "light lotioning", "heavy lotioning", "medium", "strong", "deep")


class Reach(Struct, frozen=True, forbid_unknown_fields=True):
    """What is moved along (`moves`) where a work moves a limb (`of`)."""

    of: tuple[str, ...]
    moves: tuple[str, ...]


class Work(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing hands may do; see library.toml for every field.

    `how` is for the therapist, `yours` the same as a client reads it. `levels` are Walton levels and `minutes` those on
    one place, from and to; `seconds` of one hold, where it has one.
    `place`: its own word for where (one of two), if regions say it badly. `source`: of one that warms or cools.
    """

    title: str
    does: Does
    how: str
    levels: tuple[int, int]
    minutes: tuple[int, int]
    where: tuple[str, ...]
    aims: tuple[str, ...]
    evidence: str
    certainty: Certainty
    strength: Strength
    ours: str
    sources: tuple[str, ...]
    yours: str = ""  # not in older snapshots
    opens: bool = False
    seconds: tuple[int, int] | None = None
    needs: tuple[str, ...] = ()
    reaches: tuple[Reach | str, ...] = ()  # a bare string, in older snapshots: moved along wherever it is done
    barred_by: tuple[str, ...] = ()
    barred_where: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    part: Part = ""
    place: str = ""
    source: str = ""
    id: str = ""

    @property
    def drags(self) -> tuple[Reach, ...]:
        """What is moved along, by the place that is worked."""
        return tuple(Reach(self.where, (one,)) if isinstance(one, str) else one for one in self.reaches)


class AimOf(Struct, frozen=True, forbid_unknown_fields=True):
    """What a visit may be for, and what it prefers; see aims.toml."""

    title: str
    says: str
    works: tuple[str, ...]
    adds: tuple[str, ...]
    stations: tuple[str, ...]
    points: tuple[str, ...] = ()
    id: str = ""


class Station(Struct, frozen=True, forbid_unknown_fields=True):
    """The regions that hands work as one; see stations.toml."""

    title: str
    regions: tuple[str, ...]
    rank: int
    above: str = ""
    upper: bool = False
    asked: bool = False
    around: tuple[str, ...] = ()
    lying: bool = False
    id: str = ""


class Zone(Struct, frozen=True, forbid_unknown_fields=True):
    """A zone of the reflex map; see zones.toml. Its strength is always N: a tradition."""

    title: str
    part: Part
    held: str
    regions: tuple[str, ...]
    off_with: tuple[str, ...] = ()
    caution: str = ""
    sources: tuple[str, ...] = ()
    id: str = ""


class Need(Struct, frozen=True, forbid_unknown_fields=True):
    """What work needs besides its own list, by place and level; its id is a technique. See needs.toml."""

    where: tuple[str, ...]
    from_level: int = 0
    does: tuple[Does, ...] = ()
    id: str = ""


class Practice(Struct, frozen=True, forbid_unknown_fields=True):
    """How a visit is built or how often it comes: a sentence, what it rests on, and numbers where it has some."""

    title: str
    says: str
    certainty: Certainty
    strength: Strength
    sources: tuple[str, ...]
    unit: str = ""
    least: int = 0
    most: int = 0
    id: str = ""


@cache
def both_sides(regions: tuple[str, ...]) -> int:
    """The area of these regions, `S` standing for left and right. Raises KeyError on an unknown one."""
    return area(one.replace(".S", f".{side}") for entry in regions for one in entry.split() for side in SIDES)
