"""The yardstick for the gate: DOP853 at 1e-10, started anew at each millisecond, where the inputs have a bend."""

from __future__ import annotations

import numpy as np
from scipy.integrate import solve_ivp

from bench.peers.circuit import derivative
from bench.peers.trials import Floats

TOLERANCE = 1e-10


def solve(f_a: Floats, f_c: Floats) -> Floats:
    """P in Hz at each millisecond, for inputs [runs, ms]. Seconds per run: for checking, not for work."""
    return np.stack([_one(a, c) for a, c in zip(f_a, f_c, strict=True)])


def _one(f_a: Floats, f_c: Floats) -> Floats:
    """One run, one millisecond at a time; `t` runs from 0 to 1 ms within each."""
    state, found = np.zeros(4), [0.0]
    for a, next_a, c, next_c in zip(f_a, f_a[1:], f_c, f_c[1:], strict=False):
        slope_a, slope_c = (next_a - a) * 1000, (next_c - c) * 1000

        def rate(t, y, a=a, c=c, slope_a=slope_a, slope_c=slope_c):
            return derivative(y, a + slope_a * t, c + slope_c * t)

        end = solve_ivp(rate, (0.0, 0.001), state, method="DOP853", rtol=TOLERANCE, atol=TOLERANCE)
        state = end.y[:, -1]
        found.append(state[0])
    return np.array(found)
