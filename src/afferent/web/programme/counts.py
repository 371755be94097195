"""Everything the page of a programme counts, for a period and for everybody or one therapist.

Ask here: `counted`. A fixed number of queries, grouped by the database, whatever the number of clients and visits; what
takes long per visit or trial was worked out before (`reckoning`, `judging`). Nothing here rounds or hides.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet, Sum
from msgspec import Struct

from afferent.outcomes.readings import LONGEST_VISIT
from afferent.web.book.models import Visit
from afferent.web.live.models import Session
from afferent.web.notes.models import Incident, NextDay
from afferent.web.outcomes.models import Trial
from afferent.web.programme.holds import holding
from afferent.web.programme.judging import of_period
from afferent.web.programme.models import Offer, Reckoned
from afferent.web.programme.period import Period
from afferent.web.programme.whose import Whose

# As `visit.after.NextDay.was_worse`: for more than a day, or something new that is no small matter.
_WORSE: Final = (
    Q(answers__worse__in=["longer", "still"]) | Q(answers__swollen="yes") | Q(answers__breathless="yes")
    | Q(answers__fall="faint")
)  # fmt: skip
_BELIEVABLE: Final = Q(open_end=False, seconds__lte=60 * LONGEST_VISIT, seconds__gt=0)


class Offered(Struct, frozen=True):
    """Offers that hold: one a client and day. `reasons`: of those declined, as in declined.toml."""

    accepted: int
    declined: int
    people: int
    reasons: dict[str, int]

    @property
    def all(self) -> int:
        return self.accepted + self.declined


class Visits(Struct, frozen=True):
    """`states`: how the visits stand. `clients`: of those that took place. `new`: of these, whose first it was."""

    states: dict[str, int]
    clients: int
    new: int

    @property
    def done(self) -> int:
        return self.states.get("done", 0)


class Doses(Struct, frozen=True):
    """Of visits whose events were kept. `visits`: with hands on, of `people`; `timed`: of these, with a believable end;
    minutes are of these. `levels`: firmest level -> visits. `near`: minutes where feeling is no guide."""

    visits: int
    people: int
    timed: int
    minutes: float
    near: float
    levels: dict[int, int]

    @property
    def each(self) -> float:
        return self.minutes / self.timed if self.timed else 0.0


class DayAfter(Struct, frozen=True):
    """Visits to which anybody answered the next day, and of these how many were worse for more than a day."""

    asked_of: int
    answered: int
    worse: int
    people: int


class Events(Struct, frozen=True):
    """`stops`: STOPs, in `stopped` visits. `found`: seen on the skin and not felt, in `found_in` visits. The rest are
    records of the register."""

    stops: int
    stopped: int
    found: int
    found_in: int
    incident: int
    near_miss: int
    found_wound: int


class Verdicts(Struct, frozen=True):
    """Trials that ran. `counts`: verdict -> trials. `changes`: (measure, scale) -> (client, points, sd, drawn)."""

    trials: int
    people: int
    counts: dict[str, int]
    changes: dict[tuple[str, str], list[tuple[Any, float, float, bool]]]


class Span(Struct, frozen=True):
    """What is counted: a period on the clinic's clock, and whose."""

    period: Period
    zone: ZoneInfo
    whose: Whose

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        return self.period.moments(self.zone)

    def within(self, path: str) -> dict[str, object]:
        """A filter: from the first moment on, before the first one after."""
        first, after = self.moments
        return {f"{path}__gte": first, f"{path}__lt": after}

    @property
    def visits(self) -> QuerySet[Visit]:
        return Visit.objects.filter(**self.within("starts_at"), **self.whose.at("therapist"))

    @property
    def sessions(self) -> QuerySet[Session]:
        return Session.objects.filter(**self.within("visit__starts_at"), **self.whose.at("visit__therapist"))

    @property
    def trials(self) -> QuerySet[Trial]:
        """Of one therapist: those of clients who came to them in the period."""
        found = of_period(self.period)
        if self.whose.therapist is None:
            return found
        return found.filter(client__in=self.visits.filter(state="done").order_by().values("client"))


def offered(span: Span) -> Offered:
    period = span.period
    held = holding(Offer.objects.filter(on__gte=period.first, on__lte=period.last, **span.whose.at("by")))
    held = held.exclude(answer="taken_back")
    found = held.order_by().values_list("answer", "reason").annotate(Count("pk"))
    reasons: dict[str, int] = {}
    sides = {"accepted": 0, "declined": 0}
    for answer, reason, number in found:
        sides[answer] += number
        if answer == "declined":
            reasons[reason] = number
    people = held.order_by().values("client").distinct().count()
    return Offered(sides["accepted"], sides["declined"], people, reasons)


def visits(span: Span) -> Visits:
    states = dict(span.visits.order_by().values_list("state").annotate(Count("pk")))
    first, _ = span.moments
    done = span.visits.filter(state="done").order_by()
    clients = done.values("client").distinct().count()
    earlier = Visit.objects.filter(state="done", starts_at__lt=first).order_by().values("client")
    new = done.exclude(client__in=earlier).values("client").distinct().count()
    return Visits(states, clients, new)


def reckoned(span: Span) -> tuple[Doses, Events]:
    """Doses and events in two queries over the totals of visits, and one over the register."""
    rows = Reckoned.objects.filter(
        **span.within("session__visit__starts_at"), **span.whose.at("session__visit__therapist")
    ).order_by()
    sums = rows.aggregate(
        people=Count("client", distinct=True, filter=Q(level__isnull=False)),
        timed=Count("pk", filter=_BELIEVABLE), on=Sum("seconds", filter=_BELIEVABLE),
        on_near=Sum("near", filter=_BELIEVABLE), all_stops=Sum("stops"),
        stopped=Count("pk", filter=Q(stops__gt=0)), all_found=Sum("found"),
        found_in=Count("pk", filter=Q(found__gt=0)),
    )  # fmt: skip
    levels = dict(rows.exclude(level=None).values_list("level").annotate(Count("pk")))
    doses = Doses(
        sum(levels.values()), sums["people"], sums["timed"], (sums["on"] or 0) / 60, (sums["on_near"] or 0) / 60,
        levels,
    )  # fmt: skip
    kinds = register(span)
    events = Events(
        sums["all_stops"] or 0, sums["stopped"], sums["all_found"] or 0, sums["found_in"], kinds["incident"],
        kinds["near_miss"], kinds["found_wound"],
    )  # fmt: skip
    return doses, events


def register(span: Span) -> dict[str, int]:
    """Records of the register by kind, each as it stands now, by when it happened."""
    latest: dict[Any, tuple[str, dt.datetime]] = {}
    rows = Incident.objects.filter(**span.whose.at("visit__therapist")).order_by("at", "pk")
    for pk, follows, kind, happened in rows.values_list("pk", "follows_id", "kind", "happened_at"):
        latest[follows or pk] = (kind, happened)
    first, after = span.moments
    found = dict.fromkeys(("incident", "near_miss", "found_wound"), 0)
    for kind, happened in latest.values():
        found[kind] += first <= happened < after
    return found


def day_after(span: Span) -> DayAfter:
    """A later answer does not unsay a day that was worse. Counted by the database, which reads the answers itself."""
    sessions = span.sessions.filter(ended_at__isnull=False).order_by()
    asked_of = sessions.filter(reckoned__level__isnull=False).count()
    rows = NextDay.objects.filter(
        **span.within("session__visit__starts_at"), **span.whose.at("session__visit__therapist")
    ).order_by()
    found = rows.aggregate(
        answered=Count("session", distinct=True), worse=Count("session", distinct=True, filter=_WORSE),
        people=Count("client", distinct=True, filter=_WORSE),
    )  # fmt: skip
    return DayAfter(max(asked_of, found["answered"]), found["answered"], found["worse"], found["people"])


def was_worse(told: dict[str, Any]) -> bool:
    """The same of one answer as it is kept."""
    unwell = told.get("breathless") == "yes" or told.get("fall") == "faint"
    return told.get("worse") in ("longer", "still") or told.get("swollen") == "yes" or unwell


def verdicts(span: Span) -> Verdicts:
    """Of each person and scale the latest trial with a change is kept for pooling."""
    rows = (
        span.trials.order_by("at", "pk")
        .filter(judged__isnull=False)
        .values_list(
            "client_id", "judged__verdict", "judged__measure", "judged__scale", "judged__points", "judged__sd",
            "judged__drawn",
        )
    )  # fmt: skip
    counts: dict[str, int] = {}
    latest: dict[tuple[str, str], dict[Any, tuple[float, float, bool]]] = {}
    people, number = set(), 0
    for client, verdict, measure, scale, points, sd, drawn in rows:
        number += 1
        people.add(client)
        counts[verdict] = counts.get(verdict, 0) + 1
        if points is not None and sd:
            latest.setdefault((measure, scale), {})[client] = (points, sd, drawn)
    changes = {key: [(who, *change) for who, change in those.items()] for key, those in latest.items()}
    return Verdicts(number, len(people), counts, changes)


def last_offer(span: Span) -> dt.date | None:
    """When the last offer of all was written down: nobody asked is not nobody declined."""
    found: dt.date | None = Offer.objects.filter(**span.whose.at("by")).aggregate(last=Max("on"))["last"]
    return found
