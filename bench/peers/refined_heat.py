"""The yardstick for heat: the layered case on a fine graded grid, exact in time.

Once cut into cells the case is linear, so its eigenvectors give the temperature at any moment without time steps; only
the grid has an error, and `GRID` was halved until it no longer mattered (README.md). `solve` is the common interface,
`basal` gives chosen moments, `stepped` is the same system by SciPy's Radau, to check one against the other.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import eigh_tridiagonal
from scipy.sparse import diags

from bench.peers.skin import BLOOD_C, PERFUSION, Cells, Floats, cells, graded

GRID = (1e-6, 1.01)  # finest cell in metres, growth


@lru_cache(maxsize=8)
def _modes(perfusion: float, grid: tuple[float, float]) -> tuple[Floats, Floats, float]:
    """Rates and weights of the modes, and the steady end, of the basal temperature for 1 °C more at the surface."""
    one = cells(graded(*grid), perfusion)
    diagonal, beside = _symmetric(one)
    rates, vectors = eigh_tridiagonal(diagonal, beside)
    root = np.sqrt(one.capacity)
    reached = vectors.T[:, 0] * one.surface / root[0] / rates
    look = one.share * vectors[one.basal] / root[one.basal]
    look += (1 - one.share) * vectors[one.basal + 1] / root[one.basal + 1]
    weights = look * reached
    return rates, weights, float(weights.sum())


def _symmetric(one: Cells) -> tuple[Floats, Floats]:
    """Diagonal and neighbour of the system's matrix, made symmetric by the roots of the capacities."""
    upper = np.concatenate([[one.surface], one.deeper[:-1]])
    diagonal = (upper + one.deeper + one.blood) / one.capacity
    return diagonal, -one.deeper[:-1] / np.sqrt(one.capacity[:-1] * one.capacity[1:])


def basal(surface_c: float, times: Floats, perfusion: float = PERFUSION, grid: tuple[float, float] = GRID) -> Floats:
    """The temperature 0.08 mm below a surface held at `surface_c` since time 0, at each of `times`."""
    rates, weights, end = _modes(perfusion, grid)
    at = np.asarray(times, dtype=np.float64)
    return BLOOD_C + (surface_c - BLOOD_C) * (end - np.exp(-np.outer(at, rates)) @ weights)


def solve(surface_c: float, seconds: float, perfusion: float = PERFUSION) -> tuple[Floats, Floats]:
    """Times (dense at the start) and basal temperatures."""
    times = np.concatenate([[0.0], np.geomspace(1e-3, seconds, 2000)])
    return times, basal(surface_c, times, perfusion)


def stepped(surface_c: float, times: Floats, perfusion: float, grid: tuple[float, float] = GRID) -> Floats:
    """The same cells by SciPy's Radau at tight tolerances."""
    one = cells(graded(*grid), perfusion)
    upper = np.concatenate([[one.surface], one.deeper[:-1]])
    centre = -(upper + one.deeper + one.blood) / one.capacity
    matrix = diags(
        [one.deeper[:-1] / one.capacity[1:], centre, one.deeper[:-1] / one.capacity[:-1]], [-1, 0, 1], format="csc"
    )
    source = one.blood * BLOOD_C / one.capacity
    source[0] += one.surface * surface_c / one.capacity[0]
    found = solve_ivp(
        lambda _, celsius: matrix @ celsius + source,
        (0.0, times[-1]),
        np.full(len(source), BLOOD_C),
        method="Radau",
        t_eval=times,
        rtol=1e-8,
        atol=1e-8,
        jac=matrix,
    ).y
    return one.share * found[one.basal] + (1 - one.share) * found[one.basal + 1]
