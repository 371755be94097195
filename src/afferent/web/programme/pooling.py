"""The changes of many people's trials taken together, in a sentence for each scale.

Ask here: `pooled_words`. Only trials judged by the same measure on the same scale are taken together, one of each
person, and from three people on. How they were made is said with them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from afferent.outcomes.person.pooled import FEWEST, pooled
from afferent.web.programme.counts import Verdicts
from afferent.words.outcome import signed


def pooled_words(found: Verdicts, titles: Mapping[str, str], *, fewest: int = 0) -> list[str]:
    """`fewest`: people below whom nothing is told, at least three."""
    return [
        _words(titles.get(measure, measure), scale, changes)
        for (measure, scale), changes in sorted(found.changes.items())
        if len(changes) >= max(fewest, FEWEST)
    ]


def _words(title: str, scale: str, changes: list[tuple[object, float, float, bool]]) -> str:
    points, sd = (np.array([one[n] for one in changes], float) for n in (1, 2))
    made = pooled(points, sd)
    drawn = sum(one[3] for one in changes)
    how = (
        "all before and after, without a comparison"
        if not drawn
        else f"{drawn} of them in blocks drawn by lot, the others before and after"
    )
    return (
        f"{title} ({scale}), {made.people} people with enough days, {how}: with massage less without "
        f"{signed(made.mean)} points on average (95 % interval {signed(made.mean_low)} to {signed(made.mean_high)}); "
        f"one more person like these would likely lie between {signed(made.next_low)} and {signed(made.next_high)}."
    )
