"""What is planned for a visit, as the client reads it: where, how light, how long; what is not done, and why.

Ask here: `planned`. Places and touch only: no name of an illness, no finding, no limit and no rule. "Your LEFT foot is
left alone" says what will happen, not what somebody has. It promises nothing that practice.toml does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from afferent.body.areas import segment
from afferent.body.regions import SIDES, area, side
from afferent.knowledge import Knowledge
from afferent.knowledge.library import THERMAL
from afferent.outline.ground import Ground
from afferent.outline.model import Outline, Step, Wish
from afferent.safety.screening import Screening
from afferent.visit.sides import loud
from afferent.words.outline import counted_minutes
from afferent.words.places import phrase
from afferent.words.vocabulary import capital, counted

# The Walton levels that an outline may have, as a client feels them [safety.md 0.1].
_LIGHT: Final = (
    "No weight at all.",
    "As light as spreading lotion on sunburnt skin.",
    "Like rubbing lotion in: the skin moves, no more.",
    "As in a calm massage. It never hurts.",
)
_NEVER: Final = (
    "No deep pressure, no hard rubbing, no tapping and no tools.",
    "Gentle is enough. We know of no study in which harder helped more.",
)
_NO_HEAT: Final = ("No heat and no cold.", "Skin can burn before anybody notices. Leaving it out is the safe way.")
_RESTS: Final = "for now, so that nothing there has to bear touch."
_ELSEWHERE: Final = "this time, and the calm touch is elsewhere."
NOT_WAITING: Final = (
    "A leg or arm newly swollen, hot or painful, or a fever: call your clinician today, do not wait for the visit."
)
_YOURS: Final = (
    "You may say stop at any time. You need no reason.",
    "Nothing is meant to hurt. Say so at once if it does, and if you want less.",
    "Tell your therapist before you begin what is new: a sore, a fall, a new medicine.",
    "Touch may feel good for a while. It is not medical care and does not heal an illness.",
    NOT_WAITING,
    "Breathless, chest pain, a faint, sudden weakness: do not wait for the visit. Call the emergency number.",
)


class PlannedStep(Struct, frozen=True):
    """One place: where, what is done in plain words, how light, how long. `short`: kept so on purpose."""

    place: str
    how: str
    light: str
    minutes: str
    short: bool


class NotDone(Struct, frozen=True):
    """What is left out, and why that is kind."""

    what: str
    why: str


class Planned(Struct, frozen=True):
    """All of it. `yours`: what holds for everybody."""

    lead: str
    steps: tuple[PlannedStep, ...]
    not_done: tuple[NotDone, ...]
    yours: tuple[str, ...] = _YOURS


def planned(outline: Outline, screening: Screening, knowledge: Knowledge, wish: Wish) -> Planned:
    """The outline in the client's words. Raises InputError for a place of the wish that does not exist."""
    ground = Ground(screening, knowledge, wish)
    much = f"About {counted_minutes(outline.minutes)} of touch, in {counted(len(outline.steps), 'part')}."
    return Planned(
        lead=f"{much} You both decide on the day, and all of it can change.",
        steps=tuple(_step(one, knowledge) for one in outline.steps),
        not_done=tuple(_not_done(outline, ground)),
    )


def _step(step: Step, knowledge: Knowledge) -> PlannedStep:
    work = knowledge.library[step.work]
    light = _LIGHT[min(step.level, len(_LIGHT) - 1)]
    if work.does in THERMAL and step.celsius is not None:
        light = f"At {'most' if work.does == 'warm' else 'least'} {step.celsius:g} °C, by the thermometer."
    return PlannedStep(
        place=capital(_place(step, knowledge)), how=work.yours or f"{capital(work.title)}.", light=light,
        minutes=f"About {counted_minutes(step.minutes)}", short=step.affected,
    )  # fmt: skip


def _place(step: Step, knowledge: Knowledge) -> str:
    """ "BOTH of your feet"; a part that has a word of its own by that word, a zone by the whole hand or foot."""
    work = knowledge.library[step.work]
    if work.place:
        on = [one for one in SIDES if any(side(region) in (one, None) for region in step.regions)]
        return f"BOTH of your {work.place}s" if len(on) > 1 else f"your {on[0].upper()} {work.place}"
    here = area(step.regions)
    return _said(segment(here) if work.part else here)


def _said(bits: int) -> str:
    """ "BOTH of your shoulders and the upper back": whose side it is, in capitals."""
    said = re.sub(r"\bthe (left|right)\b", r"your \1", phrase(bits, spans=False))
    return loud(re.sub(r"\bboth\b", "both of your", said))


def _not_done(outline: Outline, ground: Ground) -> Iterator[NotDone]:
    worked = area(region for step in outline.steps for region in step.regions)
    if shut := ground.shut & ~worked:
        yield NotDone(*_left_alone(shut, _RESTS))
    if outline.kind == "elsewhere" and (away := ground.affected & ~ground.shut & ~worked):
        yield NotDone(*_left_alone(away, _ELSEWHERE))
    if not any(ground.knowledge.library[step.work].does in THERMAL for step in outline.steps):
        yield NotDone(*_NO_HEAT)
    yield NotDone(*_NEVER)


def _left_alone(bits: int, why: str) -> tuple[str, str]:
    """By its place, as one or as several."""
    named = _said(bits)
    several = named.startswith("BOTH") or " and " in named
    are, rest = ("are", "They rest") if several else ("is", "It rests")
    return f"{capital(named)} {are} left alone.", f"{rest} {why}"
