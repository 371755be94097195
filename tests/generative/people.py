"""Random people: any fact known or not, places known or not. Used by the laws and by the SQL comparison."""

from __future__ import annotations

import datetime as dt
import random

from afferent.body.areas import PLACES, part
from afferent.knowledge import Knowledge
from afferent.knowledge.expression import Compare, walk
from afferent.knowledge.model import Fact
from afferent.safety.logic import Known
from afferent.safety.person import NEVER, Person

AS_OF = dt.date(2026, 11, 22)
_PLACES = list(PLACES.values())


def numbers(knowledge: Knowledge) -> dict[str, list[float]]:
    """For each number or date: the constants it is compared with, and values just beside them."""
    found: dict[str, set[float]] = {}
    for node in knowledge.meanings.values():
        for piece in walk(node):
            if isinstance(piece, Compare) and not isinstance(piece.value, str):
                near = found.setdefault(piece.fact, {0.0})
                near.update(max(0, piece.value + step) for step in (-1, 0, 1))
    return {name: sorted(values) for name, values in found.items()}


def value(fact: Fact, rng: random.Random, near: dict[str, list[float]], hazard: float = 0.4) -> Known:
    if fact.kind in ("number", "date") and hazard < 0.4 and rng.random() > hazard:
        return benign(fact, near)
    match fact.kind:
        case "number":
            return float(rng.choice(near.get(fact.id, [1.0])))
        case "date":
            return rng.choice([*map(int, near.get(fact.id, [10.0])), NEVER])
        case "choice":
            return rng.choice(list(fact.options))
        case _:
            return rng.random() < (hazard if fact.worse != "no" else 1 - hazard)


def benign(fact: Fact, near: dict[str, list[float]]) -> Known:
    """A number or date that no rule minds."""
    if fact.kind == "date":
        return NEVER
    constants = near.get(fact.id, [1.0])
    return {"high": 0.0, "low": max(constants) * 10, "apart": float(fact.middle or 0)}[fact.worse]


def places(fact: Fact, rng: random.Random) -> tuple[int, ...]:
    if rng.random() < 0.2:
        return ()
    if fact.part:
        return (part(fact.part, rng.choice(("left", "right"))),)
    return tuple(rng.choice(_PLACES) for _ in range(rng.randint(1, 2)))


def person(
    knowledge: Knowledge,
    rng: random.Random,
    near: dict[str, list[float]],
    known: float | None = None,
    hazard: float = 0.4,
) -> Person:
    """One person; `known` is the share of facts that are known (random when not given), `hazard` of those bad."""
    share = rng.random() if known is None else known
    values: dict[str, Known] = {"answers_conflict": rng.random() < 0.1}
    where: dict[str, tuple[int, ...]] = {}
    for fact in knowledge.facts.values():
        if fact.kind != "derived" and fact.id not in ("unsettled", "answers_conflict") and rng.random() < share:
            values[fact.id] = value(fact, rng, near, hazard)
            if fact.kind == "finding" and values[fact.id]:
                where[fact.id] = places(fact, rng)
    return Person(as_of=AS_OF, id=str(rng.getrandbits(40)), values=values, places=where)
