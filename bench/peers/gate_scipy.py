"""The gate case by SciPy: `odeint` (LSODA), its derivative compiled by numba, `CHUNK` runs as one banded system.

One run at a time (`CHUNK` = 1) is the obvious way and about seven times slower; README.md has both.
"""

from __future__ import annotations

import math
import time

import numpy as np
from numba import njit
from scipy.integrate import odeint

from bench.peers import circuit
from bench.peers.trials import Floats

CHUNK = 100
TOLERANCES = {"rtol": 1e-4, "atol": 1e-3}

# numba wants plain tuples and numbers, and freezes them into the machine code
_P, _E, _I, _M = tuple(circuit.P_INF), tuple(circuit.E_INF), tuple(circuit.I_INF), tuple(circuit.M_INF)
_AP, _CP, _EP, _IP = circuit.G_AP, circuit.G_CP, circuit.G_EP, circuit.G_IP
_CE, _IE, _AI = circuit.G_CE, circuit.G_IE, circuit.G_AI
_TAU_P, _TAU_E, _TAU_I, _TAU_N = circuit.TAU_P, circuit.TAU_E, circuit.TAU_I, circuit.TAU_N


@njit
def _steady(sigmoid, drive):
    top, beta, alpha, base = sigmoid
    return base + 0.5 * top * (1 + math.tanh((drive - beta) / alpha))


@njit
def _derivative(t, state, f_a, f_c):
    """Of all runs: P, E, I, g of the first, then of the second, and so on. Inputs [runs, ms]."""
    k = min(int(t * 1000), f_a.shape[1] - 2)
    part = t * 1000 - k
    found = np.empty_like(state)
    for run in range(f_a.shape[0]):
        at = 4 * run
        p, e, i, g = state[at], state[at + 1], state[at + 2], state[at + 3]
        a = f_a[run, k] + part * (f_a[run, k + 1] - f_a[run, k])
        c = f_c[run, k] + part * (f_c[run, k + 1] - f_c[run, k])
        found[at] = (_steady(_P, _AP * a + (_CP + g) * c + _EP * e - _IP * i) - p) / _TAU_P
        found[at + 1] = (_steady(_E, _CE * c - _IE * i) - e) / _TAU_E
        found[at + 2] = (_steady(_I, _AI * a) - i) / _TAU_I
        found[at + 3] = (_steady(_M, p) - g) / _TAU_N
    return found


def warm_up(runs: int = 1, milliseconds: int = 3) -> float:
    """Compile; the seconds that took."""
    began = time.perf_counter()
    solve(np.zeros((runs, milliseconds)), np.zeros((runs, milliseconds)))
    return time.perf_counter() - began


def solve(f_a: Floats, f_c: Floats) -> Floats:
    """P in Hz at each millisecond, for inputs in Hz [runs, ms]."""
    f_a, f_c = np.ascontiguousarray(f_a, dtype=np.float64), np.ascontiguousarray(f_c, dtype=np.float64)
    parts = range(0, len(f_a), CHUNK)
    return np.concatenate([_together(f_a[k : k + CHUNK], f_c[k : k + CHUNK]) for k in parts])


def _together(f_a: Floats, f_c: Floats) -> Floats:
    """Runs stacked into one system; each touches only its own four states, hence the band."""
    runs, milliseconds = f_a.shape
    times = np.arange(milliseconds) / 1000
    found, told = odeint(
        _derivative,
        np.zeros(4 * runs),
        times,
        args=(f_a, f_c),
        tfirst=True,
        ml=3,
        mu=3,
        full_output=True,
        **TOLERANCES,
    )
    if told["message"] != "Integration successful.":
        raise RuntimeError(told["message"])
    return found[:, ::4].T
