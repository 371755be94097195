"""The note of a visit, assembled from its events: what it says, line by line, and in which section of each view.

Ask here: `note`, then `Note.soap` and `Note.care`: two views of the same lines, each line once in either. The same
events give the same note, however often they were sent. Nothing is invented: no answer stays no answer, a word over a
numb place is marked so, and no line says that anything was borne well. The sentences are in `words.note`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct

from afferent.safety.screening import Screening
from afferent.visit import note_lines as say
from afferent.visit.account import assessed, done, heard, next_time, seen
from afferent.visit.course import Course
from afferent.visit.events import Kept
from afferent.visit.fold import course
from afferent.visit.ledger import ledger

Soap = Literal["subjective", "objective", "assessment", "plan"]
Care = Literal["condition", "action", "response", "evaluation"]
SOAP: Final[tuple[Soap, ...]] = ("subjective", "objective", "assessment", "plan")
CARE: Final[tuple[Care, ...]] = ("condition", "action", "response", "evaluation")

# Where a line stands in either view. A look at the skin and a position stand in CARE by when that was: before the
# first touch it is the condition.
LAYOUT: Final[dict[type, tuple[Soap, Care]]] = {
    say.SinceLast: ("subjective", "condition"),
    say.Heard: ("subjective", "response"),
    say.Answers: ("subjective", "response"),
    say.AskedAround: ("subjective", "response"),
    say.PainAtStart: ("subjective", "condition"),
    say.PainNow: ("subjective", "response"),
    say.NothingSaid: ("subjective", "response"),
    say.SkinLooked: ("objective", "response"),
    say.SkinFound: ("objective", "response"),
    say.NotLooked: ("objective", "response"),
    say.Practised: ("objective", "condition"),
    say.HandsOn: ("objective", "action"),
    say.Done: ("objective", "action"),
    say.Lay: ("objective", "action"),
    say.WarmLaid: ("objective", "action"),
    say.LinkLost: ("objective", "response"),
    say.Written: ("objective", "response"),
    say.MarkedBy: ("objective", "response"),
    say.Slip: ("objective", "response"),
    say.CheckIns: ("assessment", "response"),
    say.Stopped: ("assessment", "response"),
    say.MovedOn: ("assessment", "response"),
    say.WorkedUnseen: ("assessment", "evaluation"),
    say.LeftAlone: ("plan", "evaluation"),
    say.RecordDue: ("plan", "evaluation"),
    say.EndedEarly: ("assessment", "response"),
    say.FoundMeanwhile: ("assessment", "response"),
    say.FoundNotFelt: ("assessment", "evaluation"),
    say.RulesHeld: ("assessment", "condition"),
    say.Used: ("assessment", "evaluation"),
    say.WentBeyond: ("assessment", "evaluation"),
    say.SetAside: ("assessment", "evaluation"),
    say.NextLevel: ("plan", "evaluation"),
    say.AskTomorrow: ("plan", "evaluation"),
    say.LookAtHome: ("plan", "evaluation"),
    say.Report: ("plan", "evaluation"),
    say.TellFinding: ("plan", "evaluation"),
}


class Names(Struct, frozen=True):
    """What things are called: the people, and id -> title of techniques, rules, positions, heat sources and reasons,
    and of measures with the name of the scale.
    `people`: id -> name of the staff who took part, where it was more than one.

    `on`: the day of the visit where it was; that of its first event where nobody says. An id without a title stands
    for itself.
    """

    client: str = "the client"
    therapist: str = "the therapist"
    on: dt.date | None = None
    works: Mapping[str, str] = {}
    rules: Mapping[str, str] = {}
    positions: Mapping[str, str] = {}
    sources: Mapping[str, str] = {}
    reasons: Mapping[str, str] = {}
    people: Mapping[str, str] = {}
    measures: Mapping[str, str] = {}


class Note(Struct, frozen=True):
    """The note. `knowledge`: the version it was screened with; empty where no outline was opened."""

    names: Names
    on: dt.date | None
    knowledge: str
    lines: tuple[say.Line, ...]

    @property
    def soap(self) -> dict[str, tuple[say.Line, ...]]:
        """Words, what was seen and done, what it came to, what is next."""
        return {name: tuple(one for one in self.lines if LAYOUT[type(one)][0] == name) for name in SOAP}

    @property
    def care(self) -> dict[str, tuple[say.Line, ...]]:
        """Condition, action, response, evaluation."""
        return {name: tuple(one for one in self.lines if _care(one) == name) for name in CARE}


def note(
    events: Iterable[Kept], screening: Screening | None = None, names: Names | None = None, *, since: Iterable[str] = ()
) -> Note:
    """The note of a visit. `screening`: the latest of that day. `since`: sentences on what changed since last time."""
    visit = course(events)
    found = ledger(visit)
    lines = (
        *(say.SinceLast(says=text) for text in since),
        *heard(visit, found),
        *seen(visit),
        *done(visit, found),
        *assessed(visit, found),
        *next_time(visit, found, screening),
    )
    named = names or Names()
    return Note(named, named.on or _day(visit), visit.opened.knowledge if visit.opened else "", lines)


def _day(visit: Course) -> dt.date | None:
    return visit.moments[0].kept.event.at.date() if visit.moments else None


def _care(line: say.Line) -> Care:
    if isinstance(line, say.SkinLooked | say.SkinFound | say.NotLooked) and line.when == "before":
        return "condition"
    if isinstance(line, say.Lay) and line.after is None:
        return "condition"
    return LAYOUT[type(line)][1]
