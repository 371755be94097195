"""Values on an axis: how far along they lie, which of them are written beside it, and in which words.

Ask here: `Scale`, `ticks` (those written), `fine_ticks` (small strokes between them on a logarithmic axis),
`words` for a value of an axis, and `number_words` and `time_words`.
"""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Final, Literal

from msgspec import Struct

from afferent.page.charts.model import Axis, Kind, Tick

Unit = Literal["ms", "s", "min", "h", "d"]
_SECONDS: Final[dict[Unit, float]] = {"ms": 0.001, "s": 1, "min": 60, "h": 3600, "d": 86400}

# Steps people count in.
_CLOCK: Final = (
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30,
    *(60 * n for n in (1, 2, 5, 10, 15, 20, 30)), *(3600 * n for n in (1, 2, 3, 6, 12)),
    *(86400 * n for n in (1, 2, 7, 14, 28, 91, 182, 364)),
)  # fmt: skip
_FINE: Final = 60  # small strokes; more are no help
# The same for a logarithmic axis: few and far between, and all of them.
_LANDMARKS: Final = (0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 70 * 86400)


class Scale(Struct, frozen=True):
    """Where a value lies between the ends of its axis: 0 at the low end, 1 at the high one."""

    low: float
    high: float
    log: bool

    def share(self, value: float) -> float:
        if self.log:
            return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return (value - self.low) / (self.high - self.low)

    def holds(self, value: float) -> bool:
        return -1e-9 <= self.share(value) <= 1 + 1e-9


def scale(axis: Axis) -> Scale:
    """The scale of an axis. One without any length gets a little, so that its one value lies in the middle."""
    low, high = axis.low, axis.high
    if axis.log and log10(high) - log10(low) < 1e-9:
        low, high = low / 2, high * 2
    elif not axis.log and high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):
        room = abs(low) / 20 or 0.5
        low, high = low - room, high + room
    return Scale(low, high, axis.log)


def ticks(axis: Axis, most: int) -> tuple[Tick, ...]:
    """The values written on an axis, at most about `most` of them."""
    own = scale(axis)
    if axis.ticks:
        return tuple(tick for tick in axis.ticks if own.holds(tick.at))
    if axis.log and (found := _log_values(axis, own, most)):
        return tuple(Tick(at, words(axis, at)) for at in found)
    unit = _unit(own.high) if axis.kind == "time" else None
    step = _step(own, most, axis.kind)
    first, last = ceil(own.low / step - 1e-9), floor(own.high / step + 1e-9)
    values = [float(f"{n * step:.12g}") for n in range(first, last + 1)]
    return tuple(Tick(at, time_words(at, unit) if unit else _rounded(at, _places(step))) for at in values)


def fine_ticks(axis: Axis) -> tuple[float, ...]:
    """Where a logarithmic axis has small strokes without words."""
    own = scale(axis)
    if not axis.log:
        return ()
    found = _by_the_clock(own) if axis.kind == "time" else _decades(own, range(1, 10))
    return tuple(found) if len(found) <= _FINE else ()


def words(axis: Axis, value: float) -> str:
    """A value of this axis, for a table: to a thousandth of an even axis, to four figures on a logarithmic one."""
    if axis.kind == "time":
        return time_words(value)
    own = scale(axis)
    return number_words(value) if own.log else _rounded(value, _places((own.high - own.low) / 1000))


def number_words(value: float) -> str:
    """Four figures that count, and never fewer than stand before the point: 0.01235, 43.27, 12,346."""
    if value == 0:
        return "0"
    return _rounded(value, _places(abs(value) / 1000))


def time_words(seconds: float, unit: Unit | None = None) -> str:
    """Seconds as people say them: 0, 250 ms, 30 s, 2 min, 1 min 30 s, 1 h. With `unit`, in that one."""
    if seconds < 0:
        return f"−{time_words(-seconds, unit)}"
    if seconds == 0:
        return "0"
    if unit is None and seconds >= 60:
        return _two_units(round(seconds))
    unit = unit or _unit(seconds)
    return f"{number_words(seconds / _SECONDS[unit])} {unit}"


def _two_units(seconds: int) -> str:
    """The two largest units that are not empty."""
    parts = []
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count:,} {unit}")
    return " ".join(parts[:2])


def _unit(high: float) -> Unit:
    """One unit for a whole even axis: 0, 30 s, 60 s, 90 s reads better than 0, 30 s, 1 min, 1 min 30 s."""
    if high <= 180:
        return "ms" if high < 1 else "s"
    return "min" if high <= 2 * 3600 else "h" if high <= 3 * 86400 else "d"


def _step(own: Scale, most: int, kind: Kind) -> float:
    """A round step, so large that there are no more than about `most`."""
    least = (own.high - own.low) / max(most, 1)
    step = next((step for step in _CLOCK if step >= least), 0) if kind == "time" else 0
    power = 10.0 ** floor(log10(least))
    return step or next(power * n for n in (1, 2, 5, 10) if power * n >= least * (1 - 1e-9))


def _log_values(axis: Axis, own: Scale, most: int) -> list[float]:
    """Powers of ten or landmarks of the clock; the values between them too where these are few."""
    if axis.kind == "time":
        few, many = [at for at in _LANDMARKS if own.holds(at)], _by_the_clock(own)
    else:
        few, many = _decades(own, (1,)), _decades(own, (1, 2, 5))
    chosen = many if len(many) <= most or len(few) < 2 else few
    return chosen[:: ceil(len(chosen) / max(most, 2))] if len(chosen) > 1 else []


def _by_the_clock(own: Scale) -> list[float]:
    return [at for at in _CLOCK if own.holds(at)]


def _decades(own: Scale, steps: range | tuple[int, ...]) -> list[float]:
    powers = range(floor(log10(own.low)) - 1, ceil(log10(own.high)) + 1)
    return [at for power in powers for n in steps if own.holds(at := float(f"{n}e{power}"))]


def _places(step: float) -> int:
    """How many places after the point tell values apart that differ by `step`."""
    return max(0, -floor(log10(step)))


def _rounded(value: float, places: int) -> str:
    """To so many places, without noughts at the end."""
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")
