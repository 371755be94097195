"""What both faces show, step by step: worked out once, before the first touch, and handed to the page as it is.

Ask here: `live_plan`. Everything comes from the effective limits and nothing is loosened. No limit goes to the client:
`yours` and `ask` are all that is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from afferent.body.heights import LIMBS, exactly
from afferent.body.regions import AREA, SIDES, area
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DEFAULT_PRESSURE
from afferent.outline.model import Outline, Step
from afferent.safety.screening import Screening
from afferent.visit.avoid import Avoid, avoid, whole_visit
from afferent.visit.checkins import WHEN, question
from afferent.visit.sides import place, short, yours
from afferent.visit.where import area_of, is_numb


class CheckInClock(Struct, frozen=True):
    """Seconds: to the first check-in, between two on affected places and elsewhere, and for an answer."""

    first: int
    affected: int
    elsewhere: int
    answer: int


class LiveStep(Struct, frozen=True):
    """One step of the outline as it is shown.

    `place`: for the therapist, `short` on a button, `yours` for the client. `title`: the technique. `numb`: in words,
    empty where feeling is a guide. `ask`: on the client's device; `say`: read aloud. `avoid`: at most three lines.
    """

    regions: tuple[str, ...]
    place: str
    short: str
    yours: str
    work: str
    title: str
    level: int
    ceiling: int
    minutes: int
    affected: bool
    numb: str
    ask: str
    say: str
    avoid: tuple[Avoid, ...]


class LivePlan(Struct, frozen=True):
    """The whole visit. `avoid`: what holds wherever the hands are. `bell`: what to do while the link is lost."""

    called: str
    minutes: int
    steps: tuple[LiveStep, ...]
    avoid: tuple[Avoid, ...]
    checkin: CheckInClock
    bell: str


def live_plan(
    outline: Outline, screening: Screening, knowledge: Knowledge, called: str, works: Mapping[str, str] | None = None
) -> LivePlan:
    """The plan of a visit. `called`: the client's name; `works`: technique id -> title, the id where there is none."""
    names = works or {}
    return LivePlan(
        called=called,
        minutes=outline.minutes,
        steps=tuple(_step(one, screening, knowledge, called, names) for one in outline.steps),
        avoid=whole_visit(screening, knowledge),
        checkin=CheckInClock(**{name: WHEN[name].value for name in ("first", "affected", "elsewhere", "answer")}),
        bell=f"Ask {called} aloud, and put the bell into the hand.",
    )


def ceiling(regions: tuple[str, ...], screening: Screening) -> int:
    """The highest level these regions may have, known and until answered."""
    bits = area_of(regions)
    found = [limit for region, limit in screening.effective.items() if AREA[region] & bits]
    return min((0 if one.excluded else one.pressure for one in found), default=DEFAULT_PRESSURE)


def numb_words(regions: tuple[str, ...], screening: Screening) -> str:
    """How far up it is numb, where one word says it: "NUMB to mid-calf"; otherwise "NUMB"; empty where it is not."""
    if not is_numb(regions, screening.numb):
        return ""
    bits, numb, said = area_of(regions), area(screening.numb), set()
    for side in SIDES:
        for limb in LIMBS:
            if bits & AREA[f"{'leg' if limb == 'foot' else 'arm'}_whole.{side}"]:
                height = exactly(numb, side, limb)
                said.add(height.said if height else "")
    word = said.pop() if len(said) == 1 else ""
    return f"NUMB {word}" if word.startswith("to ") else f"NUMB: {word}" if word else "NUMB"


def _step(step: Step, screening: Screening, knowledge: Knowledge, called: str, works: Mapping[str, str]) -> LiveStep:
    asked = question(step.regions, is_numb(step.regions, screening.numb), called)
    return LiveStep(
        regions=step.regions, place=place(step.regions), short=short(step.regions), yours=yours(step.regions),
        work=step.work, title=works.get(step.work, step.work), level=step.level,
        ceiling=ceiling(step.regions, screening), minutes=step.minutes, affected=step.affected,
        numb=numb_words(step.regions, screening), ask=asked.ask, say=asked.say,
        avoid=avoid(step.regions, screening, knowledge),
    )  # fmt: skip
