"""The day after a visit: what is asked, and what follows for the next.

Ask here: `QUESTIONS`, `NextDay` (the answers to one visit), `step_down` and `facts`. No answer is never "fine": it
gives no step back. A blister reported from home goes to the rules as open skin.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, convert

from afferent.body.regions import AREA
from afferent.safety.evidence import ELSEWHERE, Evidence
from afferent.visit.data import Number, table
from afferent.visit.events import Region

ORIGIN: Final = "next-day check"
YesNo = Literal["no", "yes", "unknown"]
Worse = Literal["no", "short", "longer", "still", "unknown"]
Where = Annotated[tuple[Region, ...], Meta(max_length=40)]  # none: nobody said where


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """One question, its answers, and whether it asks where."""

    ask: str
    options: dict[str, str]
    where: bool = False


QUESTIONS: Final = convert(table("after")["question"], dict[str, Asked])
STEP: Final = convert(table("after")["step"], dict[str, Number])
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

    @property
    def was_worse(self) -> bool:
        """For more than a day; what is still worse counts, for nobody knows yet."""
        return self.worse in ("longer", "still")

    @property
    def was_fine(self) -> bool:
        """Said to be so, every question: not worse for more than a day, hardly sore, no mark, no blister."""
        sore = self.sore in ("no", "a_little")
        return sore and self.worse in ("no", "short") and self.mark == "no" and self.blister == "no"


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
    """What the rules must hear of: open skin, with its places, or somewhere if nobody said where."""
    if day.blister != "yes":
        return []
    known = tuple(region if region in AREA else ELSEWHERE for region in day.blister_where)
    return [Evidence("open_skin", known or True, day.on, ORIGIN, "blister or open skin after a visit")]
