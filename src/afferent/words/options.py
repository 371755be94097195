"""What the therapist could do: a few cards of equal weight, nothing chosen.

"Work elsewhere" and "not today" are always among them, except where the visit is closed. Ask here: `options`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from afferent.body.regions import AREA, area
from afferent.knowledge import Knowledge
from afferent.safety.screening import Screening
from afferent.words.headline import things
from afferent.words.places import phrase
from afferent.words.session import Visit, hands_on
from afferent.words.standing import Standing
from afferent.words.vocabulary import at_most, capital, counted, sentence

_UPPER: Final = ("head_neck", "shoulders", "back", "arm_whole.left", "arm_whole.right")
_NOTE: Final = "The reason goes into the note."


class Option(Struct, frozen=True):
    """One thing that could be done."""

    title: str
    text: str


def options(standing: Standing, screening: Screening, knowledge: Knowledge, visit: Visit = "any") -> tuple[Option, ...]:
    """Two to four possibilities."""
    if standing.closed:
        return tuple(_closed(screening, knowledge))
    return tuple(_open(standing, screening, hands_on(screening, knowledge, visit)))


def _closed(screening: Screening, knowledge: Knowledge) -> Iterator[Option]:
    for urgency, name in (("emergency", "call_emergency"), ("same_day", "medical_care_same_day")):
        if screening.urgency == urgency:
            yield Option(knowledge.advice[name].title, knowledge.advice[name].text)
    if screening.decision == "clearance_first" or screening.clearance_for:
        yield Option(
            "Ask the physician", "One page with the open questions. Their answer opens what it names, no more."
        )
    elif screening.urgency == "routine":
        yield Option(knowledge.advice["tell_clinician"].title, knowledge.advice["tell_clinician"].text)
    elif screening.urgency == "none":
        yield Option(knowledge.advice["tell_client"].title, knowledge.advice["tell_client"].text)
    again = (
        "Book again when the physician has answered." if screening.clearance_for else "Book again when this has passed."
    )
    if screening.urgency in ("same_day", "emergency"):
        again = "Book again when a clinician has looked at this."
    yield Option("Not today", f"{again} {_NOTE}")


def _open(standing: Standing, screening: Screening, most: int) -> Iterator[Option]:
    alone = sum(AREA[leaf] for leaf, held in standing.leaves.items() if held.excluded)
    left = f" {_alone(alone)}" if alone else ""
    minutes = f"{most} minutes at most."
    limited = any(held.excluded or held.pressure < 5 for held in standing.leaves.values())
    if limited:
        yield Option("Within the limits", f"Every place at the level named above. {capital(minutes)}{left}")
    elif standing.gate:
        yield Option("Ask, then decide", "The limits follow from the answers. Until then, no hands-on.")
    else:
        yield Option("A usual session", f"No place is limited by what is known. {capital(minutes)}")
    elsewhere = _elsewhere(standing, screening)
    if limited and elsewhere:
        level = min(held.pressure for leaf, held in standing.leaves.items() if AREA[leaf] & elsewhere)
        how = "at the level you and the client choose" if level == 5 else at_most(level)
        yield Option("Work elsewhere", f"{capital(phrase(elsewhere))}: {how}. {minutes} The rest is left alone.")
    number, noun = things(screening)
    if screening.clearance_for:
        place = phrase(area(screening.clearance_for), spans=False)
        yield Option("Ask the physician", sentence(f"their answer could open {place}, up to the level they name"))
    again = f"Book again when {counted(number, noun)} have been answered." if number else "Book another day."
    yield Option(
        "Not today",
        f"{again.replace('one question have', 'the question has').replace('one thing have', 'it has')} {_NOTE}",
    )


def _alone(bits: int) -> str:
    return sentence(f"{phrase(bits, spans=False)} left alone")


def _elsewhere(standing: Standing, screening: Screening) -> int:
    """Whole parts of upper body and arms of which nothing is numb, left alone or held lower than the rest."""
    numb = area(screening.numb)
    parts: dict[str, int] = {}
    for part in _UPPER:
        here = [held for leaf, held in standing.leaves.items() if AREA[leaf] & AREA[part]]
        if not AREA[part] & numb and not any(held.excluded for held in here):
            parts[part] = min(held.pressure for held in here)
    best = max(parts.values(), default=0)
    return area(part for part, pressure in parts.items() if pressure == best) if best else 0
