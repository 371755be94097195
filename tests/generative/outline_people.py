"""People to make outlines for: mostly open visits, with a few hazards each, and any wish."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from afferent.body.areas import PLACES, part
from afferent.body.regions import AREA
from afferent.knowledge import load
from afferent.knowledge.model import Fact
from afferent.outline.change import (
    AddPoint,
    AddStep,
    Change,
    ChangePlace,
    ChangeWork,
    Earlier,
    Later,
    LevelDown,
    LevelUp,
    Longer,
    Remove,
    RemovePoint,
    Shorter,
)
from afferent.outline.model import Outline, Step, Wish
from afferent.safety import Person
from tests.generative.people import AS_OF, benign, numbers, person, places, value

KNOWLEDGE = load()
NEAR = numbers(KNOWLEDGE)
AIMS = tuple(KNOWLEDGE.aims)
FACTS = [f for f in KNOWLEDGE.facts.values() if f.kind != "derived" and f.id not in ("unsettled", "answers_conflict")]
# What alone does not close a visit: most hazards of a generated person are of these.
_OPEN = (
    "numb", "tingling", "touch_hurts", "phn", "entrapment", "skin_fragile", "open_skin", "varicose_veins",
    "anticoagulant", "osteoporosis", "pregnant", "nodes_removed", "radiation_field", "pump_or_sensor", "foot_deformity",
    "past_foot_ulcer", "monofilament_lost", "diabetes", "hot_cold_intact", "clot_ever", "cidp_mmn", "tumour_site",
    "port_or_line", "amputation", "medicine_patch", "crps", "autonomic_neuropathy", "antiplatelet", "vibration_lost",
    "pressure_redness",
)  # fmt: skip


@cache
def well() -> dict[str, bool | float | str]:
    """Everything asked, and nothing found."""
    return {
        fact.id: fact.worse == "no" if fact.kind in ("yes_no", "finding") else benign(fact, NEAR)
        for fact in FACTS
        if fact.kind in ("yes_no", "finding", "date")
    } | {"age_years": 60.0}


def somebody(rng: random.Random) -> Person:
    """Somebody asked about everything, or nearly, with up to five hazards; now and then anybody at all."""
    if rng.random() < 0.1:
        return person(KNOWLEDGE, rng, NEAR, known=rng.choice((None, 1.0)), hazard=rng.choice((0.03, 0.4)))
    values, where = dict(well()), {}
    for name in rng.sample([one for one in _OPEN if one in KNOWLEDGE.facts], rng.randint(0, 5)):
        fact = KNOWLEDGE.facts[name]
        if fact.kind in ("yes_no", "finding"):
            values[name] = True
            if fact.kind == "finding":
                where[name] = places(fact, rng) if rng.random() < 0.1 else _somewhere(fact, rng)
    if rng.random() < 0.2:
        fact = rng.choice(FACTS)
        values[fact.id] = value(fact, rng, NEAR, 1.0)
        if fact.kind == "finding" and values[fact.id]:
            where[fact.id] = places(fact, rng)
    if rng.random() < 0.25:
        for name in rng.sample(sorted(values), rng.randint(1, 3)):
            values.pop(name)
            where.pop(name, None)
    return Person(as_of=AS_OF, id=str(rng.getrandbits(40)), values=values, places=where)


def _somewhere(fact: Fact, rng: random.Random) -> tuple[int, ...]:
    """A place that somebody named: unknown ones hold the whole body back, and say little about outlines."""
    if fact.part:
        return (part(fact.part, rng.choice(("left", "right"))),)
    return tuple(rng.sample(_SPOTS, rng.randint(1, 2)))


_SPOTS = [PLACES[one] for one in ("foot.left", "foot.right", "hand.left", "leg.right", "T5.left", "back.left.upper")]


def wish(rng: random.Random) -> Wish:
    """Any wish."""
    return Wish(
        aims=tuple(rng.sample(AIMS, rng.randint(0, 3))),  # type: ignore[arg-type]
        minutes=rng.choice((0, 5, 12, 20, 30, 45, 60, 90)),
        first=rng.random() < 0.5,
        gentler=rng.choice((0, 0, 0, 1, 2, 4)),
        shorter=rng.choice((0, 0, 0, 5, 10)),
        warmth=rng.random() < 0.3,
        affected=tuple(rng.sample(("foot.left", "hand.right", "leg.left", "T9.right"), rng.choice((0, 0, 1, 2)))),
        tight=tuple(rng.sample(("leg.left.back", "shoulder.right", "back"), rng.choice((0, 0, 1)))),
    )


def any_outline(rng: random.Random, count: int = 4) -> Outline:
    """Steps from outside, sound or not."""
    return Outline("with_affected", tuple(_steps(rng, rng.randint(1, count))))


def _steps(rng: random.Random, count: int) -> Iterator[Step]:
    regions, works = [*AREA, "tail"], [*KNOWLEDGE.library, "friction"]
    names = [*KNOWLEDGE.points, *KNOWLEDGE.zones, "XX"]
    for _ in range(count):
        work = rng.choice(works)
        does = KNOWLEDGE.library[work].does if work in KNOWLEDGE.library else ""
        yield Step(
            regions=tuple(rng.sample(regions, rng.randint(1, 3))),
            work=work,
            level=rng.randint(0, 5),
            minutes=rng.randint(1, 20),
            affected=rng.random() < 0.5,
            points=tuple(rng.sample(names, 1)) if does in ("point", "zone") else (),
            source="warm_towel" if does == "warm" else "cold_pack" if does == "cool" else "",
            celsius=rng.choice((None, 38.0, 45.0, 15.0)) if does in ("warm", "cool") else None,
        )


def any_change(rng: random.Random, outline: Outline) -> Change:
    """A tap on any button, also on a step that is not there."""
    step = rng.randint(0, len(outline.steps))
    match rng.randint(0, 11):
        case 0 | 1:
            return LevelUp(step)
        case 2:
            return LevelDown(step)
        case 3:
            return Longer(step, rng.choice((1, 5)))
        case 4:
            return Shorter(step, rng.choice((1, 5)))
        case 5:
            return Remove(step)
        case 6:
            return rng.choice((Earlier(step), Later(step)))
        case 7:
            return ChangeWork(step, rng.choice([*KNOWLEDGE.library, "friction"]))
        case 8:
            return ChangePlace(step, (rng.choice([*AREA, "tail"]),))
        case 9:
            work = rng.choice([*KNOWLEDGE.library, "friction"])
            return AddStep(step, (rng.choice(list(AREA)),), work, rng.randint(0, 5), rng.randint(1, 10))
        case 10:
            return AddPoint(step, rng.choice([*KNOWLEDGE.points, *KNOWLEDGE.zones, "XX"]))
        case _:
            return RemovePoint(step, rng.choice([*KNOWLEDGE.points, *KNOWLEDGE.zones]))
