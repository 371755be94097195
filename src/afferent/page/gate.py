"""The charts of the gate: the spikes that come in, the signal that goes up, and where rubbing stops helping.

Ask here: `raster`, `signal`, `failure` and `wound_up`. The same charts stand on the page and in docs/physiology.md.
They show a model and nobody's pain.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from afferent.page.charts import Axis, Band, Chart, Level, Line, Marks, Tick
from afferent.page.charts.model import Look
from afferent.physiology.gate.circuit import THRESHOLD
from afferent.physiology.gate.experiments import LEFT, RUB, SEEDS, Scene, failures, play, rubbed, trains, wind_up
from afferent.physiology.gate.fibres import Trains

SHOWN: Final = 60  # fibres of each kind in the raster
FROM, UNTIL = 450, 950  # ms
_TIME: Final = Axis("time", FROM / 1000, UNTIL / 1000, tuple(Tick(n / 1000, f"{n} ms") for n in range(500, 1000, 100)))


def raster(scene: Scene, rubbing: bool, seed: int = 1) -> Chart:
    """A tick for each spike of some touch fibres (above) and some pain fibres (below)."""
    touch, pain = trains(scene, seed)
    return Chart(
        "What comes in: each mark is one nerve impulse",
        f"{SHOWN} of 380 touch fibres above, {SHOWN} of 820 pain fibres below.",
        _TIME,
        Axis("fibre", 0, 2 * SHOWN + 10, (Tick(SHOWN / 2, "pain"), Tick(1.5 * SHOWN + 10, "touch"))),
        (
            Marks("touch fibres", _spikes(touch, SHOWN + 10), "tick", "none"),
            Marks("pain fibres", _spikes(pain, 0), "tick", "none"),
        ),
        bands=_rubbed(rubbing),
        height=280,
    )


def _spikes(fibres: Trains, above: int) -> tuple[tuple[float, float], ...]:
    rows, at = np.nonzero(fibres[:SHOWN])
    within = (at >= FROM) & (at <= UNTIL)
    return tuple((float(t) / 1000, float(row + above + 0.5)) for row, t in zip(rows[within], at[within], strict=True))


def _rubbed(rubbing: bool) -> tuple[Band, ...]:
    return (Band(RUB.begin / 1000, RUB.end / 1000, "rubbing", "x"),) if rubbing else ()


def signal(scene: Scene, rubbing: bool) -> Chart:
    """The rate of the projection cells over time, mean of several runs, with the authors' threshold of pain."""
    found = play([scene], SEEDS).p.mean(axis=1)
    at = range(FROM, UNTIL + 1, 4)
    return Chart(
        "What goes up to the brain",
        "The firing of the cells that carry the signal, over half a second. Above the line the model calls it pain.",
        _TIME,
        Axis("impulses a second", 0, 52),
        (Line("signal", tuple((n / 1000, float(found[n])) for n in at), "solid"),),
        levels=(Level(THRESHOLD, "pain, says the model"),),
        bands=_rubbed(rubbing),
    )


def failure(here: float | None = None) -> Chart:
    """The signal in spite of rubbing, against the share of touch fibres left; `here` is marked."""
    points = tuple((100 * share, hz) for share, hz in zip(LEFT, failures(), strict=True))
    mark = () if here is None else (Marks("here", (min(points, key=lambda one: abs(one[0] - 100 * here)),), "square"),)
    return Chart(
        "In the model, rubbing works while enough touch fibres are left",
        "Down to about seven in ten it holds the signal back; between six and five in ten it stops doing so. The "
        "upright line counts all thick fibres of one nerve in one study. Where it meets the curve forecasts nothing.",
        Axis("touch fibres left, %", 0, 100),
        Axis("signal in spite of rubbing, impulses a second", 0, 52),
        (Line("signal", points, "solid", "start"), *mark),
        levels=(
            Level(THRESHOLD, "pain, says the model"),
            Level(59, "sural nerve in mild diabetic neuropathy", "x"),
        ),
    )


def wound_up() -> Chart:
    """The answer to each of eight equal volleys, close together and a second apart."""
    series = []
    kinds: tuple[tuple[int, str, Look], ...] = ((300, "every 0.3 s", "solid"), (1000, "every second", "dashed"))
    for every, name, look in kinds:
        found = wind_up(every=every, seeds=SEEDS).mean(axis=1)
        series.append(Line(name, tuple((n + 1.0, float(hz)) for n, hz in enumerate(found)), look))
    return Chart(
        "Wind-up: the same volley, again and again",
        "Close together each is answered more strongly than the last; a second apart hardly.",
        Axis("volley", 1, 8, tuple(Tick(n, str(n)) for n in range(1, 9))),
        Axis("impulses a second", 0, 52),
        tuple(series),
        levels=(Level(THRESHOLD, "pain, says the model"),),
    )


def eased() -> Chart:
    """The signal with and without a rub: A-fibre inhibition."""
    p = play([Scene(), rubbed(Scene())], SEEDS).p
    means = p.reshape(len(p), 2, SEEDS).mean(axis=2)
    at = range(FROM, UNTIL + 1, 4)
    kinds: tuple[tuple[str, Look], ...] = (("not rubbed", "solid"), ("rubbed", "dashed"))
    lines = [
        Line(name, tuple((n / 1000, float(means[n, scene])) for n in at), look)
        for scene, (name, look) in enumerate(kinds)
    ]
    return Chart(
        "In the model of healthy nerves, touch quiets the signal",
        "The same painful stimulus, with and without a tenth of a second of rubbing.",
        _TIME,
        Axis("impulses a second", 0, 52),
        tuple(lines),
        levels=(Level(THRESHOLD, "pain, says the model"),),
        bands=_rubbed(True),
    )
