"""Pooling forty trials: everything that is shown of them, and beside statsmodels what statsmodels does too."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from afferent.outcomes.meta import effects, equal_effects, random_effects
from afferent.outcomes.meta.influence import egger, leave_one_out, trim_and_fill
from bench.measure import AFFERENT, Line, command, median_seconds

TRIALS, WANTED = 40, 0.010
REPEATS = 101


def lines() -> Iterator[Line]:
    """The whole, then the part that both can do, then the ratio."""
    made = _trials()
    whole = median_seconds(lambda: _whole(made), REPEATS)
    claim = f"meta-analysis of {TRIALS} trials, everything that is shown of them"
    yield Line(claim, f"{whole * 1e3:.1f} ms", "< 10 ms", whole < WANTED)
    yield from _peer(made)
    start = command([*AFFERENT, "evidence", "--condition", "cipn"])
    yield Line("`afferent evidence --condition cipn`", f"{start:.3f} s", "< 0.6 s", start < 0.6)


def _trials() -> tuple[np.ndarray, ...]:
    """Means, standard deviations and people of two arms, from a seed."""
    random = np.random.default_rng(2026)
    people = random.integers(12, 60, (2, TRIALS))
    spread = random.uniform(1.5, 2.5, (2, TRIALS))
    true = random.normal(-0.5, 0.4, TRIALS) * spread[0]
    means = np.stack([5 + true, np.full(TRIALS, 5.0)]) + random.normal(0, spread / np.sqrt(people))
    return means[0], spread[0], people[0], means[1], spread[1], people[1]


def _whole(made: tuple[np.ndarray, ...]) -> None:
    """Hedges g; REML with Hartung-Knapp, interval of tau², range of a next trial; each left out; filled in; leaning."""
    found = effects.hedges_g(*made)
    random_effects(found.y, found.v)
    equal_effects(found.y, found.v)
    leave_one_out(found.y, found.v)
    trim_and_fill(found.y, found.v, method="reml", test="adhoc")
    egger(found.y, found.v)


def _peer(made: tuple[np.ndarray, ...]) -> Iterator[Line]:
    """statsmodels has two of the estimators and Hartung-Knapp; not the interval of tau², nor a next trial."""
    try:
        from statsmodels.stats.meta_analysis import combine_effects
    except ImportError as missing:
        yield Line(f"… statsmodels on the same trials: not installed ({missing.name})", "–", "–", False)
        return
    found = effects.hedges_g(*made)
    for method in ("dl", "pm"):

        def ours(method=method):
            return random_effects(found.y, found.v, method=method, test="hksj")

        def theirs(method=method):
            return combine_effects(found.y, found.v, method_re=method).summary_frame()

        mine, peer, row = ours(), combine_effects(found.y, found.v, method_re=method), theirs().loc["random effect wls"]
        apart = max(abs(mine.tau2 - peer.tau2), abs(mine.estimate - row["eff"]), abs(mine.se - row["sd_eff"]))
        here, there = median_seconds(ours, REPEATS), median_seconds(theirs, REPEATS)
        yield Line(
            f"… {method.upper()} with Hartung-Knapp, statsmodels' table of it against ours, which holds more",
            f"{there * 1e3:.2f} ms against {here * 1e3:.2f} ms: {there / here:.1f} ×; {apart:.0e} apart",
            "< 1e-6 apart",
            bool(apart < 1e-6),
        )
