"""A clinic of any size for the bench, written straight into a database: `python -m bench.clinic_made CLIENTS VISITS`.

The database is the one the settings name (AFFERENT_DATABASE or DATABASE_URL). Every twentieth client, and everybody
with a visit today, is known as well as an invented example is; nobody else was asked anything yet. Prints the session
key of a therapist and some ids, as JSON.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import random
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from afferent.knowledge import load
from afferent.records.read import read
from afferent.web.accounts.models import User
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client, NameWord, Record, Statement
from afferent.web.clients.packed import pack
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.demo.fill import moved
from afferent.web.keys import folded
from afferent.web.scope import inside

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = ("numb-feet.yaml", "client.yaml", "chemotherapy.yaml", "after-shingles.yaml", "skin-not-seen.yaml")
GIVEN = ("Ada", "Bao", "Clara", "Dario", "Edda", "Femi", "Greta", "Hugo", "Ines", "Joan", "Karim", "Lena", "Milan")
FAMILY = ("Amsler", "Brandt", "Carvalho", "Dietrich", "Eriksen", "Fontana", "Gruber", "Haddad", "Ivanova", "Jansen")
A_DAY = 40  # visits of one day
DAY = dt.timedelta(days=1)


def make(clients: int, visits: int) -> dict[str, object]:
    """Write the clinic; what a load needs to begin."""
    call_command("migrate", verbosity=0)
    chance = random.Random(4)
    clinic = Clinic.objects.create(name="Bench", second_factor=False, lock_minutes=60)
    therapists = [_therapist(clinic, n) for n in range(5)]
    today = timezone.now().date()
    with inside(clinic.id), transaction.atomic():
        people = [_client(clinic, n, chance) for n in range(clients)]
        Client.objects.bulk_create(people, batch_size=2000)
        words = ((one, word) for one in people for word in sorted({*folded(one.name).split()}))
        for some in itertools.batched(words, 5000) if sys.version_info >= (3, 12) else _batched(words, 5000):
            NameWord.objects.bulk_create(
                [NameWord(clinic=clinic, client=one, word=word, sort_key=one.sort_key) for one, word in some]
            )
        known = people[: A_DAY * 2] + people[A_DAY * 2 :: 20]
        _know(clinic, known, today)
        _book(clinic, people, therapists, visits, today, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a running database does by itself after a while
    return {
        "session": _session(therapists[0]),
        "today": [str(one.pk) for one in people[:A_DAY]],
        "clients": [str(one.pk) for one in chance.sample(known[A_DAY:], min(400, len(known) - A_DAY))],
        "names": [one.family[:4] for one in chance.sample(people, 200)],
    }


def _therapist(clinic: Clinic, number: int) -> User:
    user = User.objects.create_user(f"t{number}@example.org", "bench " * 4, name=f"Therapist {number}")
    Membership.objects.create(clinic=clinic, user=user, therapist=True, desk=True)
    return user


def _client(clinic: Clinic, number: int, chance: random.Random) -> Client:
    one = Client(
        clinic=clinic,
        given=chance.choice(GIVEN),
        family=f"{chance.choice(FAMILY)}{chr(97 + number % 26)}{chr(97 + number // 26 % 26)} {number}",
        born=dt.date(1940, 1, 1) + dt.timedelta(days=number % 18000),
        invented=True,
    )
    one.sort_key = f"{folded(f'{one.family} {one.given}')} {one.id.hex}"
    return one


def _know(clinic: Clinic, people: list[Client], today: dt.date) -> None:
    said = [moved(read(EXAMPLES / name, as_of=None, knowledge=load()), today).statements for name in FILES]
    records = [Record(clinic=clinic, client=one, kind="answers", on=today, source="bench") for one in people]
    Record.objects.bulk_create(records, batch_size=1000)
    rows: list[Statement] = []
    for n, record in enumerate(records):
        rows += [
            Statement(
                clinic=clinic, client=record.client, record=record, fact=one.fact, origin=one.origin, body=pack(one)
            )
            for one in said[n % len(said)]
        ]
        if len(rows) > 5000:
            Statement.objects.bulk_create(rows)
            rows = []
    Statement.objects.bulk_create(rows)


def _book(
    clinic: Clinic, people: list[Client], therapists: list[User], visits: int, today: dt.date, chance: random.Random
) -> None:
    rows = []
    for n in range(visits):
        day, place = divmod(n, A_DAY)
        begins = dt.datetime.combine(today, dt.time(8), dt.UTC) + DAY * (day // 2 if day % 2 else -(day // 2))
        begins += dt.timedelta(minutes=60 * (place // 5))
        rows.append(
            Visit(
                clinic=clinic,
                client=people[place] if not day else chance.choice(people),
                therapist=therapists[place % 5],
                starts_at=begins,
                ends_at=begins + dt.timedelta(minutes=45),
                state="booked" if begins.date() >= today else "done",
            )
        )
    Visit.objects.bulk_create(rows, batch_size=2000)


def _batched(items, size):
    items = iter(items)
    while some := list(itertools.islice(items, size)):
        yield some


def _session(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


if __name__ == "__main__":
    print(json.dumps(make(int(sys.argv[1]), int(sys.argv[2]))))
