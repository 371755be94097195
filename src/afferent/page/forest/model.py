"""What a forest plot says, as frozen values. Nothing here knows a pixel."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from afferent.page.charts import Axis

Shape = Literal["trial", "yardstick", "pooled"]


class Row(Struct, frozen=True):
    """at, low, high: where it lies on the axis (ends None: not seen); figures: the same as it is printed; beside: what
    else is said of it; weight: 0 to 1; reach: from where to where a next trial would lie."""

    name: str
    figures: str
    at: float
    low: float | None = None
    high: float | None = None
    beside: str = ""
    shape: Shape = "trial"
    weight: float = 0.4
    reach: tuple[float, float] | None = None


class Group(Struct, frozen=True):
    """Rows under a heading; without one there is none."""

    title: str
    rows: tuple[Row, ...]


class Forest(Struct, frozen=True):
    """`axis` in the unit of the rows, with what its two sides mean; `nought` is where there is no difference."""

    title: str
    about: str
    axis: Axis
    groups: tuple[Group, ...]
    left: str = "worse with it"
    right: str = "better with it"
    nought: float = 0.0
