"""Expressions on one person: Kleene's three values, plain enough to be obviously right.

This is the reference to which every other engine (SQL) is held equal. An expression becomes a small function once
(`test`), and is then asked of many people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from afferent.body import areas
from afferent.body.regions import WHOLE
from afferent.errors import KnowledgeError
from afferent.knowledge import Knowledge
from afferent.knowledge.expression import And, At, Cleared, Compare, Everywhere, Is, Missing, Node, Not, Or

Known: TypeAlias = bool | float | str
Truth: TypeAlias = bool | None


class View(NamedTuple):
    """What an expression looks at: values by fact (absent is unknown) and the places of findings."""

    values: Mapping[str, Known]
    places: Mapping[str, tuple[int, ...]]


Test: TypeAlias = Callable[[View], Truth]


@cache
def test(text: str, knowledge: Knowledge) -> Test:
    """The expression as a function of a person: True, False, or None where it is unknown."""
    return _build(knowledge.meanings[text], knowledge)


def of_node(node: Node, knowledge: Knowledge) -> Test:
    """A piece of an expression as a function of a person."""
    return _build(node, knowledge)


def _build(node: Node, knowledge: Knowledge) -> Test:
    match node:
        case Is(name):
            fact = knowledge.facts[name]
            if fact.kind == "derived":
                return test(fact.definition, knowledge)
            return lambda view: view[0].get(name)  # type: ignore[return-value]
        case And(parts):
            return _all(tuple(_build(part, knowledge) for part in parts))
        case Or(parts):
            return _any(tuple(_build(part, knowledge) for part in parts))
        case Not(inner):
            return _not(_build(inner, knowledge))
        case Compare():
            return _compare(node, knowledge.facts[node.fact].worse)
        case At(name, part):
            return _at(name, areas.part(part))
        case Everywhere(name):
            return _everywhere(name)
        case Missing(name):
            return lambda view: name not in view.values
        case Cleared(rule):
            key = cleared_key(rule)
            return lambda view: key in view.values
    raise KnowledgeError(f"{node!r} has no meaning")


def _all(parts: tuple[Test, ...]) -> Test:
    """Kleene's conjunction: one False decides, otherwise one unknown leaves it unknown."""

    def ask(view: View) -> Truth:
        result: Truth = True
        for part in parts:
            value = part(view)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return ask


def _any(parts: tuple[Test, ...]) -> Test:
    """Kleene's disjunction: one True decides, otherwise one unknown leaves it unknown."""

    def ask(view: View) -> Truth:
        result: Truth = False
        for part in parts:
            value = part(view)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return ask


def _not(inner: Test) -> Test:
    def ask(view: View) -> Truth:
        value = inner(view)
        return None if value is None else not value

    return ask


_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__,
}  # fmt: skip


TOWARDS_WORSE: dict[str, tuple[str, ...]] = {"low": ("<", "<="), "high": (">", ">=")}


def _compare(node: Compare, worse: str) -> Test:
    """A number that a hazard has made too old holds where it is bad enough, and says nothing where it is not."""
    name, operator, right = node.fact, node.operator, node.value
    if operator == "==":
        return lambda view: None if (value := view[0].get(name)) is None else value == right
    holds, bound, last = _COMPARISONS[operator], float(right), last_key(name)
    if operator not in TOWARDS_WORSE.get(worse, ()):
        return lambda view: None if (value := view[0].get(name)) is None else holds(float(value), bound)

    def ask(view: View) -> Truth:
        if (known := view[0].get(last)) is not None and holds(float(known), bound):
            return True
        value = view[0].get(name)
        return None if value is None else holds(float(value), bound)

    return ask


def _at(name: str, area: int) -> Test:
    def ask(view: View) -> Truth:
        value, places = view.values.get(name), view.places.get(name, ())
        if value is None or (value and not places):
            return None  # nothing said, or found somewhere unknown
        if any(place & area for place in places):
            return True
        return None if 0 in places else False  # 0: and somewhere else, nobody said where

    return ask


def _everywhere(name: str) -> Test:
    def ask(view: View) -> Truth:
        value = view.values.get(name)
        if not value:
            return value  # type: ignore[return-value]
        covered = 0
        for place in view.places.get(name, ()):
            covered |= place
        return True if covered == WHOLE else None

    return ask


def last_key(fact: str) -> str:
    """The name under which a number that a hazard alone has made too old stands among a person's values."""
    return "last:" + fact


def cleared_key(rule: str) -> str:
    """The name under which a valid clearance for a rule stands among a person's values."""
    return "cleared:" + rule
