"""Procedures: operations, amputations, treatments. Only what was done counts, from the day on which it was done."""

from __future__ import annotations

from typing import Final

from afferent.records.dates import Span, years_after
from afferent.records.fhir.coded import hits, places, said, words
from afferent.records.fhir.resources import Period, Procedure
from afferent.records.gathering import Gathering
from afferent.records.laterality import side_of_words
from afferent.records.meaning import Entry, tell

_NEVER: Final = frozenset({"entered-in-error", "not-done", "preparation", "draft", "cancelled", "aborted"})
_UNSURE: Final = frozenset({"on-hold", "suspended", "stopped"})  # begun, perhaps: ask


def read(procedure: Procedure, origin: str, gathering: Gathering) -> None:
    """State what one Procedure says."""
    status = (procedure.status or "").strip().lower()
    if status in _NEVER or procedure.not_performed or procedure.not_done:
        return
    begun = _done(procedure, gathering)
    if begun is not None and begun.first > gathering.as_of:
        return
    found = hits(procedure.code, origin, gathering)
    if not found:
        return
    sites, side = places(procedure.body_site, origin, gathering)
    text = " ".join(words(procedure.code))
    entry = Entry(
        origin=origin,
        said=said(procedure.code),
        kind="procedure",
        state="unsure" if status in _UNSURE else "now",
        begun=begun,
        sites=sites,
        words=gathering.codes.place_of_words(text) if not sites else (),
        side=side or side_of_words(text),
    )
    tell(found, entry, gathering)


def _done(procedure: Procedure, gathering: Gathering) -> Span | None:
    """The day it was done; of a period its end, unless that is still to come."""
    found = gathering.day(procedure.performed_date_time or procedure.occurrence_date_time)
    if found:
        return found
    period = procedure.performed_period or procedure.occurrence_period or Period()
    end, start = gathering.day(period.end), gathering.day(period.start)
    if end is not None and (start is None or end.first <= gathering.as_of):
        return end
    if start is not None:
        return start
    age = procedure.performed_age
    if age is not None and gathering.born is not None and isinstance(age.value, float) and 0 <= age.value <= 125:
        return years_after(gathering.born, age.value)
    return None
