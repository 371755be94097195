"""The questions of the intake as a client reads them, out of `intake.toml`.

Ask here: `intake_form(knowledge)`. Refused, naming the key: a fact asked twice or nowhere without a reason, a screen or
place that does not exist, a condition that does not parse. It decides nothing, and words of the rules are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.body.regions import SIDES
from afferent.errors import KnowledgeError
from afferent.knowledge.expression import Node, facts_of, parse
from afferent.knowledge.loader import FOLDER, Knowledge, read_toml

LINES: Final = "medicine_names"  # the one screen of `health` that is neither a list nor about a fact
LUNG: Final = "lung"


class Ask(Struct, frozen=True, forbid_unknown_fields=True):
    """One question that is not about a fact. `label`: of the field for words."""

    ask: str
    hint: str = ""
    title: str = ""
    label: str = ""
    options: dict[str, str] = {}


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a list to tick. `then`: the question that follows when it was ticked."""

    words: str
    more: str = ""
    then: str = ""
    places: str = ""


class Screen(Struct, frozen=True, forbid_unknown_fields=True):
    """A list to tick, or one question about the fact of its name. `part`: of the way, one of `parts`."""

    id: str = ""
    part: str = "health"
    title: str = ""
    ask: str = ""
    hint: str = ""
    items: dict[str, Item] = {}
    when: str = ""
    label: str = ""
    options: dict[str, str] = {}
    places: str = ""
    yes: str = ""
    no: str = ""
    unsure: str = ""
    none: str = "None of these"
    others: str = "Only what I ticked"
    rest: str = "I am not sure about the rest"


class IntakeForm(Struct, frozen=True, eq=False):
    """All of it. `conditions`: fact -> when it is asked, parsed; absent: always."""

    parts: dict[str, str]
    help: dict[str, str]
    unsure: dict[str, str]
    ask: dict[str, Ask]
    cue: dict[str, str]
    layers: dict[str, str]
    layer: dict[str, str]
    health: dict[str, Screen]
    places: dict[str, dict[str, str]]
    not_asked: dict[str, str]
    conditions: dict[str, Node]

    def where(self, places: str) -> Iterator[tuple[str, str]]:
        """The answers to "where?": a place as `records.answers` reads it, and its words, LEFT before RIGHT."""
        for region, word in self.places[places].items():
            if region == LUNG:
                yield region, word
                continue
            first, _, rest = region.partition(".")
            for side in SIDES:
                yield f"{first}.{side}{'.' if rest else ''}{rest}", f"{side.upper()} {word}"


@cache
def intake_form(knowledge: Knowledge, folder: Path = FOLDER) -> IntakeForm:
    """Read and check the intake. Raises KnowledgeError naming the key."""
    read = read_toml(folder / "intake.toml")
    health = {name: _screen(name, entry) for name, entry in read.pop("health").items()}
    try:
        ask = msgspec.convert(read.pop("ask"), dict[str, Ask])
        form = IntakeForm(**read, ask=ask, health=health, conditions=_conditions(health, knowledge))
    except (msgspec.ValidationError, TypeError) as error:
        raise KnowledgeError(f"intake.toml: {error}") from None
    for fault in _faults(form, knowledge):
        raise KnowledgeError(f"intake.toml: {fault}")
    return form


def _screen(name: str, entry: dict[str, Any]) -> Screen:
    items = {fact: {"words": item} if isinstance(item, str) else item for fact, item in entry.get("items", {}).items()}
    try:
        return msgspec.convert({**entry, "id": name, "items": items}, Screen)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"intake.toml, {name}: {error}") from None


def _conditions(health: Mapping[str, Screen], knowledge: Knowledge) -> dict[str, Node]:
    """When each question about one fact is asked: as it says; else when critical, or a detail of what is so."""
    found: dict[str, Node] = {}
    for name, screen in health.items():
        fact = knowledge.facts.get(name)
        if fact is None or screen.items:
            continue
        text = screen.when or (fact.critical if isinstance(fact.critical, str) else "") or fact.detail_of
        if text:
            try:
                found[name] = parse(text)
            except KnowledgeError as error:
                raise KnowledgeError(f"intake.toml, {name}: {error}") from None
    return found


def _faults(form: IntakeForm, knowledge: Knowledge) -> Iterator[str]:
    asked = [layer.fact for layer in knowledge.layers.values()] + list(form.not_asked)
    for name, screen in form.health.items():
        asked += list(screen.items) if screen.items else [name] if name != LINES else []
        if screen.items and name in knowledge.facts:
            yield f"{name}: a list has the name of a fact"
        wanted = [item.places for item in screen.items.values() if item.places] + [screen.places] * bool(screen.places)
        yield from (f"{name}: there are no places {places!r}" for places in wanted if places not in form.places)
        if screen.part not in form.parts:
            yield f"{name}: there is no part {screen.part!r}"
        yield from _followed(screen, knowledge)
    real = [fact.id for fact in knowledge.facts.values() if fact.kind != "derived"]
    yield from (f"{name}: there is no such fact" for name in asked if name not in real)
    yield from (f"{name}: asked {asked.count(name)} times" for name in real if asked.count(name) != 1)
    yield from (f"layers: {name}" for name in set(form.layers) ^ set(knowledge.layers))
    for name, node in form.conditions.items():
        yield from (f"{name}: there is no fact {fact!r}" for fact in facts_of(node) if fact not in knowledge.facts)
    for name in form.places:
        yield from (f"{name}: {place!r}" for place, _ in form.where(name) if place != LUNG and place not in PLACES)


def _followed(screen: Screen, knowledge: Knowledge) -> Iterator[str]:
    """A place or a date that is ticked must be asked for; nothing else can be."""
    for name, item in screen.items.items():
        kind = knowledge.facts[name].kind if name in knowledge.facts else ""
        if kind == "finding" and not (item.then and item.places):
            yield f"{name}: is a finding; say with `then` and `places` where it may be"
        if kind == "date" and not item.then:
            yield f"{name}: is a date; say with `then` how it is asked"
        if kind == "yes_no" and (item.then or item.places):
            yield f"{name}: has neither place nor date"
