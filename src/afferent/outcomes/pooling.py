"""Which effects may be put together, and what comes of it – or why it is refused.

Ask here: `pooled(rows, mix, method)`. A group holds one condition, comparator, technique, outcome, scale and kind of
effect; `mix` lets one of these go, and only because somebody asked for it. Fewer than three trials are never pooled,
and all outcomes of one trial count as one: their mean, as certain as one of them (correlation taken as 1). Small
trials against a control nobody describes are no company for others unless asked for, and what changed without a
comparison that was read is never put together with anything, whatever is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from afferent.knowledge.trials import Comparator, Kind, Outcome, TrialRow
from afferent.outcomes.figures import COMPARED, Figure, figure
from afferent.outcomes.methods import Method
from afferent.outcomes.refused import Refused

if TYPE_CHECKING:
    from afferent.outcomes.meta import Pooled

Mix = Literal["conditions", "comparators", "techniques", "measures"]
MIXES: Final[tuple[Mix, ...]] = ("conditions", "comparators", "techniques", "measures")
LEAST: Final = 3
TESTED: Final = 10  # with fewer trials a funnel says nothing [Cochrane handbook, as a rule of thumb; N]
UNCOMPARED: Final[frozenset[Comparator]] = frozenset({"uncontrolled", "unseen"})
_ANY: Final = "*"


class Influence(Struct, frozen=True):
    """What hangs on single trials. low, high: the pooled effect without one of them, at least and at most; without_low,
    without_high: without which; missing: how many trials trim and fill supposes, filled: the effect with them; lean_p:
    of Egger's test, only from ten trials on."""

    low: float
    high: float
    without_low: str
    without_high: str
    missing: int
    filled: float
    lean_p: float | None


class Member(Struct, frozen=True):
    """One trial of a group: its effect and variance, of how many of its outcomes."""

    trial: str
    name: str
    y: float
    v: float
    outcomes: int


class Group(Struct, frozen=True):
    """Effects of one kind. conditions, comparators, techniques, scales: what is in it; better: which way is good –
    "higher" with all effects turned so where the scales disagree; result: what they say together, or why nothing is
    said.
    """

    conditions: tuple[str, ...]
    comparators: tuple[str, ...]
    techniques: tuple[str, ...]
    outcome: Outcome
    scales: tuple[str, ...]
    kind: Kind
    better: Literal["lower", "higher"]
    members: tuple[Member, ...]
    result: Pooled | Refused
    influence: Influence | None = None


def pooled(rows: Iterable[TrialRow], mix: Collection[Mix] = (), method: Method = "reml") -> tuple[Group, ...]:
    """Every group in which a trial has figures, the larger ones first."""
    groups: dict[tuple[str, ...], list[TrialRow]] = {}
    for row in rows:
        found = _poolable(row)
        if found:
            groups.setdefault(_key(row, found.kind, mix), []).append(row)
    made = [_group(members, mix, method) for members in groups.values()]
    return tuple(sorted(made, key=lambda group: (-len(group.members), isinstance(group.result, Refused))))


def together(groups: Sequence[Group]) -> tuple[Mix, ...]:
    """What would have to be mixed so that three trials with one outcome and kind of effect came together; () for
    nothing."""
    compared = [group for group in groups if not UNCOMPARED & set(group.comparators)]
    for group in compared:
        near = [one for one in compared if (one.outcome, one.kind) == (group.outcome, group.kind)]
        if len({member.trial for one in near for member in one.members}) >= LEAST:
            apart = {
                "conditions": {one.conditions for one in near},
                "comparators": {one.comparators for one in near},
                "techniques": {one.techniques for one in near},
                "measures": {one.scales for one in near},
            }
            if all(isinstance(one.result, Refused) for one in near):
                return tuple(name for name in MIXES if len(apart[name]) > 1)
    return ()


def _poolable(row: TrialRow) -> Figure | None:
    """The row's effect, if it compares the technique with something, one outcome, and knows which way is better."""
    if row.pool == "no" or row.direction == "forms" or len(row.outcome) != 1 or not row.better:
        return None
    found = figure(row)
    return found if found and found.kind in COMPARED and found.v else None


def _key(row: TrialRow, kind: Kind, mix: Collection[Mix]) -> tuple[str, ...]:
    scale = _ANY if "measures" in mix and kind != "points" else row.scale or row.measure
    return (
        _ANY if "conditions" in mix else row.condition,
        _ANY if "comparators" in mix and row.comparator not in UNCOMPARED else row.comparator,
        _ANY if "techniques" in mix else row.technique,
        row.outcome[0],
        kind,
        scale,
    )


def _group(rows: list[TrialRow], mix: Collection[Mix], method: Method) -> Group:
    better = {row.better for row in rows}
    turned = len(better) > 1
    members = tuple(_members(rows, turned=turned))
    refused = _refused(rows, members, mix)
    result, influence = (refused, None) if refused else _together(members, method)
    first = rows[0]
    found = figure(first)
    assert found is not None and first.better != ""
    return Group(
        conditions=_all(row.condition for row in rows),
        comparators=_all(row.comparator for row in rows),
        techniques=_all(row.technique for row in rows),
        outcome=first.outcome[0],
        scales=_all(row.scale or row.measure for row in rows),
        kind=found.kind,
        better="higher" if turned else first.better,
        members=members,
        result=result,
        influence=influence,
    )


def _refused(rows: list[TrialRow], members: Sequence[Member], mix: Collection[Mix]) -> Refused | None:
    if "comparators" not in mix and rows[0].comparator == "unstated":
        return Refused("what the control was given is not described, so nothing can be compared with it")
    if rows[0].comparator in UNCOMPARED:
        return Refused("there was no comparison group that could be read")
    if (count := len(members)) < LEAST:
        once = "; its outcomes count once" if count == 1 and len(rows) > 1 else ""
        return Refused(
            f"{count} {'trial' if count == 1 else 'trials'}{once}, and pooling needs three that are comparable"
        )
    return None


def _members(rows: list[TrialRow], *, turned: bool) -> Iterable[Member]:
    """Each trial once: the mean of its outcomes, with the mean of their standard errors."""
    of_trial: dict[str, list[tuple[TrialRow, Figure]]] = {}
    exact = len({row.trial for row in rows}) >= LEAST
    for row in rows:
        if found := figure(row, exact=exact):
            of_trial.setdefault(row.trial, []).append((row, found))
    for trial, several in of_trial.items():
        ys = [-one.y if turned and row.better == "lower" else one.y for row, one in several]
        roots = [(one.v or 0.0) ** 0.5 for _, one in several]
        yield Member(
            trial, several[0][0].name, sum(ys) / len(ys), (sum(roots) / len(roots)) ** 2, outcomes=len(several)
        )


def _together(members: Sequence[Member], method: Method) -> tuple[Pooled, Influence]:
    from afferent.outcomes.meta import random_effects
    from afferent.outcomes.meta.influence import egger, leave_one_out, trim_and_fill

    y, v = [one.y for one in members], [one.v for one in members]
    without = leave_one_out(y, v, method=method).estimate.tolist()
    low, high = min(range(len(y)), key=without.__getitem__), max(range(len(y)), key=without.__getitem__)
    filled = trim_and_fill(y, v, method=method, test="adhoc")
    influence = Influence(
        low=without[low],
        high=without[high],
        without_low=members[low].name,
        without_high=members[high].name,
        missing=filled.missing,
        filled=filled.pooled.estimate,
        lean_p=egger(y, v).p if len(y) >= TESTED else None,
    )
    return random_effects(y, v, method=method), influence


def _all(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
