"""Proof that a rule is monotone: a further hazard can never un-fire it.

Every fact declares which direction is worse. Walking an expression, each place where a fact stands is either
positive (worse makes it truer) or negative. The proof is by structure: no sampling, no exceptions but the two
declared ones (`informs` rules restrict nothing; `ignorance` rules may ask `missing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afferent.knowledge.expression import And, At, Cleared, Compare, Everywhere, Is, Missing, Node, Not, Or
from afferent.knowledge.model import Fact


def faults(node: Node, facts: Mapping[str, Fact], meanings: Mapping[str, Node], ignorance: bool) -> Iterator[str]:
    """Every reason why the expression is not monotone, in words; nothing when it is proven.

    `meanings` holds the expressions of derived facts, which are walked through.
    """
    yield from _walk(node, True, facts, meanings, ignorance)


def _walk(
    node: Node, positive: bool, facts: Mapping[str, Fact], meanings: Mapping[str, Node], ignorance: bool
) -> Iterator[str]:
    match node:
        case Not(inner):
            yield from _walk(inner, not positive, facts, meanings, ignorance)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _walk(part, positive, facts, meanings, ignorance)
        case Is(name) if facts[name].kind == "derived":
            yield from _walk(meanings[name], positive, facts, meanings, ignorance)
        case Is(name) | At(name, _) | Everywhere(name):
            if (facts[name].worse == "no") == positive:
                yield _hazard(name, positive)
        case Cleared(rule):
            if positive:
                yield f"cleared({rule!r}) would tighten where it must only loosen"
        case Missing(name):
            if not ignorance:
                yield f"missing({name}) needs `ignorance = true` on the rule"
            elif not positive:
                yield f"not missing({name}) would let an unknown pass for known"
        case Compare():
            yield from _comparison(node, positive, facts[node.fact])


def _hazard(name: str, positive: bool) -> str:
    if positive:
        return f"{name} is protective (worse = 'no') and stands where a hazard must"
    return f"`not` stands before the hazard {name}"


def _comparison(node: Compare, positive: bool, fact: Fact) -> Iterator[str]:
    if node.operator == "==":
        if not positive:
            yield f"`not` stands before the choice {node.fact}"
        return
    upward = (node.operator in (">", ">=")) == positive
    match fact.worse:
        case "high" if not upward:
            yield f"{node.fact} is worse when high, but a higher value would un-fire `{node.operator} {node.value}`"
        case "low" if upward:
            yield f"{node.fact} is worse when low, but a lower value would un-fire `{node.operator} {node.value}`"
        case "recent" if upward:
            yield f"{node.fact} is worse when recent, but a more recent date would un-fire this"
        case "apart":
            beyond = node.value >= (fact.middle or 0) if upward else node.value <= (fact.middle or 0)  # type: ignore[operator]
            if not beyond:
                yield f"{node.fact} is worse away from {fact.middle}; {node.operator} {node.value} crosses it"
        case _:
            pass
