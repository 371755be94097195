"""The gate case: four equations of one circuit (P, E, I and the NMDA weight g), state 0 at time 0, rates in Hz.

Ask here: `derivative`, of one circuit (floats in and out; what a step-by-step solver calls) and the constants it stands
on. The maximum of the NMDA weight enters once. Inputs come every millisecond and are lines in between.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple


class Sigmoid(NamedTuple):
    """From `base` to `base + top`, half-way at `beta`, over `alpha`."""

    top: float
    beta: float
    alpha: float
    base: float = 0.0

    def __call__(self, drive: float) -> float:
        """The steady state for a drive."""
        return self.base + 0.5 * self.top * (1 + math.tanh((drive - self.beta) / self.alpha))


P_INF: Final = Sigmoid(50, 28.2, 11.5)
E_INF: Final = Sigmoid(60, 29.2, 5.2)
I_INF: Final = Sigmoid(80, 28.0, 9.5, base=1.0)
M_INF: Final = Sigmoid(2.0, 38.0, 10.0)
TAU_P, TAU_E, TAU_I, TAU_N = 0.001, 0.01, 0.02, 1.0  # s
G_AP, G_CP, G_EP, G_IP, G_CE, G_IE, G_AI = 0.8, 0.8, 0.35, 1.8, 1.6, 0.6, 0.8


def derivative(state: tuple[float, float, float, float], f_a: float, f_c: float) -> tuple[float, float, float, float]:
    """Change per second of P, E, I and g, at these inputs in Hz."""
    p, e, i, g = state
    return (
        (P_INF(G_AP * f_a + (G_CP + g) * f_c + G_EP * e - G_IP * i) - p) / TAU_P,
        (E_INF(G_CE * f_c - G_IE * i) - e) / TAU_E,
        (I_INF(G_AI * f_a) - i) / TAU_I,
        (M_INF(p) - g) / TAU_N,
    )
