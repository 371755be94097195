"""How warm skin gets: Pennes' bioheat equation in layers, for many people and exposures at once.

    density * heat * dT/dt  =  d/dx (conductivity * dT/dx)  +  perfusion * blood density * blood heat * (blood - T)

Ask here: `skin` (the layers as cells), `Contact` (what lies on it) and `warm` (the course of temperatures). Finite
volumes, finest at the surface; in time a two-stage implicit Runge-Kutta method of second order that damps any jump
(SDIRK2, gamma = 1 - 1/sqrt 2), with steps that grow; each stage is one tridiagonal solution for the whole batch.

The equation is linear and what lies on the skin is one more cell, so a pack that cools costs nothing extra. Nothing
here decides: `limit` does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from afferent.physiology.heat.kinetics import Floats
from afferent.physiology.heat.tissue import BLOOD, Layers

GAMMA: Final = 1 - 1 / math.sqrt(2)
SHARE: Final = (1 - GAMMA) / GAMMA
FEW: Final = 8  # people; beyond, row by row is the faster
CELLS: Final = (4, 12, 10, 6)  # in each layer; docs/physiology.md shows what refining them changes
FIRST_STEP: Final = 0.01  # s
STEPS_PER_OCTAVE: Final = 10  # then the step doubles


class Skin(NamedTuple):
    """Layers as cells: every array is (cells, people), from the surface in. Per square metre of skin."""

    depth: Floats  # of the cell's middle, m
    capacity: Floats  # J/m2/K
    between: Floats  # conductance from each cell to the next, W/m2/K; one row fewer
    outside: Floats  # from the surface to the middle of the first cell, W/m2/K; (1, people)
    inside: Floats  # from the middle of the last cell to its inner end; (1, people)
    sink: Floats  # of the blood, W/m2/K
    basal: int  # the first cell below the epidermis
    halves: tuple[Floats, Floats]  # conductances from both sides to the base of the epidermis


class Contact(NamedTuple):
    """What lies on the skin. Numbers, or arrays of one per person.

    celsius: at the start. film: W/m2/K between it and the skin; infinite imposes its temperature. capacity: J/m2/K of
    skin it covers; infinite never cools. loss: W/m2/K from it to the `room`. flux: W/m2 into the skin besides.
    """

    celsius: ArrayLike
    film: ArrayLike = math.inf
    capacity: ArrayLike = math.inf
    loss: ArrayLike = 0.0
    room: ArrayLike = 22.0
    flux: ArrayLike = 0.0


class Course(NamedTuple):
    """Temperatures (°C) at the times (s): at the base of the epidermis, at the surface, of the source; (times, people).

    `within`: all cells, (times, cells, people), when asked for. `end`: the cells at the end, to go on from.
    """

    times: Floats
    basal: Floats
    surface: Floats
    source: Floats
    within: Floats | None
    end: Floats


def skin(people: Sequence[Layers], perfusion: ArrayLike = 1.0, cells: Sequence[int] = CELLS) -> Skin:
    """The layers of one or many people as cells. `perfusion` multiplies their blood flow at rest, per person."""
    flow = np.atleast_1d(np.asarray(perfusion, dtype=np.float64))
    columns = [_column(layers, cells) for layers in people]
    width, density, heat, conductivity, rest = np.stack(columns, axis=2)
    half = 2 * conductivity / width
    edge = cells[0]
    sink = rest * flow * BLOOD.density * BLOOD.heat * width
    return Skin(
        depth=np.cumsum(width, axis=0) - width / 2,
        capacity=width * density * heat,
        between=half[:-1] * half[1:] / (half[:-1] + half[1:]),
        outside=half[:1],
        inside=half[-1:],
        sink=np.broadcast_to(sink, (len(width), max(width.shape[1], flow.size))),
        basal=edge,
        halves=(half[edge - 1], half[edge]),
    )


def _column(layers: Layers, cells: Sequence[int]) -> Floats:
    """Width, density, heat, conductivity and perfusion of each cell of one person, from outside in."""
    rows = []
    before = 0.0
    for layer, count in zip(layers, cells, strict=True):
        widths = _widths(layer.mm / 1000, count, before)
        rows += [(width, layer.density, layer.heat, layer.conductivity, layer.perfusion) for width in widths]
        before = widths[-1]
    return np.array(rows).T


def _widths(thick: float, count: int, before: float) -> Floats:
    """Cells that grow inwards by a constant ratio, beginning near the width of the cell before; equal in the first."""
    if before * count >= thick or before == 0:
        return np.full(count, thick / count)
    low, high = 1.0, 10.0
    for _ in range(60):  # bisect for the ratio whose cells fill the layer
        ratio = 0.5 * (low + high)
        low, high = (ratio, high) if before * _sum(ratio, count) < thick else (low, ratio)
    widths = before * ratio ** np.arange(1, count + 1)
    return np.asarray(widths * (thick / widths.sum()))


def _sum(ratio: float, count: int) -> float:
    return float(np.sum(ratio ** np.arange(1, count + 1)))


def steps(seconds: float, first: float = FIRST_STEP, per_octave: int = STEPS_PER_OCTAVE) -> Iterator[tuple[float, int]]:
    """Blocks of (step in s, how many): each block's step is twice the one before; the last ends on the second."""
    left, step = seconds, first
    while left > 1e-12 * seconds:
        count = min(per_octave, math.ceil(left / step - 1e-9))
        own = min(step, left / count)
        yield own, count
        left -= own * count
        step *= 2


def warm(
    on: Skin,
    contact: Contact,
    seconds: float,
    *,
    start: ArrayLike = BLOOD.celsius,
    blood: float = BLOOD.celsius,
    deep: float | None = None,
    keep: bool = False,
    first: float = FIRST_STEP,
    per_octave: int = STEPS_PER_OCTAVE,
) -> Course:
    """The course of temperatures over so many seconds, for the whole batch.

    start: °C, of all cells or (cells, 1 or people). blood: °C on arrival. deep: °C held at the innermost end;
    None insulates it, as the middle of a limb does. keep: also return every cell at every time.
    """
    problem = _Problem(on, contact, blood, deep)
    now = problem.begin(start)
    times, kept = [0.0], [now.copy()]
    for step, count in steps(seconds, first, per_octave):
        solver = problem.solver(step)
        for _ in range(count):
            now = solver.advance(now)
            times.append(times[-1] + step)
            kept.append(now)
    return problem.course(np.array(times), np.stack(kept), keep)


class _Problem:
    """The semi-discrete equation dT/dt = A T + b. Row 0 is what lies on the skin, then the cells."""

    def __init__(self, on: Skin, contact: Contact, blood: float, deep: float | None) -> None:
        people = np.broadcast_shapes(on.capacity[:1].shape, on.sink[:1].shape, *(np.shape(one) for one in contact))[-1]
        celsius, film, capacity, loss, room, flux = (np.asarray(one, dtype=np.float64) for one in contact)
        self.on, self.celsius, self.people = on, celsius, people
        with np.errstate(divide="ignore"):  # no film at all lets nothing through
            self.gate = 1 / (1 / film + 1 / on.outside)  # from the source to the middle of the first cell
        rows = len(on.capacity) + 1
        shape = (rows, people)
        inverse = np.empty(shape)
        inverse[0], inverse[1:] = 1 / capacity, 1 / on.capacity
        up = np.zeros(shape)  # conductance to the row before
        up[1], up[2:] = self.gate, on.between
        down = np.zeros(shape)  # to the row after
        down[:-1] = up[1:]
        lost = np.zeros(shape)  # to blood, room and depth
        lost[0], lost[1:] = loss, on.sink
        gain = np.zeros(shape)
        gain[0], gain[1:] = loss * room, on.sink * blood
        gain[1] += flux
        if deep is not None:
            lost[-1] += on.inside[0]
            gain[-1] += on.inside[0] * deep
        self.lower, self.upper = up * inverse, down * inverse
        self.own, self.gain = (up + down + lost) * inverse, gain * inverse

    def begin(self, start: ArrayLike) -> Floats:
        now = np.empty_like(self.own)
        now[0], now[1:] = self.celsius, start
        return now

    def solver(self, step: float) -> _Whole | _Eliminated:
        return _Whole(self, step) if self.people <= FEW else _Eliminated(self, step)

    def course(self, times: Floats, kept: Floats, keep: bool) -> Course:
        source, cells = kept[:, 0], kept[:, 1:]
        out, into = self.on.halves
        basal = (out * cells[:, self.on.basal - 1] + into * cells[:, self.on.basal]) / (out + into)
        surface = cells[:, 0] + (source - cells[:, 0]) * (self.gate / self.on.outside)[0]
        return Course(times, basal, surface, source, cells if keep else None, cells[-1])


class _Whole:
    """One step for a few people: the inverse of I - gamma * step * A itself, one product a step.

    Row by row costs the same for one person as for a hundred; this costs less for a few, and gives the same.
    """

    def __init__(self, problem: _Problem, step: float) -> None:
        rows, reach = len(problem.own), GAMMA * step
        at = np.arange(rows)
        matrix = np.zeros((problem.people, rows, rows))
        matrix[:, at, at] = (1 + reach * problem.own).T
        matrix[:, at[1:], at[:-1]] = -reach * problem.lower[1:].T
        matrix[:, at[:-1], at[1:]] = -reach * problem.upper[:-1].T
        inverse = np.linalg.inv(matrix)
        again = (1 - SHARE) * inverse + SHARE * inverse @ inverse
        self.step = again
        gain = (reach * problem.gain).T[:, :, None]
        self.gain = inverse @ gain + SHARE * inverse @ (inverse @ gain)

    def advance(self, now: Floats) -> Floats:
        """One step on."""
        after: Floats = (self.step @ now.T[:, :, None] + self.gain)[:, :, 0].T
        return after


class _Eliminated:
    """One step for many people: I - gamma * step * A eliminated row by row, once; used twice a step."""

    def __init__(self, problem: _Problem, step: float) -> None:
        reach = GAMMA * step
        lower, upper = -reach * problem.lower, -reach * problem.upper
        pivot = 1 + reach * problem.own
        self.factor = np.zeros_like(pivot)
        for n in range(1, len(pivot)):
            self.factor[n] = lower[n] / pivot[n - 1]
            pivot[n] -= self.factor[n] * upper[n - 1]
        self.inverse = 1 / pivot
        self.back = upper * self.inverse
        self.gain = reach * problem.gain
        self.spare = np.empty_like(pivot[0])

    def advance(self, now: Floats) -> Floats:
        """One step on."""
        first = self._solved(now + self.gain)
        return self._solved(now + SHARE * (first - now) + self.gain)

    def _solved(self, right: Floats) -> Floats:
        factor, back, spare = self.factor, self.back, self.spare
        for n in range(1, len(right)):
            np.multiply(factor[n], right[n - 1], out=spare)
            right[n] -= spare
        right *= self.inverse
        for n in range(len(right) - 2, -1, -1):
            np.multiply(back[n], right[n + 1], out=spare)
            right[n] -= spare
        return right
