"""A thermometer reading as people write it: "39", "38.5 °C", "102 F".

Ask here: `celsius`, and `degrees` to say one. A bare number is Celsius; one that only Fahrenheit could mean is asked
back, never guessed. Nothing is rounded on the way in: 40.04 is above 40.
"""

from __future__ import annotations

import re
from typing import Final

from afferent.errors import InputError

_READING: Final = re.compile(r"(-?\d{1,4}(?:[.,]\d{1,3})?)\s*°?\s*(c|f|celsius|fahrenheit)?", re.IGNORECASE)
_FAHRENHEIT_FROM: Final = 60.0  # bare; no pack or bath on skin has so many degrees Celsius


def celsius(text: str) -> float:
    """Degrees Celsius. Raises InputError with the mend."""
    found = _READING.fullmatch(text.strip())
    if found is None:
        raise InputError(f"{text.strip()[:40]!r} is no temperature; write it like 39, 38.5C or 102F")
    number, unit = float(found[1].replace(",", ".")), (found[2] or "").lower()[:1]
    if unit == "f":
        return (number - 32) / 1.8
    if not unit and number >= _FAHRENHEIT_FROM:
        raise InputError(f"{number:g} what? Write {number:g}F for Fahrenheit, or {number:g}C for Celsius")
    return number


def degrees(reading: float) -> str:
    """A reading in words, to a hundredth: "38.33 °C"."""
    return f"{round(reading, 2):g} °C"
