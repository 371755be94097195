"""What every foot test must satisfy: it can be looked up, states a fact that exists, and has its places on the body.

Ask here: `faults`. Nothing here reads a file or raises; `checks` does that.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from afferent.body import areas
from afferent.knowledge.foot_tests import FootTest
from afferent.knowledge.model import Fact


def faults(test: FootTest, facts: Mapping[str, Fact], sources: Container[str]) -> Iterator[str]:
    """One sentence for each fault of a foot test."""
    for field in ("title", "says"):
        if not getattr(test, field).strip():
            yield f"has no `{field}`"
    if not test.sources and test.strength != "N":
        yield "has no source; without one its strength is N"
    if test.strength == "N" and not test.ours.strip():
        yield "a default of ours must say so (`ours`)"
    for source in test.sources:
        if source not in sources:
            yield f"source {source!r} does not exist"
    if test.fact:
        yield from _asked(test, facts)
    for name, place in test.places.items():
        if not place.words.strip():
            yield f"place {name!r} has no words"
        if any(place.region.replace(".S.", f".{side}.") not in areas.PLACES for side in ("left", "right")):
            yield f"place {name!r}: region {place.region!r} does not exist"


def _asked(test: FootTest, facts: Mapping[str, Fact]) -> Iterator[str]:
    """A test that states something says where and how, and its threshold can be reached."""
    fact = facts.get(test.fact)
    if fact is None or fact.kind not in ("finding", "number"):
        yield f"fact {test.fact!r} is no finding and no number"
    if not test.places or not test.how.strip():
        yield "does not say where (`places`) and how (`how`)"
    if test.threshold <= 0 or (test.of and test.threshold > test.of):
        yield f"threshold {test.threshold:g} cannot be right"
    if fact is not None and fact.kind == "number" and (test.lowest is None or test.highest is None):
        yield "a measured number needs `lowest` and `highest`"
