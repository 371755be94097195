"""Therapists and needs for the tests: Minneapolis, where no licence is needed, and Saint Louis, where one is."""

from __future__ import annotations

import datetime as dt

from afferent.directory.model import Known, Licence, Spot, Standing, Therapist
from afferent.directory.needs import Needs

DAY = dt.date(2026, 11, 22)
MINNEAPOLIS = Spot("Minneapolis", "MN", "55402", 44.976, -93.27)
SAINT_LOUIS = Spot("Saint Louis", "MO", "63101", 38.63, -90.19)


def known(value, standing: Standing = "verified") -> Known:
    return Known(value, standing, DAY, "seen")


def therapist(id: str, spot: Spot = MINNEAPOLIS, licences: tuple[Licence, ...] = (), **facts) -> Therapist:
    facts = {name: fact if isinstance(fact, Known) else known(fact) for name, fact in facts.items()}
    return Therapist(id, id.title(), (spot,), facts, licences)


def needs(spot: Spot = MINNEAPOLIS, **fields) -> Needs:
    return Needs(lat=spot.lat, lon=spot.lon, as_of=DAY, place=spot.city, **fields)
