"""What a person should know of a series before believing it, though every score in it can be.

Ask here: `order` (rows out of order), `gaps`, `phase_faults`, `backwards` (massage first), `visit_faults`,
`block_faults`, `flare_faults`. Nothing here changes a score.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median_low
from typing import Final

from afferent.outcomes.readings import Day, Fault, Reading, at, shown

_ODD: Final = 1.5  # times the usual distance between two scores: from there on it is a gap
_NAMED: Final = 5  # days named in one sentence


def order(readings: Sequence[Reading], name: str) -> list[Fault]:
    """Named once, with the first place; the series itself is in order."""
    back = [(a, b) for a, b in pairwise(readings) if b.day < a.day]  # type: ignore[operator]
    if not back:
        return []
    before, after = back[0]
    often = f" (and {len(back) - 1} more)" if len(back) > 1 else ""
    return [Fault("order", f"{at(after, name)} stands after {shown(before.day)}{often}; the days were put in order")]


def gaps(used: Sequence[Reading]) -> list[Fault]:
    """Days without a score, measured by how far apart this person's scores usually lie."""
    if len(used) < 2:
        return []
    numbers = [one.day if isinstance(one.day, int) else one.day.toordinal() for one in used]
    steps = [b - a for a, b in pairwise(numbers)]
    usual = median_low(steps)
    return [
        Fault("gap", _gap(a.day, b.day, step, usual))
        for (a, b), step in zip(pairwise(used), steps, strict=True)
        if step > _ODD * usual
    ]


def _gap(a: Day, b: Day, step: int, usual: int) -> str:
    if usual > 1:
        return f"no score between {shown(a)} and {shown(b)} ({step} days; usually {usual})"
    if step == 2:
        return f"no score on {shown(_next(a, 1))}"
    return f"no score from {shown(_next(a, 1))} to {shown(_next(b, -1))} ({step - 1} days)"


def _next(day: Day, by: int) -> Day:
    return day + by if isinstance(day, int) else day + dt.timedelta(days=by)


def phase_faults(used: Sequence[Reading], unknown: Iterable[str], name: str) -> list[Fault]:
    """Labels that could not be told, and scores without one among others that have one."""
    faults = [Fault("phase", f"{name}: {why}" if name else why) for why in unknown]
    silent = [one for one in used if not one.phase]
    if silent and len(silent) < len(used):
        faults.append(Fault("phase", f"no phase is given for {_days(silent)}; these scores belong to no block"))
    return faults


def backwards(used: Sequence[Reading], on: Sequence[bool | None]) -> list[Fault]:
    """All days with massage before all days without it: there is no baseline."""
    sides = [(one, side) for one, side in zip(used, on, strict=True) if side is not None]
    known = [side for _, side in sides]
    if False not in known or not known[0] or True in known[known.index(False) :]:
        return []
    says = (
        f"the days with massage come first (from {shown(sides[0][0].day)}), and none without it stands before them; "
        "what would have come without massage cannot be seen from what followed it"
    )
    return [Fault("phase", says)]


def visit_faults(days: Sequence[Reading], told: Mapping[str, bool], name: str) -> list[Fault]:
    """Visits, scored or not, on days that are called without massage."""
    odd = sorted((one for one in days if one.visit and told.get(one.phase) is False), key=lambda one: one.day)
    if not odd:
        return []
    says = (
        f"visits on days that are called without massage ({_days(odd)}); if massage was given then, these days are no "
        "baseline: correct the phase or the visit"
    )
    return [Fault("phase", f"{name}: {says}" if name else says)]


def block_faults(used: Sequence[Reading], on: Sequence[bool | None], block: Sequence[int | None]) -> list[Fault]:
    """Phases that change from one score to the next are no blocks; nor is one that was numbered across a change."""
    size = Counter(number for number in block if number is not None)
    alone = [one for one, number in zip(used, block, strict=True) if number is not None and size[number] == 1]
    faults = []
    if alone and len(size) > 1:
        says = f"{len(alone)} of {len(size)} blocks have one score only ({_days(alone)}); a phase needs days in a row"
        faults.append(Fault("block", says))
    both: dict[int, set[bool]] = {}
    for one, side in zip(used, on, strict=True):
        if one.block is not None and side is not None:
            both.setdefault(one.block, set()).add(side)
    for number in sorted(number for number, found in both.items() if len(found) > 1):
        says = f"block {number} has days with and days without massage; they were counted as blocks of their own"
        faults.append(Fault("block", says))
    return faults


def flare_faults(days: Sequence[Reading], name: str) -> list[Fault]:
    """A flare belongs to a visit, or nobody knows which one it came after."""
    says = "a flare on a day without a visit; write it in the row of the visit that it came after"
    return [Fault("flare", f"{at(one, name)}: {says}") for one in days if one.flare and not one.visit]


def _days(readings: Sequence[Reading]) -> str:
    return ", ".join(shown(one.day) for one in readings[:_NAMED]) + (", …" if len(readings) > _NAMED else "")
