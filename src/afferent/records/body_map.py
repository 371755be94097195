"""The neuropathy map of one person: for each layer the zones that were marked, and how strong, 0 to 10.

Ask here: `body_map` from a mapping, `answered` for one layer as a form sends it, the `statements` it makes, its
`choir_keys`. A layer with zones says that finding there, "none of these" says no to it, and an open layer says nothing.
A zone marked with strength 0 is still marked. A skin problem or a swelling states only its own fact; nothing here ever
answers the questions about open skin or a swollen limb. Reading a map back in words is `map_words`'s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from afferent.body.regions import AREA, CHOIR, REGIONS, SIDES, area, cover
from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Layer
from afferent.records.map_words import layer_words
from afferent.safety.evidence import Evidence

Zones = Mapping[str, int | None]  # region -> 0 to 10, or None where nobody said

STRENGTHS: Final = range(11)
NONE, UNSURE = "none", "unsure"
_FIELDS: Final = ("zones", NONE, UNSURE)
_ORDER: Final = {region: n for n, region in enumerate(REGIONS)}


class BodyMap(Struct, frozen=True):
    """`zones`: layer -> its zones. `none`: layers answered "none of these". `unsure`: layers answered "not sure"."""

    zones: dict[str, dict[str, int | None]] = {}
    none: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    def of(self, layer: str) -> dict[str, int | None]:
        """The zones of a layer; empty where there are none."""
        return self.zones.get(layer, {})

    def area(self, layer: str) -> int:
        """The area that the zones of a layer cover together."""
        return area(self.of(layer))

    def is_answered(self, layer: str) -> bool:
        return bool(self.of(layer)) or layer in self.none


def body_map(written: Mapping[str, Any], knowledge: Knowledge) -> BodyMap:
    """A map as a record holds it: {zones: {layer: {region: number or nothing}}, none: [...], unsure: [...]}.

    Raises InputError for the first fault, naming layer and region.
    """
    if set(_mapping(written)) - set(_FIELDS):
        raise InputError("map: write {zones: {layer: {region: 0 to 10}}, none: [layer], unsure: [layer]}")
    zones = {layer: _zones(layer, marked, knowledge) for layer, marked in _mapping(written.get("zones", {})).items()}
    found = BodyMap({layer: marked for layer, marked in zones.items() if marked})
    for field in (NONE, UNSURE):
        layers = written.get(field, ())
        if not isinstance(layers, list | tuple):
            raise InputError(f"map: write {field} as a list of layers, not {_brief(layers)}")
        named = dict.fromkeys(_layer(layer, knowledge) for layer in layers)
        found = replace(found, **{field: tuple(named)})
    for layer in found.none:
        if found.of(layer) or layer in found.unsure:
            raise InputError(f"map, {layer}: {_BOTH}")
    return found


_BOTH: Final = 'there is another answer beside "none of these"; take one of them away'


def answered(
    before: BodyMap, layer: str, zones: Iterable[str], strengths: Mapping[str, str], answer: str, knowledge: Knowledge
) -> BodyMap:
    """The map with one layer answered anew, as a form sends it. Raises InputError; the other layers stay.

    `strengths`: region -> the number chosen; one for a zone that is not marked is left out. `answer`: "none", "unsure"
    or nothing. With zones, "not sure" gives way: what was marked counts.
    """
    _layer(layer, knowledge)
    numbers = {zone: strengths.get(zone) or None for zone in zones}
    marked = _zones(layer, {zone: _written(number) for zone, number in numbers.items()}, knowledge)
    if answer not in ("", NONE, UNSURE):
        raise InputError(f"map, {layer}: answer none, unsure or nothing, not {_brief(answer)}")
    if marked and answer == NONE:
        raise InputError(f"map, {layer}: {_BOTH}")
    others = {name: held for name, held in before.zones.items() if name != layer}
    return BodyMap(
        zones=others | ({layer: marked} if marked else {}),
        none=_with(before.none, layer, told=answer == NONE),
        unsure=_with(before.unsure, layer, told=answer == UNSURE and not marked),
    )


def statements(
    found: BodyMap, knowledge: Knowledge, as_of: dt.date, origin: str = "answer", said: str = ""
) -> tuple[Evidence, ...]:
    """What the map says of the facts. Marked zones: that finding there. "None of these": no. Open: nothing."""
    told: list[Evidence] = []
    for layer in knowledge.layers.values():
        words = said or layer_words(found, layer)
        if zones := found.of(layer.id):
            told.append(Evidence(layer.fact, cover(area(zones)), as_of, origin, words))
        elif layer.id in found.none:
            told.append(Evidence(layer.fact, False, as_of, origin, words))
    return tuple(told)


def raised(found: BodyMap, knowledge: Knowledge, as_of: dt.date, origin: str = "answer") -> tuple[Evidence, ...]:
    """The questions that marks open for the therapist: a skin problem asks about open skin, and one calf that is tight
    about a clot. Never an answer."""
    return tuple(
        Evidence(fact, None, as_of, origin, f"marked on the map: {layer_words(found, layer)}")
        for layer in knowledge.layers.values()
        if found.of(layer.id)
        for fact in _asks(layer, found)
    )


def _asks(layer: Layer, found: BodyMap) -> tuple[str, ...]:
    beside = layer.one_sided
    if beside is None:
        return layer.asks
    sides = [area(place.replace(".S", f".{side}") for place in beside.where) for side in SIDES]
    alone = sum(1 for side in sides if side & found.area(layer.id)) == 1
    return (*layer.asks, *beside.asks) if alone else layer.asks


def choir_keys(found: BodyMap, layer: str) -> str:
    """The CHOIR keys of every region that a layer touches, for exchange: "f36,b37". A toe counts as its sole."""
    bits = found.area(layer)
    return ",".join(sorted(key for region, key in CHOIR.items() if AREA[region] & bits))


def _zones(layer: str, marked: Any, knowledge: Knowledge) -> dict[str, int | None]:
    _layer(layer, knowledge)
    if not isinstance(marked, Mapping):
        raise InputError(f"map, {layer}: write {{region: 0 to 10}}, not {_brief(marked)}")
    read = {_region(layer, region): _strength(layer, region, number) for region, number in marked.items()}
    return {region: read[region] for region in sorted(read, key=_ORDER.__getitem__)}


def _mapping(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise InputError(f"map: write zones as {{layer: {{region: 0 to 10}}}}, not {_brief(value)}")


def _layer(layer: Any, knowledge: Knowledge) -> str:
    if isinstance(layer, str) and layer in knowledge.layers:
        return layer
    raise InputError(f"map: there is no layer {_brief(layer)}{_near(layer, knowledge.layers)}")


def _region(layer: str, region: Any) -> str:
    if isinstance(region, str) and region in AREA:
        return region
    raise InputError(f"map, {layer}: there is no region {_brief(region)}{_near(region, REGIONS)}")


def _strength(layer: str, region: str, number: Any) -> int | None:
    if number is None or (type(number) is int and number in STRENGTHS):
        return number
    raise InputError(f"map, {layer}, {region}: write a whole number from 0 to 10, not {_brief(number)}")


def _written(number: str | None) -> Any:
    """A number as a form sends it; anything else stays what it is and is refused."""
    return next((one for one in STRENGTHS if str(one) == number), number)


def _with(layers: tuple[str, ...], layer: str, *, told: bool) -> tuple[str, ...]:
    return (*(one for one in layers if one != layer), *([layer] if told else []))


def _near(word: Any, names: Iterable[str]) -> str:
    listed = list(names)
    near = get_close_matches(str(word)[:80], listed, 3)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; there are {', '.join(listed)}" if len(listed) < 20 else ""


def _brief(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
