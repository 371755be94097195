"""Scores out of a table and into one.

Ask here: `table(found, measures)` (every score that holds, as CSV) and `brought(scores, person)` (the rows of a file of
one person as they would be kept). Visits, minutes and levels of a file are not taken: the visit's own events have them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Final

from afferent.errors import InputError
from afferent.knowledge.measures import Asked, Measure
from afferent.outcomes.readings import Reading, number
from afferent.records.scores import Scores, write
from afferent.web.outcomes.judged import AROUND, Found
from afferent.web.outcomes.keeping import Told

MOST: Final = 5_000  # thirteen years of a score a day


def table(found: Found, measures: Mapping[str, Measure]) -> str:
    """CSV, one row for each day and measure, with phase and visit. Days that contradict themselves have no score."""
    named = {one.measure for one in found.rows if one.asked not in AROUND}
    person = str(found.client.pk)
    return write({(person, key): found.series(one, whole=True) for key, one in measures.items() if key in named})


def person_of(scores: Scores) -> str:
    """Whom the file names; empty where it names nobody. Raises InputError where it names several."""
    people = dict.fromkeys(person for person, _ in scores.series)
    if len(people) > 1:
        raise InputError(f"{scores.name}: there are {len(people)} people in it; keep the rows of one")
    return next(iter(people), "")


def brought(scores: Scores, measures: Mapping[str, Measure]) -> list[Told]:
    """Each day with a score. Raises InputError where there is none."""
    told = [
        _told(measures[key], one)
        for (_, key), series in scores.series.items()
        for one in series.used
        if isinstance(one.day, dt.date)
    ]
    if len(told) > MOST:
        raise InputError(f"{scores.name}: {len(told):,} scores of one client; bring at most {MOST:,} at once")
    if not told:
        raise InputError(f"{scores.name}: there is no day with a date and a score in it")
    return told


def _told(measure: Measure, one: Reading) -> Told:
    assert isinstance(one.day, dt.date)
    assert one.value is not None
    asked: Asked = next((when for when in measure.asked if when not in AROUND), "daily")
    mark = hashlib.sha256(f"{measure.id}|{one.day}|{one.value!r}".encode()).hexdigest()[:40]
    single = len(measure.items) == 1 and one.value.is_integer()
    answers = {measure.items[0].id: number(one.value)} if single else {}
    return Told(measure, answers, one.day, asked, f"file-{mark}", None if single else one.value)
