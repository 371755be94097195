"""The day after a visit: what is asked, and what follows for the next.

Ask here: `QUESTIONS`, `NextDay` (the answers to one visit), `step_down`, `facts` and `urgent` (what the client must do,
in words). No answer is never "fine": it gives no step back. A blister, new swelling, breathlessness, a fall or a faint
told from home goes to the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, convert

from afferent.body.areas import part
from afferent.body.regions import AREA, WHOLE
from afferent.knowledge.model import URGENCY_RANK, Urgency
from afferent.safety.evidence import ELSEWHERE, Evidence
from afferent.visit.data import Number, table
from afferent.visit.events import Region

ORIGIN: Final = "next-day check"
YesNo = Literal["no", "yes", "unknown"]
Worse = Literal["no", "short", "longer", "still", "unknown"]
# What was answered before a question existed is not spoilt by it; the form itself never says "not_asked".
YesNoLater = Literal["no", "yes", "unknown", "not_asked"]
Fall = Literal["no", "fall", "faint", "unknown", "not_asked"]
Where = Annotated[tuple[Region, ...], Meta(max_length=40)]  # none: nobody said where


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """One question, its answers, and whether it asks where.

    `tells`: answer -> fact for the rules. `urgency`: answer -> how soon it must be heard. `says`: answer -> what the
    client reads at once.
    """

    ask: str
    options: dict[str, str]
    where: bool = False
    tells: dict[str, str] = {}
    urgency: dict[str, Urgency] = {}
    says: dict[str, str] = {}


QUESTIONS: Final = convert(table("after")["question"], dict[str, Asked])
STEP: Final = convert(table("after")["step"], dict[str, Number])
_SAID: Final = {
    "open_skin": "blister or open skin after a visit",
    "limb_swollen": "a limb newly swollen or painful after a visit",
    "breathless_or_chest_pain": "breathless, chest pain or a faint after a visit",
    "fall_risk": "a fall after a visit",
}
_LIMBS: Final = part("limb")
_MOST_LEVELS: Final = 5
_MOST_MINUTES: Final = 60


class NextDay(Struct, frozen=True, forbid_unknown_fields=True):
    """What the client said of the day after one visit. `on`: the day it was said. Nothing answered is unknown."""

    on: dt.date
    sore: Literal["no", "a_little", "a_lot", "unknown"] = "unknown"
    mark: YesNo = "unknown"
    mark_where: Where = ()
    blister: YesNo = "unknown"
    blister_where: Where = ()
    worse: Worse = "unknown"
    worse_where: Where = ()
    words: str = ""
    swollen: YesNoLater = "not_asked"
    swollen_where: Where = ()
    breathless: YesNoLater = "not_asked"
    fall: Fall = "not_asked"

    @property
    def was_worse(self) -> bool:
        """For more than a day, or something new that is no small matter; what is still worse counts, for nobody knows
        yet."""
        return self.worse in ("longer", "still") or self.swollen == "yes" or self.unwell

    @property
    def unwell(self) -> bool:
        """Breathless, or fainted: of the whole person, not of one place."""
        return self.breathless == "yes" or self.fall == "faint"

    @property
    def was_fine(self) -> bool:
        """Said to be so, every question asked: not worse for more than a day, hardly sore, none of the rest."""
        later = {self.swollen, self.breathless, self.fall}
        sore = self.sore in ("no", "a_little")
        none = self.mark == "no" and self.blister == "no" and later <= {"no", "not_asked"}
        return sore and self.worse in ("no", "short") and none


class Gentler(Struct, frozen=True):
    """How much gentler the next outline is: levels down, and minutes off."""

    levels: int = 0
    minutes: int = 0


def step_down(history: Iterable[NextDay | None]) -> Gentler:
    """From the answers to all visits, the oldest first; None where nobody answered.

    Each day that was worse, or brought a blister, is one step. Fine days in a row give one back.
    """
    steps = fine = 0
    for day in history:
        if day is not None and (day.was_worse or day.blister == "yes"):
            steps, fine = steps + 1, 0
        elif day is not None and day.was_fine:
            fine += 1
            if fine == STEP["given_back"].value:
                steps, fine = max(0, steps - 1), 0
        else:
            fine = 0
    levels, minutes = STEP["levels"].value * steps, STEP["minutes"].value * steps
    return Gentler(min(levels, _MOST_LEVELS), min(minutes, _MOST_MINUTES))


def facts(day: NextDay) -> list[Evidence]:
    """What the rules must hear of: each finding with its places, or somewhere if nobody said where."""
    found: dict[str, Evidence] = {}
    for name, question in QUESTIONS.items():
        fact = question.tells.get(getattr(day, name))
        if fact is not None and fact not in found:
            places = _known(getattr(day, f"{name}_where"), fact) if question.where else ()
            found[fact] = Evidence(fact, places or True, day.on, ORIGIN, _SAID[fact])
    return list(found.values())


def urgent(day: NextDay) -> tuple[str, ...]:
    """What the client reads at once, the most urgent first; nothing where no answer asks for it."""
    said = [
        (question.urgency[answer], question.says[answer])
        for name, question in QUESTIONS.items()
        if (answer := getattr(day, name)) in question.says
    ]
    order = sorted(said, key=lambda one: URGENCY_RANK[one[0]], reverse=True)
    return tuple(dict.fromkeys(words for _, words in order))


def _known(places: tuple[str, ...], fact: str) -> tuple[str, ...]:
    """A place that nobody knows is somewhere else; so is a swelling that was told of no limb."""
    within = _LIMBS if fact == "limb_swollen" else WHOLE
    return tuple(dict.fromkeys(one if AREA.get(one, 0) & within else ELSEWHERE for one in places))
