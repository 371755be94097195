"""The charts of heat: how long skin bears how much, and how warm it gets under a thing that cools.

Ask here: `times`, `warming`, `injured` and `flows`. The same charts stand on the page and in docs/physiology.md. What
they draw of packs and baths is an illustration: no published value was found for how well such things touch the skin.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from afferent.page.charts import Axis, Band, Chart, Level, Line, Marks, Tick
from afferent.page.charts.model import Look
from afferent.physiology.heat.burns import SAFETY_FACTOR, burn_line, safety_line
from afferent.physiology.heat.kinetics import EPIDERMAL, LIMIT, SETS, Floats, injury, seconds_to
from afferent.physiology.heat.pennes import Contact, skin, warm
from afferent.physiology.heat.source import HeatSource, contact
from afferent.physiology.heat.tissue import STANDARD, layers

SKIN_C: Final = 33.0  # where the drawn courses begin
_ROWS: Final = 90
_LOOKS: Final[tuple[Look, ...]] = ("solid", "dashed", "dotted", "beaded")


def times(ceiling: float, reading: float | None = None, allowed: float = 0) -> Chart:
    """Seconds against degrees: the published lines, the strictest law of injury, and where this reading stands."""
    degrees = np.arange(38.0, 52.01, 0.5)
    lines = (
        _line("destroys skin (published fit)", degrees, burn_line, "solid"),
        _line("safety line (published)", degrees, safety_line, "dashed"),
        _line("a tenth of the safety line", degrees, lambda c: safety_line(c) / SAFETY_FACTOR, "dotted"),
        _line("strictest law of injury", degrees, _strictest, "fine"),
    )
    here = Marks("here", ((reading, allowed),), "square") if reading is not None and allowed else None
    return Chart(
        "How long skin that feels bears how much heat",
        "Each further degree about halves the time. What we allow lies below every line, and ends at the ceiling. "
        "Where feeling is lost, none of it holds.",
        Axis("temperature at the skin, °C", 36, 52, tuple(Tick(c, str(c)) for c in range(36, 53, 2))),
        Axis("time", 10, 86_400, log=True, kind="time"),
        (*lines, *filter(None, (here,))),
        levels=(Level(600, "ten minutes"),),
        bands=(Band(ceiling, 52, "never", "x", "stop"),),
        height=320,
    )


def _line(name: str, degrees: Floats, seconds: Callable[[float], float], look: Look) -> Line:
    points = tuple((float(c), seconds(float(c))) for c in degrees)
    return Line(name, tuple(point for point in points if point[1] >= 10), look)


def _strictest(celsius: float) -> float:
    return min(seconds_to(SETS[name], celsius, LIMIT) for name in EPIDERMAL)


def warming(source: HeatSource, celsius: float, site: str = STANDARD, seconds: float = 1800) -> Chart:
    """The base of the epidermis as the limit reckons it, and as it may be under a source that cools."""
    reckoned = warm(skin([layers(site)], 0.0), Contact(celsius), seconds)
    may_be = warm(skin([layers(site)], 1.0), contact(source, celsius), seconds, start=SKIN_C)
    lines = (
        _course("skin, as we reckon", reckoned.times, reckoned.basal[:, 0], "solid"),
        _course("skin, as it may be", may_be.times, may_be.basal[:, 0], "dashed"),
        _course("the thing itself, as it cools", may_be.times, may_be.source[:, 0], "fine"),
    )
    return Chart(
        f"How warm the skin gets under a {source.title}",
        "We reckon with the warmest that skin could be: touching directly, never cooling, no blood to carry heat away. "
        "How it may really be is an illustration; nobody has published how well such things touch skin.",
        Axis("time", 0, seconds, kind="time"),
        Axis("°C", 32, max(42.0, math.ceil(celsius) + 1.0)),
        lines,
    )


def _course(name: str, at: Floats, celsius: Floats, look: Look) -> Line:
    grid = np.linspace(0, at[-1], _ROWS)
    return Line(name, tuple(zip(map(float, grid), map(float, np.interp(grid, at, celsius)), strict=True)), look)


def injured(celsius: float, seconds: float = 3600) -> Chart:
    """Injury over time, skin held at one temperature: how far the published kinetics disagree."""
    course = warm(skin([layers()], 0.0), Contact(celsius), seconds)
    grid = np.linspace(1, seconds, _ROWS)
    lines = []
    for name, look in zip(EPIDERMAL, _LOOKS, strict=True):
        so_far = np.interp(grid, course.times, injury(SETS[name], course.times, course.basal)[:, 0])
        points = tuple((float(t), float(w)) for t, w in zip(grid, so_far, strict=True) if w >= 1e-4)
        if points:
            lines.append(Line(SETS[name].title.split(",")[0], points, look))
    return Chart(
        f"Injury of skin held at {celsius:g} °C, by four published laws",
        "They disagree many times over. A limit takes the strictest, at a fifth of a first-degree burn.",
        Axis("time", 0, seconds, kind="time"),
        Axis("injury, summed up (Omega)", 1e-4, 10, log=True),
        tuple(lines),
        levels=(Level(LIMIT, "where we stop", tone="stop"), Level(0.53, "first degree")),
    )


def flows(kinds: Sequence[tuple[str, Contact]], seconds: float = 1800) -> Chart:
    """How warm skin has become after half an hour, against its blood flow, under several kinds of contact."""
    flow = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0)
    on = skin([layers()], flow)
    lines = []
    for (name, lying), look in zip(kinds, _LOOKS, strict=False):
        found = warm(on, lying, seconds, start=SKIN_C).basal[-1]
        lines.append(Line(name, tuple(zip(flow, map(float, found), strict=True)), look))
    return Chart(
        "Blood flow cools skin under a pack, hardly in a bath",
        "After half an hour at 45 °C. Without flow the skin under a pack is 4 °C warmer than with fifteen times the "
        "flow at rest.",
        Axis("blood flow, times rest", 0, 15),
        Axis("base of the epidermis, °C", 38, 46),
        tuple(lines),
    )
