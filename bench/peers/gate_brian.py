"""The gate case by Brian2: all runs as one group, Runge-Kutta 4 at 0.5 ms, inputs as 2-D timed arrays.

A timed array holds its value until the next one, so the inputs are made lines by reading two of its values each
millisecond. Code is generated for Cython where a C compiler is found, for NumPy otherwise. The numbers of runs and of
milliseconds are part of that code: `warm_up` has to be given the same as `solve` will get.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import time
from functools import cache
from types import ModuleType

import numpy as np

from bench.peers import circuit
from bench.peers.brian_import import load
from bench.peers.circuit import Sigmoid
from bench.peers.trials import Floats

METHOD, STEP_MS = "rk4", 0.5


def _steady(sigmoid: Sigmoid, drive: str) -> str:
    return f"{sigmoid.base} + {0.5 * sigmoid.top}*(1 + tanh(({drive} - {sigmoid.beta})/{sigmoid.alpha}))"


EQUATIONS = f"""
dP/dt = ({_steady(circuit.P_INF, "G_AP*fA + (G_CP + g)*fC + G_EP*E - G_IP*I")} - P)/tau_P : 1
dE/dt = ({_steady(circuit.E_INF, "G_CE*fC - G_IE*I")} - E)/tau_E : 1
dI/dt = ({_steady(circuit.I_INF, "G_AI*fA")} - I)/tau_I : 1
dg/dt = ({_steady(circuit.M_INF, "P")} - g)/tau_N : 1
fA = a + slope_a*(t - since) : 1
fC = c + slope_c*(t - since) : 1
a : 1
c : 1
slope_a : Hz
slope_c : Hz
since : second
"""

EACH_MS = """
since = t
a = rate_a(t, i)
c = rate_c(t, i)
slope_a = (rate_a(t + 1*ms, i) - rate_a(t, i))/(1*ms)
slope_c = (rate_c(t + 1*ms, i) - rate_c(t, i))/(1*ms)
"""


@cache
def _brian() -> ModuleType:
    """Brian2 with compiled code in a directory of its own, so that what `warm_up` measures is compiled anew."""
    brian2 = load()
    place = tempfile.mkdtemp(prefix="bench-brian-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    brian2.prefs.codegen.runtime.cython.cache_dir = place
    return brian2


def _constants(brian2: ModuleType) -> dict[str, object]:
    second = brian2.second
    found = {name: getattr(circuit, name) for name in ("G_AP", "G_CP", "G_EP", "G_IP", "G_CE", "G_IE", "G_AI")}
    taus = {f"tau_{name}": getattr(circuit, f"TAU_{name}") * second for name in "PEIN"}
    return {**found, **taus, "ms": brian2.ms}


def warm_up(runs: int = 1000, milliseconds: int = 1000) -> float:
    """Generate and compile the code for that many runs; the seconds that took, importing Brian2 not counted."""
    _brian()
    began = time.perf_counter()
    nothing = np.zeros((runs, milliseconds))
    solve(nothing, nothing)
    return time.perf_counter() - began


def solve(f_a: Floats, f_c: Floats) -> Floats:
    """P in Hz at each millisecond, for inputs in Hz [runs, ms]."""
    brian2 = _brian()
    runs, milliseconds = f_a.shape
    step = STEP_MS * brian2.ms
    arrays = {
        name: brian2.TimedArray(np.ascontiguousarray(values.T), dt=brian2.ms, name=name)
        for name, values in (("rate_a", f_a), ("rate_c", f_c))
    }
    names = {**_constants(brian2), **arrays}
    group = brian2.NeuronGroup(runs, EQUATIONS, method=METHOD, dt=step, name="circuit", namespace=names)
    group.run_regularly(EACH_MS, dt=brian2.ms, name="inputs")
    monitor = brian2.StateMonitor(group, "P", record=True, dt=brian2.ms, name="monitor")
    brian2.Network(group, monitor).run(milliseconds * brian2.ms, namespace={})
    return np.array(monitor.P)
