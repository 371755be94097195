"""What is planned, and how hard, for a physician to read: minutes, rhythm, places in order, Walton levels in words.

Ask here: `plan_of`, `hard`, `closed` and `meanwhile`. Without an outline, or where nothing may be done before an
answer, the limits of the screening are said. They are those that are known; what our own open questions hold back is
not for a physician to answer, and is not here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from msgspec import Struct

from afferent.body.limit_classes import class_of
from afferent.body.regions import AREA, WHOLE, area
from afferent.knowledge import Knowledge
from afferent.knowledge.library import THERMAL
from afferent.knowledge.model import CLOSES, DECISION_RANK
from afferent.outline.model import Outline
from afferent.records.letters.items import never
from afferent.safety.screening import Screening
from afferent.visit.sides import loud
from afferent.words.letters import say
from afferent.words.outline import frequency, place
from afferent.words.places import phrase
from afferent.words.session import hands_on
from afferent.words.vocabulary import capital, listed, lower_first


class Plan(Struct, frozen=True):
    """`minutes` hands-on; `places` in their order; `positions` that are left out; `warm`: warmth or cold is planned."""

    minutes: int
    rhythm: str
    places: tuple[str, ...]
    positions: tuple[str, ...]
    warm: bool = False


_LONGEST: Final = 150  # letters of one place
_GENTLE: Final = 3  # an outline never goes above medium, so a limit of more says nothing


def plan_of(outline: Outline | None, screening: Screening, knowledge: Knowledge, rhythm: str) -> Plan:
    """The plan of an outline, or of the limits alone."""
    steps = outline.steps if outline else ()
    usual = frequency(knowledge).partition(",")[0] if outline and "frequency" in outline.because else say("plan_one")
    return Plan(
        minutes=outline.minutes if outline and steps else hands_on(screening, knowledge, "later"),
        rhythm=lower_first(rhythm or usual).rstrip("."),
        places=tuple(dict.fromkeys(loud(lower_first(place(one, knowledge))) for one in steps)),
        positions=tuple(knowledge.positions[one].title for one in screening.session.positions_off),
        warm=any(knowledge.library[one.work].does in THERMAL for one in steps),
    )


class HowHard(Struct, frozen=True):
    """The most on one place, a Walton level; `look`: how the map shows it (`body.limit_classes`), where it shows it."""

    level: int
    place: str
    look: str = ""


class Shut(Struct, frozen=True):
    """A place that is left alone: until the answer (`waits`), or whatever it says."""

    place: str
    waits: bool


def hard(outline: Outline | None, screening: Screening, knowledge: Knowledge) -> tuple[HowHard, ...]:
    """How hard, where, the highest first: as the outline means it, or as far as the limits go."""
    if outline and outline.steps:
        return tuple(_of_steps(outline, knowledge))
    return tuple(
        HowHard(min(int(look) if look != "none" else _GENTLE, _GENTLE), _place(bits), look)
        for look, bits in sorted(_by_look(screening).items(), reverse=True)
    )


def _of_steps(outline: Outline, knowledge: Knowledge) -> Iterator[HowHard]:
    most: dict[str, int] = {}
    for step in outline.steps:
        where = loud(lower_first(place(step, knowledge)))
        most[where] = max(step.level, most.get(where, 0))
    for number, top in enumerate(sorted(set(most.values()), reverse=True)):
        words = listed(where for where, highest in most.items() if highest == top)
        yield HowHard(top, say("hard_else") if number == 0 and len(words) > _LONGEST else capital(words))


def closed(screening: Screening, knowledge: Knowledge) -> tuple[Shut, ...]:
    """What waits for the answer, and what stays shut whatever it says."""
    shut = area(region for region, limit in screening.limits.items() if limit.excluded)
    waits = shut & ~never(screening, knowledge)
    return tuple(Shut(_place(bits), kind) for kind, bits in ((True, waits), (False, shut & ~waits)) if bits)


def meanwhile(screening: Screening, asking: Collection[str]) -> str:
    """What happens until the answer comes. `asking`: the rules that are asked about; what else stops a visit is no part
    of this request, and is not named."""
    if DECISION_RANK[screening.decision] < CLOSES:
        return say("meanwhile_closed") if screening.decision == "clearance_first" else say("meanwhile_rest")
    stops = [one for one in screening.rules if one.state == "fired" and DECISION_RANK[one.decision] >= CLOSES]
    if any(one.id not in asking for one in stops):
        return say("meanwhile_elsewhere")
    return say("meanwhile_stopped", reasons=listed(lower_first(one.title) for one in stops))


def _by_look(screening: Screening) -> dict[str, int]:
    """How the map shows it -> where, of all that the limits leave open."""
    found: dict[str, int] = {}
    rest = WHOLE
    for region, limit in screening.limits.items():
        rest &= ~AREA[region]
        if not limit.excluded:
            look = class_of(limit.pressure)
            found[look] = found.get(look, 0) | AREA[region]
    if rest:
        found["none"] = found.get("none", 0) | rest
    return found


def _place(bits: int) -> str:
    return capital(loud(say("whole_body") if bits == WHOLE else phrase(bits, spans=False)))
