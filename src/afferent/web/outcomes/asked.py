"""What is asked when.

Ask here: `due(client, when, day)` (before or after a visit, for its client face: then `keep` each answer) and
`today_of` (by link: what is asked of a day, in order). What is asked follows the trial that runs; around a visit pain
of this moment is asked in any case, as a rating over a day cannot show what one hour did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from msgspec import Struct

from afferent.knowledge.measures import Asked, Measure
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.outcomes.judged import Found
from afferent.web.outcomes.keeping import Kept, Told, Who, held
from afferent.web.outcomes.keeping import keep as keep_one
from afferent.web.outcomes.models import Score
from afferent.web.outcomes.trials import current

When = Literal["before_visit", "after_visit"]
ALWAYS: Final = ("nrs_pain_now",)
_NOW: Final = "_now"  # a measure over a day has a twin of this name that is asked of this moment
_WEEK: Final = dt.timedelta(days=7)


class Ask(Struct, frozen=True):
    """One measure that is asked of a day. `answer`: what was said already."""

    measure: Measure
    asked: Asked
    answer: Score | None = None

    @property
    def open(self) -> bool:
        return self.answer is None


def due(client: Client, when: When, visit: Visit | None = None) -> tuple[Measure, ...]:
    """The measures to ask now, those of this visit that were answered left out. Two or three queries."""
    measures = in_force(Clinic.objects.get(pk=client.clinic_id)).measures
    standing = current(client)
    named = dict.fromkeys(ALWAYS)
    for one in standing.measures if standing else ():
        named |= {one: None, one + _NOW: None}
    done = set()
    if visit is not None:
        done = set(held(client).filter(visit=visit, asked=when).values_list("measure", flat=True))
    return tuple(measures[one] for one in named if one in measures and one not in done and when in measures[one].asked)


def keep(
    client: Client, measure: str, answers: Mapping[str, Any], *, when: When, visit: Visit, event: str, on: dt.date,
    now: dt.datetime, actor: str, who: Who | None = None,
) -> Kept:  # fmt: skip
    """One answer of a visit, kept once by the id of its event. `actor`: as the audit writes the device; `who`: somebody
    of the staff who wrote it down. Raises InputError."""
    known = in_force(Clinic.objects.get(pk=client.clinic_id)).measures[measure]
    said = Told(known, answers, on, when, event)
    return keep_one(client, said, who or Who("visit", actor, visit=visit), now=now)


def today_of(found: Found, measures: Mapping[str, Measure]) -> tuple[Ask, ...]:
    """By link, in order: what is judged first, then the rest. Nothing where no trial runs or it has not begun."""
    standing = found.standing
    if standing is None or not standing.runs or found.today < standing.trial.begins:
        return ()
    return tuple(_asks(found, [measures[one] for one in standing.measures if one in measures]))


def _asks(found: Found, measures: Iterable[Measure]) -> Iterator[Ask]:
    assert found.standing is not None
    agreement = found.standing.agreement
    over = found.last < found.today  # the last block is over
    done = over if agreement.blocks else len(found.visits) >= agreement.visits
    for one in measures:
        mine = [row for row in found.rows if row.measure == one.id and row.on >= found.begins]
        answer = next((row for row in reversed(mine) if row.on == found.today and row.told == "link"), None)
        asked = _asked(one, one.id == agreement.measure, mine, found.today, over=over, done=done)
        if answer is not None:
            yield Ask(one, answer.asked, answer)
        elif asked is not None:
            yield Ask(one, asked)


def _asked(one: Measure, judged: bool, mine: list[Score], today: dt.date, *, over: bool, done: bool) -> Asked | None:
    """Why it is asked today, if it is."""
    before = [row for row in mine if row.on < today]
    if judged or "daily" in one.asked:
        return None if over else "daily"
    if "weekly" in one.asked:
        return "weekly" if not before or before[-1].on + _WEEK <= today else None
    if "start" in one.asked and not before:
        return "start"
    if "end" in one.asked and done and not any(row.asked == "end" for row in before):
        return "end"
    return None


def columns(measures: Iterable[Measure]) -> tuple[tuple[Measure, Asked], ...]:
    """What a sheet of paper can ask: what is asked each day or each week."""
    return tuple(
        (one, "daily" if n == 0 or "daily" in one.asked else "weekly")
        for n, one in enumerate(measures)
        if n == 0 or {"daily", "weekly"} & set(one.asked)
    )
