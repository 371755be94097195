"""A programme of any size for the bench: `python -m bench.programme_made CLIENTS VISITS`.

Three years of visits that took place, each with its events, pain before and after, and the day after for every second;
offers; and a trial for one client in twenty. Written straight into the database that the settings name. Prints the
session key of the owner and the first and last day, as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys

from bench.clinic_made import _client, _know, _session  # sets Django up

import msgspec
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from afferent.knowledge import load
from afferent.outcomes.person.trial import Agreement
from afferent.outline.model import Outline, Step
from afferent.visit import events
from afferent.visit.after import NextDay as Day
from afferent.web.accounts.models import User
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client, Screened
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.live.models import Happening, Session
from afferent.web.notes.models import NextDay
from afferent.web.outcomes.models import Score, Trial
from afferent.web.programme.models import Offer
from afferent.web.scope import inside

YEARS = 3
OUTLINE = Outline("with_affected", (Step(("back",), "effleurage", 2, 40),))
DAY = dt.timedelta(days=1)


def make(clients: int, visits: int) -> dict[str, object]:
    call_command("migrate", verbosity=0)
    chance = random.Random(6)
    clinic = Clinic.objects.create(name="Bench", second_factor=False, lock_minutes=60)
    owner, *therapists = [User.objects.create_user(f"p{n}@example.org", "bench " * 4, name=f"P{n}") for n in range(6)]
    Membership.objects.create(clinic=clinic, user=owner, owner=True)
    Membership.objects.bulk_create(Membership(clinic=clinic, user=one, therapist=True) for one in therapists)
    today = timezone.now().date()
    with inside(clinic.id), transaction.atomic():
        people = [_client(clinic, n, chance) for n in range(clients)]
        Client.objects.bulk_create(people, batch_size=2000)
        _know(clinic, people, today)
        screened = {one.pk: Screened(client=one, as_of=today, knowledge="1", decision="treat", urgency="none",
                                     state="ready", headline="", digest="", body=b"") for one in people}  # fmt: skip
        Screened.objects.bulk_create(screened.values(), batch_size=2000)
        for one in screened.values():
            one.pk = one.pk or Screened.objects.get(client_id=one.client_id).pk
        for start in range(0, visits, 2000):
            _visits(range(start, min(start + 2000, visits)), visits, people, therapists, screened, today, chance)
        _trials(people[::20], owner, today, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"session": _session(owner), "first": str(today - DAY * 365 * YEARS), "last": str(today)}


def _visits(numbers, of, people, therapists, screened, today, chance) -> None:
    made = []
    for n in numbers:
        at = dt.datetime.combine(today, dt.time(8 + n % 9), dt.UTC) - DAY * (1 + (365 * YEARS - 2) * n // of)
        who, end = chance.choice(people), at + dt.timedelta(minutes=45)
        made.append(Visit(client=who, therapist=therapists[n % 5], starts_at=at, ends_at=end, state="done"))
    Visit.objects.bulk_create(made)
    sessions = [
        Session(visit=one, client_id=one.client_id, therapist=one.therapist, screened=screened[one.client_id],
                called="R", plan={}, opened_at=one.starts_at, ended_at=one.ends_at, last=8)
        for one in made
    ]  # fmt: skip
    Session.objects.bulk_create(sessions)
    Happening.objects.bulk_create(
        (Happening(session=one, client_id=one.client_id, seq=n, event=event.id, received=event.at,
                   body=msgspec.to_builtins(event))
         for one in sessions for n, event in enumerate(_events(one, chance), 1)), batch_size=5000,
    )  # fmt: skip
    measure = load().measures["nrs_pain_now"]
    Score.objects.bulk_create(
        Score(client_id=one.client_id, visit=one, measure=measure.id, scale=measure.scale, on=one.starts_at.date(),
              asked=asked, value=value, answers={}, told="visit", event=f"{one.pk.hex[:20]}{asked[:3]}")
        for one in made
        for asked, value in (("before_visit", chance.randint(3, 9)), ("after_visit", chance.randint(1, 7)))
    )  # fmt: skip
    NextDay.objects.bulk_create(
        NextDay(client_id=one.client_id, session=one, answers=msgspec.to_builtins(
            Day(on=one.opened_at.date() + DAY, worse="longer" if n % 12 == 0 else "no", sore="no")))
        for n, one in enumerate(sessions[::2])
    )  # fmt: skip
    Offer.objects.bulk_create(
        Offer(client_id=one.client_id, on=one.starts_at.date(), answer="declined" if n % 3 == 0 else "accepted",
              reason="time" if n % 3 == 0 else "", by=one.therapist)
        for n, one in enumerate(made)
    )  # fmt: skip


def _events(session: Session, chance: random.Random):
    at = session.opened_at

    def when(minutes: int) -> dt.datetime:
        return at + dt.timedelta(minutes=minutes)

    level = chance.choice((1, 2, 2, 3))
    yield events.Opened(id="opened-1", at=at, outline=OUTLINE, screened="", knowledge="1", ceilings={"back": 5},
                        numb=("foot.left",))  # fmt: skip
    yield events.Began(id="began-01", at=when(2))
    yield events.Moved(id="moved-01", at=when(2), regions=("back",), work="effleurage", level=level, step=0)
    yield events.Asked(id="asked-01", at=when(5), why="first", regions=("back",), by="program")
    yield events.Said(id="said-001", at=when(6), word="good", by="client", to="asked-01")
    yield events.Moved(id="moved-02", at=when(15), regions=("foot.left",), work="effleurage", level=1, step=0)
    yield events.Noted(id="noted-01", at=when(20), words="Softer.")
    yield events.Ended(id="ended-01", at=when(25 + chance.randint(0, 10)))


def _trials(people, owner: User, today: dt.date, chance: random.Random) -> None:
    measure = load().measures["nrs_pain"]
    agreement = msgspec.to_builtins(Agreement())
    Trial.objects.bulk_create(
        Trial(client=one, agreement=agreement, begins=today - DAY * 60, agreed_on=today - DAY * 60, by=owner)
        for one in people
    )
    Score.objects.bulk_create(
        Score(client=one, measure=measure.id, scale=measure.scale, on=today - DAY * n, asked="daily",
              value=chance.randint(2, 8), answers={}, told="paper", event=f"{one.pk.hex[:20]}{n}", by=owner)
        for one in people for n in range(60)
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(make(int(sys.argv[1]), int(sys.argv[2]))))
