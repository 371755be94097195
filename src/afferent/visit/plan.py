"""What both faces show, step by step: worked out once, before the first touch, and handed to the page as it is.

Ask here: `live_plan`. Everything comes from the effective limits and nothing is loosened. No limit goes to the client:
`yours` and `ask` are all that is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from afferent.body.heights import LIMBS, exactly
from afferent.body.regions import AREA, SIDES, area
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DEFAULT_PRESSURE
from afferent.outline.model import Outline, Step
from afferent.safety.screening import Screening
from afferent.visit.avoid import Avoid, avoid, whole_visit
from afferent.visit.checkins import SETTLE, SIGNS, WHEN, Signs, question
from afferent.visit.guide import Told, no_guide
from afferent.visit.pain import PainRule
from afferent.visit.pain import asked as asked_in_numbers
from afferent.visit.pain import rule as pain_rule
from afferent.visit.pinned import before_turn, pinned
from afferent.visit.sides import place, short, yours
from afferent.visit.where import area_of, is_numb, touches


class CheckInClock(Struct, frozen=True):
    """Seconds: to the first check-in, between two on affected places and elsewhere, and for an answer. `settle`: how
    long hands settle on a new place (region), after more pressure and after a turn, before it is asked about.
    """

    first: int
    affected: int
    elsewhere: int
    answer: int
    settle: dict[str, int]


class LiveStep(Struct, frozen=True):
    """One step of the outline as it is shown.

    `place`: for the therapist, `short` on a button, `yours` for the client. `title`: the technique. `numb`: in words,
    empty where it is not. `ask`: on the client's device; `say` and `score` (the pain as a number): read aloud. `avoid`:
    at most three lines. `shares`: the numbers of the steps that touch any of the same skin, its own among them.
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
    score: str
    avoid: tuple[Avoid, ...]
    shares: tuple[int, ...] = ()


class LivePlan(Struct, frozen=True):
    """The whole visit. `avoid`: what holds wherever the hands are. `bell`: what to do while the link is lost.

    `pinned`: positions that are off and advice that must be seen, at most eight words each; `before_turn`: what comes
    before each change of position, empty where nothing does. `signs`: what to watch, where the client can hardly say
    what is felt, or nobody knows; empty lists otherwise. `no_guide`: why no word is a guide anywhere, empty where words
    are; `watched`: signs are watched, and the question is another. `pain`: what a number from 0 to 10 asks for.
    """

    called: str
    minutes: int
    steps: tuple[LiveStep, ...]
    avoid: tuple[Avoid, ...]
    checkin: CheckInClock
    pain: PainRule
    bell: str
    no_guide: Told = Told()
    watched: bool = False
    pinned: tuple[str, ...] = ()
    before_turn: str = ""
    signs: Signs = Signs()


def live_plan(
    outline: Outline, screening: Screening, knowledge: Knowledge, called: str, works: Mapping[str, str] | None = None
) -> LivePlan:
    """The plan of a visit. `called`: the client's name; `works`: technique id -> title, the id where there is none."""
    names = works or {}
    watched = _no_feedback(screening) == "fired"
    warms = any(step.source for step in outline.steps)
    everywhere = tuple(region for step in outline.steps for region in step.regions)
    felt = not watched and any(not is_numb(step.regions, screening.numb) for step in outline.steps)
    shows = _Shows(screening, knowledge, called, names, warms, watched)
    return LivePlan(
        called=called,
        minutes=outline.minutes,
        steps=tuple(_step(one, outline.steps, shows) for one in outline.steps),
        avoid=whole_visit(screening, knowledge, () if warms else everywhere),
        checkin=_clock(),
        pain=pain_rule(called, asks=not watched),
        bell=f"Ask {called} aloud, and put the bell into the hand.",
        no_guide=no_guide(screening),
        watched=watched,
        pinned=pinned(screening, knowledge, felt=felt),
        before_turn=before_turn(screening),
        signs=SIGNS if _no_feedback(screening) else Signs(),
    )


def _clock() -> CheckInClock:
    numbers = {name: WHEN[name].value for name in ("first", "affected", "elsewhere", "answer")}
    return CheckInClock(**numbers, settle={str(why): one.value for why, one in SETTLE.items()})


def _no_feedback(screening: Screening) -> str:
    """Can the client hardly say what is felt: "fired", "possible" while that is not known, otherwise empty."""
    return next((rule.state for rule in screening.rules if rule.id == "NO-FEEDBACK"), "")


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


class _Shows(NamedTuple):
    """What every step is shown with. `warms`: something warm or cold is planned; `watched`: signs, not words."""

    screening: Screening
    knowledge: Knowledge
    called: str
    works: Mapping[str, str]
    warms: bool
    watched: bool


def _step(step: Step, steps: tuple[Step, ...], shows: _Shows) -> LiveStep:
    screening = shows.screening
    asked = question(step.regions, is_numb(step.regions, screening.numb), shows.called, watched=shows.watched)
    return LiveStep(
        regions=step.regions, place=place(step.regions), short=short(step.regions), yours=yours(step.regions),
        work=step.work, title=shows.works.get(step.work, step.work), level=step.level,
        ceiling=ceiling(step.regions, screening), minutes=step.minutes, affected=step.affected,
        numb=numb_words(step.regions, screening), ask=asked.ask, say=asked.say,
        score=asked_in_numbers(step.regions, shows.called),
        avoid=avoid(step.regions, screening, shows.knowledge, warms=shows.warms),
        shares=tuple(number for number, one in enumerate(steps) if touches(one.regions, step.regions)),
    )  # fmt: skip
