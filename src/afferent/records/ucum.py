"""Units of the UCUM code system through a real parser (ucumvert: a grammar, and pint for the values).

Slow to load, so only `units` imports it, and only for a unit outside its table. Refused: what does not parse, what does
not measure the same, arbitrary units (`[IU]`, `[CFU]`: a count of them is no count of cells), and absurd powers, which
would keep a computer busy for hours. Needs the extra `ucum`; without it importing this module raises ImportError.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any, Final

from ucumvert import PintUcumRegistry

from afferent.errors import InputError

_LONGEST: Final = 32
_ABSURD: Final = re.compile(r"\d{7}|[*^][-+]?\d{3}|[A-Za-z\])}][-+]?\d{2}")
_WITH_BRACKETS: Final = frozenset({"mm[Hg]", "Cel"})  # where a bracketed unit may be meant


def convert(value: float, unit: str, wanted: str) -> float:
    """The value in the unit wanted. Raises InputError."""
    fault = InputError(f"the unit {unit[:40]!r} does not measure this; write the value in {wanted}")
    if len(unit) > _LONGEST or _ABSURD.search(unit) or ("[" in unit and wanted not in _WITH_BRACKETS):
        raise fault
    try:
        given, goal = _parsed(unit), _parsed(wanted)
        found = float(_registry().Quantity(value * given.magnitude, given.units).to(goal.units).magnitude)
    except Exception:  # whatever parser and unit library raise: the unit was not read
        raise fault from None
    if not math.isfinite(found):
        raise fault
    return found / float(goal.magnitude)


@cache
def _registry() -> Any:
    return PintUcumRegistry()


@cache
def _parsed(unit: str) -> Any:
    return _registry().from_ucum(unit)
