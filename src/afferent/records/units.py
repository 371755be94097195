"""Units: a small table for what arrives every day, a real UCUM parser for the rest.

Plain unit libraries misread `10*3/uL` as thirty per litre, so UCUM codes never go through one unparsed. A value
without a unit is refused: 42 and 42000 may be the same count.
"""

from __future__ import annotations

from typing import Final

from afferent.errors import InputError

# unit as written (lower case, spaces out) -> what to multiply by, and add, to reach the canonical unit
_TABLE: Final[dict[str, dict[str, tuple[float, float]]]] = {
    "10*3/uL": dict.fromkeys(
        ("10*3/ul", "10^3/ul", "10³/ul", "10*9/l", "10^9/l", "10⁹/l", "x10*3/ul", "x10^3/ul", "x10^9/l", "x10e3/ul",
         "10e3/ul", "10e9/l", "k/ul", "k/cumm", "k/mm3", "thou/ul", "thousand/ul", "thou/mm3", "g/l(count)", "giga/l",
         "1000/ul", "10*3/mm3", "10*3/mm^3"), (1.0, 0.0),
    ) | dict.fromkeys(("/ul", "{cells}/ul", "cells/ul", "/mm3", "cells/mm3", "/cumm", "{#}/ul", "/mm^3"), (0.001, 0.0)),
    "mg/dL": {"mg/dl": (1.0, 0.0), "mg%": (1.0, 0.0), "mmol/l": (18.016, 0.0)},
    "Cel": {"cel": (1.0, 0.0), "c": (1.0, 0.0), "°c": (1.0, 0.0), "degc": (1.0, 0.0),
            "[degf]": (5 / 9, -160 / 9), "degf": (5 / 9, -160 / 9), "f": (5 / 9, -160 / 9), "°f": (5 / 9, -160 / 9)},
    "mm[Hg]": {"mm[hg]": (1.0, 0.0), "mmhg": (1.0, 0.0), "kpa": (7.50062, 0.0)},
    "1": {"1": (1.0, 0.0), "{inr}": (1.0, 0.0), "inr": (1.0, 0.0), "{ratio}": (1.0, 0.0), "ratio": (1.0, 0.0)},
    "%": {"%": (1.0, 0.0), "%{hb}": (1.0, 0.0), "mmol/mol": (0.0915, 2.15), "mmol/mol{hb}": (0.0915, 2.15)},
    "a": {"a": (1.0, 0.0), "y": (1.0, 0.0), "year": (1.0, 0.0), "years": (1.0, 0.0)},
}  # fmt: skip
_TABLE["/uL"] = {unit: (1000 * factor, shift) for unit, (factor, shift) in _TABLE["10*3/uL"].items()}


def convert(value: float, unit: str, wanted: str) -> float:
    """The value in the unit wanted. Raises InputError for a missing unit, or one that does not measure the same."""
    spelled = unit.strip().replace("μ", "u").replace("µ", "u").replace(" ", "").lower()
    if not spelled:
        raise InputError(f"the value {value:g} has no unit; write it with one, for example {value:g} {wanted}")
    known = _TABLE.get(wanted, {})
    if spelled in known:
        factor, shift = known[spelled]
        return value * factor + shift
    return _ucum(value, unit.strip(), wanted)


def _ucum(value: float, unit: str, wanted: str) -> float:
    """Through the UCUM parser, loaded only when the table does not know the unit."""
    try:
        from afferent.records import ucum
    except ImportError:
        raise InputError(f"the unit {unit!r} is not known here; write the value in {wanted}") from None
    return ucum.convert(value, unit, wanted)
