"""What a chart says, as frozen values: two axes, series, lines and zones of reference, and one sentence about it all.

Ask here: `Chart` and its parts. What cannot be drawn truly is refused with a ValueError when it is made: a value that
is not a number, an axis upside down, nought or less on a logarithmic axis. Nothing here knows a pixel.
"""

from __future__ import annotations

from itertools import chain
from math import isfinite
from typing import Literal, TypeAlias

from msgspec import Struct

Point: TypeAlias = tuple[float, float]
Kind = Literal["number", "time"]  # time: the values are seconds
Look = Literal["solid", "dashed", "dotted", "fine", "beaded"]
Shape = Literal["circle", "square", "triangle", "dot", "tick"]
Tone = Literal["plain", "care", "stop"]  # amber and red keep their one meaning: take care, leave alone
Place = Literal["start", "middle", "end", "none"]
Which = Literal["x", "y"]


class Tick(Struct, frozen=True):
    """One value written on an axis."""

    at: float
    label: str


class Axis(Struct, frozen=True):
    """One axis from `low` to `high`. Without `ticks` it gets round ones, as many as there is room for."""

    title: str
    low: float
    high: float
    ticks: tuple[Tick, ...] = ()
    log: bool = False
    kind: Kind = "number"

    def __post_init__(self) -> None:
        _finite(f"The axis {self.title!r}", self.low, self.high, *(tick.at for tick in self.ticks))
        if self.low > self.high:
            raise ValueError(f"The axis {self.title!r} runs from {self.low} down to {self.high}; give the lower first.")
        _positive(f"The axis {self.title!r}", self, self.low, *(tick.at for tick in self.ticks))


class Line(Struct, frozen=True):
    """A curve through `points`, in their order, named at one of its ends. What leaves the axes is cut off there."""

    name: str
    points: tuple[Point, ...]
    look: Look = "solid"
    label_at: Place = "end"
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        _finite(f"The line {self.name!r}", *chain.from_iterable(self.points))


class Marks(Struct, frozen=True):
    """Single values: hollow circles, filled squares, triangles, dots, upright ticks. Outside the axes: not drawn."""

    name: str
    points: tuple[Point, ...]
    shape: Shape = "circle"
    label_at: Place = "end"
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        _finite(f"The marks {self.name!r}", *chain.from_iterable(self.points))


class Level(Struct, frozen=True):
    """A value to compare with: a straight line at `at` on one axis, with words beside it."""

    at: float
    words: str
    axis: Which = "y"
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        _finite(f"The level {self.words!r}", self.at)


class Band(Struct, frozen=True):
    """A zone from `low` to `high` on one axis, hatched, with words inside."""

    low: float
    high: float
    words: str
    axis: Which = "y"
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        _finite(f"The zone {self.words!r}", self.low, self.high)
        if self.low > self.high:
            raise ValueError(f"The zone {self.words!r} runs from {self.low} down to {self.high}.")


class Chart(Struct, frozen=True):
    """A chart. `about` is one plain sentence: what is to be seen. `height` is that of the plot in px, without words."""

    title: str
    about: str
    x: Axis
    y: Axis
    series: tuple[Line | Marks, ...] = ()
    levels: tuple[Level, ...] = ()
    bands: tuple[Band, ...] = ()
    height: int = 260

    def __post_init__(self) -> None:
        if self.height < 60:
            raise ValueError(f"The chart {self.title!r} is {self.height} px high; it needs 60 or more.")
        for one in self.series:
            _positive(f"{one.name!r} on {self.x.title!r}", self.x, *(point[0] for point in one.points))
            _positive(f"{one.name!r} on {self.y.title!r}", self.y, *(point[1] for point in one.points))
        for level in self.levels:
            _positive(f"The level {level.words!r}", self.axis(level.axis), level.at)
        for band in self.bands:
            _positive(f"The zone {band.words!r}", self.axis(band.axis), band.low)

    def axis(self, which: Which) -> Axis:
        return self.x if which == "x" else self.y


def _finite(what: str, *values: float) -> None:
    for value in values:
        if not isfinite(value):
            raise ValueError(f"{what} has a value that is not a number: {value}.")


def _positive(what: str, axis: Axis, *values: float) -> None:
    if axis.log and any(value <= 0 for value in values):
        raise ValueError(f"{what} has the value {min(values)}; a logarithmic axis has no place for nought or less.")
