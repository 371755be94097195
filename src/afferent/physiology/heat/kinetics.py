"""How fast warm skin is injured: published Arrhenius sets, and CEM43.

Ask here: `SETS`, `rate` (injury per second at a temperature), `seconds_to` (at a constant temperature), `injury`
(along a course of temperatures), `when` (the moment a course reaches an injury) and `cem43`. Injury is the
dimensionless Omega: 0.53 first degree, 1 second degree, 10,000 third degree [physiology.md 1.3, S13, S15].

The sets disagree nine-fold at 45 °C. Whoever sets a limit takes the strictest; none of them may lengthen anything.
"""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np
import tomli
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

KELVIN: Final = 273.15
FIRST_DEGREE, SECOND_DEGREE, THIRD_DEGREE = 0.53, 1.0, 1e4
LIMIT: Final = 0.1  # the injury at which a limit is set: a fifth of first degree [physiology.md 9; our choice, N]


class Piece(Struct, frozen=True, forbid_unknown_fields=True):
    """One Arrhenius law and where it holds: above (not at) `above`, up to `to`, in °C. `a` in 1/s, `e_over_r` in K."""

    a: float
    e_over_r: float
    above: float = -math.inf
    to: float = math.inf


class Kinetics(Struct, frozen=True, forbid_unknown_fields=True):
    """A published set. `layer`: whose injury it was fitted to. `sources`: keys of the knowledge."""

    title: str
    layer: str
    sources: tuple[str, ...]
    pieces: tuple[Piece, ...]


def _read() -> dict[str, Kinetics]:
    text = files("afferent.physiology.heat").joinpath("kinetics.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), dict[str, Kinetics])


SETS: Final = _read()
EPIDERMAL: Final = tuple(name for name, one in SETS.items() if one.layer == "epidermis")


def rate(kinetics: Kinetics, celsius: ArrayLike) -> Floats:
    """Injury per second at each temperature (°C). Zero where the set says nothing."""
    at = np.asarray(celsius, dtype=np.float64)
    found = np.zeros_like(at)
    for piece in kinetics.pieces:
        # ln a is added inside: a alone is near the end of what a float holds
        own = np.exp(math.log(piece.a) - piece.e_over_r / (at + KELVIN))
        found = np.where((at > piece.above) & (at <= piece.to), own, found)
    return found


def seconds_to(kinetics: Kinetics, celsius: float, omega: float = SECOND_DEGREE) -> float:
    """Seconds at a constant temperature until Omega is reached; infinite where the set says nothing."""
    speed = float(rate(kinetics, celsius))
    return omega / speed if speed > 0 else math.inf


def injury(kinetics: Kinetics, times: ArrayLike, celsius: ArrayLike) -> Floats:
    """Omega so far at each time (s), along a course of temperatures whose first axis is time.

    Between two times the logarithm of the rate is taken as linear: exact for a rate that grows exponentially, and the
    rate very nearly does. Where the set begins or ends between them, the mean of both ends.
    """
    at = np.asarray(times, dtype=np.float64)
    speed = rate(kinetics, celsius)
    gone = np.diff(at).reshape(-1, *[1] * (speed.ndim - 1))
    parts = _mean(speed[:-1], speed[1:]) * gone
    return np.concatenate([np.zeros_like(speed[:1]), np.cumsum(parts, axis=0)])


def _mean(one: Floats, other: Floats) -> Floats:
    """The logarithmic mean of two rates; the plain one where it is not defined or the two are nearly equal."""
    plain = 0.5 * (one + other)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slope = np.log(other / one)
        own = (other - one) / slope
    usable = np.isfinite(own) & (np.abs(slope) > 1e-6)
    return np.where(usable, own, plain)


def when(times: ArrayLike, omega: ArrayLike, level: float) -> float:
    """The moment (s) at which a growing Omega first reaches a level, interpolated between two times; or infinity."""
    at, so_far = np.asarray(times, dtype=np.float64), np.asarray(omega, dtype=np.float64)
    reached = np.flatnonzero(so_far >= level)
    if not reached.size:
        return math.inf
    n = int(reached[0])
    if n == 0:
        return float(at[0])
    share = (level - so_far[n - 1]) / (so_far[n] - so_far[n - 1])
    return float(at[n - 1] + share * (at[n] - at[n - 1]))


def cem43(times: ArrayLike, celsius: ArrayLike) -> Floats:
    """Equivalent minutes at 43 °C so far: each minute counts double per degree above, a quarter per degree below.

    A review warns that data below 43 °C are too sparse to rely on [physiology.md 1.3, S16]: shown, never decides.
    """
    at, warm = np.asarray(times, dtype=np.float64), np.asarray(celsius, dtype=np.float64)
    weight = np.where(warm >= 43, 0.5, 0.25) ** (43 - warm)
    gone = np.diff(at).reshape(-1, *[1] * (warm.ndim - 1)) / 60
    parts = 0.5 * (weight[:-1] + weight[1:]) * gone
    return np.concatenate([np.zeros_like(weight[:1]), np.cumsum(parts, axis=0)])
