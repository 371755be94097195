"""The effect sizes that single-case studies report, for one course: beside the model, not instead of it.

Ask here: `sizes`. Where one means nothing (a ratio with scores of nought) it is None, with the reason in `left_out`.
"""

from __future__ import annotations

from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.outcomes.overlap import nap, tau
from afferent.outcomes.person.analysis import LEAST_LEVEL
from afferent.outcomes.person.course import Course
from afferent.outcomes.phases import Better
from afferent.outcomes.ratios import Ratio, hedges_g, log_response_ratio, percent_change
from afferent.outcomes.refused import Refused
from afferent.outcomes.tau_u import corrected_tau


class Sizes(Struct, frozen=True):
    """nap: the share of pairs, a day without and a day with, of which the second is better; tau: the same from −1 to
    +1; bc_tau: with the trend of the days before taken out (Tarlow), `trend_taken` where there was one; g: the
    difference of averages in standard deviations; lrr: the log of their ratio; percent and the word it carries, where
    somebody has shown what change people call meaningful (IMMPACT for pain).
    """

    nap: float
    tau: float
    bc_tau: float | None
    trend_taken: bool
    g: float | None
    lrr: Ratio | None
    percent: float | None
    band: str
    left_out: tuple[str, ...]


def sizes(course: Course, measure: Measure, unit: float = 1.0) -> Sizes:
    """All of them. The course must have `enough` days. `unit`: below one of it before, no percentage is told."""
    a, b = course.scores(False), course.scores(True)
    better: Better = "higher" if measure.better == "higher" else "lower"
    corrected = corrected_tau(a, b, better=better)
    g, ratio, percent = hedges_g(a, b), log_response_ratio(a, b), percent_change(a, b)
    if sum(a) / len(a) < unit * LEAST_LEVEL:
        percent = Refused("the level before is next to nothing, so a change in percent means nothing")
    left_out = tuple(one.why for one in (corrected, g, ratio, percent) if isinstance(one, Refused))
    bc = None if isinstance(corrected, Refused) else corrected
    return Sizes(
        nap(a, b, better=better), tau(a, b, better=better),
        bc.tau if bc else None, bool(bc and bc.was_corrected),
        None if isinstance(g, Refused) else g,
        None if isinstance(ratio, Refused) else ratio,
        None if isinstance(percent, Refused) else percent,
        "" if isinstance(percent, Refused) else band(percent, measure),
        left_out,
    )  # fmt: skip


def band(percent: float, measure: Measure) -> str:
    """The largest word that a change for the better by so much carries: "minimal", "moderate", "substantial", or
    none."""
    gain = percent if measure.better == "higher" else -percent
    reached = [(least, word) for word, least in measure.change.percent.items() if gain >= least]
    return max(reached)[1] if reached else ""
