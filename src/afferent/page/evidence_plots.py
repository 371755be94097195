"""The forest and funnel plots of the evidence: from effects and pools to what a picture needs.

Ask here: `effects_plot` (the trials' own figures), `pools_plot` (published pools beside drugs and placebo) and
`group_plots` (what was pooled here: a forest and a funnel for each).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log
from typing import Final

from msgspec.structs import replace

from afferent.outcomes.evidence import Evidence
from afferent.outcomes.figures import RATIOS
from afferent.outcomes.figures import ratio as as_ratio
from afferent.outcomes.pooling import TESTED
from afferent.outcomes.pooling import Group as Pooled
from afferent.outcomes.refused import Refused
from afferent.page.charts import Axis, Tick
from afferent.page.charts.figure import figure as chart_figure
from afferent.page.forest import Forest, Group, Row, figure, funnel
from afferent.page.markup import EMPTY, Html, join
from afferent.words.pooled import group_title
from afferent.words.trial_terms import KIND_TITLE, set_against
from afferent.words.trials import by_comparator, figures, number

_95: Final = 1.959963984540054
_WIDEST: Final = 3.0  # standard deviations; what goes further ends in an arrow
_RATIOS: Final = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
_TURNED: Final = "Signs are turned so that right is better; the figures beside stay as they are."


def effects_plot(found: Evidence) -> Html:
    """Standardised differences that single trials gave, by what they were set against."""
    groups = []
    for comparator in dict.fromkeys(seen.comparator for seen in found.effects):
        rows = tuple(
            Row(f"{seen.name}, {seen.measure}", figures(seen.effect, seen.low, seen.high), *seen.gain)
            for seen in found.effects
            if seen.comparator == comparator and seen.kind == "g" and seen.gain and seen.effect is not None
        )
        if rows:
            groups.append(Group(set_against(comparator), rows))
    if not groups:
        return EMPTY
    about = f"Each square is one outcome of one trial; outcomes of one trial are not several trials. {_TURNED}"
    return figure(Forest("Single trials with figures", about, _axis(groups), tuple(groups)), "single-trials")


def pools_plot(found: Evidence) -> Html:
    """Published pools that are standardised differences, and below them what drugs and placebo do."""
    groups = []
    for comparator, some in by_comparator((*found.published, *found.outside)).items():
        rows = tuple(
            Row(pool.title, figures(pool.effect, pool.low, pool.high), *gain) for pool in some if (gain := pool.gain())
        )
        if rows:
            groups.append(Group(set_against(comparator, pool=True), rows))
    yardsticks = tuple(
        Row(
            one.title,
            figures(one.effect, one.low, one.high),
            one.effect,
            one.low,
            one.high,
            shape="yardstick",
        )
        for one in found.yardsticks
        if one.measure in ("SMD", "d")
    )
    groups.append(Group("To measure it by: painful diabetic neuropathy", yardsticks))
    about = (
        "Effects without blinding are larger than any drug’s against placebo, which says more about blinding than "
        f"about massage. {_TURNED}"
    )
    return figure(Forest("Published pools beside drugs and placebo", about, _axis(groups), tuple(groups)), "pools")


def group_plots(found: Evidence) -> Html:
    """A forest and a funnel for every group that was pooled."""
    return join(_plots(group, f"group-{n}") for n, group in enumerate(found.groups, 1))


def _plots(group: Pooled, id: str) -> Html:
    if isinstance(group.result, Refused):
        return EMPTY
    together, ratio = group.result, group.kind in RATIOS
    turn = -1.0 if group.better == "lower" else 1.0
    rows = [
        _row(member.name, (member.y, member.y - _95 * member.v**0.5, member.y + _95 * member.v**0.5), turn, ratio=ratio)
        for member in group.members
    ]
    heaviest = max(together.weights)
    rows = [
        replace(row, beside=f"{number(weight, 0)} % of the weight", weight=weight / heaviest)
        for row, weight in zip(rows, together.weights, strict=True)
    ]
    ends, next_ = together.interval, together.next
    whole = _row(f"{together.k} trials together", (together.estimate, ends.low, ends.high), turn, ratio=ratio)
    reach = None if next_ is None else _turned(next_.low, next_.high, turn)
    rows.append(replace(whole, shape="pooled", reach=reach))
    unit = KIND_TITLE[group.kind]
    drawn = Forest(
        group_title(group),
        f"Squares: trials, larger with their weight. Diamond: together. Dots: where 95 of 100 next trials "
        f"would lie. {_TURNED}",
        _ratio_axis(unit, rows, turn) if ratio else _axis([Group("", tuple(rows))]),
        (Group("", tuple(rows)),),
    )
    few = "" if together.k >= TESTED else " With fewer than ten trials its shape says nothing."
    spread = funnel(
        "Are small trials missing?",
        f"{unit}, logarithm" if ratio else unit,
        [member.y for member in group.members],
        [member.v for member in group.members],
        together.estimate,
        f"Without missing trials the points fill the funnel on both sides.{few}",
    )
    return join(figure(drawn, id), chart_figure(spread, f"{id}-funnel"))


def _row(name: str, effect: tuple[float, float, float], turn: float, *, ratio: bool) -> Row:
    """Drawn so that right is better, printed as it is."""
    at, low, high = effect
    printed = figures(*map(as_ratio, effect)) if ratio else figures(*effect)
    return Row(name, printed, turn * at, *_turned(low, high, turn))


def _turned(low: float, high: float, turn: float) -> tuple[float, float]:
    return (low, high) if turn > 0 else (-high, -low)


def _ends(rows: Iterable[Row]) -> list[float]:
    found = [0.0]
    for row in rows:
        found += [x for x in (row.at, row.low, row.high, *(row.reach or ())) if x is not None]
    return found


def _axis(groups: Iterable[Group], title: str = "standard deviations between the groups") -> Axis:
    """Halves that hold nought and what is to be seen, as far as it is worth drawing."""
    ends = _ends(row for group in groups for row in group.rows)
    low, high = max(-_WIDEST, floor(2 * min(ends)) / 2), min(_WIDEST, ceil(2 * max(ends)) / 2)
    return Axis(title, min(low, -0.5), max(high, 0.5))


def _ratio_axis(title: str, rows: Iterable[Row], turn: float) -> Axis:
    """Logarithms, written as ratios."""
    ends = _ends(rows)
    low, high = max(min(ends) - 0.1, log(_RATIOS[0])), min(max(ends) + 0.1, log(_RATIOS[-1]))
    ticks = sorted((turn * log(at), at) for at in _RATIOS)
    return Axis(title, min(low, log(0.5)), max(high, log(2)), tuple(Tick(place, f"{at:g}") for place, at in ticks))
