"""The effect that one row of a table of trials carries, if it carries one.

Ask here: `figure(row)`. What the table prints is taken as it is; otherwise it is worked out from means, from a t or
from counts (NumPy is loaded only then). With `exact`, raw numbers come first, because a printed effect is rounded. A
ratio is kept as its logarithm.
"""

from __future__ import annotations

from math import exp, isfinite, log
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.trials import Kind, TrialRow

if TYPE_CHECKING:
    from afferent.outcomes.meta.effects import Effects

_95: Final = 1.959963984540054
RATIOS: Final[frozenset[Kind]] = frozenset({"rr", "or"})
COMPARED: Final[frozenset[Kind]] = frozenset({"g", "points", "rr", "or"})
"""Kinds of effect that compare two groups and have a variance: only these are pooled."""


class Figure(Struct, frozen=True):
    """y: arm less the other group (of a ratio: logarithm); low, high: its 95 % interval; v: its variance."""

    kind: Kind
    y: float
    low: float | None = None
    high: float | None = None
    v: float | None = None

    def natural(self) -> tuple[float, float | None, float | None]:
        """Effect and interval as they are printed: a ratio as a ratio."""
        if self.kind not in RATIOS or self.low is None or self.high is None:
            return ratio(self.y) if self.kind in RATIOS else self.y, self.low, self.high
        return ratio(self.y), ratio(self.low), ratio(self.high)

    def gain(self, better: Literal["lower", "higher"]) -> tuple[float, float | None, float | None]:
        """Effect and interval turned so that more is better; a ratio stays a logarithm."""
        if better == "higher" or self.low is None or self.high is None:
            return self.y if better == "higher" else -self.y, self.low, self.high
        return -self.y, -self.high, -self.low


def ratio(logarithm: float) -> float:
    """The ratio behind a logarithm; an end that few trials do not bound stays a very large number."""
    return exp(min(logarithm, 700.0))


def figure(row: TrialRow, *, exact: bool = False) -> Figure | None:
    """The row's effect; None where it has none. Raises InputError where its numbers cannot be."""
    try:
        if exact and row.kind in ("", *COMPARED) and (found := _from_raw(row)):
            return found
        return _printed(row) or _from_raw(row)
    except InputError as error:
        raise InputError(f"trial {row.trial!r}: {error}") from None


def _printed(row: TrialRow) -> Figure | None:
    if row.effect is None or row.kind == "":
        return None
    turn = log if row.kind in RATIOS else float
    if row.low is None or row.high is None:
        return Figure(row.kind, turn(row.effect))
    low, high = turn(row.low), turn(row.high)
    return Figure(row.kind, turn(row.effect), low, high, ((high - low) / (2 * _95)) ** 2)


def _from_raw(row: TrialRow) -> Figure | None:
    """Means and spreads after the treatment, or t, as Hedges g; counts as a ratio of risks or, where asked, of odds."""
    first, other = row.arm_people, row.against_people
    if first is None or other is None:
        return None
    means: Any = (row.mean_after, row.sd_after, row.against_mean_after, row.against_sd_after)
    if row.kind in ("", "g") and None not in means:
        from afferent.outcomes.meta.effects import hedges_g

        return _figure("g", hedges_g(means[0], means[1], first, means[2], means[3], other))
    if row.kind in ("", "g") and row.t is not None:
        from afferent.outcomes.meta.effects import g_from_t

        return _figure("g", g_from_t(row.t, first, other))
    if row.kind in ("", "rr", "or") and row.events is not None and row.against_events is not None:
        from afferent.outcomes.meta.effects import log_odds_ratio, log_risk_ratio

        make = log_odds_ratio if row.kind == "or" else log_risk_ratio
        return _figure(row.kind or "rr", make(row.events, first, row.against_events, other))
    return None


def _figure(kind: Kind, effects: Effects) -> Figure:
    y, v = float(effects.y[0]), float(effects.v[0])
    if not (isfinite(y) and isfinite(v) and v > 0):
        raise InputError("its means, spreads or counts give no effect; look at them again")
    half = _95 * v**0.5
    return Figure(kind, y, y - half, y + half, v)
