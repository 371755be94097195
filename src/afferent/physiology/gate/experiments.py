"""What the circuit shows: a painful stimulus, rubbing, lost fibres, pain that grows when repeated.

Ask here: `Scene` (what is done to which fibres), `play` (scenes times seeds in one batch), `markers` (the five of the
paper), and the experiments of the teaching page: `gate_failure`, `wind_up`. Teaching only: nobody is forecast anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from msgspec import Struct, structs

from afferent.physiology.gate.circuit import CIRCUIT, THRESHOLD, Circuit, Floats, Response, respond
from afferent.physiology.gate.fibres import (
    MILLISECONDS,
    PAIN,
    TOUCH,
    Bundle,
    Damage,
    Trains,
    Volley,
    damaged,
    rate,
    silent,
    spikes,
)  # fmt: skip

RUB: Final = Volley(40, 620, 720)  # a hundred milliseconds of touch while the pain fibres fire
WINDOW: Final = slice(660, 720)  # milliseconds in which the rub has taken hold
SEEDS: Final = 12
LEFT: Final = tuple(n / 20 for n in range(21))  # shares of touch fibres left, from none to all


class Scene(Struct, frozen=True):
    """What happens, and to which fibres. `lost`: share of fibres damaged, by an operator (silent unless given)."""

    touch: Bundle = TOUCH
    pain: Bundle = PAIN
    touch_lost: float = 0.0
    pain_lost: float = 0.0
    touch_damage: Damage = silent
    pain_damage: Damage = silent


class Markers(NamedTuple):
    """The five of the paper, one of each per run: area under P, area above the threshold (both Hz s), mean response
    above the threshold between its first and last crossing (Hz), maximum (Hz), number of crossings."""

    area: Floats
    above: Floats
    response: Floats
    most: Floats
    crossings: Floats


def rubbed(scene: Scene, hz: float = RUB.hz) -> Scene:
    """The same, and somebody rubs the place."""
    touch = structs.replace(scene.touch, volleys=(*scene.touch.volleys, structs.replace(RUB, hz=hz)))
    return structs.replace(scene, touch=touch)


def trains(scene: Scene, seed: int, milliseconds: int = MILLISECONDS) -> tuple[Trains, Trains]:
    """The spikes of touch and of pain fibres, damage done. The same seed gives the same spikes in every scene."""
    found = []
    kinds = ((scene.touch, scene.touch_lost, scene.touch_damage), (scene.pain, scene.pain_lost, scene.pain_damage))
    for n, (bundle, lost, damage) in enumerate(kinds):
        own = np.random.default_rng([seed, n])
        found.append(damaged(spikes(bundle, own, milliseconds), lost, damage, np.random.default_rng([seed, n, 1])))
    return found[0], found[1]


def play(
    scenes: Sequence[Scene],
    seeds: int = SEEDS,
    circuit: Circuit = CIRCUIT,
    milliseconds: int = MILLISECONDS,
) -> Response:
    """Every scene with every seed, in one batch: column s * seeds + k is scene s with seed k."""
    pairs = [trains(scene, seed, milliseconds) for scene in scenes for seed in range(seeds)]
    touch, pain = (np.stack([rate(pair[kind]) for pair in pairs], axis=1) for kind in (0, 1))
    return respond(touch, pain, circuit)


def by_scene(found: Floats, seeds: int = SEEDS) -> Floats:
    """One number per run, as (scenes, seeds)."""
    return found.reshape(-1, seeds)


def signal(response: Response) -> Floats:
    """The mean rate of the projection cells (Hz) of each run while the rub acts, or would."""
    return np.asarray(response.p[WINDOW].mean(axis=0))


def markers(response: Response, threshold: float = THRESHOLD) -> Markers:
    """The five markers of each run."""
    p = response.p
    over = np.maximum(p - threshold, 0)
    crossed = np.diff((p >= threshold).astype(np.int8), axis=0) != 0
    count = crossed.sum(axis=0)
    first = crossed.argmax(axis=0)
    last = len(crossed) - 1 - crossed[::-1].argmax(axis=0)
    above: Floats = np.asarray(np.trapezoid(over, dx=0.001, axis=0))
    lasted = np.where(count > 1, (last - first) * 0.001, np.inf)
    area: Floats = np.asarray(np.trapezoid(p, dx=0.001, axis=0))
    return Markers(area, above, above / lasted, p.max(axis=0), count.astype(np.float64))


def gate_failure(left: Sequence[float], seeds: int = SEEDS, circuit: Circuit = CIRCUIT) -> Floats:
    """The mean signal (Hz) in spite of rubbing, for each share of touch fibres left; (shares, seeds)."""
    scenes = [structs.replace(rubbed(Scene()), touch_lost=1 - share) for share in left]
    return by_scene(signal(play(scenes, seeds, circuit)), seeds)


@cache
def failures() -> tuple[float, ...]:
    """The mean signal (Hz) in spite of rubbing for each share of `LEFT`; worked out once."""
    return tuple(float(hz) for hz in gate_failure(LEFT).mean(axis=1))


def wind_up(volleys: int = 8, every: int = 300, seeds: int = SEEDS, circuit: Circuit = CIRCUIT) -> Floats:
    """The mean answer (Hz) to each of several equal volleys of the pain fibres; (volleys, seeds).

    Volleys of 200 ms at 20 Hz, so many milliseconds apart: close together they add up, a second apart they do not.
    """
    begins = [200 + n * every for n in range(volleys)]
    pain = Bundle(PAIN.fibres, tuple(Volley(20, begin, begin + 200) for begin in begins))
    scene = Scene(touch=Bundle(TOUCH.fibres), pain=pain)
    p = play([scene], seeds, circuit, milliseconds=begins[-1] + every + 1).p
    return np.array([p[begin : begin + 230].mean(axis=0) for begin in begins])
