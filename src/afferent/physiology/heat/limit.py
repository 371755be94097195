"""How long may this thing lie on this place of this person? The rules, the caps and the physics; the strictest wins.

Ask here: `limit(source, site, screening, celsius)`. What the rules close, nothing opens. Where they are open, the time
is the shortest of the cap, a tenth of the published safety line, and the time in which the strictest published kinetics
reaches a fifth of a first-degree burn on skin that is as warm as the thing and has no blood to carry the heat away. A
person's own blood flow may shorten that and never lengthen it. For cold there is no model: rules and floors only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct

from afferent.body.regions import AREA
from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Ceiling, Strength
from afferent.physiology.heat.burns import SAFETY_FACTOR, safety_line
from afferent.physiology.heat.kinetics import EPIDERMAL, LIMIT, SETS, injury, when
from afferent.physiology.heat.pennes import Contact, skin, warm
from afferent.physiology.heat.reading import degrees
from afferent.physiology.heat.ruled import Closed, closed
from afferent.physiology.heat.source import HeatSource
from afferent.physiology.heat.tissue import BLOOD, STANDARD, layers, site_of
from afferent.safety.screening import Screening

ABSOLUTE_C: Final = 41.0  # what touches a patient, unless justified [IEC-60601]; refused whatever a ceiling says
WARMS_FROM: Final = 30.0  # cooler than skin, a thing warms nobody; warmer, it cools nobody
MOST_FLOW: Final = 100.0  # times flow at rest
COLDEST_C, HOTTEST_C = -50.0, 150.0  # what a thermometer of a treatment room may sensibly say
HORIZON: Final = 7200.0  # s; beyond two hours the sums are not asked

Kind = Literal["cap", "line", "kinetics"]


class Clock(Struct, frozen=True):
    """One bound on the time: seconds, in words, with sources and strength."""

    kind: Kind
    seconds: float
    says: str
    sources: tuple[str, ...]
    strength: Strength


class ThermalLimit(Struct, frozen=True):
    """What holds. `allowed` with `seconds`, or not with `closed`: every reason, those that are known first.

    `until_answered`: nothing known forbids it, open questions do; `ask` are their facts. `warmest`, `coldest`: °C at
    the ceiling where it is open. `clocks`: every bound, the shortest first, also where it is closed, to explain.
    """

    source: str
    does: Literal["heat", "cold"]
    site: str
    celsius: float | None
    allowed: bool
    seconds: int
    until_answered: bool
    warmest: float | None
    coldest: float | None
    closed: tuple[Closed, ...]
    clocks: tuple[Clock, ...]
    ask: tuple[str, ...]
    conditions: tuple[str, ...]


def limit(
    source: HeatSource,
    site: str,
    screening: Screening | None,
    celsius: float | None,
    *,
    knowledge: Knowledge,
    perfusion: float | None = None,
) -> ThermalLimit:
    """The limit for one source on one region of one person, `celsius` as a thermometer says it (None: not measured).

    screening: None means that nothing is known about anybody, which opens nothing. perfusion: the person's blood flow
    as a multiple of flow at rest; it may only shorten. Raises InputError on an unknown region or an impossible reading.
    """
    _sound(site, celsius, perfusion)
    ceiling = knowledge.ceilings[source.ceiling]
    shut = (*closed(source, site, screening, knowledge), *_reading(source, ceiling, celsius))
    clocks = tuple(sorted(_clocks(source, site, ceiling, celsius, perfusion), key=lambda one: one.seconds))
    allowed = not shut
    heat = source.does == "heat"
    return ThermalLimit(
        source=source.id,
        does=source.does,
        site=site,
        celsius=celsius,
        allowed=allowed,
        seconds=math.floor(clocks[0].seconds) if allowed else 0,
        until_answered=bool(shut) and all(one.held for one in shut),
        warmest=_warmest(ceiling) if heat else None,
        coldest=ceiling.min_c if not heat else None,
        closed=tuple(sorted(shut, key=lambda one: one.held)),
        clocks=clocks,
        ask=tuple(dict.fromkeys(fact for one in shut for fact in one.ask)),
        conditions=source.conditions,
    )


def _sound(site: str, celsius: float | None, perfusion: float | None) -> None:
    if site not in AREA:
        raise InputError(f"there is no region {site[:40]!r}; write one like foot.left.sole, hand.right.palm or back")
    if celsius is not None and not COLDEST_C <= celsius <= HOTTEST_C:
        raise InputError(f"{celsius:g} °C is no reading of a pack, a bath or a stone; write degrees Celsius, or 102F")
    if perfusion is not None and not 0 <= perfusion <= MOST_FLOW:
        raise InputError(f"blood flow is a multiple of flow at rest, from 0 to {MOST_FLOW:g}, not {perfusion:g}")


def _warmest(ceiling: Ceiling) -> float:
    return min(ABSOLUTE_C, ABSOLUTE_C if ceiling.max_c is None else ceiling.max_c)


def _reading(source: HeatSource, ceiling: Ceiling, celsius: float | None) -> Iterator[Closed]:
    """A reading that is missing, beyond what anything opens, or not that of a thing that warms or cools.

    The reading decides what a thing does, not its name: a pack at 5 °C is no heat, and water at 45 °C is no cold.
    """
    if celsius is None:
        yield Closed("UNMEASURED", "Without a thermometer reading there is no heat and no cold.", held=True)
    elif source.does == "heat" and celsius > _warmest(ceiling):
        most = f"{_warmest(ceiling):g} °C"
        yield Closed("TOO-WARM", f"{degrees(celsius)} is above {most}, the most for a {source.title}. Cool it first.")
    elif source.does == "heat" and celsius < WARMS_FROM:
        yield Closed("NOT-WARM", f"{degrees(celsius)} is cooler than skin: that is no heat. Ask about cold instead.")
    elif source.does == "cold" and celsius >= WARMS_FROM:
        yield Closed(
            "NOT-COLD", f"{degrees(celsius)} is no cold. If the thermometer says {celsius:g} °F, write {celsius:g}F."
        )
    elif source.does == "cold" and ceiling.min_c is not None and celsius < ceiling.min_c:
        yield Closed("TOO-COLD", f"{degrees(celsius)} is below {ceiling.min_c:g} °C, where a healthy finger hurts.")


def _clocks(
    source: HeatSource, site: str, ceiling: Ceiling, celsius: float | None, perfusion: float | None
) -> Iterator[Clock]:
    says = f"{ceiling.minutes} minutes at most, whatever the sums say. Our default; nobody has published one."
    yield Clock("cap", ceiling.minutes * 60.0, says, ("PTA-HEAT",), "N")
    if source.does == "heat" and celsius is not None and celsius > BLOOD.celsius:
        yield Clock(
            "line",
            safety_line(celsius) / SAFETY_FACTOR,
            f"A tenth of the published safety line at {degrees(celsius)}. The tenth is our choice; "
            "the line was drawn for healthy skin, and below 44 °C it goes beyond its data.",
            ("CBI-REVIEW",),
            "N",
        )
        seconds, strictest = _strictest(celsius, site_of(site), perfusion)
        if math.isfinite(seconds):
            says = (
                f"The strictest of four published laws of injury ({strictest}, read from public code) reaches a fifth "
                "of a first-degree burn, on skin as warm as the thing itself, with no blood to carry the heat away. "
                "The fifth is our choice."
            )
            yield Clock("kinetics", seconds, says, ("HEYLMUN-BURN", "JIANG-BURN"), "N")


@lru_cache(maxsize=4096)
def _strictest(celsius: float, site: str, perfusion: float | None) -> tuple[float, str]:
    """Seconds to the limiting injury, and whose kinetics says so; infinite if not within two hours.

    Run on the skin of the site and on the standard, thinner one, without blood and with this person's: the shortest.
    """
    flows = [0.0] if perfusion is None else [0.0, perfusion]
    kinds = list(dict.fromkeys((STANDARD, site)))
    on = skin([layers(kind) for kind in kinds for _ in flows], flows * len(kinds))
    course = warm(on, Contact(celsius), HORIZON)
    found = []
    for one in EPIDERMAL:
        so_far = injury(SETS[one], course.times, course.basal)
        found += [(when(course.times, so_far[:, n], LIMIT), SETS[one].title) for n in range(so_far.shape[1])]
    return min(found)
