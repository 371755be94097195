"""The heat case: four layers of skin, a surface held warm, blood at 37 °C, the deep end insulated.

Ask here: `cells` (any grid as cells with heat capacities and conductances), `uniform` and `graded` (cell widths),
`until` (when a course of temperatures reaches an injury). In flux form throughout: what leaves one cell enters the
next.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLOOD_C = 37.0
BLOOD_HEAT = 1060 * 3770  # J/m3/K
PERFUSION = 1.25e-3  # 1/s
BASAL_M = 0.08e-3

HENRIQUES = (3.1e98, 75_000.0)  # A in 1/s, E/R in K
MEHTA_WONG = (1.43e72, 55_000.0)


class Layer(NamedTuple):
    """One layer in SI units, and whether blood flows through it."""

    thickness: float
    density: float
    heat: float
    conductivity: float
    perfused: bool


LAYERS = (
    Layer(BASAL_M, 1200, 3590, 0.24, False),
    Layer(2e-3, 1200, 3300, 0.45, True),
    Layer(10e-3, 1000, 2500, 0.19, True),
    Layer(30e-3, 1000, 4000, 0.5, True),
)


class Cells(NamedTuple):
    """A grid, per m2 of skin: J/K in each cell, W/K to its deeper neighbour (none for the last), W/K to the blood.

    `surface`: W/K from the held surface to the first cell. The basal temperature is `share` of cell `basal` and the
    rest of the next one (the flux between the two is the same on both sides of the boundary of their layers).
    """

    capacity: Floats
    deeper: Floats
    blood: Floats
    surface: float
    basal: int
    share: float


def uniform(step: float) -> list[Floats]:
    """Cell widths for each layer, all alike; `step` has to divide 0.08 mm."""
    return [np.full(round(layer.thickness / step), step) for layer in LAYERS]


def graded(finest: float, growth: float) -> list[Floats]:
    """Cell widths for each layer: `finest` at the surface, each `growth` times the one above, fitted to the layers."""
    found, width = [], finest
    for layer in LAYERS:
        count = max(1, round(math.log1p(layer.thickness * (growth - 1) / width) / math.log(growth)))
        widths = width * growth ** np.arange(count)
        found.append(widths * layer.thickness / widths.sum())
        width = found[-1][-1] * growth
    return found


def cells(widths: list[Floats], perfusion: float) -> Cells:
    """The cells of a grid, with that many m3 of blood per m3 of perfused tissue and second."""
    width = np.concatenate(widths)
    which = np.repeat(np.arange(len(LAYERS)), [len(part) for part in widths])
    heat = np.array([layer.density * layer.heat for layer in LAYERS])[which]
    half = width / (2 * np.array([layer.conductivity for layer in LAYERS])[which])  # resistance, centre to edge
    perfused = np.array([layer.perfused for layer in LAYERS])[which]
    basal = len(widths[0]) - 1
    return Cells(
        capacity=heat * width,
        deeper=np.append(1 / (half[:-1] + half[1:]), 0.0),
        blood=perfusion * BLOOD_HEAT * width * perfused,
        surface=float(1 / half[0]),
        basal=basal,
        share=float(half[basal + 1] / (half[basal] + half[basal + 1])),
    )


def until(times: Floats, celsius: Floats, kinetics: tuple[float, float], omega: float) -> float:
    """Seconds until the Arrhenius integral reaches `omega`; infinite where it does not.

    The logarithm of the rate is taken as linear between two times.
    """
    a, e_over_r = kinetics
    log = math.log(a) - e_over_r / (np.asarray(celsius) + 273.15)
    slope, start, gone = np.diff(log), np.exp(log[:-1]), np.diff(times)
    steep = np.where(np.abs(slope) < 1e-9, 1e-9, slope)
    total = np.cumsum(start * gone * np.expm1(steep) / steep)
    k = int(np.searchsorted(total, omega))
    if k == len(total):
        return math.inf
    left = omega - (total[k - 1] if k else 0.0)
    return float(times[k] + gone[k] * math.log1p(left * steep[k] / (start[k] * gone[k])) / steep[k])
