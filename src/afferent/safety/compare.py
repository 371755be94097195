"""What changed between two screenings of one person, and which rules did it. Data only; `words.changes` says it.

Compared are the effective limits (what is known, and what open questions hold back), leaf by leaf: what a therapist may
do. The order of the two matters: `before`, then `after`.
"""

from __future__ import annotations

from msgspec import Struct

from afferent.body.regions import AREA, LEAVES
from afferent.safety.screening import RegionLimit, RuleResult, Screening

WARMTH = ("heat", "cold")


class Step(Struct, frozen=True):
    """Places whose limit moved the same way. `None` stands for "left alone"; levels are Walton 0–5.

    `because`: rules that hold there now and did not before (tighter), or held before and no longer do (looser).
    """

    area: int
    before: int | None
    after: int | None
    because: tuple[str, ...]

    @property
    def tighter(self) -> bool:
        return (-1 if self.after is None else self.after) < (-1 if self.before is None else self.before)


class Warmth(Struct, frozen=True):
    """Places opened or closed for heat or cold."""

    kind: str
    opened: int
    closed: int


class Comparison(Struct, frozen=True):
    """All that changed. `came`: rules that fire now and did not; `went`: the other way round; `resolved`: no longer
    possible. `asked`, `answered`: critical questions that opened and closed."""

    before: Screening
    after: Screening
    steps: tuple[Step, ...]
    warmth: tuple[Warmth, ...]
    came: tuple[RuleResult, ...]
    went: tuple[RuleResult, ...]
    resolved: tuple[RuleResult, ...]
    asked: tuple[str, ...]
    answered: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Nothing changed that anybody would do otherwise."""
        return not (self.steps or self.warmth or self.came or self.went or self.resolved or self.headline_moved)

    @property
    def headline_moved(self) -> bool:
        first, last = self.before, self.after
        return (first.decision, first.urgency, first.ask_first, first.session.minutes) != (
            last.decision, last.urgency, last.ask_first, last.session.minutes,
        )  # fmt: skip


def compare(before: Screening, after: Screening) -> Comparison:
    """What is otherwise in `after`. Both must be of the same person."""
    first, last = _fired(before), _fired(after)
    possible = {rule.id for rule in before.rules if rule.state == "possible"}
    known = {rule.id for rule in after.rules}
    return Comparison(
        before=before,
        after=after,
        steps=_steps(before, after),
        warmth=tuple(one for kind in WARMTH if (one := _warmth(kind, before, after)) is not None),
        came=tuple(rule for name, rule in last.items() if name not in first),
        went=tuple(rule for name, rule in first.items() if name not in last),
        resolved=tuple(rule for rule in before.rules if rule.id in possible and rule.id not in known),
        asked=_new(before, after),
        answered=_new(after, before),
    )


def _fired(screening: Screening) -> dict[str, RuleResult]:
    return {rule.id: rule for rule in screening.rules if rule.state == "fired"}


def _new(before: Screening, after: Screening) -> tuple[str, ...]:
    """Critical questions open in the second and not in the first."""
    open_before = {question.fact for question in before.questions if question.critical}
    return tuple(q.fact for q in after.questions if q.critical and q.fact not in open_before)


def _by_leaf(screening: Screening) -> dict[str, RegionLimit]:
    """The effective limit of every leaf that has one. A screening names large regions; each stands for its leaves."""
    return {
        leaf: limit
        for region, limit in screening.effective.items()
        for leaf in LEAVES
        if AREA[leaf] & AREA[region] == AREA[leaf]
    }


def _steps(before: Screening, after: Screening) -> tuple[Step, ...]:
    groups: dict[tuple[int | None, int | None, tuple[str, ...]], int] = {}
    was, now = _by_leaf(before), _by_leaf(after)
    for leaf in LEAVES:
        first, last = was.get(leaf), now.get(leaf)
        old, new = _level(first), _level(last)
        if old == new:
            continue
        tighter = (-1 if new is None else new) < (-1 if old is None else old)
        gained, lost = (last, first) if tighter else (first, last)
        because = tuple(name for name in _because(gained) if name not in _because(lost)) or _because(gained)
        groups[old, new, because] = groups.get((old, new, because), 0) | AREA[leaf]
    found = [Step(area, old, new, because) for (old, new, because), area in groups.items()]
    return tuple(sorted(found, key=lambda one: (not one.tighter, -1 if one.after is None else one.after, one.area)))


def _level(limit: RegionLimit | None) -> int | None:
    """The level that may be worked with; None where it is left alone. No limit at all is 5."""
    return 5 if limit is None else None if limit.excluded else limit.pressure


def _because(limit: RegionLimit | None) -> tuple[str, ...]:
    return limit.because if limit else ()


def _warmth(kind: str, before: Screening, after: Screening) -> Warmth | None:
    opened = closed = 0
    was, now = _by_leaf(before), _by_leaf(after)
    for leaf in LEAVES:
        old, new = _open(was.get(leaf), kind), _open(now.get(leaf), kind)
        opened |= AREA[leaf] if new and not old else 0
        closed |= AREA[leaf] if old and not new else 0
    return Warmth(kind, opened, closed) if opened or closed else None


def _open(limit: RegionLimit | None, kind: str) -> bool:
    return limit is None or getattr(limit, kind) is not False
