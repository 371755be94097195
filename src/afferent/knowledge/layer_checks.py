"""What every layer of the neuropathy map must satisfy: it asks, it states a finding of its own, and it can be drawn.

Ask here: `faults`. Nothing here reads a file or raises; `checks` does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afferent.body.colours import LIGHT
from afferent.body.limit_classes import FINDING
from afferent.body.regions import AREA
from afferent.knowledge.model import Fact, Layer


def faults(layers: Mapping[str, Layer], facts: Mapping[str, Fact]) -> Iterator[str]:
    """One sentence for each fault of the layers."""
    stated: dict[str, str] = {}
    for layer in layers.values():
        yield from (f"{layer.id}: {fault}" for fault in _layer(layer, facts))
        if layer.fact in stated:
            yield f"{layer.id}: states {layer.fact!r}, as {stated[layer.fact]} does"
        stated[layer.fact] = layer.id


def _layer(layer: Layer, facts: Mapping[str, Fact]) -> Iterator[str]:
    for field in ("title", "ask"):
        if not getattr(layer, field).strip():
            yield f"has no `{field}`"
    fact = facts.get(layer.fact)
    if fact is None or fact.kind != "finding" or fact.worse != "yes":
        yield f"{layer.fact!r} is no finding that is worse when it is there"
    elif fact.part or fact.within:
        yield f"{layer.fact!r} is a finding of one part only; a map marks any place"
    if layer.pattern not in FINDING:
        yield f"there is no pattern {layer.pattern!r}; there are {', '.join(FINDING)}"
    if layer.colour not in LIGHT:
        yield f"there is no colour {layer.colour!r}"
    beside = layer.one_sided
    for place in beside.where if beside else ():
        if ".S" not in place or place.replace(".S", ".left") not in AREA:
            yield f"one_sided names {place!r}, which is no region of a side; write one like leg.S.back"
    for name in (*layer.asks, *(beside.asks if beside else ())):
        asked = facts.get(name)
        if asked is None or not asked.ask or asked.worse != "yes":
            yield f"asks {name!r}, which is no question about something that is worse when it is so"
