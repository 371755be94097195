"""A funnel plot: how large an effect is against how certain. Where nothing is missing, points fill an upright funnel.

Ask here: `funnel`, a `Chart`. Up is certain: the inverse of the standard error, so that large trials stand at the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from afferent.page.charts import Axis, Chart, Level, Line, Marks, Tick

_95: Final = 1.96


def funnel(title: str, unit: str, y: Sequence[float], v: Sequence[float], middle: float, about: str) -> Chart:
    """y, v: effects and variances of the trials; middle: the pooled effect. All on the axis called `unit`."""
    certain = [one**-0.5 for one in v]
    top, low = max(certain) * 1.08, min(certain) * 0.75
    sides = [
        tuple((middle + way * _95 / at, at) for at in (low + (top - low) * n / 40 for n in range(41)))
        for way in (-1, 1)
    ]
    ends = [x for x, _ in (*sides[0], *sides[1])] + list(y)
    ticks = tuple(Tick(1 / se, f"{se:.2g}") for se in _errors(1 / top, 1 / low))
    return Chart(
        title,
        about,
        Axis(unit, min(ends), max(ends)),
        Axis("Standard error (small at the top)", low, top, ticks),
        (
            Line("where 95 of 100 would lie", sides[0], "dashed", "start"),
            Line("", sides[1], "dashed", "none"),
            Marks("one trial", tuple(zip(y, certain, strict=True)), "circle", "end"),
        ),
        (Level(middle, "pooled", "x"),),
    )


def _errors(least: float, most: float) -> list[float]:
    """A few round standard errors in between."""
    steps = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.5, 2.0, 5.0, 10.0]
    return [step for step in steps if least <= step <= most] or [least, most]
