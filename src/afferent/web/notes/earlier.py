"""What earlier visits tell of this one: which level was fine where, how the day after was, and what has changed since.

Ask here: `earlier(session)`, then `.last_time` and `.since`: sentences. A fixed number of queries, however many visits.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from afferent.body.regions import AREA
from afferent.knowledge import Knowledge
from afferent.safety.compare import compare
from afferent.safety.screening import Screening
from afferent.visit.after import NextDay
from afferent.visit.course import Course
from afferent.visit.events import Kept, Opened, Rescreened
from afferent.visit.fold import course
from afferent.visit.last_time import Earlier, last_time
from afferent.visit.where import area_of, together
from afferent.web.clients.current import whole
from afferent.web.clients.models import Screened
from afferent.web.live.models import Happening, Session
from afferent.web.live.store import kept
from afferent.web.notes.after import answers_of
from afferent.web.notes.day import day_words
from afferent.words.changes import changes
from afferent.words.dates import day
from afferent.words.last_time import last_time_words
from afferent.words.places import title
from afferent.words.visit import where
from afferent.words.vocabulary import capital

MOST: Final = 8  # visits back
_CHANGES: Final = 5  # sentences on what is otherwise now


class Before(Struct, frozen=True):
    """One earlier visit: its session, its course, the day after."""

    session: Session
    course: Course
    day: NextDay | None


def before(session: Session) -> list[Before]:
    """The visits before this one, the oldest first."""
    found = Session.objects.filter(client_id=session.client_id, opened_at__lt=session.opened_at, last__gt=1)
    sessions = list(found.select_related("screened").order_by("-opened_at")[:MOST])[::-1]
    events = _events([one.pk for one in sessions])
    days = answers_of([one.pk for one in sessions])
    return [Before(one, course(events.get(one.pk, [])), days.get(one.pk)) for one in sessions]


def _events(sessions: list[uuid.UUID]) -> dict[uuid.UUID, list[Kept]]:
    found: dict[uuid.UUID, list[Kept]] = {}
    for row in Happening.objects.filter(session__in=sessions).order_by("session", "seq"):
        found.setdefault(row.session_id, []).append(kept(row))
    return found


def last_times(visits: list[Before], places: Iterable[tuple[str, ...]]) -> list[dict[str, str]]:
    """Of the places that were worked before: where, and "Last time: 1 light lotioning was fine here."."""
    history = [Earlier(one.course, one.day) for one in visits]
    said: dict[str, list[str]] = {}
    for regions in dict.fromkeys(places):
        found = last_time(history, regions)
        if found.levels:
            said.setdefault(last_time_words(found), []).extend(regions)
    return [{"where": heading(together(regions)), "says": words} for words, regions in said.items()]


def heading(regions: tuple[str, ...]) -> str:
    """ "Left foot": how a row begins."""
    return title(area_of(regions)) if all(one in AREA for one in regions) else capital(where(regions))


def since(visits: list[Before], now: Screening | None, knowledge: Knowledge) -> list[str]:
    """What is otherwise than at the last visit, and how the day after it was."""
    if not visits:
        return []
    last = visits[-1]
    when = day(last.session.opened_at.astimezone(last.session.client.clinic.zone).date())
    told = (
        f"after the visit of {when} was: {day_words(last.day)}" if last.day else f"after {when} was, nobody has said."
    )
    said = [f"The day {told}" if last.day else f"How the day {told}"]
    then = screening_told([one.kept for one in last.course.moments], last.session)
    if then is not None and now is not None:
        lines = [line for line in changes(compare(then, now), knowledge) if line.direction != "same"]
        said += [f"Since then: {line.text}" for line in lines[:_CHANGES]]
    return said


def screening_told(events: Iterable[Kept], session: Session) -> Screening | None:
    """The screening that a visit was held to at its end."""
    told = [one.event.screened for one in events if isinstance(one.event, Opened | Rescreened)]
    if not told or told[-1] == session.screened.digest:
        return whole(session.screened)
    row = Screened.objects.filter(client_id=session.client_id, digest=told[-1]).order_by("-pk").first()
    return whole(row) if row is not None else None
