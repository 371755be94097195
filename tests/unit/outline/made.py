"""People to make outlines for: everything asked and nothing found, but for what a test names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import structs

from afferent.body.areas import PLACES
from afferent.knowledge import load
from afferent.outline.model import Fault, Outline, Step, Wish
from afferent.safety import Evidence, Person, screen
from afferent.safety.evidence import Clearance
from afferent.safety.screening import RegionLimit, Screening
from tests.generative.outline_people import well
from tests.generative.people import AS_OF

KNOWLEDGE = load()
FEET = ("foot.left", "foot.right")
LATER = Wish(aims=("ease_pain",), minutes=60, first=False)


def screened(unasked: tuple[str, ...] = (), clearances: tuple[Clearance, ...] = (), **found: Any) -> Screening:
    """Somebody well but for these findings (places) and facts (values); `unasked`: nobody has asked these yet."""
    values, where, told = dict(well()), {}, {}
    for fact, said in found.items():
        if isinstance(said, tuple):
            where[fact] = tuple(PLACES[one] for one in said)
            told[fact] = (Evidence(fact, said),)
        values[fact] = True if isinstance(said, tuple) else said
    for fact in unasked:
        values.pop(fact)
    return screen(
        Person(as_of=AS_OF, id="ada", values=values, places=where, evidence=told, clearances=clearances), KNOWLEDGE
    )


def numb_feet(**more: Any) -> Screening:
    return screened(numb=FEET, **more)


def cleared(*rules: str, **pressure: int) -> Clearance:
    """A physician's answer of two days ago, up to a level for each region."""
    return Clearance(rules, "Dr A", AS_OF - dt.timedelta(days=2), answer="limit", pressure=pressure)


def held_still() -> Screening:
    """Very low platelets, and a physician who allows a hand without weight, everywhere."""
    return screened(platelets=15.0, clearances=(cleared("PLT-20", "PLT-50", "PLT-100", body=0),))


def turned_off(screening: Screening, region: str, *techniques: str, pressure: int = 5) -> Screening:
    """The same, with techniques off in one region more, or a cap on it."""
    held = RegionLimit(pressure, False, False, 60, techniques, ("VTE-RISK",))
    return structs.replace(screening, effective={**screening.effective, region: held},
                           limits={**screening.limits, region: held})  # fmt: skip


def step(
    *regions: str, work: str = "effleurage", level: int = 1, minutes: int = 5, points: tuple[str, ...] = ()
) -> Step:
    return Step(regions, work, level, minutes, points=points)


BEGIN = step("back.left.upper", "back.right.upper")


def outline(*steps: Step) -> Outline:
    """An outline of these steps, after a sound beginning."""
    return Outline("with_affected", (BEGIN, *steps))


def kinds(found: tuple[Fault, ...]) -> set[str]:
    return {one.crosses for one in found}


def only(found: tuple[Fault, ...]) -> Fault:
    """The one fault there is."""
    assert len(found) == 1, found
    return found[0]
