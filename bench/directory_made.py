"""Made-up therapists for the benchmark of matching, around the country's ZIP codes; a fifth of them described."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from afferent.directory.model import Known, Licence, Spot, Therapist
from afferent.directory.store import Directory
from afferent.directory.zips import places

DAY = dt.date(2026, 11, 22)
DESCRIBED = 0.2
_YES_NO = (
    "medical_training", "clinical_training", "oncology_training", "writes_to_care_team", "uses_pressure_scale",
    "visits_home", "step_free", "electric_table", "chair", "near_transit", "gives_receipts", "quiet_room",
)  # fmt: skip


def therapists(count: int, seed: int = 8) -> Iterator[Therapist]:
    """Crowded as people are: half of them in one ZIP code of ten. Scattered within a few kilometres of its middle."""
    rng = random.Random(seed)
    known = list(places().values())
    rng.shuffle(known)
    crowded = known[: len(known) // 10]
    for n in range(count):
        place = rng.choice(crowded if n % 2 else known)
        spot = Spot(place.city, place.state, place.zip, place.lat + rng.gauss(0, 0.03), place.lon + rng.gauss(0, 0.03))
        facts = {"gender": _known(rng, rng.choice(("female", "male")))}
        if rng.random() < DESCRIBED:
            facts |= {name: _known(rng, rng.random() < 0.6) for name in rng.sample(_YES_NO, rng.randrange(2, 9))}
            if rng.random() < 0.3:
                facts |= {"neuropathy_hours": _known(rng, rng.randrange(1, 40)), "neuropathy_year": _known(rng, 2024)}
            facts["first_slot"] = _known(rng, (DAY + dt.timedelta(rng.randrange(60))).isoformat())
        licences = (Licence(place.state, f"MT{n}"),) if rng.random() < 0.8 else ()
        yield Therapist(f"npi:{n:010d}", f"Made Up {n}", (spot,), facts, licences)


def _known(rng: random.Random, value: bool | int | str) -> Known:
    return Known(value, "verified" if rng.random() < 0.3 else "declared", DAY)


def directory(where: Path | str, count: int) -> Directory:
    """All of them in one file, or in one database."""
    made = Directory.open(where, make=True)
    with made:
        made.know(places().values())
        for one in therapists(count):
            made.put(one, new=True)
    made.settle()
    return made
