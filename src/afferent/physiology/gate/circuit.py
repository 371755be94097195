"""The dorsal-horn circuit of Crodelle and Maia 2021, as equations for many runs at once.

    tau_P P' = P_inf(AP*fA + (CP + g)*fC + EP*E - IP*I) - P      projection cells: the signal that goes up
    tau_E E' = E_inf(CE*fC - IE*I) - E                           excitatory cells
    tau_I I' = I_inf(AI*fA) + 1 - I                              inhibitory cells: the gate
    tau_g g' = G_inf(P) - g                                      NMDA: why repeated pain grows
    X_inf(c) = max/2 * (1 + tanh((c - beta)/alpha))

fA and fC are the mean firing rates (Hz) of touch fibres (A-beta) and of pain fibres (A-delta and C). Ask here:
`CIRCUIT`, `Circuit` and `respond`. Parameters from the authors' public code [CRODELLE-CODE]; three faults of that code
are not copied (see docs/physiology.md): here the maximum of g enters once, and g stays below 2.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]

THRESHOLD: Final = 25.0  # Hz of the projection cells from which the authors call it pain


class Cells(Struct, frozen=True):
    """A population: highest rate (Hz; for NMDA a weight), half-way point, width, time constant (s), floor (Hz)."""

    most: float
    beta: float
    alpha: float
    tau: float
    floor: float = 0.0

    def settled(self, drive: Floats) -> Floats:
        """Where the population comes to rest under a steady drive."""
        return 0.5 * self.most * (1 + np.tanh((drive - self.beta) / self.alpha)) + self.floor


class Circuit(Struct, frozen=True):
    """Four populations and the weights between them; A touch fibres, C pain fibres, P, E, I cells."""

    p: Cells = Cells(50, 28.2, 11.5, 0.001)
    e: Cells = Cells(60, 29.2, 5.2, 0.01)
    i: Cells = Cells(80, 28.0, 9.5, 0.02, floor=1.0)
    nmda: Cells = Cells(2.0, 38.0, 10.0, 1.0)
    a_to_p: float = 0.8
    c_to_p: float = 0.8
    e_to_p: float = 0.35
    i_to_p: float = 1.8
    c_to_e: float = 1.6
    i_to_e: float = 0.6
    a_to_i: float = 0.8
    inhibition: float = 1.0  # multiplies what the inhibitory cells do to both others


CIRCUIT: Final = Circuit()


class Response(NamedTuple):
    """Rates (Hz) of the cells and the NMDA weight, each (milliseconds, runs)."""

    p: Floats
    e: Floats
    i: Floats
    nmda: Floats


def respond(f_a: Floats, f_c: Floats, circuit: Circuit = CIRCUIT) -> Response:
    """What the circuit answers to two inputs, (milliseconds, runs) in Hz, from silence.

    Inputs are straight between milliseconds. Within each, a resting point is taken as the parabola through its values
    at both ends and in the middle, and the population follows that exactly. The inhibitory cells feel only the input,
    the excitatory ones only those two, so each is solved over all time before the next. docs/physiology.md gives the
    error.
    """
    touch, pain = _halved(f_a), _halved(f_c)
    inhibitory = _follow(circuit.i.settled(circuit.a_to_i * touch), circuit.i.tau)
    held = circuit.inhibition * inhibitory
    excitatory = _follow(circuit.e.settled(circuit.c_to_e * pain - circuit.i_to_e * held), circuit.e.tau)
    drive = circuit.a_to_p * touch + circuit.c_to_p * pain + circuit.e_to_p * excitatory - circuit.i_to_p * held
    projection, weight = _wound_up(drive, pain, circuit)
    return Response(projection, excitatory[::2], inhibitory[::2], weight)


def _halved(rates: Floats) -> Floats:
    """The same rates at every half millisecond."""
    filled = np.empty((2 * len(rates) - 1, *rates.shape[1:]))
    filled[::2] = rates
    filled[1::2] = 0.5 * (rates[:-1] + rates[1:])
    return filled


@cache
def _weights(tau: float, until: float) -> tuple[float, ...]:
    """How much of the old value, and of the resting point at 0, 1/2 and 1 ms, is in the value at `until` (ms)."""
    speed = 0.001 / tau
    nodes, shares = np.polynomial.legendre.leggauss(12)
    at, shares = 0.5 * until * (nodes + 1), 0.5 * until * shares
    fading = shares * speed * np.exp(-speed * (until - at))
    parabolas = (2 * (at - 0.5) * (at - 1), 4 * at * (1 - at), 2 * at * (at - 0.5))
    return (math.exp(-speed * until), *(float(fading @ one) for one in parabolas))


def _follow(resting: Floats, tau: float) -> Floats:
    """A population that follows its resting point from zero; both every half millisecond."""
    ends = (resting[:-1:2], resting[1::2], resting[2::2])
    now = np.empty_like(resting)
    now[0] = 0
    (kept, *whole), (half_kept, *half) = _weights(tau, 1.0), _weights(tau, 0.5)
    now[2::2] = whole[0] * ends[0] + whole[1] * ends[1] + whole[2] * ends[2]
    spare = np.empty_like(now[0])
    for n in range(0, len(now) - 2, 2):
        now[n + 2] += np.multiply(now[n], kept, out=spare)
    now[1::2] = half_kept * now[:-1:2] + half[0] * ends[0] + half[1] * ends[1] + half[2] * ends[2]
    return now


def _wound_up(drive: Floats, pain: Floats, circuit: Circuit) -> tuple[Floats, Floats]:
    """Projection cells and the NMDA weight, which feed each other; the slow weight is foreseen, then corrected."""
    (kept, *whole), most = _weights(circuit.p.tau, 1.0), len(drive) // 2 + 1
    slow, half_slow = math.exp(-0.001 / circuit.nmda.tau), math.exp(-0.0005 / circuit.nmda.tau)
    p, weight = np.zeros((most, *drive.shape[1:])), np.zeros((most, *drive.shape[1:]))
    resting, grown = circuit.p.settled(drive[0]), circuit.nmda.settled(p[0])
    for n in range(most - 1):
        k = 2 * n
        middle = circuit.p.settled(drive[k + 1] + (half_slow * weight[n] + (1 - half_slow) * grown) * pain[k + 1])
        coming = circuit.p.settled(drive[k + 2] + (slow * weight[n] + (1 - slow) * grown) * pain[k + 2])
        p[n + 1] = kept * p[n] + whole[0] * resting + whole[1] * middle + whole[2] * coming
        growing = circuit.nmda.settled(p[n + 1])
        weight[n + 1] = slow * weight[n] + (1 - slow) * 0.5 * (grown + growing)
        resting, grown = coming, growing
    return p, weight
