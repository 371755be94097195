"""Heat: exposures of half an hour per second on one core, at which error, beside py-pde on the same case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from afferent.physiology.heat.kinetics import SETS, injury, when
from afferent.physiology.heat.pennes import Contact, skin, warm
from afferent.physiology.heat.tissue import layers
from bench.measure import Line, median_seconds
from bench.peers import refined_heat

SURFACE, SECONDS, FLOW = (41.0, 43.0, 45.0, 48.0), 1800.0, 1.0
BATCH, WANTED = 1000, 200
MODES = (20e-6, 1.1)  # the peer's grid: finest cell in metres, growth
KINETICS = ("henriques", "mehta_wong")


def lines() -> Iterator[Line]:
    """Ours, then each peer, then the ratio."""
    rate = BATCH / median_seconds(_batch, 5)
    yield Line("heat: exposures of 30 min per second, one core", f"{rate:,.0f}", f">= {WANTED}", rate >= WANTED)
    degrees, share = _errors(_ours)
    yield Line("… largest error of temperature", f"{degrees:.3f} °C", "< 0.1 °C", degrees < 0.1)
    yield Line("… largest error of the time to injury", f"{100 * share:.2f} %", "< 2 %", share < 0.02)
    alone = 1 / median_seconds(lambda: _ours(43.0), 5)
    yield Line("… one at a time, per second", f"{alone:,.0f}", "–", True)
    yield from _modes(rate)
    yield from _peer(rate)


def _modes(ours: float) -> Iterator[Line]:
    """The strongest rival: the same cells by their eigenvectors, one exposure and one blood flow at a time."""
    flows = iter(np.linspace(1e-3, 1.5e-3, 500))
    times = np.geomspace(0.02, SECONDS, 40)
    one = median_seconds(lambda: refined_heat.basal(43.0, times, next(flows), MODES), 200)
    told = f"{1 / one:,.0f} per second"
    yield Line("… SciPy's eigenvectors of 58 cells, a new blood flow each time", told, "–", True)
    yield Line("… ours against SciPy's eigenvectors", f"{ours * one:,.1f} ×", "–", ours * one > 1)


def _peer(ours: float) -> Iterator[Line]:
    try:
        from bench.peers import pde_heat
    except ImportError as missing:
        yield Line(f"… py-pde on the same case: not installed ({missing.name})", "–", "–", False)
        return
    compiling = pde_heat.warm_up()
    rate = 1 / median_seconds(lambda: pde_heat.solve(43.0, SECONDS), 5)
    degrees, share = _errors(lambda surface: pde_heat.solve(surface, SECONDS))
    told = f"{rate:,.1f} per second, {degrees:.3f} °C, {100 * share:.2f} %"
    yield Line(f"… py-pde, numba, LSODA, on the same case ({compiling:.0f} s to compile)", told, "–", True)
    yield Line("… ours against py-pde", f"{ours / rate:,.0f} ×", "–", ours > rate)


def _batch() -> None:
    flows = np.full(BATCH, FLOW)
    warm(skin([layers()], flows), Contact(np.resize(SURFACE, BATCH)), SECONDS)


def _ours(surface: float):
    course = warm(skin([layers()], FLOW), Contact(surface), SECONDS)
    return course.times, course.basal[:, 0]


def _errors(solve) -> tuple[float, float]:
    """The largest error of temperature after the first half second, and of the time to Omega 0.1, over all cases."""
    degrees, shares = [], []
    for surface in SURFACE:
        times, basal = solve(surface)
        told_times, told = _refined(surface)
        at = times > 0.5
        degrees.append(float(np.abs(np.interp(times[at], told_times, told) - basal[at]).max()))
        for name in KINETICS:
            own, right = (when(t, injury(SETS[name], t, c), 0.1) for t, c in ((times, basal), (told_times, told)))
            if np.isfinite(right):
                shares.append(abs(own / right - 1))
    return max(degrees), max(shares)


@cache
def _refined(surface: float):
    """The yardstick: a grid far finer than either, exact in time."""
    return refined_heat.solve(surface, SECONDS)
