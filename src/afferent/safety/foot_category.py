"""The foot category of the IWGDF for one person, read off the rules that fired and those that still may.

Ask here: `category`. It works nothing out a second time: the tiers are the rules IWGDF-0 to IWGDF-3, and the highest
that fired is the person's. Nothing here decides.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from afferent.body import areas
from afferent.body.regions import area
from afferent.knowledge import Knowledge
from afferent.safety.screening import Met, RuleResult, Screening

TIERS: Final = ("IWGDF-0", "IWGDF-1", "IWGDF-2", "IWGDF-3")
_HISTORY: Final = ("past_foot_ulcer", "amputation", "end_stage_kidney")

# known: this one. at_least: this one, and an answer may make it higher. open: cannot be told. no_diabetes: not meant.
State = Literal["known", "at_least", "open", "no_diabetes"]


class FootCategory(Struct, frozen=True):
    """`number`: the category, or the least it can be (None: cannot be told); `up_to`: the highest it may still be.

    `rests_on`: what met the rules. `unknown`: facts that may still raise it. `rules`: those that fired.
    """

    state: State
    number: int | None = None
    up_to: int | None = None
    rests_on: tuple[Met, ...] = ()
    unknown: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def category(screening: Screening, knowledge: Knowledge) -> FootCategory:
    """The foot category, what it rests on and what is not known. One that may be higher is never called known."""
    results = {one.id: one for one in screening.rules if one.id in TIERS}
    if not results:
        return FootCategory("no_diabetes")
    fired = [n for n, tier in enumerate(TIERS) if tier in results and results[tier].state == "fired"]
    possible = [n for n, tier in enumerate(TIERS) if tier in results and results[tier].state != "fired"]
    least, most = max(fired, default=None), max([*fired, *possible])
    found = tuple(results[TIERS[n]] for n in fired)
    if least == most:
        return FootCategory("known", least, most, _rests_on(found), (), tuple(one.id for one in found))
    open_ones = [results[TIERS[n]] for n in possible if least is None or n > least]
    return FootCategory(
        "at_least" if least else "open",
        least or None,
        most,
        _rests_on(found),
        _unknown(open_ones, found, screening, knowledge),
        tuple(one.id for one in found),
    )


def _rests_on(found: tuple[RuleResult, ...]) -> tuple[Met, ...]:
    """What met the highest tier: it holds all that the lower ones do, and may hold a numb hand, which is left out."""
    return tuple(one for one in found[-1].facts if one.value is not None and not _elsewhere(one)) if found else ()


def _elsewhere(met: Met) -> bool:
    places = met.value if isinstance(met.value, tuple) and met.fact == "numb" else ()
    known = [areas.PLACES[place] for place in places if place in areas.PLACES]
    return bool(known) and len(known) == len(places) and not any(place & areas.part("foot") for place in known)


def _unknown(
    open_ones: list[RuleResult], found: tuple[RuleResult, ...], screening: Screening, knowledge: Knowledge
) -> tuple[str, ...]:
    """The facts that may still raise the category, without those of a part that is settled already."""
    met = {one.fact for rule in (*found, *open_ones) for one in rule.facts if one.value is not None}
    feeling, flow = (set(knowledge.inputs(knowledge.facts[name].definition)) for name in ("lops_foot", "pad"))
    settled: set[str] = set()
    if met & (feeling - {"numb"}) or area(screening.numb) & areas.part("foot"):
        settled |= feeling
    if met & flow:
        settled |= flow
    if met & set(_HISTORY):
        settled |= set(_HISTORY)
    asked = dict.fromkeys(name for rule in open_ones for name in rule.unknown)
    return tuple(name for name in asked if name not in settled)
