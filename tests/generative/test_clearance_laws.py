"""The laws of a physician's answer, on the real knowledge, from any facts and any answer.

No limit ends looser than the most that its line names; no hard stop moves; what nobody verified loosens nothing
anywhere; and a verified answer opens no further than the rules let a clinician open.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from afferent.body.areas import PLACES
from afferent.body.regions import AREA, LEAVES
from afferent.errors import InputError
from afferent.knowledge import load
from afferent.knowledge.model import Fact
from afferent.knowledge.physician import openable
from afferent.records.intake import Intake
from afferent.records.letters.answer import Answer, ItemAnswer, Reading, opening, read
from afferent.records.letters.counted import no_looser, with_unverified
from afferent.records.letters.request import Request
from afferent.safety import Evidence, Person, resolve, screen
from afferent.safety.screen import _area, find
from tests.generative.people import AS_OF, NEVER, numbers, value
from tests.unit.records.letters_made import request_of

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
FACTS = [f for f in KNOWLEDGE.facts.values() if f.kind != "derived" and f.id not in ("unsettled", "answers_conflict")]
OPENABLE = [rule for rule in KNOWLEDGE.rules.values() if openable(rule)]
HAZARDS = sorted({name for rule in OPENABLE for name in KNOWLEDGE.inputs(rule.when) if name in {f.id for f in FACTS}})
STOPS = [rule.id for rule in KNOWLEDGE.rules.values() if rule.hard_stop and not rule.until]
seeds = st.integers(0, 2**48)
SOME = settings(max_examples=min(3000, settings().max_examples // 2))


def stated(fact: Fact, rng: random.Random, hazard: float) -> Evidence:
    said: Any = value(fact, rng, NEAR, hazard)
    kind = rng.choice(("answer", "answer", "code", "lab" if fact.kind == "number" else "answer"))
    if fact.kind == "date":
        said = False if said >= NEVER else AS_OF - dt.timedelta(days=int(said))
    elif fact.kind == "finding" and said and rng.random() < 0.8:
        sides = ("left", "right") if fact.part else tuple(PLACES)
        said = tuple(rng.sample(sides, 1)) if fact.part else tuple(rng.sample(sides, rng.randint(1, 2)))
    return Evidence(fact.id, said, AS_OF - dt.timedelta(days=rng.choice((0, 0, 0, 5, 40))), "answer", kind=kind)


def somebody(rng: random.Random) -> Intake:
    """Known about a share of the facts, with some hazards that a clinician can open."""
    share, hazard = rng.choice((0.2, 0.6, 0.95)), rng.choice((0.02, 0.1, 0.3))
    found = {fact.id: stated(fact, rng, hazard) for fact in FACTS if rng.random() < share}
    for name in rng.sample(HAZARDS, rng.randint(1, 4)):
        found[name] = stated(KNOWLEDGE.facts[name], rng, 1.0)
    return Intake(subject="", as_of=AS_OF, statements=tuple(found.values()))


def answered(asked: Request, rng: random.Random) -> Answer:
    """Any boxes, any levels, any values."""
    items = []
    for item in asked.items:
        facts: dict[str, Any] = {}
        for one in item.questions:
            if one.fact and rng.random() < 0.7:
                facts[one.fact] = a_value(one, rng)
        says = rng.choice(("fine", "fine", "limit", "limit", "do_not", "open"))
        items.append(
            ItemAnswer(item.id, says, rng.choice((None, 0, 1, 2, 3, 4, 5, 9)) if says == "limit" else None, facts)
        )
    return Answer(
        date=AS_OF,
        name="Dr. Amara Osei",
        items=tuple(items),
        also={one.fact: a_value(one, rng) for one in asked.also if rng.random() < 0.5},
        overall=rng.choice(("nothing_found", "nothing_found", "adapt", "adapt", "inadvisable", "open")),
        until=rng.choice((None, None, AS_OF + dt.timedelta(days=rng.randint(-3, 400)))),
    )


def a_value(one, rng: random.Random) -> Any:
    if one.boxes:
        return rng.choice([*one.boxes, "nonsense", list(one.boxes)])
    if one.written == "number":
        units = {"10*3/uL": "10*3/uL", "/uL": "/uL", "1": "1"}
        return {
            "value": rng.choice((0, 8, 19, 42, 99, 180, 400, 3000, 5)),
            "unit": units[one.unit],
            "date": "2026-11-21",
        }
    return rng.choice(("2026-10-01", "2019", "no", "long ago"))


def person(intake: Intake, reading: Reading | None = None) -> Person:
    more = reading or Reading((), (), ())
    said = (*intake.statements, *more.facts)
    return resolve(said, KNOWLEDGE, AS_OF, clearances=(*intake.clearances, *more.clearances))


def case(seed: int) -> tuple[Intake, Request, Answer, random.Random]:
    rng = random.Random(seed)
    intake = somebody(rng)
    try:
        asked = request_of(screen(person(intake), KNOWLEDGE))
    except InputError:
        assume(False)
        raise
    return intake, asked, answered(asked, rng), rng


@SOME
@given(seeds)
def test_what_nobody_verified_loosens_nothing_anywhere(seed: int) -> None:
    intake, asked, answer, _ = case(seed)
    after = with_unverified(intake, [read(answer, asked, KNOWLEDGE)], KNOWLEDGE)
    assert no_looser(find(person(intake), KNOWLEDGE), find(person(after), KNOWLEDGE))


@SOME
@given(seeds)
def test_its_clearances_alone_loosen_nothing_either(seed: int) -> None:
    intake, asked, answer, _ = case(seed)
    reading = read(answer, asked, KNOWLEDGE)
    after = Reading(reading.clearances, (), ())
    assert no_looser(find(person(intake), KNOWLEDGE), find(person(intake, after), KNOWLEDGE))


@SOME
@given(seeds)
def test_no_limit_ends_looser_than_the_most_its_line_names(seed: int) -> None:
    intake, asked, answer, _ = case(seed)
    reading = opening(read(answer, asked, KNOWLEDGE))
    found = find(person(intake, reading), KNOWLEDGE)
    if any(one.about == "expiry" and "opens nothing" in one.says for one in reading.faults):
        return
    for item, one in zip(asked.items, answer.items, strict=True):
        for region in item.where:
            limit = found.known.region(region)
            if one.says == "do_not" or answer.overall == "inadvisable":
                assert limit.excluded, (item.id, region)
            elif one.says == "limit" and one.level in range(6):
                assert limit.excluded or limit.pressure <= one.level, (item.id, region)


@SOME
@given(seeds)
def test_a_verified_answer_opens_no_further_than_the_rules_let_it(seed: int) -> None:
    intake, asked, answer, _ = case(seed)
    found = find(person(intake, opening(read(answer, asked, KNOWLEDGE))), KNOWLEDGE)
    for outcome in found.outcomes:
        for ready, state in found.effects[outcome.ready.rule.id]:
            if state is not True:
                continue
            effect, (area, _) = ready.effect, _area(ready, found)
            for leaf in LEAVES:
                if not AREA[leaf] & area:
                    continue
                limit = found.known.region(leaf)
                if effect.exclude and effect.cleared is None:
                    opens = effect.decision == "clearance_first" and outcome.cleared
                    assert limit.excluded or opens, (outcome.ready.rule.id, leaf)
                top = effect.pressure if effect.cleared is None else effect.cleared
                assert top is None or limit.pressure <= top, (outcome.ready.rule.id, leaf)


@SOME
@given(seeds)
def test_no_hard_stop_moves(seed: int) -> None:
    intake, asked, answer, rng = case(seed)
    for name in rng.sample(STOPS, 2):
        first = KNOWLEDGE.inputs(KNOWLEDGE.rules[name].when)[0]
        intake = Intake(
            subject="", as_of=AS_OF, statements=(*intake.statements, stated(KNOWLEDGE.facts[first], rng, 1.0))
        )
    before = screen(person(intake), KNOWLEDGE)
    reading = opening(read(answer, asked, KNOWLEDGE))
    after = screen(person(intake, reading), KNOWLEDGE)
    stopped = {one.id for one in before.rules if one.state == "fired" and one.id in STOPS}
    measured = {one.fact for one in reading.facts if KNOWLEDGE.facts[one.fact].kind in ("number", "date")}
    still = {one.id for one in after.rules if one.state == "fired"}
    moved = {name for name in stopped - still if measured.isdisjoint(KNOWLEDGE.inputs(KNOWLEDGE.rules[name].when))}
    assert not moved
    if stopped & still:
        assert after.excluded == ("body",)


@SOME
@given(seeds)
def test_saying_that_all_is_fine_lifts_no_hard_stop(seed: int) -> None:
    """ "My doctor said it is fine": the screening keeps its stop, and the reading says so."""
    intake, _, _, rng = case(seed)
    name = rng.choice(STOPS)
    first = KNOWLEDGE.inputs(KNOWLEDGE.rules[name].when)[0]
    more = Intake(subject="", as_of=AS_OF, statements=(*intake.statements, stated(KNOWLEDGE.facts[first], rng, 1.0)))
    screening = screen(person(more), KNOWLEDGE)
    try:
        asked = request_of(screening)
    except InputError:
        return
    answer = Answer(
        date=AS_OF,
        name="Dr. Amara Osei",
        items=tuple(ItemAnswer(one.id, "fine") for one in asked.items),
        overall="nothing_found",
    )
    reading = opening(read(answer, asked, KNOWLEDGE))
    after = screen(person(more, reading), KNOWLEDGE)
    stopped = {one.id for one in screening.rules if one.state == "fired" and one.id in STOPS}
    assert stopped <= {one.id for one in after.rules if one.state == "fired"}
    assert not stopped or any(one.about == "hard_stop" for one in reading.faults)


@pytest.mark.parametrize("rule", OPENABLE, ids=lambda rule: rule.id)
def test_every_rule_that_can_be_opened_is_on_a_line_of_its_own_item(rule) -> None:
    assert sum(rule.id in item.rules for item in KNOWLEDGE.physician.values()) == 1
