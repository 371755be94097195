"""How strong the pain is, from 0 to 10: against the start, against what touch may cause, and what it asks for.

Ask here: `judge` (one number), `scores` (all of a visit, as they were judged), `rule` (numbers and words, for the face)
and `told` (the lines of the note) [safety.md 5.1]. A number only ever makes it lighter: none permits more, and over a
numb place a low one says nothing. The therapist's face judges the same for itself (`live/pain.js`); a test holds the
two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct, convert

from afferent.visit import around
from afferent.visit import note_lines as say
from afferent.visit.checkins import PAIN
from afferent.visit.course import Course, Moment, Place
from afferent.visit.data import table
from afferent.visit.events import PAIN_NOW, Ended, HandsOff, Moved, Pressed, Said, Scored, Word
from afferent.visit.guide import cannot_say
from afferent.visit.sides import quiet, yours
from afferent.visit.where import together

Verdict = Literal["", "over", "lighten", "leave"]
Then = Literal["", "left", "lighter", "stopped", "ended"]


class Says(Struct, frozen=True, forbid_unknown_fields=True):
    """What a number asks for: `do`, in capitals; `why`, with {value}, {rise} and {ceiling} to be filled in; `unasked`
    instead of it where nobody asked before the first touch, if that makes another sentence."""

    do: str
    why: str
    unasked: str = ""


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    before: str
    during: str
    after: tuple[Word, ...]
    says: dict[Verdict, Says]


_WORDS: Final = convert(table("checkins")["score"], _Words)


class PainRule(Struct, frozen=True):
    """Everything that the face needs. Of 10: `ceiling` while touched; `lighten` and `leave`, above the start; `worst`,
    which ends a place whatever the start.

    `before`: what is asked before the first touch. `after`: the words after which a number is asked for; none where
    the client can hardly say one.
    """

    ceiling: int
    lighten: int
    leave: int
    worst: int
    before: str
    after: tuple[Word, ...]
    says: dict[str, Says]


def rule(called: str, *, asks: bool = True) -> PainRule:
    """The rule for one client. `asks`: can they say a number?"""
    limits = {name: PAIN[name].value for name in ("ceiling", "lighten", "leave", "worst")}
    before = _WORDS.before.format(called=called) if asks else ""
    says = {str(verdict): words for verdict, words in _WORDS.says.items()}
    return PainRule(**limits, before=before, after=_WORDS.after if asks else (), says=says)


def asked(regions: tuple[str, ...], called: str) -> str:
    """What the therapist says aloud, with hands on this place."""
    return _WORDS.during.format(called=called, place=quiet(yours(regions)))


def judge(value: int, start: int | None) -> Verdict:
    """What one number asks for. `start`: before the first touch; None: nobody asked, which counts as 0. Pain that is no
    more than at the start is not put down to touch, but near the top of the scale the place is over all the same."""
    rise = value - (start or 0)
    if rise >= PAIN["leave"].value or value >= PAIN["worst"].value:
        return "leave"
    if rise >= PAIN["lighten"].value:
        return "lighten"
    return "over" if rise > 0 and value > PAIN["ceiling"].value else ""


class Score(Struct, frozen=True):
    """One number while somebody was touched. `rise`: above the start, None where nobody asked then. `after`: seconds
    since the first touch. `numb`: feeling is no guide there. `to`: the word that was asked about. `then`: what the
    hands did.
    """

    id: str
    value: int
    rise: int | None
    verdict: Verdict
    place: Place | None
    numb: bool
    after: float
    to: Word | None
    then: Then
    ids: tuple[str, ...]


def start(visit: Course) -> tuple[str, int] | None:
    """The number from before the first touch that holds, with its event. Whoever gave it, it is one and the same."""
    found = around.answers(visit).get(("before_visit", PAIN_NOW))
    return (found.id, found.value) if found is not None and found.value is not None else None


def scores(visit: Course) -> tuple[Score, ...]:
    """Every number of the pain while somebody was touched, in its order."""
    begun = start(visit)
    words = {one.id: one.kept.event.word for one in visit.moments if isinstance(one.kept.event, Said)}
    return tuple(
        _score(visit, number, one, one.kept.event, begun[1] if begun else None, words.get(one.kept.event.to))
        for number, one in enumerate(visit.moments)
        if isinstance(one.kept.event, Scored) and not one.kept.event.asked and one.after is not None
    )


def _score(visit: Course, number: int, one: Moment, event: Scored, start: int | None, to: Word | None) -> Score:
    verdict = judge(event.value, start)
    place = one.place if one.hands_on else None
    then, id = _then(visit.moments[number + 1 :], one.place) if verdict and place else ("", "")
    numb = (place is not None and place.numb) or (one.opened is not None and cannot_say(one.opened.rules))
    return Score(
        event.id, event.value, None if start is None else event.value - start, verdict, place, numb, one.after or 0.0,
        to, then, (event.id, *((id,) if id else ())),
    )  # fmt: skip


def _then(later: tuple[Moment, ...], place: Place | None) -> tuple[Then, str]:
    """The first thing that eased it, and its event."""
    here, level = place or Place((), "", 0), place.level if place else 0
    for one in later:
        match one.kept.event:
            case Moved(regions=regions, level=now):
                if together(regions) != together(here.regions):
                    return "left", one.id
                if now < level:
                    return "lighter", one.id
            case Pressed(level=now) if now < level:
                return "lighter", one.id
            case Said(word="stop") | HandsOff():
                return "stopped", one.id
            case Ended():
                return "ended", one.id
            case _:
                pass
    return "", ""


def told(visit: Course) -> Iterator[say.Line]:
    """The lines of the note."""
    begun, told = start(visit), {id for line in around.told(visit) for id in line.ids}
    if begun is not None and begun[0] not in told:
        yield say.PainAtStart(value=begun[1], ids=(begun[0],))
    for one in scores(visit):
        yield say.PainNow(
            value=one.value, rise=one.rise, verdict=one.verdict, place=one.place, numb=one.numb, after=one.after,
            word=one.to, then=one.then, ids=one.ids,
        )  # fmt: skip
