"""From a row of the register to a therapist in the directory: what is new goes over what was known, and nothing else.

Ask here: `Shelf(directory)`, its `take` and `further`. What somebody said of themselves, or somebody checked, stays.
The register's licence number is kept as a number that nobody looked up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from afferent.directory.model import Known, Licence, Spot, Therapist
from afferent.directory.store import Directory
from afferent.directory.zips import about
from afferent.records.nppes.listing import Listing, zip5

LABELS: Final = {
    False: "listed in the national register as a massage therapist",
    True: "listed in the national register as an organisation with massage",
}
_UNDATED: Final = dt.date.min


class Shelf:
    """What stands in a directory while a file is taken in. `numbers`: every provider number that is known."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.numbers = directory.numbers()
        self.places = {one.zip: one for one in directory.places()}
        self.about = about(self.places.values())

    def take(self, entry: Listing) -> tuple[bool, bool, bool]:
        """One entry of the register: (kept, taken out, kept without a place)."""
        known = self.directory.get(f"npi:{entry.npi}") if entry.npi.encode() in self.numbers else None
        before, gone = known or (None, None)
        if before and _older(entry, before, gone):
            return False, False, False
        if not entry.here:
            if before is None or gone is not None:
                return False, False, False
            self.directory.put(before, gone=entry.gone or entry.updated or _UNDATED)
            return False, True, False
        spot = self.spot(entry.zip, entry.city, entry.state) if entry.country in ("US", "") else None
        self.directory.put(_therapist(entry, before, spot), street=entry.street, new=known is None)
        self.numbers.add(entry.npi.encode())
        return True, False, spot is None

    def further(self, place: Mapping[str, str], load: str) -> tuple[bool, bool]:
        """One further place of work of somebody who is known: (kept, without a place). load: those of an earlier one
        go."""
        known = self.directory.get(f"npi:{place['npi']}")
        if known is None or known[1] is not None:
            return False, False
        spot = self.spot(zip5(place["zip"]), place["city"].title(), place["state"].upper()[:2])
        if spot is None:
            return False, True
        therapist, db = known[0], self.directory.db
        if db.rows("SELECT places FROM therapist WHERE id = ?", (therapist.id,))[0][0] != load:
            therapist = _placed(therapist, therapist.spots[:1])
            db.run("UPDATE therapist SET places = ? WHERE id = ?", (load, therapist.id))
        if spot.zip not in {one.zip for one in therapist.spots}:
            therapist = _placed(therapist, (*therapist.spots, spot))
        self.directory.put(therapist)
        return True, False

    def spot(self, zip: str, city: str, state: str) -> Spot | None:
        """Where a ZIP code lies; the middle of those that begin alike where the table does not know it."""
        if place := self.places.get(zip):
            return Spot(city or place.city, state or place.state, zip, place.lat, place.lon)
        if middle := self.about.get(zip[:3]):
            return Spot(city, state, zip, *middle)
        return None


def _older(entry: Listing, before: Therapist, gone: dt.date | None) -> bool:
    """Is this an entry from before what is known? An entry without any day never is."""
    latest = max((day for day in (entry.updated, entry.back) if day), default=None)
    if latest is None:
        return False
    if entry.here and gone is not None and latest < gone:
        return True
    return before.updated is not None and latest < before.updated and not entry.gone


def _placed(therapist: Therapist, spots: tuple[Spot, ...]) -> Therapist:
    return replace(therapist, spots=spots)


def _therapist(entry: Listing, before: Therapist | None, spot: Spot | None) -> Therapist:
    """Facts, checked licences and further places of before stay; the rest is the register's."""
    licences = tuple(Licence(state, number) for state, number in entry.licences)
    facts = {"gender": Known(entry.gender, "declared", entry.updated)} if entry.gender else {}
    spots = (spot,) if spot else ()
    if before:
        told = {(one.jurisdiction, one.number) for one in before.licences if one.status != "not known"}
        own = tuple(one for one in before.licences if one.status != "not known")
        licences = (*own, *(one for one in licences if (one.jurisdiction, one.number) not in told))
        kept = {name: fact for name, fact in before.facts.items() if name != "gender" or before.source != "register"}
        facts = {**facts, **kept}
        spots = (*spots, *before.spots[1:])
    owned = before is not None and before.source != "register"
    return Therapist(
        id=f"npi:{entry.npi}", name=before.name if owned and before else entry.name, spots=spots, facts=facts,
        licences=licences, sanctioned=bool(before and before.sanctioned), claimed=bool(before and before.claimed),
        label=LABELS[entry.organisation], phone=entry.phone, source=before.source if before else "register",
        updated=entry.updated, street=before.street if before else "", badge=before.badge if before else None,
        invented=bool(before and before.invented),
    )  # fmt: skip
