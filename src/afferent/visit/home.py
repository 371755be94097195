"""The home-touch card: where somebody may be touched at home, how lightly and for how long, from the same limits.

Ask here: `home_card`. It offers only what the effective limits allow, never above level 1 and five minutes (N), nothing
while a question is open or the visit is closed, and never heat or cold. What only a clinician's answer to the therapist
opened, it leaves out; a numb place it offers only after a clinician's yes. Its words are in `words.home`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct, convert

from afferent.body.regions import AREA, SIDES, area
from afferent.knowledge.model import DECISION_RANK
from afferent.safety.screening import RegionLimit, Screening
from afferent.visit.data import Number, table
from afferent.visit.where import area_of, is_numb

MOST: Final = convert(table("home")["most"], dict[str, Number])
_PLACES: Final = table("home")["places"]
_CLOSED: Final = DECISION_RANK["clearance_first"]

Because = Literal["", "closed", "ask_first", "limits", "numb"]


class Barred(Struct, frozen=True, forbid_unknown_fields=True):
    """Rules under which `where` stays off the card; without places, where the rule itself speaks."""

    rules: tuple[str, ...]
    where: tuple[str, ...]


BARRED: Final = convert(table("home")["barred"], tuple[Barred, ...])


class HomePlace(Struct, frozen=True):
    """A place that may be touched at home. `numb`: feeling is no guide there, so the skin is looked at."""

    region: str
    level: int
    minutes: int
    numb: bool


class HomeCard(Struct, frozen=True):
    """The card. `because`: why it names no place. `excluded`: what is left alone. `numb`: any place on it is.

    `ask_numb`: numb places that would be on it if a clinician had said yes to touch there at home.
    """

    places: tuple[HomePlace, ...]
    because: Because = ""
    excluded: tuple[str, ...] = ()
    ask_numb: tuple[str, ...] = ()

    @property
    def numb(self) -> bool:
        return any(place.numb for place in self.places)

    @property
    def area(self) -> int:
        return area(place.region for place in self.places)


def home_card(screening: Screening, wanted: Iterable[str] | None = None, *, numb_agreed: bool = False) -> HomeCard:
    """The card of one person. `wanted`: only places that share skin with these; all that are allowed otherwise.

    `numb_agreed`: a clinician has said yes to light touch on numb places at home.
    """
    if DECISION_RANK[screening.decision] >= _CLOSED:
        return HomeCard((), "closed", screening.excluded)
    if screening.ask_first:
        return HomeCard((), "ask_first", screening.excluded)
    bits = None if wanted is None else area_of(tuple(wanted))
    named = [region.replace(".S", f".{side}") for region in _PLACES["regions"] for side in SIDES]
    shut = barred(screening)
    asked = [region for region in named if (bits is None or AREA[region] & bits) and not AREA[region] & shut]
    found = [place for region in asked if (place := _place(region, screening)) is not None]
    places = tuple(place for place in found if numb_agreed or not place.numb)
    waiting = tuple(place.region for place in found if place not in places)
    because: Because = "" if places else "numb" if waiting else "limits"
    return HomeCard(places, because, screening.excluded, waiting)


def barred(screening: Screening) -> int:
    """Where nobody touches at home, whatever a therapist may do there."""
    bits = 0
    for rule in screening.rules:
        if rule.cleared:
            bits |= area_of(rule.where)
        for one in BARRED:
            if rule.id in one.rules:
                bits |= area_of(one.where or rule.where)
    return bits


def _place(region: str, screening: Screening) -> HomePlace | None:
    """The place, if all of it may be stroked lightly."""
    here = [limit for name, limit in screening.effective.items() if AREA[name] & AREA[region]]
    if not all(map(_allows, here)):
        return None
    minutes = min((limit.minutes for limit in here), default=MOST["minutes"].value)
    shortest = min(minutes, MOST["minutes"].value)
    return HomePlace(region, MOST["level"].value, shortest, is_numb((region,), screening.numb)) if shortest else None


def _allows(limit: RegionLimit) -> bool:
    needs = set(_PLACES["needs"])
    return not limit.excluded and limit.pressure >= MOST["level"].value and needs.isdisjoint(limit.techniques_off)
