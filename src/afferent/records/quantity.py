"""A measured number as a statement: unit, comparator ("< 10"), plausibility, and the day it was taken.

Strict where it would change a decision: no unit, no value; no date, no value; a number that no living body has
(150000 in a unit of thousands) is not "fine" but not understood.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from afferent.errors import InputError
from afferent.knowledge.model import Fact
from afferent.records.units import convert

# The least and the most that is believed of a reading, in the unit of the fact. Ours: engineering limits, far outside
# anything survivable in the middle of a treatment room, and near enough to catch a wrong unit.
BELIEVED: Final[dict[str, tuple[float, float]]] = {
    "platelets": (0, 5_000), "neutrophils": (0, 500_000), "inr": (0.3, 50), "hba1c": (2, 25), "glucose": (5, 3_000),
    "temperature_c": (20, 46), "systolic": (20, 350), "diastolic": (5, 250), "standing_drop_systolic": (-150, 200),
    "standing_drop_diastolic": (-150, 200), "foot_warmer_c": (-25, 25), "age_years": (0, 125),
}  # fmt: skip
_ANY: Final = (-1e9, 1e9)


class Reading(NamedTuple):
    """A number as it was recorded. `comparator`: "", "<", "<=", ">=" or ">"."""

    value: float
    units: tuple[str, ...]
    comparator: str = ""

    @property
    def said(self) -> str:
        """As it stands in the record."""
        return f"{self.comparator}{self.value:g} {self.units[-1] if self.units else ''}".strip()


def in_unit_of(fact: Fact, reading: Reading) -> float:
    """The number in the unit of the fact; of "< 10" the worst that it may mean. Raises InputError with the reason."""
    low, high = BELIEVED.get(fact.id, _ANY)
    value = _converted(fact, reading)
    if not low <= value <= high:
        raise InputError(f"{reading.said} is not believable; check value and unit")
    match reading.comparator:
        case "" | "~":
            return value
        case "<" | "<=":
            ends = (low, value)
        case ">" | ">=":
            ends = (value, high)
        case other:
            raise InputError(f"the comparator {other[:10]!r} says neither more nor less")
    if fact.worse == "apart":
        return max(ends, key=lambda end: abs(end - (fact.middle or 0)))
    return ends[0] if fact.worse == "low" else ends[1]


def _converted(fact: Fact, reading: Reading) -> float:
    if not math.isfinite(reading.value):
        raise InputError("the value is not a number")
    units = [unit for unit in reading.units if unit.strip()]
    if not units and fact.plain:
        return reading.value
    fault = None
    for unit in units:  # the code first, then the unit as people read it
        try:
            return convert(reading.value, unit, fact.unit)
        except InputError as error:
            fault = fault or error
    if fault is None:
        convert(reading.value, "", fact.unit)
    raise fault or InputError("the value has no unit")
