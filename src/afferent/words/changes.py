"""What changed between two screenings, in sentences: what moved, and the rule that moved it.

Ask here: `changes(comparison, knowledge)`: the lines, the tighter ones first; `none_changed` when there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.safety.compare import Comparison, Step
from afferent.words.headline import headline
from afferent.words.places import title
from afferent.words.vocabulary import at_most, counted, listed, lower_first

NONE_CHANGED: Final = "Nothing changed in what may be done."
_WARMTH: Final = {"heat": "warmth", "cold": "cold"}
_REASONS: Final = 2


class Line(Struct, frozen=True):
    """One change. `direction`: tighter, looser, or same (a word, not a limit)."""

    direction: str
    text: str
    because: str = ""


def changes(comparison: Comparison, knowledge: Knowledge) -> tuple[Line, ...]:
    """All changes, the decision first, then what is tighter, then what is looser."""
    lines = [*_decision(comparison), *(_step(one, knowledge) for one in comparison.steps), *_warmth(comparison)]
    order = {"decision": 0, "tighter": 1, "looser": 2, "same": 3}
    return tuple(sorted([*lines, *_rules(comparison)], key=lambda line: order[line.direction]))


def _decision(found: Comparison) -> Iterator[Line]:
    if found.headline_moved and headline(found.before) != headline(found.after):
        yield Line("decision", headline(found.after), f"before: {headline(found.before)}")
    old, new = found.before.session.minutes, found.after.session.minutes
    if old != new:
        yield Line("tighter" if new < old else "looser", f"The visit: at most {new} minutes, before {old}.")


def _step(step: Step, knowledge: Knowledge) -> Line:
    names = [lower_first(knowledge.rules[name].title) for name in step.because if name in knowledge.rules]
    more = f", and {counted(len(names) - _REASONS, 'more reason')}" if len(names) > _REASONS else ""
    lead = "because of" if step.tighter else "no longer held by"
    because = f"{lead} {listed(names[:_REASONS])}{more}" if names else ""
    text = f"{title(step.area)}: {_level(step.after)}, before {_level(step.before)}."
    return Line("tighter" if step.tighter else "looser", text, because)


def _level(level: int | None) -> str:
    return "not today" if level is None else "no limit" if level == 5 else at_most(level)


def _warmth(found: Comparison) -> Iterator[Line]:
    for one in found.warmth:
        if one.closed:
            yield Line("tighter", f"No {_WARMTH[one.kind]} any more: {lower_first(title(one.closed))}.")
        if one.opened:
            yield Line("looser", f"Open for {_WARMTH[one.kind]}, within its ceiling: {lower_first(title(one.opened))}.")


def _rules(found: Comparison) -> Iterator[Line]:
    """Rules that came or went and moved no limit of their own: still worth a line."""
    told = {name for step in found.steps for name in step.because}
    for rule in found.came:
        if rule.id not in told and not rule.id.startswith("DATA-"):
            yield Line("same", f"Holds now: {lower_first(rule.title)}.")
    for rule in found.went:
        if rule.id not in told and not rule.id.startswith("DATA-"):
            yield Line("same", f"No longer holds: {lower_first(rule.title)}.")
    if found.resolved:
        names = listed(lower_first(rule.title) for rule in found.resolved[:3])
        more = f" and {counted(len(found.resolved) - 3, 'more')}" if len(found.resolved) > 3 else ""
        yield Line("same", f"Asked, and not so: {names}{more}.")
