"""Units: a small table for what arrives every day, a real UCUM parser for the rest.

Plain unit libraries misread `10*3/uL` as thirty per litre, so UCUM codes never go through one unparsed. A value
without a unit is refused: 42 and 42000 may be the same count. The table stands before the parser because laboratories
write what UCUM reads otherwise: `K/uL` means thousand, in UCUM it is kelvin.
"""

from __future__ import annotations

from typing import Final

from afferent.errors import InputError

Step = tuple[float, float]  # what to multiply by, and then to add, to reach the canonical unit
_SAME: Final[Step] = (1.0, 0.0)
_FAHRENHEIT: Final[Step] = (5 / 9, -160 / 9)
_GLUCOSE: Final = 18.016  # mg/dL in one mmol/L: the molar mass of glucose, 180.16 g/mol. No other fact has mg/dL.

_THOUSANDS: Final = (
    "10*3/ul", "10^3/ul", "10³/ul", "10*9/l", "10^9/l", "10⁹/l", "x10*3/ul", "x10^3/ul", "x10³/ul", "x10*9/l",
    "x10^9/l", "x10⁹/l", "10e3/ul", "10e9/l", "x10e3/ul", "x10e9/l", "e9/l", "10*3/mm3", "10^3/mm3", "1000/ul",
    "k/ul", "k/mm3", "k/cumm", "th/ul", "thou/ul", "thou/mm3", "thousand/ul", "/nl", "giga/l", "gpt/l",
    "10*3{cells}/ul", "10*3.{cells}/ul",
)  # fmt: skip
_SINGLE: Final = (
    "/ul", "1/ul", "{cells}/ul", "{#}/ul", "cells/ul", "#/ul", "/mm3", "/mm^3", "cells/mm3", "/cumm", "cells/cumm",
    "10*6/l", "10^6/l",
)  # fmt: skip
_COUNTS: Final = dict.fromkeys(_THOUSANDS, _SAME) | dict.fromkeys(_SINGLE, (0.001, 0.0))

# canonical unit -> unit as written (lower case, spaces out, mcL as uL) -> the step to it
TABLE: Final[dict[str, dict[str, Step]]] = {
    "10*3/uL": _COUNTS,
    "/uL": {unit: (1000 * factor, shift) for unit, (factor, shift) in _COUNTS.items()},
    "mg/dL": {"mg/dl": _SAME, "mg/100ml": _SAME, "mmol/l": (_GLUCOSE, 0.0)},
    "Cel": dict.fromkeys(("cel", "c", "°c", "degc"), _SAME)
    | dict.fromkeys(("[degf]", "degf", "f", "°f"), _FAHRENHEIT),
    "mm[Hg]": {"mm[hg]": _SAME, "mmhg": _SAME, "kpa": (7.50062, 0.0)},
    "1": dict.fromkeys(("1", "{inr}", "inr", "{ratio}", "ratio"), _SAME),
    # HbA1c: NGSP percent, and IFCC mmol/mol by the NGSP master equation
    "%": dict.fromkeys(("%", "%{hb}", "%{total}"), _SAME)
    | dict.fromkeys(("mmol/mol", "mmol/mol{hb}"), (0.09148, 2.152)),
    "a": dict.fromkeys(("a", "y", "yr", "year", "years"), _SAME),
}  # fmt: skip

# Here a capital letter makes the difference: G/L is giga per litre, g/L gram per litre.
_AS_WRITTEN: Final[dict[str, dict[str, Step]]] = {"10*3/uL": {"G/L": _SAME}, "/uL": {"G/L": (1000.0, 0.0)}}

# No parser may convert into these: an INR is no percentage, and 0.07 is no HbA1c.
_TABLE_ONLY: Final = frozenset({"1", "%", "a"})


def spelled(unit: str) -> str:
    """A unit as the table spells it: lower case, without spaces, micro as `u`, `mcL` as `ul`."""
    return "".join(unit.split()).replace("μ", "u").replace("µ", "u").lower().replace("mcl", "ul")


def convert(value: float, unit: str, wanted: str) -> float:
    """The value in the unit wanted. Raises InputError for a missing unit, or one that does not measure the same."""
    if not unit.strip():
        raise InputError(f"the value {value:g} has no unit; write it with one, for example {value:g} {wanted}")
    step = _AS_WRITTEN.get(wanted, {}).get(unit.strip()) or TABLE.get(wanted, {}).get(spelled(unit))
    if step is not None:
        factor, shift = step
        return value * factor + shift
    if wanted in _TABLE_ONLY:
        raise InputError(f"the unit {unit.strip()[:40]!r} does not measure this; write the value in {wanted}")
    return _ucum(value, unit.strip(), wanted)


def _ucum(value: float, unit: str, wanted: str) -> float:
    """Through the UCUM parser, loaded only when the table does not know the unit."""
    try:
        from afferent.records import ucum
    except ImportError:
        raise InputError(f"the unit {unit[:40]!r} is not known here; write the value in {wanted}") from None
    return ucum.convert(value, unit, wanted)
