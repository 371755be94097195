"""What must be so before anybody is ranked: a gate that is shut is never made up for by points.

Ask here: `gate(therapist, needs, spot, distance, tables)`. Shut: a `Shut` with the reason, for counting. Open: what
is not known and must be asked first. Unknown opens a gate with a question, except two: training that a screening asks
for, and a licence where one is needed and nobody has named any.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from afferent.directory.model import Licence, Spot, Therapist, trained
from afferent.directory.needs import Needs
from afferent.directory.published import Published

Which = Literal["licence", "sanction", "way", "training", "must"]
_NEEDED: Final = ("licensed", "unknown")


class Shut(Struct, frozen=True):
    """Which gate, and in words what is missing, said of several people."""

    which: Which
    says: str


def gate(therapist: Therapist, needs: Needs, spot: Spot, distance: float, tables: Published) -> Shut | tuple[str, ...]:
    """The first gate that is shut, or the questions to ask first."""
    asks: list[str] = []
    shut = (
        _sanction(therapist)
        or _licence(therapist, needs, spot, tables, asks)
        or _way(therapist, needs, distance, asks)
        or _training(therapist, needs, tables)
        or _must(therapist, needs, tables, asks)
    )
    return shut or tuple(dict.fromkeys(asks))


def _sanction(therapist: Therapist) -> Shut | None:
    if therapist.sanctioned or any(one.status in ("suspended", "revoked") for one in therapist.licences):
        return Shut("sanction", "a licence is suspended or revoked, or a board has acted")
    return None


def _licence(
    therapist: Therapist, needs: Needs, spot: Spot, tables: Published, asks: list[str]
) -> Shut | None:  # fmt: skip
    here = [one for one in therapist.licences if one.jurisdiction == spot.state]
    if needs.licence_checked and not any(one.status == "active" and one.standing == "verified" for one in here):
        return Shut("licence", "no licence that was checked")
    if tables.regime(spot.state) in _NEEDED:
        standing = [one for one in here if one.status != "lapsed"]
        if not standing:
            return Shut("licence", "the licence has lapsed" if here else "no licence is named where one is needed")
        if not any(one.status == "active" and one.standing == "verified" for one in standing):
            asks.append("Is the licence active? Ask to see it, or look it up at the state board.")
    elif here and all(one.status == "lapsed" for one in here):
        return Shut("licence", "the registration or certificate has lapsed")
    return None


def _way(therapist: Therapist, needs: Needs, distance: float, asks: list[str]) -> Shut | None:
    if distance <= needs.travel_km and not needs.at_home:
        return None
    visits = [therapist.fact(name) for name in ("visits_home", "visits_hospital")]
    if distance <= needs.reach_km:
        if any(one.known and one.value for one in visits):
            if not needs.at_home:
                asks.append("They are further than you can travel, but visit some people. Do they come to you?")
            return None
        if needs.at_home and not all(one.known for one in visits):
            asks.append("Do they come to you?")
            return None
    return Shut(
        "way", "no visits to you" if needs.at_home and distance <= needs.reach_km else "further than you can travel"
    )


def _training(therapist: Therapist, needs: Needs, tables: Published) -> Shut | None:
    if needs.training_checked and trained(therapist) != "verified":
        return Shut("training", "no training or experience that was checked")
    for name in needs.training:
        training = tables.training[name]
        fact = therapist.fact(training.fact)
        if not fact.known:
            return Shut("training", f"nobody has said whether there is {training.title}")
        if not fact.value:
            return Shut("training", f"no {training.title}")
    return None


def _must(therapist: Therapist, needs: Needs, tables: Published, asks: list[str]) -> Shut | None:
    for name in needs.must:
        fact, of = therapist.fact(name), tables.facts[name]
        if not fact.known:
            asks.append(of.ask or f"{of.title}?")
        elif not met(name, fact.value, needs):
            return Shut("must", of.lacks or f"{of.title.lower()}: not what you need")
    return None


def met(name: str, value: object, needs: Needs) -> bool:
    """Is a known fact as this person needs it?"""
    if name == "gender":
        return not needs.gender or value == needs.gender
    if name == "languages":
        spoken = value if isinstance(value, tuple) else (str(value),)
        return not needs.language or needs.language.casefold() in (one.casefold() for one in spoken)
    return bool(value)


def licence_words(therapist: Therapist, spot: Spot, tables: Published) -> str:
    """What is known of the licence where the therapist works, and how that place regulates massage."""
    regime = tables.regime(spot.state)
    place = tables.jurisdictions[spot.state].name if spot.state in tables.jurisdictions else spot.state
    here = [one for one in therapist.licences if one.jurisdiction == spot.state]
    told = _told(here[0]) if here else "no licence is named"
    return f"{place}: {tables.regimes[regime]}; {told}"


def _told(licence: Licence) -> str:
    number = f" {licence.number}" if licence.number else ""
    if licence.standing == "verified" and licence.on:
        return f"licence{number} {licence.status}, checked {licence.on:%d %b %Y} ({licence.how})"
    since = f", {licence.on:%d %b %Y}" if licence.on else ""
    told = "nobody has looked whether it holds" if licence.status == "not known" else f"{licence.status}, self-declared"
    return f"licence number{number}: {told}{since}"
