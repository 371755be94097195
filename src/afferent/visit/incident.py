"""The record of an incident, a near miss, or a wound that was found: facts, contemporaneous, without blame.

Ask here: `Incident`, `prefill` (what the events of the visit say already) and `faults` (what is missing or cannot be,
one sentence each). The fields are those that insurers and boards ask for [users.md 6.8]. Nothing is guessed: what
nobody said is "unknown". The three kinds are counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from afferent.body.names import name
from afferent.body.regions import known
from afferent.visit.course import Course, Moment, Place
from afferent.visit.events import Kept, Level, Look, Said, SkinChecked, Warmed
from afferent.visit.fold import course
from afferent.visit.ledger import ledger, seconds_on
from afferent.visit.order import moment
from afferent.visit.skin import FOUND_NAMES, HARMLESS
from afferent.visit.where import touches

Kind = Literal["incident", "near_miss", "found_wound"]
Unsure = Literal["yes", "no", "unknown"]
Severity = Literal["none", "mild", "needs_care", "serious", "unknown"]  # mild: passes by itself
Feels = Literal["yes", "less", "no", "unknown"]
Whom = Literal["client", "physician", "foot_care_team", "emergency", "supervisor", "insurer"]
Outcome = Literal["not_yet", "well", "better", "same", "worse", "unknown"]
Text = Annotated[str, Meta(max_length=2000)]
Name = Annotated[str, Meta(max_length=80)]

_MEDICAL: Final = frozenset({"physician", "foot_care_team", "emergency"})


class ToldTo(Struct, frozen=True, forbid_unknown_fields=True):
    """Who was told, and when."""

    whom: Whom
    at: dt.datetime


class Incident(Struct, frozen=True, forbid_unknown_fields=True):
    """One event. `minutes`: hands on that place until then. `felt`: what the person felt; `could_feel`: whether they
    could feel there at all. `rule`: the one that should have caught it. `of`: the events it was prefilled from.
    """

    kind: Kind
    at: dt.datetime
    where: Name = ""
    reported_by: Name = ""
    present: Name = ""
    regions: tuple[str, ...] = ()
    technique: Name = ""
    level: Level | None = None
    minutes: float | None = None
    warmth: Name = ""
    celsius: float | None = None
    felt: Text = ""
    could_feel: Feels = "unknown"
    seen: Text = ""
    photo: Unsure = "unknown"
    photo_consent: Unsure = "unknown"
    first_aid: Text = ""
    told: tuple[ToldTo, ...] = ()
    after_24_hours: Outcome = "not_yet"
    after_7_days: Outcome = "not_yet"
    severity: Severity = "unknown"
    related: Unsure = "unknown"
    preventable: Unsure = "unknown"
    rule: Name = ""
    follow_up: Text = ""
    of: tuple[str, ...] = ()


def prefill(events: Iterable[Kept], of: str = "", *, reported_by: str = "") -> Incident | None:
    """What the events say of the one named `of`, or of the last STOP or finding; None where there is neither."""
    visit = course(events)
    about = next((one for one in reversed(visit.moments) if (one.id == of if of else _worth_a_record(one))), None)
    if about is None:
        return None
    event = about.kept.event
    findings = _new_findings(visit, about)
    regions = tuple(dict.fromkeys(look.region for look in findings))
    place = _hardest(visit, about, regions) if regions else about.place
    regions = regions or (place.regions if place else ())
    warm = _warm(visit, about, regions)
    early = isinstance(event, SkinChecked) and event.when == "before"
    return Incident(
        kind="found_wound" if early else "incident",
        at=moment(event.at),
        reported_by=reported_by,
        regions=regions,
        technique=place.work if place else "",
        level=place.level if place else None,
        minutes=_minutes(visit, about, regions),
        warmth=warm.source if warm else "",
        celsius=warm.celsius if warm else None,
        felt=_felt(visit, about),
        could_feel=_could_feel(findings, place),
        seen=_seen(findings),
        of=(about.id,),
    )


def faults(incident: Incident, rules: Collection[str]) -> dict[str, str]:
    """Field -> what is missing or cannot be, in one sentence. `rules`: the ids that exist."""
    found: dict[str, str] = {}
    for field, sentence in _faults(incident, rules):
        found.setdefault(field, sentence)
    return found


def _faults(one: Incident, rules: Collection[str]) -> Iterator[tuple[str, str]]:
    if one.at.tzinfo is None:
        yield "at", "Write the time with its zone, such as 2026-11-24T10:12:04Z."
    for field, sentence in (("where", "Say where it happened."), ("reported_by", "Say who reports it.")):
        if not getattr(one, field).strip():
            yield field, sentence
    if not one.felt.strip() and not one.seen.strip():
        yield "seen", "Say what was seen, or what the person felt."
    for region in one.regions:
        if not known(region):
            yield "regions", f"There is no region {region[:60]!r}."
    if one.severity == "unknown":
        yield "severity", "Choose how severe it was; it may be changed later, with a date."
    if one.kind == "near_miss" and one.severity in ("mild", "needs_care", "serious"):
        yield "kind", "A near miss reached nobody; if somebody came to harm it is an incident."
    yield from _care_faults(one)
    if one.photo == "yes" and one.photo_consent != "yes":
        yield "photo_consent", "A photo is kept only if the client agreed to photos."
    if one.rule and one.rule not in rules:
        yield "rule", f"There is no rule {one.rule[:60]!r}."


def _care_faults(one: Incident) -> Iterator[tuple[str, str]]:
    """Whoever needs care is told of, and told in time."""
    if one.severity in ("needs_care", "serious"):
        if not any(told.whom in _MEDICAL for told in one.told):
            yield "told", "Say which clinician was told, and when."
        if not one.first_aid.strip():
            yield "first_aid", "Say what was done at once, or that nothing was."
    for told in one.told:
        if told.at.tzinfo is None:
            yield "told", "Write each time with its zone."
        elif moment(told.at) < moment(one.at):
            yield "told", "Nobody was told before it happened: look at the times."


def _worth_a_record(one: Moment) -> bool:
    event = one.kept.event
    return (isinstance(event, Said) and event.word == "stop") or bool(_findings(one))


def _findings(one: Moment) -> list[Look]:
    event = one.kept.event
    return [look for look in event.looks if look.found not in HARMLESS] if isinstance(event, SkinChecked) else []


def _new_findings(visit: Course, about: Moment) -> list[Look]:
    """What was not there at an earlier look; all of it where nothing is new."""
    before = {
        (look.region, look.found) for one in visit.moments if one.kept.seq < about.kept.seq for look in _findings(one)
    }
    found = _findings(about)
    return [look for look in found if (look.region, look.found) not in before] or found


def _hardest(visit: Course, about: Moment, regions: tuple[str, ...]) -> Place | None:
    """The work on that place that went highest until then."""
    until = moment(about.kept.event.at)
    there = [one.place for one in visit.spells if one.since <= until and touches(one.place.regions, regions)]
    return max(there, key=lambda place: place.level, default=None)


def _minutes(visit: Course, about: Moment, regions: tuple[str, ...]) -> float | None:
    """Hands-on minutes on that place until then."""
    until = course([one for one in visit.events if one.seq <= about.kept.seq])
    return round(seconds_on(ledger(until).doses, regions) / 60, 1) if regions else None


def _warm(visit: Course, about: Moment, regions: tuple[str, ...]) -> Warmed | None:
    """What warmed or cooled that place, the last before then."""
    before = [one.kept.event for one in visit.moments if one.kept.seq <= about.kept.seq]
    laid = [one for one in before if isinstance(one, Warmed) and touches(one.regions, regions)]
    return laid[-1] if laid else None


def _felt(visit: Course, about: Moment) -> str:
    """The client's own words and what was asked after a STOP; empty where nobody said anything."""
    event = about.kept.event
    if not isinstance(event, Said):
        return ""
    stop = next((one for one in visit.stops if one.id == event.id), None)
    said = [event.word.replace("_", " "), event.detail.replace("_", " ")]
    if stop is not None:
        said += [stop.detail.replace("_", " "), stop.words]
    return ", ".join(dict.fromkeys(part for part in said if part))


def _could_feel(findings: list[Look], place: Place | None) -> Feels:
    if any(look.felt is False for look in findings):
        return "no"
    return "less" if place is not None and place.numb else "unknown"


def _seen(findings: list[Look]) -> str:
    """ "blister, left foot, sole, heel"."""
    return "; ".join(
        f"{FOUND_NAMES.get(look.found, look.found)}, {name(look.region) if known(look.region) else look.region}"
        for look in findings
    )
