"""What is stored of a client's visits, read once for a letter: every visit as it went, and what was told of it later.

Ask here: `series(client, since, until)`, and of it `sessions`, `ledgers`, `looks`, `skin`. A fixed number of queries,
however many visits. Counting only: nothing here says that something was good.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from afferent.records.letters.course import Sessions, SkinFinding, skin_of
from afferent.visit.after import NextDay
from afferent.visit.course import Course
from afferent.visit.events import SkinChecked
from afferent.visit.fold import course
from afferent.visit.ledger import Ledger, ledger
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.live.models import Session
from afferent.web.notes.after import answers_of
from afferent.web.notes.incidents import Record, of_client
from afferent.web.outcomes.visited import events_of


class Taken(Struct, frozen=True):
    """One visit. `session`, `course`: None where it was only noted as having taken place. `day`: the day after, None
    where nobody said. `records`: its incidents, near misses and wounds."""

    visit: Visit
    on: dt.date
    session: Session | None = None
    course: Course | None = None
    day: NextDay | None = None
    records: tuple[Record, ...] = ()

    @property
    def touched(self) -> bool:
        """Were hands on? A visit that a finding closed before the first touch is none."""
        return self.course.seconds > 0 if self.course is not None else self.visit.state == "done"


class Series(Struct, frozen=True):
    """The visits of a time, the oldest first."""

    visits: tuple[Taken, ...]

    @property
    def lived(self) -> tuple[tuple[dt.date, Course], ...]:
        return tuple((one.on, one.course) for one in self.visits if one.course is not None)

    @property
    def ledgers(self) -> tuple[Ledger, ...]:
        return tuple(ledger(visit) for _, visit in self.lived)

    @property
    def looks(self) -> int:
        """How often the skin was looked at, before a visit or after it; marks made in passing are no look."""
        seen = [one.kept.event for _, visit in self.lived for one in visit.moments]
        return sum(isinstance(one, SkinChecked) and one.when != "during" for one in seen)

    @property
    def skin(self) -> tuple[SkinFinding, ...]:
        return skin_of(self.lived)

    def sessions(self, planned: int | None) -> Sessions:
        """How many visits there were. More than were planned are said without the plan."""
        days = [one.on for one in self.visits if one.touched]
        if planned is not None and planned < len(days):
            planned = None
        return Sessions(len(days), planned, days[0] if days else None, days[-1] if days else None)


def series(client: Client, since: dt.date | None, until: dt.date, *, running: bool = False) -> Series:
    """From one day to another, both at the clinic. `running`: a visit that has not ended too."""
    zone = client.clinic.zone
    rows = Visit.objects.filter(client=client, state__in=("booked", "done")).select_related("session")
    if since is not None:
        rows = rows.filter(starts_at__gte=dt.datetime.combine(since, dt.time(), zone))
    rows = rows.filter(starts_at__lt=dt.datetime.combine(until + dt.timedelta(1), dt.time(), zone))
    visits = [(one, getattr(one, "session", None)) for one in rows.order_by("starts_at", "pk")]
    counts = [one.pk for _, one in visits if one is not None and (running or one.ended_at is not None)]
    events, days = events_of(counts), answers_of(counts)
    records: dict[object, list[Record]] = {}
    for one in of_client(client):
        records.setdefault(one.first.visit_id, []).append(one)
    found = []
    for visit, session in visits:
        on, mine = visit.starts_at.astimezone(zone).date(), tuple(records.get(visit.pk, ()))
        if session is None:
            found += [Taken(visit, on, records=mine)] if visit.state == "done" or mine else []
        elif session.pk in events or session.ended_at is not None:
            found.append(Taken(visit, on, session, course(events.get(session.pk, [])), days.get(session.pk), mine))
    return Series(tuple(found))
