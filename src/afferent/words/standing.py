"""What stands on each part of the body today: the effective limit, leaf by leaf, and the judgement about the gate.

**The judgement.** The effective limit is the meet of what is known and what open questions hold back. While nobody has
asked today's red flags, those questions hold back the *whole* body. Drawn literally, every figure of every fresh record
would be one dark "not today" – and a picture that always says the same is soon not looked at. So:

- A *gate* is a rule that is only possible and that would shut the whole body, wherever its finding turned out to be. It
  is not drawn. It is said instead, in the headline and in a dashed frame round the figures: "Nothing yet: ask first".
- Inside the frame stands what is known, and what is held back in one place because something known about this person
  raised the question (numb feet, so: are there pulses?). That is dashed. What is held back only because nobody has
  asked anything yet is part of the gate: a bare record shows an empty figure in a frame, neither "fine" nor "touch
  nothing".
- Nothing is loosened by this. The frame means: hands off until the questions are answered. The rows say the same.
- A visit that is closed by a fired rule has no frame: everything is drawn "not today".

Ask here: `standing(screening, knowledge)`. Decides nothing that the screening has not decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from afferent.body.regions import AREA, BODY, LEAVES, WHOLE
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DECISIONS, DEFAULT_MINUTES, DEFAULT_PRESSURE, Effect
from afferent.safety.screening import RegionLimit, Screening
from afferent.words.effects import area_of


class Held(Struct, frozen=True):
    """What stands on one leaf. `open`: stricter than is known, until answered. `waiting`: the rules that do so.

    `known`: the pressure that holds by what is known alone, so once every open question were answered with no.
    """

    excluded: bool = False
    pressure: int = DEFAULT_PRESSURE
    minutes: int = DEFAULT_MINUTES
    heat: bool = True
    cold: bool = True
    off: frozenset[str] = frozenset()
    because: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    open: bool = False
    known: int = DEFAULT_PRESSURE


class Standing(Struct, frozen=True):
    """The body today. `closed`: the visit is. `gate`: possible rules that hold everything back until answered."""

    closed: bool
    gate: tuple[str, ...]
    leaves: Mapping[str, Held]


FREE = Held()


def standing(screening: Screening, knowledge: Knowledge) -> Standing:
    """What stands where."""
    closed = screening.excluded == (BODY,)
    gate = () if closed else gate_rules(screening, knowledge)
    known = _laid(screening.limits)
    waiting = _laid(screening.until_answered)
    held = _beyond(screening, knowledge, gate, waiting) if gate else waiting
    met: dict[tuple[int, int], Held] = {}  # few limits hold in many places
    leaves: dict[str, Held] = {}
    for leaf in LEAVES:
        one, other = known.get(leaf, FREE), held.get(leaf, FREE)
        both = id(one), id(other)
        if both not in met:
            met[both] = _meet(one, other, closed)
        leaves[leaf] = met[both]
    return Standing(closed, gate, leaves)


def gate_rules(screening: Screening, knowledge: Knowledge) -> tuple[str, ...]:
    """The possible rules that alone would hold the whole body back."""
    return tuple(
        rule for rule, area in _held_areas(screening).items()
        if area == WHOLE and any(_shuts(e) and area_of(e, knowledge) == WHOLE for e in knowledge.rules[rule].effects)
    )  # fmt: skip


def _held_areas(screening: Screening) -> dict[str, int]:
    """Rule -> where it holds something until answered."""
    areas: dict[str, int] = {}
    for region, limit in screening.until_answered.items():
        for rule in limit.because:
            areas[rule] = areas.get(rule, 0) | AREA[region]
    return areas


def _shuts(effect: Effect) -> bool:
    """Would this effect, while only possible, leave its place alone? As the screening itself has it."""
    ends = "body" in effect.where and DECISIONS.index(effect.decision or "treat") >= DECISIONS.index("postpone")
    return effect.exclude or effect.decision == "clearance_first" or ends


def _laid(limits: Mapping[str, RegionLimit]) -> dict[str, Held]:
    found: dict[str, Held] = {}
    for region, limit in limits.items():
        held = Held(
            limit.excluded, limit.pressure, limit.minutes, limit.heat is not False, limit.cold is not False,
            frozenset(limit.techniques_off), frozenset(limit.because),
        )  # fmt: skip
        found |= dict.fromkeys(_leaves(region), held)
    return found


def _beyond(
    screening: Screening, knowledge: Knowledge, gate: tuple[str, ...], waiting: Mapping[str, Held]
) -> dict[str, Held]:
    """What open questions hold back in single places, once the gate is thought away. Heat and cold stay as they are:
    no picture shows them, and "no heat" said too early frightens nobody."""
    thermal: dict[Held, int] = {}
    for leaf, held in waiting.items():
        bare = Held(heat=held.heat, cold=held.cold)
        thermal[bare] = thermal.get(bare, 0) | AREA[leaf]
    rest = WHOLE & ~sum(thermal.values())
    pieces = [(area, held) for held, area in thermal.items()] + [(rest, FREE)]  # the body, in pieces that are alike
    raised = _raised(screening, knowledge)
    for rule, area in _held_areas(screening).items():
        if rule in gate or rule not in raised:
            continue
        for effect in knowledge.rules[rule].effects:
            pieces = _cut(pieces, area_of(effect, knowledge) & area, effect, rule)
    return {leaf: held for area, held in pieces for leaf in leaves_of(area)}


def _cut(pieces: list[tuple[int, Held]], area: int, effect: Effect, rule: str) -> list[tuple[int, Held]]:
    """The pieces, with what lies in the area held as this effect would."""
    if not area:
        return pieces
    inside = [(part & area, _tightened(held, effect, rule)) for part, held in pieces if part & area]
    return [(part & ~area, held) for part, held in pieces if part & ~area] + inside


def _raised(screening: Screening, knowledge: Knowledge) -> set[str]:
    """The rules that something known about this person brings up: a fact they met, or a question it makes critical."""
    found = {
        rule.id for rule in screening.rules
        if not _inputs(rule.id, knowledge).isdisjoint(one.fact for one in rule.facts)
    }  # fmt: skip
    for question in screening.questions:
        if question.critical and (question.reason != "missing" or knowledge.facts[question.fact].critical is not True):
            found.update(question.because)
    return found


@cache
def _inputs(rule: str, knowledge: Knowledge) -> frozenset[str]:
    """The facts a rule asks."""
    return frozenset(knowledge.inputs(knowledge.rules[rule].when))


def _tightened(held: Held, effect: Effect, rule: str) -> Held:
    return Held(
        excluded=held.excluded or _shuts(effect),
        pressure=min(held.pressure, DEFAULT_PRESSURE if effect.pressure is None else effect.pressure),
        minutes=min(held.minutes, DEFAULT_MINUTES if effect.minutes is None else effect.minutes),
        heat=held.heat and effect.heat is not False,
        cold=held.cold and effect.cold is not False,
        off=held.off | frozenset(effect.off),
        because=held.because | {rule},
    )


def _meet(known: Held, held: Held, closed: bool) -> Held:
    excluded = known.excluded or held.excluded or closed
    pressure = min(known.pressure, held.pressure)
    shown_known = known.excluded or closed
    return Held(
        excluded=excluded,
        pressure=pressure,
        minutes=min(known.minutes, held.minutes),
        heat=known.heat and held.heat,
        cold=known.cold and held.cold,
        off=known.off | held.off,
        because=known.because,
        waiting=held.because,
        open=(excluded and not shown_known) or (not excluded and pressure < known.pressure),
        known=known.pressure,
    )


@cache
def _leaves(region: str) -> tuple[str, ...]:
    return tuple(leaves_of(AREA[region]))


def leaves_of(area: int) -> Iterator[str]:
    """The leaves of an area."""
    return (leaf for leaf in LEAVES if AREA[leaf] & area)
