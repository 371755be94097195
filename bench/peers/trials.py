"""Inputs for the gate case: trials of one second, a painful stimulus on 380 A fibres and 820 C (and A-delta) fibres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

A_FIBRES, C_FIBRES = 380, 820
BASELINE = 1.0  # Hz
A_VOLLEY, C_VOLLEY = (500, 520, 40.0), (590, 800, 22.0)  # from ms, to ms, Hz
SMOOTHING_MS = 10


def trials(runs: int, milliseconds: int = 1000, seed: int = 1) -> tuple[Floats, Floats]:
    """Rates of the A and the C fibres, each [runs, ms]: Poisson spikes summed per ms, smoothed by a moving average.

    More runs begin with the same ones as fewer do.
    """
    return (
        _rates(np.random.default_rng([seed, 0]), runs, milliseconds, A_FIBRES, A_VOLLEY),
        _rates(np.random.default_rng([seed, 1]), runs, milliseconds, C_FIBRES, C_VOLLEY),
    )


def _rates(
    rng: np.random.Generator, runs: int, milliseconds: int, fibres: int, volley: tuple[int, int, float]
) -> Floats:
    """Spikes of all fibres together are Poisson too, at the sum of their rates."""
    hertz = np.full(milliseconds, BASELINE)
    hertz[volley[0] : volley[1]] = volley[2]
    spikes = rng.poisson(hertz * fibres / 1000, (runs, milliseconds)) / fibres * 1000
    window = np.ones(SMOOTHING_MS)
    covered = np.convolve(np.ones(milliseconds), window, "same")  # fewer at both ends
    return np.stack([np.convolve(row, window, "same") for row in spikes]) / covered
