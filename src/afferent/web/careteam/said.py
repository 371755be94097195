"""What is stored of a client, in the words of a letter: scores, verdict, agreed rule, events, own sentences, maps.

Ask here: `why`, `scores`, `agreed`, `verdict`, `events`, `quotes`, `layers`, `layer_to_show`, `then_and_now` and
`facts`. Each reads a `Case` and types nothing anew; the words are those of the pages that show the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.records.body_map import BodyMap
from afferent.records.letters.course import MapAt, Scores
from afferent.visit.course import Stop
from afferent.visit.sides import loud
from afferent.web.audit.chain import digest
from afferent.web.careteam.case import Case
from afferent.web.careteam.course import Taken
from afferent.web.notes.day import day_words
from afferent.web.outcomes.shown import agreed_short
from afferent.words.consents import long_day
from afferent.words.letters import say
from afferent.words.outcome import about, outcome_words
from afferent.words.visit import DETAILS, where
from afferent.words.vocabulary import capital, listed, lower_first


class Quote(Struct, frozen=True):
    """A sentence of the client's own, and where it was said."""

    on: dt.date
    where: str
    text: str

    @property
    def key(self) -> str:
        return digest(self.text)[:12]


def why(case: Case) -> str:
    """What the client hopes for, as the intake has it; empty where nobody asked."""
    aims = case.intake.aims if case.intake else ()
    return say("wishes", aims=listed(lower_first(one) for one in aims)) if aims else ""


def judged(case: Case) -> Measure | None:
    """What the trial is judged by; None without one."""
    standing = case.outcome.standing
    return case.knowledge.measures.get(standing.agreement.measure) if standing else None


def scores(case: Case) -> tuple[Scores, ...]:
    """Every measure that is asked and was scored, what is judged first, on the days that count."""
    asked = case.outcome.standing.measures if case.outcome.standing else ()
    known = [case.knowledge.measures[one] for one in asked if one in case.knowledge.measures]
    return tuple(one for one in (_scores(case, measure) for measure in known) if one.points)


def _scores(case: Case, measure: Measure) -> Scores:
    used = case.outcome.series(measure).used
    points = tuple((one.day, one.value) for one in used if isinstance(one.day, dt.date) and one.value is not None)
    return Scores(measure.title, points, *measure.range)


def agreed(case: Case) -> str:
    """What was agreed beforehand about going on or stopping; empty without a trial."""
    standing, measure = case.outcome.standing, judged(case)
    return agreed_short(standing, measure) if standing and measure else ""


def verdict(case: Case) -> str:
    """What the agreed rule says now; empty without a trial, and where nothing may be worked out."""
    measure = judged(case)
    made = case.outcome.outcome(measure) if measure and case.advised else None
    if measure is None or made is None:
        return ""
    words = outcome_words(made, about(measure))
    return f"{words.headline} {words.lead}"


def events(case: Case) -> tuple[str, ...]:
    """STOPs, what was written down as an incident, and days after that were worse."""
    return tuple(line for one in case.series.visits for line in _events(one))


def _events(one: Taken) -> Iterator[str]:
    on = long_day(one.on)
    for stop in one.course.stops if one.course else ():
        yield say("event_stop", day=on, where=_where(stop), why=_why(stop))
    for record in one.records:
        seen = record.now.seen or record.now.felt
        known = " ".join(part for part in (f"{record.place}:" if record.place else "", seen) if part)
        yield say("event_record", day=on, kind=record.kind, what=known.rstrip("."))
    if one.day is not None and (one.day.was_worse or one.day.blister == "yes"):
        yield say("event_after", day=on, words=lower_first(day_words(one.day)))


def _where(stop: Stop) -> str:
    return say("event_where", place=loud(where(stop.place.regions))) if stop.place else ""


def _why(stop: Stop) -> str:
    return f": {DETAILS[stop.detail]}" if stop.detail in DETAILS else ""


def quotes(case: Case) -> tuple[Quote, ...]:
    """What the client said in their own words since the first day that is told, the latest first."""
    found = [Quote(one.day.on, say("quote_day"), one.day.words) for one in case.series.visits if one.day]
    for one in case.series.visits:
        found += [Quote(one.on, say("quote_visit"), stop.words) for stop in (one.course.stops if one.course else ())]
    if case.outcome.standing:
        trial = case.outcome.standing.trial
        found.append(Quote(trial.agreed_on, say("quote_trial"), trial.said))
    if case.intake:
        found.append(Quote(case.intake.on, say("quote_intake"), case.intake.word))
    once = {one.text: one for one in sorted(found, key=lambda one: one.on) if one.text.strip()}
    return tuple(sorted(once.values(), key=lambda one: one.on, reverse=True))


def _two(case: Case) -> tuple[tuple[dt.date, BodyMap], ...]:
    """The last map from before the first day that is told, or else the first of all; and the latest."""
    drawn = [(record.on, one) for record, one in case.maps]
    if not drawn:
        return ()
    begun = case.since or dt.date.min
    then = next((one for one in drawn if one[0] <= begun), drawn[-1])
    return (then, drawn[0]) if then[0] != drawn[0][0] else (drawn[0],)


def layers(case: Case) -> tuple[tuple[str, str], ...]:
    """The layers that were answered on any map that may be shown: id, title."""
    shown = _two(case)
    return tuple(
        (one.id, one.title)
        for one in case.knowledge.layers.values()
        if any(drawn.is_answered(one.id) for _, drawn in shown)
    )


def layer_to_show(case: Case) -> str:
    """The first that changed, else the first; empty without a map."""
    names = [one for one, _ in layers(case)]
    changed = (one for one in names if _regions(case, one, 0) != _regions(case, one, -1))
    return next(changed, names[0] if names else "")


def _regions(case: Case, layer: str, which: int) -> set[str]:
    return set(_two(case)[which][1].of(layer))


def then_and_now(case: Case, layer: str) -> tuple[MapAt | None, MapAt | None]:
    """One layer then and now. A map on which nobody answered it is none; a single one is now."""
    known = case.knowledge.layers.get(layer)
    if known is None:
        return None, None
    drawn = [
        MapAt(on, capital(known.title), known.pattern, tuple(one.of(layer)))
        for on, one in _two(case)
        if one.is_answered(layer)
    ]
    return (drawn[0] if len(drawn) > 1 else None, drawn[-1]) if drawn else (None, None)


def facts(case: Case) -> tuple[str, ...]:
    """What a letter about the visits rests on, for its record: "visit, 2026-09-09"."""
    found = [f"visit, {one.on}" for one in case.series.visits]
    found += [f"next day, {one.day.on}" for one in case.series.visits if one.day]
    found += [f"{record.first.kind}, {one.on}" for one in case.series.visits for record in one.records]
    if case.outcome.standing:
        found.append(f"trial, {case.outcome.standing.trial.agreed_on}")
    for one in scores(case):
        found.append(f"{one.title}, {len(one.points)} scores, {one.points[0][0]} to {one.points[-1][0]}")
    return tuple(found)
