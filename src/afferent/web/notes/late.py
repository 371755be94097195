"""What reached the server only after a note was signed: an amendment that nobody writes, listed below the note.

Ask here: `late(note)`. A device that was away sends its events again when it is back; a signed note is not changed by
them, and they are not hidden either. Plain text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from afferent.knowledge.measures import ASKED_WORDS, Measure
from afferent.visit import events
from afferent.visit.events import Event, Look
from afferent.visit.sides import place
from afferent.visit.skin import HARMLESS
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.store import stream
from afferent.web.notes.models import Note
from afferent.web.notes.writing import people
from afferent.words.visit import BUTTONS, DETAILS, FOUND, quoted, where
from afferent.words.vocabulary import level, listed

_BY: Final = {"client": "the client", "therapist": "the therapist", "program": "the program"}
_PLAIN: Final[dict[type, str]] = {
    events.Opened: "The visit was opened with an outline",
    events.Began: "The first touch",
    events.Silent: "No answer to a check-in",
    events.HandsOff: "Hands off after STOP",
    events.WentOn: "Both agreed to go on",
    events.WarmedOff: "Something warm or cold was taken off",
    events.TakenBack: "An entry was taken back as a slip of the hand",
    events.Turned: "The client turned, or sat up",
    events.Ended: "The last touch",
    events.Linked: "The client’s device was linked",
    events.Lost: "Nothing was heard from the client’s device",
}


class Late(Struct, frozen=True):
    """One event: when it happened, when it arrived, who, and what."""

    at: dt.datetime
    received: dt.datetime
    by: str
    words: str


def late(note: Note) -> list[Late]:
    """Everything that the signed note does not know of, in its order."""
    found = stream(note.session_id, after=note.upto)
    measures = in_force(note.session.client.clinic).measures
    others = people(found, but=note.session.therapist_id)
    return [
        Late(one.event.at, one.received, others[one.who].name if one.who in others else _BY[one.event.by],
             event_words(one.event, measures))
        for one in found
    ]  # fmt: skip


def event_words(event: Event, measures: Mapping[str, Measure] | None = None) -> str:
    """One event in a few words. `measures`: by id, for their titles."""
    match event:
        case events.Said():
            how = " aloud" if event.aloud else ""
            return f"{BUTTONS[event.word]}{how}{f': {DETAILS[event.detail]}' if event.detail else ''}"
        case events.Drilled():
            return f"Tried {BUTTONS[event.word]}"
        case events.Moved():
            return f"Hands on {where(event.regions)}, {level(event.level)}"
        case events.Pressed():
            return f"Pressure: {level(event.level)}"
        case events.Scored() | events.Skipped() if event.asked:
            known = (measures or {}).get(event.measure)
            said = f"{event.value} of 10" if isinstance(event, events.Scored) else "skipped"
            return f"{known.title if known else event.measure}, {ASKED_WORDS[event.asked]}: {said}"
        case events.Scored():
            return f"Pain {event.value} of 10"
        case events.Asked():
            return f"Asked how it is, {where(event.regions)}"
        case events.SkinChecked():
            return _looked(event.looks)
        case events.Warmed():
            return f"Something warm or cold on {where(event.regions)}, {event.celsius:g} °C"
        case _:
            return _written(event)


def _written(event: Event) -> str:
    """What is told in words already."""
    match event:
        case events.Noted():
            return f"Words: {quoted(event.words)}"
        case events.StopBecause():
            return f"Why it was stopped: {DETAILS[event.detail] if event.detail else 'not said'}"
        case events.Rescreened():
            return f"Screened again: {event.headline}"
        case events.Crossed():
            return f"Went beyond a limit: {event.crossing.says}"
        case _:
            return _PLAIN[type(event)]


def _looked(looks: tuple[Look, ...]) -> str:
    found = [f"{place((one.region,))}: {FOUND[one.found]}" for one in looks if one.found not in HARMLESS]
    return f"Looked at the skin: {listed(found) if found else 'nothing was seen'}"
