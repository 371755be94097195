"""Nerve fibres that fire, and what damage does to their spikes.

Ask here: `Bundle` (how many fibres fire how fast, when), `spikes` (one train per fibre, a column per millisecond),
`rate` (what the circuit is given) and the operators of damage: `silent`, `delayed`, `blocked_on_and_off`, `refractory`,
`echoing` [Crodelle and Maia 2021]. Randomness is passed in. Damaged and healthy fibres are counted together and
smoothed alike; fibres that are not damaged go on firing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.random import Generator
from numpy.typing import NDArray

Trains = NDArray[np.bool_]  # (fibres, milliseconds)
Damage = Callable[[Trains, Generator], Trains]

MILLISECONDS: Final = 1001  # one second, both ends
BASELINE: Final = 1.0  # Hz
SMOOTHED: Final = 10  # ms


class Volley(Struct, frozen=True):
    """So many Hz, from one millisecond up to another."""

    hz: float
    begin: int
    end: int


class Bundle(Struct, frozen=True):
    """Fibres of one kind and when they are driven; otherwise they fire at the baseline."""

    fibres: int
    volleys: tuple[Volley, ...] = ()


# A painful stimulus: first the touch fibres answer, then, slower, the pain fibres [physiology.md 2.2].
TOUCH: Final = Bundle(380, (Volley(40, 500, 520),))
PAIN: Final = Bundle(820, (Volley(22, 590, 800),))


def spikes(bundle: Bundle, rng: Generator, milliseconds: int = MILLISECONDS) -> Trains:
    """One Poisson train per fibre. At most one spike a millisecond."""
    chance = np.full(milliseconds, BASELINE / 1000)
    for one in bundle.volleys:
        chance[one.begin : one.end] = np.maximum(chance[one.begin : one.end], one.hz / 1000)
    return rng.random((bundle.fibres, milliseconds), dtype=np.float32) < chance


def rate(trains: Trains) -> NDArray[np.float64]:
    """The mean rate of the fibres (Hz) at each millisecond, smoothed over ten milliseconds around it."""
    counted = trains.sum(axis=0) * (1000 / len(trains))
    taps = np.full(SMOOTHED + 1, 1 / SMOOTHED)
    taps[[0, -1]] /= 2
    padded = np.pad(counted, SMOOTHED // 2, mode="edge")
    return np.convolve(padded, taps, mode="valid")


def damaged(trains: Trains, share: float, damage: Damage, rng: Generator) -> Trains:
    """The same fibres with a share of them, chosen at random, damaged; all others as they were."""
    chosen = rng.permutation(len(trains))[: round(share * len(trains))]
    after = trains.copy()
    after[chosen] = damage(trains[chosen], rng)
    return after


def silent(trains: Trains, rng: Generator) -> Trains:
    """Fibres that are gone."""
    return np.zeros_like(trains)


def delayed(by: int) -> Damage:
    """Spikes arrive so many milliseconds late (100 to 300 in the paper); none come round from the end."""

    def damage(trains: Trains, rng: Generator) -> Trains:
        late = np.zeros_like(trains)
        late[:, by:] = trains[:, : trains.shape[1] - by]
        return late

    return damage


def blocked_on_and_off(half: int = 20) -> Damage:
    """Fibres conduct for so many milliseconds, then not, in turn."""

    def damage(trains: Trains, rng: Generator) -> Trains:
        open_now = np.arange(trains.shape[1]) // half % 2 == 0
        conducted: Trains = trains & open_now
        return conducted

    return damage


def refractory(rest: int = 15) -> Damage:
    """A fibre that has fired cannot fire again for so many milliseconds."""

    def damage(trains: Trains, rng: Generator) -> Trains:
        after = np.zeros_like(trains)
        ready = np.zeros(len(trains), dtype=np.int64)  # the millisecond from which each fibre may fire again
        for n in range(trains.shape[1]):
            fires = trains[:, n] & (ready <= n)
            after[:, n] = fires
            ready[fires] = n + rest + 1
        return after

    return damage


def echoing(chance: float = 0.3, times: int = 2, apart: int = 5) -> Damage:
    """A spike calls forth further ones, with this chance, so many, so many milliseconds apart."""

    def damage(trains: Trains, rng: Generator) -> Trains:
        calls = trains & (rng.random(trains.shape) < chance)
        after = trains.copy()
        for n in range(1, times + 1):
            after[:, n * apart :] |= calls[:, : trains.shape[1] - n * apart]
        return after

    return damage
