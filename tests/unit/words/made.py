"""People to say something about, made of plain answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from afferent.knowledge import load
from afferent.records.answers import none_of, statements
from afferent.safety import Evidence, Screening, resolve, screen
from afferent.safety.evidence import Clearance
from tests.generative.people import AS_OF, numbers, person

KNOWLEDGE = load()
ASKED = ("today", "limbs", "clots", "medicines", "skin", "feeling", "history")


def screened(
    given: dict[str, Any] | None = None,
    none: tuple[str, ...] = (),
    also: tuple[Evidence, ...] = (),
    clearances: tuple[Clearance, ...] = (),
    **resolved: Any,
) -> Screening:
    """The screening of these answers; `none`: groups of which "none of these" was said."""
    given = given or {}
    said = [*statements(given, KNOWLEDGE, AS_OF), *none_of(list(none), KNOWLEDGE, AS_OF, set(given)), *also]
    return screen(resolve(said, KNOWLEDGE, AS_OF, clearances=clearances, **resolved), KNOWLEDGE)


def bare() -> Screening:
    return screened()


def old_clot() -> Screening:
    """Ruth: an old clot in the right leg, a blood thinner, numb to mid-calf; legs and skin not asked yet."""
    given = {
        "age_years": 68, "clot_ever": "right", "clot_date": "2019-05", "anticoagulant": "yes", "diabetes": "yes",
        "anticoagulant_reason": "rhythm", "foot_pulses": "yes", "touch_hurts": "no",
        "numb": ["foot.left", "foot.right", "leg.left", "leg.right"],
    }  # fmt: skip
    return screened(given, ("today", "medicines", "history"))


def at_ease() -> Screening:
    """Everything asked, nothing found, hot and cold told apart everywhere."""
    return screened({"age_years": 44, "hot_cold_intact": ["body"], "foot_pulses": "yes"}, tuple(KNOWLEDGE.groups))


def short_of_breath() -> Screening:
    return screened({"age_years": 47, "breathless_or_chest_pain": "yes"})


@cache
def near() -> dict[str, list[float]]:
    return numbers(KNOWLEDGE)


def anybody(count: int, seed: int = 7) -> Iterator[Screening]:
    """Random people, the same each time."""
    rng = random.Random(seed)
    for _ in range(count):
        yield screen(person(KNOWLEDGE, rng, near()), KNOWLEDGE)
