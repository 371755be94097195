"""The look at the skin: where to look, what a finding tells the rules, and what was found without having been felt.

Ask here: `checklist`, `facts`, `rescreening`, `tally`. A finding is stated to the rules, or puts a question again where
a look cannot settle it. A look never says "no": whole skin clears nobody, and what was not looked at is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from msgspec import Struct, convert

from afferent.body.areas import part
from afferent.body.names import name as name_of
from afferent.body.regions import AREA, SIDES, area, cover, mirror
from afferent.safety.evidence import ELSEWHERE, Evidence
from afferent.visit.data import table
from afferent.visit.events import Found, Look
from afferent.visit.where import area_of

ORIGIN: Final = "skin check"
HARMLESS: Final[frozenset[Found]] = frozenset({"intact", "not_looked"})

Where = Literal["foot", "limb", "trunk", "any"]
How = Literal["states", "one_side", "both_sides", "asks"]


class Spot(Struct, frozen=True, forbid_unknown_fields=True):
    """A place of the checklist; each of its regions gets a look."""

    title: str
    regions: tuple[str, ...]
    id: str = ""
    side: str = ""


class Tells(Struct, frozen=True, forbid_unknown_fields=True):
    """What a finding says of a fact, and how surely; see skin.toml."""

    found: tuple[Found, ...]
    where: Where
    fact: str
    how: How


class Tally(Struct, frozen=True):
    """Findings, how many of them the client had not noticed, and of how many nobody asked."""

    found: int
    not_felt: int
    not_asked: int


_SPOTS: Final = convert(table("skin")["place"], dict[str, Spot])
_TELLS: Final = convert(table("skin")["tells"], tuple[Tells, ...])
FOUND_NAMES: Final[dict[Found, str]] = {
    "open": "open skin", "bruise": "bruise or red dots", "pale": "pale, blue or cold", "black": "black skin",
    "wet": "wet or peeling skin",
}  # fmt: skip
_FOOT: Final = part("foot_and_ankle")
_LIMBS: Final = part("limb")


def checklist(touched: Iterable[str] = ()) -> tuple[Spot, ...]:
    """Where to look: both feet and both hands, and besides whatever else is touched."""
    fixed = [
        Spot(spot.title, tuple(region.replace(".S", f".{side}") for region in spot.regions), name, side)
        for side in SIDES
        for name, spot in _SPOTS.items()
    ]
    rest = area_of(tuple(touched)) & ~area(region for spot in fixed for region in spot.regions)
    return (*fixed, *(Spot("", (region,), region) for region in cover(rest)))


def facts(looks: Iterable[Look], at: dt.datetime, held: Iterable[Evidence] = ()) -> list[Evidence]:
    """What the findings state or ask, as answers of that day. `held`: what holds already; places told before stay.

    A finding that the client had not noticed is new for the rules: nobody can have seen to it.
    """
    seen = [look for look in looks if look.found not in HARMLESS]
    stated: dict[str, list[Look]] = {}
    asked: dict[str, list[Look]] = {}
    for tells in _TELLS:
        for look in seen:
            how = _how(tells, look, seen)
            if how is not None:
                (stated if how else asked).setdefault(tells.fact, []).append(look)
    before = _places_told(held)
    day = at.date()
    found = [_stated(fact, those, day, before.get(fact, ())) for fact, those in stated.items()]
    found += [
        Evidence(fact, None, day, ORIGIN, _said(those))
        for fact, those in asked.items()
        if fact not in stated and fact not in before
    ]
    return [*found, *_new(stated.get("open_skin", []), day)]


def rescreening(held: Iterable[Evidence], found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """What holds once something was found: an earlier "no" to the same gives way to it, everything else stays."""
    new = tuple(found)
    told = {one.fact for one in new}
    return (*(one for one in held if not (one.fact in told and one.kind == "answer" and one.value is False)), *new)


def tally(looks: Iterable[Look]) -> Tally:
    """Found, not felt."""
    found = [look for look in looks if look.found not in HARMLESS]
    return Tally(len(found), sum(one.felt is False for one in found), sum(one.felt is None for one in found))


def _how(tells: Tells, look: Look, seen: list[Look]) -> bool | None:
    """True: it is so there; False: it must be asked; None: this says nothing of it."""
    if look.found not in tells.found or tells.where not in ("any", _where(look.region)):
        return None
    if tells.how in ("states", "asks"):
        return tells.how == "states"
    both = any(_other_side(look, other) and other.found in tells.found for other in seen)
    if tells.how == "both_sides":
        return False if both else None
    return not both


def _other_side(look: Look, other: Look) -> bool:
    """Do both lie on the same limb, or both on its foot, left and right?"""
    if look.region not in AREA or other.region not in AREA or _where(look.region) != _where(other.region):
        return False
    across = AREA[mirror(look.region)]
    limbs = [part(name, side) for name in ("leg_whole", "arm_whole") for side in SIDES]
    return any(limb & across and limb & AREA[other.region] for limb in limbs)


def _where(region: str) -> Where:
    if region not in AREA:
        return "any"
    bits = AREA[region]
    return "foot" if not bits & ~_FOOT else "limb" if bits & _LIMBS else "trunk"


def _stated(fact: str, looks: list[Look], day: dt.date, before: tuple[str, ...]) -> Evidence:
    """The finding with its places, and those told before. A place that nobody knows is somewhere else."""
    places = (look.region if look.region in AREA else ELSEWHERE for look in looks)
    return Evidence(fact, tuple(dict.fromkeys((*before, *places))), day, ORIGIN, _said(looks))


def _places_told(held: Iterable[Evidence]) -> dict[str, tuple[str, ...]]:
    """Fact -> the places at which it is so already; where nobody said where, somewhere else."""
    told: dict[str, tuple[str, ...]] = {}
    for one in held:
        if one.value is True or isinstance(one.value, tuple):
            told[one.fact] = (*told.get(one.fact, ()), *((ELSEWHERE,) if one.value is True else one.value))
    return told


def _new(looks: list[Look], day: dt.date) -> Iterator[Evidence]:
    """Open skin that the client had not noticed is new, and on a foot under nobody's care."""
    unfelt = [look for look in looks if look.felt is False]
    if unfelt:
        yield Evidence("wound_new", True, day, ORIGIN, _said(unfelt))
    on_foot = [look for look in unfelt if _where(look.region) in ("foot", "any")]
    if on_foot:
        yield Evidence("foot_ulcer_new_or_infected", True, day, ORIGIN, _said(on_foot))


def _said(looks: list[Look]) -> str:
    """For the reader: "blister, left foot, sole, heel: found, not felt"."""
    return "; ".join(
        f"{FOUND_NAMES.get(look.found, look.found)}, {name_of(look.region) if look.region in AREA else look.region}"
        f"{': found, not felt' if look.felt is False else ''}"
        for look in looks
    )
