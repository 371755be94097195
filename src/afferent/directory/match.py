"""Three explained matches instead of two hundred names: gates, then a score whose reasons add up, then what is not
known.

Ask here: `match(needs, therapists)`. The same needs and therapists give the same answer in any order; equal scores go
to the soonest free time, then by id. Nobody can pay for a place. Whoever is added changes nobody else's score, nor
the order of others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from msgspec import Struct

from afferent.directory.explain import Match, explained
from afferent.directory.gates import Shut, Which, gate
from afferent.directory.grid import km
from afferent.directory.model import Spot, Therapist
from afferent.directory.needs import Needs
from afferent.directory.published import Published, published
from afferent.directory.score import Scale, first_slot

SHOWN: Final = 3
_LATEST: Final = dt.date.max


class Refused(Struct, frozen=True):
    """How many a gate kept out, in words, and how near the nearest of them is."""

    which: Which
    says: str
    count: int
    nearest_km: int


class Matches(Struct, frozen=True):
    """The answer. `suitable`: how many passed every gate; `matches`: the first of them; `nobody`: a sentence where
    none did.

    `looked_at`: how many were looked at; `refused`: why others were not ranked, most first. `fallbacks`, `questions`:
    what else there is, and what to ask a therapist.
    """

    needs: Needs
    matches: tuple[Match, ...]
    suitable: int
    looked_at: int
    refused: tuple[Refused, ...]
    nobody: str
    fallbacks: tuple[str, ...]
    questions: tuple[str, ...]


def match(
    needs: Needs, therapists: Iterable[Therapist], *, shown: int = SHOWN, tables: Published | None = None
) -> Matches:
    """The best of these therapists for one person, explained. shown: 3 to 5, then "more"."""
    tables = tables or published()
    looked = (look(therapist, needs, tables) for therapist in therapists)
    return answer(needs, [one for one in looked if one], shown=shown, tables=tables)


class Looked(NamedTuple):
    """One therapist at the gates: where the nearest place is, how far, and what the gates said."""

    therapist: Therapist
    spot: Spot
    km: float
    gate: Shut | tuple[str, ...]


def look(therapist: Therapist, needs: Needs, tables: Published, known: float | None = None) -> Looked | None:
    """One therapist at the gates; None for somebody of whom no place is known. known: how far the nearest place is."""
    if known is not None and len(therapist.spots) == 1:
        spot: Spot | None = therapist.spots[0]
        distance = known
    else:
        spot, distance = nearest(therapist, needs)
    return Looked(therapist, spot, distance, gate(therapist, needs, spot, distance, tables)) if spot else None


def answer(needs: Needs, looked: list[Looked], *, shown: int, tables: Published) -> Matches:
    """Rank those who passed, count the others, explain the first."""
    scale = Scale(needs, tables)
    passed: list[tuple[tuple[int, dt.date, str], Looked, tuple[str, ...]]] = []
    refused: dict[Shut, list[float]] = {}
    for one in looked:
        if isinstance(one.gate, Shut):
            refused.setdefault(one.gate, []).append(one.km)
            continue
        slot = first_slot(one.therapist.fact("first_slot"), needs.as_of) or _LATEST
        passed.append(((-scale.score(one.therapist, one.km), slot, one.therapist.id), one, one.gate))
    passed.sort(key=lambda one: one[0])
    return Matches(
        needs=needs,
        matches=tuple(explained(one.therapist, scale, one.spot, one.km, asks) for _, one, asks in passed[:shown]),
        suitable=len(passed),
        looked_at=len(looked),
        refused=_refused(refused),
        nobody="" if passed else _nobody(needs, len(looked)),
        fallbacks=() if passed else _fallbacks(needs, tables),
        questions=tuple(fact.ask for fact in tables.facts.values() if fact.ask),
    )


def nearest(therapist: Therapist, needs: Needs) -> tuple[Spot | None, float]:
    """The nearest of the places where somebody works, and how far it is in kilometres."""
    if not therapist.spots:
        return None, 0.0
    found = [(km(needs.lat, needs.lon, spot.lat, spot.lon), n) for n, spot in enumerate(therapist.spots)]
    distance, n = min(found)
    return therapist.spots[n], distance


def _refused(found: dict[Shut, list[float]]) -> tuple[Refused, ...]:
    told = [Refused(shut.which, shut.says, len(far), int(min(far)) + 1) for shut, far in found.items()]
    return tuple(sorted(told, key=lambda one: (-one.count, one.which, one.says)))


def _nobody(needs: Needs, looked_at: int) -> str:
    where = f"{needs.reach_km if needs.at_home else needs.travel_km} km" + (f" of {needs.place}" if needs.place else "")
    if not looked_at:
        return f"We know of no massage therapist within {where}."
    return f"We know of nobody suitable within {where}; {looked_at} were looked at."


def _fallbacks(needs: Needs, tables: Published) -> tuple[str, ...]:
    return tuple(
        one.says for one in tables.fallbacks.values() if not one.training or set(one.training) & set(needs.training)
    )
