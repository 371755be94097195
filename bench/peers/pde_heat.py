"""The heat case by py-pde: its grid, operators and numba compilation, stepped by SciPy's LSODA.

py-pde's grids are uniform. Here a grid cell counts as one of `GRID`'s graded cells: its operators take differences, the
conductances and capacities carry the geometry. That is 58 cells for what would need 1,052 uniform ones of 0.04 mm.
The compiled right-hand side reads surface and perfusion from arrays, so that a new case needs no new compilation.
README.md says which of its solvers were tried.
"""

from __future__ import annotations

import time
from functools import cache

import numpy as np
from pde import CartesianGrid, PDEBase, ScalarField
from pde.backends.numba.utils import make_array_constructor
from scipy.integrate import solve_ivp

from bench.peers.skin import BLOOD_C, PERFUSION, Cells, Floats, cells, graded

GRID = (20e-6, 1.1)  # finest cell in metres, growth
TOLERANCES = {"rtol": 5e-3, "atol": 1e-2}
MOMENTS = 40
FIRST = 0.02  # s, the first moment that is given


class Skin(PDEBase):
    """Pennes' equation on layered cells, in flux form: C T' = div(k grad T) + gain - loss T."""

    def __init__(self, one: Cells) -> None:
        super().__init__()
        self.cells = one
        self.gain, self.loss = np.zeros_like(one.capacity), np.zeros_like(one.capacity)

    def expose(self, surface_c: float, perfusion: float) -> None:
        """Hold the surface at another temperature, with another perfusion; nothing is compiled again."""
        self.loss[:] = perfusion * self.cells.blood
        self.gain[:] = self.loss * BLOOD_C
        self.loss[0] += self.cells.surface
        self.gain[0] += self.cells.surface * surface_c

    def evolution_rate(self, state: ScalarField, t: float = 0) -> ScalarField:
        """Not compiled; py-pde wants it, nothing here uses it."""
        fluxes = self.cells.deeper * state.apply_operator("d_dx_forward", bc={"derivative": 0})
        flow = fluxes.apply_operator("d_dx_backward", bc={"virtual_point": 0})
        return (flow + self.gain - self.loss * state) / self.cells.capacity

    def make_evolution_rate(self, state: ScalarField, backend):
        """The same for numba. No flux enters above the first cell (`gain` and `loss` hold it) or below the last."""
        steps = state.grid.make_operator("d_dx_forward", bc={"derivative": 0}, backend=backend)
        balance = state.grid.make_operator("d_dx_backward", bc={"virtual_point": 0}, backend=backend)
        gain, loss = make_array_constructor(self.gain), make_array_constructor(self.loss)
        deeper, capacity = self.cells.deeper, self.cells.capacity

        def rate(celsius, t=0):
            return (balance(deeper * steps(celsius)) + gain() - loss() * celsius) / capacity

        return rate


@cache
def _compiled():
    """The case and its compiled right-hand side, once per process."""
    one = cells(graded(*GRID), 1.0)
    count = len(one.capacity)
    skin = Skin(one)
    rate = skin.make_pde_rhs(ScalarField(CartesianGrid([[0, count]], count), BLOOD_C), backend="numba")
    return skin, rate


def warm_up() -> float:
    """Compile; the seconds that took."""
    began = time.perf_counter()
    solve(43.0, 1.0, PERFUSION)
    return time.perf_counter() - began


def solve(surface_c: float, seconds: float, perfusion: float = PERFUSION) -> tuple[Floats, Floats]:
    """Times, and the temperature 0.08 mm below a surface held at `surface_c`. `skin.until` turns them into injury."""
    skin, rate = _compiled()
    skin.expose(surface_c, perfusion)
    one = skin.cells
    times = np.concatenate([[0.0], np.geomspace(min(FIRST, seconds / 2), seconds, MOMENTS)])
    times[-1] = seconds
    found = solve_ivp(
        lambda t, celsius: rate(celsius, t),
        (0.0, seconds),
        np.full(len(one.capacity), BLOOD_C),
        method="LSODA",
        t_eval=times,
        lband=1,
        uband=1,
        **TOLERANCES,
    )
    if not found.success:
        raise RuntimeError(found.message)
    return found.t, one.share * found.y[one.basal] + (1 - one.share) * found.y[one.basal + 1]
