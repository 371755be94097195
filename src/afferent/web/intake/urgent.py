"""Do the answers mean "get help now"? By the rules themselves: an effect of urgency emergency that holds.

Only that is ever said to a client, in the words of `knowledge/intake.toml`; no rule, limit or decision is.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from afferent.knowledge import Knowledge
from afferent.safety.logic import Test, View, test
from afferent.safety.person import resolve
from afferent.web.intake.path import Step, stated
from afferent.web.intake.so_far import SoFar


class _Alarm(NamedTuple):
    """A rule, and an effect of it, that call for help now."""

    name: str
    tests: tuple[Test, ...]


def urgent(so_far: SoFar, steps: tuple[Step, ...]) -> frozenset[str]:
    """The rules by which help is needed now, by these answers. Where nothing is worked out for one client: none."""
    if not so_far.decides:
        return frozenset()
    person = resolve(stated(steps, so_far), so_far.knowledge, so_far.today)
    view = View(person.values, person.places)
    return frozenset(alarm.name for alarm in _alarms(so_far.knowledge) if all(one(view) is True for one in alarm.tests))


@cache
def _alarms(knowledge: Knowledge) -> tuple[_Alarm, ...]:
    return tuple(
        _Alarm(rule.id, tuple(test(text, knowledge) for text in (rule.when, effect.when) if text))
        for rule in knowledge.rules.values()
        for effect in rule.effects
        if effect.urgency == "emergency"
    )
