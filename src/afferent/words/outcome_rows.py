"""The small print of a trial, as rows of name and value: visits, flares, dose; and the effect sizes for who reads them.

Ask here: `rest` and `table_of_sizes`. Numbers are counted or worked out, never rounded into a better light.
"""

from __future__ import annotations

from afferent.outcomes.person.dose import Row
from afferent.outcomes.person.outcome import Outcome
from afferent.outcomes.person.permuted import Drawn
from afferent.words.outcome import in_100, signed, signed_percent
from afferent.words.vocabulary import LEVELS, counted

Rows = list[tuple[str, str]]


def rest(found: Outcome) -> Rows:
    """What stands beside the verdict."""
    visits = len({one.day for one in found.visits})
    rows: Rows = [("Visits", f"{visits} of {found.agreement.visits} agreed")]
    if found.flares.known:
        rows.append(("Worse the next day", f"{found.flares.count} of {found.flares.known}"))
    if found.before and found.during:
        rows.append(("Average without, with massage", f"{found.before.average:.1f}, {found.during.average:.1f}"))
        rows.append(
            ("Trend a week, without", _interval(found.before.slope, found.before.slope_low, found.before.slope_high))
        )
        rows.append(
            ("Trend a week, with", _interval(found.during.slope, found.during.slope_low, found.during.slope_high))
        )
    rows += [(f"Level {row.value:.0f} {LEVELS[int(row.value)]}", _moved(row)) for row in found.dose.by_level]
    rows += [
        (f"{row.value:.0f} minutes", _moved(row)) for row in found.dose.by_minutes if len(found.dose.by_minutes) > 1
    ]
    if found.dose.per_level:
        line = found.dose.per_level
        rows.append(("Each level firmer went with", f"{_interval(line.points, line.low, line.high)} the next day"))
    if found.dose.per_ten_minutes:
        line = found.dose.per_ten_minutes
        rows.append(("Each ten minutes more went with", f"{_interval(line.points, line.low, line.high)} the next day"))
    return rows


def table_of_sizes(found: Outcome) -> Rows:
    """Effect sizes, with their names."""
    sizes, change = found.sizes, found.change
    if sizes is None or change is None:
        return []
    rows: Rows = [
        ("Change by the model, 95 % interval", _interval(change.points, change.low, change.high)),
        ("Days resemble each other (ρ)", f"{change.alike:.2f}".replace("-", "−")),
        ("Non-overlap of all pairs (NAP)", f"{100 * sizes.nap:.0f} %"),
        ("Tau", f"{sizes.tau:+.2f}".replace("-", "−")),
    ]
    if sizes.bc_tau is not None:
        kind = "trend of the days before taken out" if sizes.trend_taken else "no trend had to be taken out"
        rows.append(("Baseline-corrected Tau", f"{sizes.bc_tau:+.2f}, {kind}".replace("-", "−")))
    if sizes.g is not None:
        rows.append(("Hedges g", f"{sizes.g:+.2f}".replace("-", "−")))
    if sizes.lrr is not None:
        rows.append(("Log response ratio (SE)", f"{sizes.lrr.log:+.2f} ({sizes.lrr.se:.2f})".replace("-", "−")))
    if sizes.percent is not None:
        band = f", {sizes.band}" if sizes.band else ""
        rows.append(("Change of the averages", f"{signed_percent(sizes.percent)}{band}"))
    if change.share is not None:
        rows.append((f"At least {found.agreement.percent:g} % better", in_100(change.share)))
    rows.append(("Past where the days before were heading", in_100(change.past_trend)))
    if change.past_placebo is not None:
        rows.append(("More than placebo brings in drug trials", in_100(change.past_placebo)))
    if found.drawn is not None:
        rows.append(("Randomisation test", _drawn(found.drawn)))
    return rows + [("Left out", why) for why in sizes.left_out]


def _drawn(drawn: Drawn) -> str:
    return f"{round(drawn.as_low * drawn.orders)} of {drawn.orders} possible orders are as low as this"


def _interval(value: float, low: float, high: float) -> str:
    return f"{signed(value)} ({signed(low)} to {signed(high)})"


def _moved(row: Row) -> str:
    rose = f"; rose by 2 or more after {row.rose}" if row.rose else ""
    return f"{counted(row.visits, 'visit')}, {signed(row.moved)} from the day before to the day after{rose}"
