"""Conditions: diagnoses, problems, billed codes. Status and dates decide what is left of them today.

Entered in error and refuted never count. Unconfirmed only asks. Resolved, or abated by the day of the screening, leaves
what such a thing leaves. A missing status is not "active".
"""

from __future__ import annotations

from typing import Final

from afferent.records.dates import Span, years_after
from afferent.records.fhir.coded import hits, places, said, states, words
from afferent.records.fhir.resources import Condition, Period, Quantity, Range
from afferent.records.gathering import Gathering
from afferent.records.laterality import side_of_words
from afferent.records.meaning import Entry, State, tell

_NEVER: Final = frozenset({"refuted", "entered-in-error"})
_UNSURE: Final = frozenset({"unconfirmed", "provisional", "differential"})
_NOW: Final = frozenset({"active", "recurrence", "relapse"})
_OVER: Final = frozenset({"inactive", "remission", "resolved"})


def read(condition: Condition, origin: str, gathering: Gathering) -> None:
    """State what one Condition says."""
    verified = states(condition.verification_status)
    if verified & _NEVER and not verified - _NEVER:
        return
    begun = _begun(condition, gathering)
    written = None
    if begun is None:
        written = begun = gathering.day(condition.recorded_date or condition.asserted_date or condition.date_recorded)
    if begun is not None and begun.first > gathering.as_of:
        return  # dated in the future
    found = hits(condition.code, origin, gathering)
    if not found:
        return
    sites, side = places(condition.body_site, origin, gathering)
    text = " ".join(words(condition.code))
    entry = Entry(
        origin=origin,
        said=said(condition.code),
        kind="code",
        state="unsure" if verified & _UNSURE else _state(condition, gathering),
        begun=begun,
        sites=sites,
        words=gathering.codes.place_of_words(text) if not sites else (),
        side=side or side_of_words(text),
    )
    tell(found, entry, gathering)
    if written is not None and any(hit.concept.kind == "episode" for hit in found):
        gathering.note(f"{origin}: {entry.said} has no date of its own; the day it was written down stands for it")


def _state(condition: Condition, gathering: Gathering) -> State:
    """Now, over, or not stated. What ended only after the day was still there on it."""
    clinical = states(condition.clinical_status)
    ended = _ended(condition, gathering)
    if ended is not None and ended.last <= gathering.as_of:
        return "over"
    if ended is not None and ended.first > gathering.as_of:
        return "now"
    if clinical & _NOW:
        return "now"
    if clinical & _OVER or condition.abatement_boolean:
        return "over"
    return "unstated"


def _begun(condition: Condition, gathering: Gathering) -> Span | None:
    """When it began, by whichever element says so."""
    period = condition.onset_period or Period()
    return (
        gathering.day(condition.onset_date_time)
        or gathering.day(period.start)
        or _at_age(condition.onset_age, condition.onset_range, gathering)
        or gathering.day(condition.onset_string)
    )


def _ended(condition: Condition, gathering: Gathering) -> Span | None:
    return (
        gathering.day(condition.abatement_date_time)
        or (gathering.day(condition.abatement_period.end) if condition.abatement_period else None)
        or _at_age(condition.abatement_age, condition.abatement_range, gathering)
    )


def _at_age(age: Quantity | None, ages: Range | None, gathering: Gathering) -> Span | None:
    """ "At the age of 45": somewhere in that year of life. Only where the birth date is known, and age is in years."""
    age = age or (ages.high or ages.low if ages else None)
    if age is None or gathering.born is None or not isinstance(age.value, float) or not 0 <= age.value <= 125:
        return None
    if (age.code or age.unit or "a").lower() not in ("a", "y", "yr", "years", "year"):
        return None
    return years_after(gathering.born, age.value)
