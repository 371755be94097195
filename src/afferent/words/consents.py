"""How a consent stands, in one sentence: "Agreed on 22 November 2026, wording 2".

Ask here: `state_words` (a standing), `told` (what is said before the question, the clinic's own words filled in) and
`again_words` (when it is asked again). Nothing here decides whether a yes still holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from afferent.knowledge.model import AskedAgain, Consent
from afferent.records.consent import By, Standing

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_BY: Final[dict[By, str]] = {
    "client": "",
    "helper": ", said with a helper",
    "therapist for the client": ", entered by the therapist for the client",
}
_AGAIN: Final[dict[AskedAgain, str]] = {
    "the wording changed": "when this wording changes",
    "the numb places changed": "when your numb places change",
    "a year has passed": "after a year",
}


class Told(NamedTuple):
    """One topic as the client reads or hears it."""

    title: str
    says: str


def state_words(one: Standing) -> str:
    """One sentence without a full stop. Only "Agreed on …" is a yes."""
    if one.entry is None:
        return "Not asked yet"
    if one.state == "ask_again":
        return f"Asked again: {_joined(one.reasons)}"
    if one.state == "given":
        return f"Agreed on {long_day(one.entry.on)}, wording {one.entry.version}{_BY[one.entry.by]}"
    return f"{'Withdrawn' if one.agreed_before else 'Said no'} on {long_day(one.entry.on)}{_BY[one.entry.by]}"


def told(consent: Consent, clinic: Mapping[str, str]) -> list[Told]:
    """Every topic in its order; `clinic`: its own words for "cost" and "retention", where it has written them."""
    return [Told(topic.title, clinic.get(topic.filled, "").strip() or topic.says) for topic in consent.topics]


def again_words(consent: Consent) -> str:
    """When a yes ends of itself: "We ask you again when this wording changes and after a year"."""
    return f"We ask you again {_joined([_AGAIN[why] for why in consent.asked_again_when])}."


def long_day(date: dt.date) -> str:
    """ "22 November 2026": in full, as it stands on a form."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _joined(parts: tuple[str, ...] | list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
