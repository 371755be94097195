"""The way through the intake: which questions, in which order, for what was answered so far.

Ask here: `path`. The order of the health questions and their words stand in `knowledge/intake.toml`; a question about a
detail joins the way once its condition holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from afferent.knowledge.intake import LINES, Screen
from afferent.knowledge.model import Fact
from afferent.records.body_map import BodyMap
from afferent.records.map_words import places
from afferent.safety.evidence import Evidence
from afferent.safety.logic import View, of_node
from afferent.safety.person import Person, resolve
from afferent.web.intake import marked
from afferent.web.intake.kinds import Question
from afferent.web.intake.kinds.agree import Agree
from afferent.web.intake.kinds.checklist import Checklist
from afferent.web.intake.kinds.choose import Choose
from afferent.web.intake.kinds.heights import HowFarUp
from afferent.web.intake.kinds.layers import YES, Mark, sided
from afferent.web.intake.kinds.number import Number
from afferent.web.intake.kinds.place import Where
from afferent.web.intake.kinds.tick import Tick
from afferent.web.intake.kinds.when import When
from afferent.web.intake.kinds.words import Words
from afferent.web.intake.so_far import SoFar


class Step(Struct, frozen=True):
    """One screen: its name in the address, the part it belongs to, its question."""

    id: str
    part: str
    question: Question


FIRST: Final = "first"  # the part with what calls for help now


def path(so_far: SoFar) -> tuple[Step, ...]:
    """Every screen of this client, in order. Details join until no further one does."""
    who = list(_who(so_far))
    always = [*_you(so_far), *_heights(so_far), *_layers(so_far)]
    facts: frozenset[str] = frozenset()
    while True:
        health = list(_health(so_far, facts))
        joined = facts | _due(resolve(stated([*always, *health], so_far), so_far.knowledge, so_far.today), so_far)
        if joined == facts:
            first = [step for step in health if step.part == FIRST]
            rest = [step for step in health if step.part != FIRST]
            return (*who, *first, *always, *rest, *_last(so_far))
        facts = joined


def stated(steps: list[Step] | tuple[Step, ...], so_far: SoFar) -> list[Evidence]:
    """What the answers to these steps state, but for medicines."""
    found: list[Evidence] = []
    for step in steps:
        if step.id in so_far.answers:
            found += step.question.states(so_far.given(step.id), so_far.told(step.id), so_far)
    for layer in so_far.knowledge.layers:
        told = [so_far.told(step) for step in _tells(layer) if step in so_far.answers]
        if told:
            found += marked.states(layer, min(told, key=lambda one: one.day), so_far)
    return found


def _tells(layer: str) -> list[str]:
    steps = [f"layer-{layer}", f"map-{layer}"]
    return [*steps, *marked.LIMB_STEPS] if layer == marked.NUMB else steps


def _due(person: Person, so_far: SoFar) -> frozenset[str]:
    """Facts whose condition holds for what is known so far."""
    view, found = View(person.values, person.places), set()
    for fact, condition in so_far.form.conditions.items():
        if of_node(condition, so_far.knowledge)(view) is True:
            found.add(fact)
    return frozenset(found)


def _who(so_far: SoFar) -> Iterator[Step]:
    who, name = so_far.form.ask["who"], so_far.form.ask["helper"]
    yield Step("who", FIRST, Choose(who.ask, who.options, who.hint, who.title))
    if so_far.helped:
        yield Step("helper", FIRST, Words(name.ask, name.label, name.hint, name.title))


def _you(so_far: SoFar) -> Iterator[Step]:
    ask, unsure = so_far.form.ask, so_far.form.unsure["says"]
    aims = ask["aims"]
    yield Step("aims", "you", Tick(aims.ask, aims.options, aims.hint, aims.title, unsure))
    oils = ask["allergies"]
    yield Step("allergies", "you", Choose(oils.ask, oils.options, oils.hint, oils.title, unsure, label=oils.label))


def _heights(so_far: SoFar) -> Iterator[Step]:
    for step, (limb, side) in marked.LIMB_STEPS.items():
        words = so_far.form.ask[limb]
        hint = words.hint.format(SIDE=side.upper())
        yield Step(step, "height", HowFarUp(limb, side, words.ask, hint, so_far.form.cue[side]))


def _layers(so_far: SoFar) -> Iterator[Step]:
    words, unsure = so_far.form.layer, so_far.form.unsure["says"]
    for layer in so_far.knowledge.layers.values():
        ask, hint, none = so_far.form.layers[layer.id], "", words["none"]
        before = marked.by_height(so_far) if layer.id == marked.NUMB else BodyMap()
        if before.zones:
            ask, none = words["more"], words["none_more"]
            hint = words["more_hint"].format(places=sided(places(before.area(layer.id))))
        options = {YES: words["yes"], "none": none}
        yield Step(f"layer-{layer.id}", "map", Choose(ask, options, hint, layer.title, unsure, leads=YES))
        if so_far.given(f"layer-{layer.id}") == YES:
            yield Step(f"map-{layer.id}", "map", Mark(layer, before, words["mark_hint"]))


def _health(so_far: SoFar, due: frozenset[str]) -> Iterator[Step]:
    for name, screen in so_far.form.health.items():
        if screen.items:
            hint = so_far.form.help["before"] if name == "today" else screen.hint
            yield Step(name, screen.part, Checklist(screen, hint))
            given = so_far.given(name) or {"yes": []}
            for fact in given["yes"]:
                yield from _followed(so_far.knowledge.facts[fact], screen, so_far)
        elif name == LINES:
            ask = so_far.form.ask[LINES]
            none, unsure = ask.options["none"], so_far.form.unsure["says"]
            yield Step(name, screen.part, Words(ask.ask, ask.label, ask.hint, ask.title, none, unsure, lines=6))
        elif name in due or name not in so_far.form.conditions:
            yield Step(name, screen.part, _about(so_far.knowledge.facts[name], screen, so_far))


def _followed(fact: Fact, screen: Screen, so_far: SoFar) -> Iterator[Step]:
    """Where, or when, after a line was ticked."""
    item, unsure = screen.items[fact.id], so_far.form.unsure["says"]
    if fact.kind == "finding":
        where = tuple(so_far.form.where(item.places))
        yield Step(fact.id, screen.part, Where(fact.id, item.then, item.words, where, unsure, listed=True))
    elif fact.kind == "date":
        yield Step(fact.id, screen.part, When(fact.id, item.then, item.words, unsure, listed=True))


def _about(fact: Fact, screen: Screen, so_far: SoFar) -> Question:
    """One question about one fact."""
    unsure = screen.unsure or so_far.form.unsure["says"]
    match fact.kind:
        case "finding":
            where = tuple(so_far.form.where(screen.places))
            return Where(fact.id, screen.ask, screen.title, where, unsure, no=screen.no)
        case "date":
            return When(fact.id, screen.ask, screen.title, unsure, no=screen.no)
        case "number":
            return Number(
                fact.id, fact.unit, screen.ask, screen.title, unsure, screen.label or "The number", screen.hint,
                fact.plain,
            )  # fmt: skip
        case "choice":
            return Choose(screen.ask, screen.options, screen.hint, screen.title, unsure, fact.id)
        case _:
            options = {"yes": screen.yes or "Yes", "no": screen.no or "No"}
            return Choose(screen.ask, options, screen.hint, screen.title, unsure, fact.id)


def _last(so_far: SoFar) -> Iterator[Step]:
    word = so_far.form.ask["word"]
    none = word.options["none"]
    yield Step("word", "last", Words(word.ask, word.label, word.hint, word.title, none, lines=4))
    for consent in so_far.consents.values():
        yield Step(f"agree-{consent.id}", "last", Agree(consent))
