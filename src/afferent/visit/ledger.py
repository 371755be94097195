"""The pressure ledger: how long, where, with what, how hard; every word of the client; every check-in and what came.

Ask here: `ledger`, `seconds_on`. Several regions worked as one are one place: their time counts once. Nothing here says
what was good: a word said of a numb place is marked `numb`, a check-in without an answer is `silent` or `open`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from afferent.outline.model import Crossing
from afferent.visit.course import Course, Moment, Place
from afferent.visit.events import Asked, By, Crossed, Detail, Opened, Said, Silent, Why, Word
from afferent.visit.guide import cannot_say
from afferent.visit.order import moment
from afferent.visit.where import is_numb, together, touches

Outcome = Literal["button", "aloud", "late", "silent", "open"]


class Dose(Struct, frozen=True):
    """Seconds on one place with one technique at one level. `ids`: the events that began and ended the spells."""

    regions: tuple[str, ...]
    work: str
    level: int
    seconds: float
    ids: tuple[str, ...]


class Highest(Struct, frozen=True):
    """The highest level on a place, and the ceiling that held then; None where none was set.

    `crossing`: why it was gone beyond, where it was and anybody said so.
    """

    regions: tuple[str, ...]
    level: int
    ceiling: int | None
    ids: tuple[str, ...]
    crossing: Crossing | None = None

    @property
    def beyond(self) -> bool:
        return self.ceiling is not None and self.level > self.ceiling


class Press(Struct, frozen=True):
    """What the client said, and where the hands were then. `after`: seconds since the first touch.

    `numb`: feeling is no guide there, whatever the word. `why`: of the check-in that it answers; None: of itself.
    """

    id: str
    by: By
    word: Word
    detail: Detail
    aloud: bool
    place: Place | None
    numb: bool
    after: float | None
    why: Why | None = None


class CheckIn(Struct, frozen=True):
    """A check-in. `outcome`: answered by button, aloud, or late, after a silence; `silent`: no answer came; `open`:
    nobody noted whether one came. The last two are no answer. `seconds`: until the answer.
    """

    id: str
    why: Why
    regions: tuple[str, ...]
    numb: bool
    after: float | None
    outcome: Outcome
    answer: Press | None = None
    seconds: float | None = None
    ids: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        return self.answer is not None


class Ledger(Struct, frozen=True):
    """Everything that can be counted of one visit."""

    doses: tuple[Dose, ...]
    highest: tuple[Highest, ...]
    presses: tuple[Press, ...]
    check_ins: tuple[CheckIn, ...]
    crossings: tuple[tuple[str, Crossing], ...]  # the event that says so, and what it says

    @property
    def seconds(self) -> float:
        return sum(one.seconds for one in self.doses)

    @property
    def beyond(self) -> tuple[Highest, ...]:
        return tuple(one for one in self.highest if one.beyond)


def ledger(visit: Course) -> Ledger:
    """The ledger of a visit."""
    crossings = tuple(_crossings(visit))
    presses = tuple(_presses(visit))
    return Ledger(_doses(visit), _highest(visit, crossings), presses, tuple(_check_ins(visit, presses)), crossings)


def seconds_on(doses: Iterable[Dose], regions: Iterable[str]) -> float:
    """How long hands were on anything that shares skin with these regions."""
    wanted = tuple(regions)
    return sum(one.seconds for one in doses if touches(one.regions, wanted))


def _doses(visit: Course) -> tuple[Dose, ...]:
    found: dict[tuple[tuple[str, ...], str, int], Dose] = {}
    for spell in visit.spells:
        place = spell.place
        key = (together(place.regions), place.work, place.level)
        before = found.get(key)
        seconds, ids = (before.seconds, before.ids) if before else (0.0, ())
        found[key] = Dose(*key, seconds + spell.seconds, tuple(dict.fromkeys((*ids, *spell.ids))))
    return tuple(found.values())


def _highest(visit: Course, crossings: tuple[tuple[str, Crossing], ...]) -> tuple[Highest, ...]:
    """Of each place the spell that went highest, one beyond its ceiling before all others; of equal ones the first."""
    found: dict[tuple[str, ...], Highest] = {}
    for spell in visit.spells:
        place, regions = spell.place, together(spell.place.regions)
        one = Highest(regions, place.level, place.ceiling, spell.ids[:1])
        before = found.get(regions)
        if before is None or (one.beyond, one.level) > (before.beyond, before.level):
            found[regions] = one
    return tuple(replace(one, crossing=_why(one, crossings)) if one.beyond else one for one in found.values())


def _why(beyond: Highest, crossings: tuple[tuple[str, Crossing], ...]) -> Crossing | None:
    """The reason given for going beyond the level there, if one was."""
    return next(
        (one for _, one in crossings if one.crosses == "pressure" and touches(one.regions, beyond.regions)), None
    )


def _crossings(visit: Course) -> Iterator[tuple[str, Crossing]]:
    """What was set aside beforehand, and what was gone beyond on the way."""
    for one in visit.moments:
        event = one.kept.event
        if isinstance(event, Opened):
            yield from ((event.id, crossing) for crossing in event.crossings)
        elif isinstance(event, Crossed):
            yield event.id, event.crossing


def _presses(visit: Course) -> Iterator[Press]:
    asked = {one.id: one.kept.event for one in visit.moments if isinstance(one.kept.event, Asked)}
    for one in visit.moments:
        event = one.kept.event
        if isinstance(event, Said):
            to = asked.get(event.to)
            place = one.place if one.hands_on else None
            unsaid = one.opened is not None and cannot_say(one.opened.rules)
            numb = unsaid or (place is not None and place.numb) or (to is not None and to.numb)
            yield Press(
                event.id, event.by, event.word, event.detail, event.aloud, place, numb, one.after,
                to.why if to else None,
            )  # fmt: skip


def _check_ins(visit: Course, presses: tuple[Press, ...]) -> Iterator[CheckIn]:
    """Each check-in with the first word that names it, and the silence before. A word that names none answers none."""
    said: dict[str, Moment] = {}
    silences: dict[str, list[str]] = {}
    for one in visit.moments:
        event = one.kept.event
        if isinstance(event, Said):
            said.setdefault(event.to, one)
        elif isinstance(event, Silent) and event.to not in said:
            silences.setdefault(event.to, []).append(one.id)
    by_id = {one.id: one for one in presses}
    for one in visit.moments:
        if isinstance(one.kept.event, Asked):
            answer = said.get(one.id)
            press = by_id[answer.id] if answer else None
            yield _check_in(one, one.kept.event, answer, press, silences.get(one.id, []))


def _check_in(at: Moment, asked: Asked, answer: Moment | None, press: Press | None, quiet: list[str]) -> CheckIn:
    seconds = None
    if answer is None or press is None:
        outcome: Outcome = "silent" if quiet else "open"
    else:
        outcome = "late" if quiet else "aloud" if press.aloud else "button"
        seconds = max(0.0, (moment(answer.kept.event.at) - moment(asked.at)).total_seconds())
    unsaid = at.opened is not None and cannot_say(at.opened.rules)
    numb = unsaid or asked.numb or is_numb(asked.regions, at.opened.numb if at.opened else ())
    ids = (asked.id, *quiet, *((answer.id,) if answer else ()))
    return CheckIn(asked.id, asked.why, asked.regions, numb, at.after, outcome, press, seconds, ids)
