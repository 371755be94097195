"""Fills an empty database with the invented clinic. Ask here: `fill(examples, now)`, `PEOPLE` (who can sign in)."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
import tomli
from django.db import transaction
from msgspec import structs

from afferent.knowledge import load
from afferent.records.body_map import body_map
from afferent.records.body_map import statements as map_statements
from afferent.records.fhir.who import who
from afferent.records.foot_check import read as read_check
from afferent.records.foot_statements import statements as foot_statements
from afferent.records.intake import Intake
from afferent.records.read import read
from afferent.safety.evidence import Evidence
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.book.models import Series, Visit
from afferent.web.clients.current import currents
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client
from afferent.web.clients.people import add
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.consents.asking import give, numb_places
from afferent.web.demo.careteam import keep_letters
from afferent.web.demo.letters import ask_physicians
from afferent.web.demo.post import write_to_some
from afferent.web.demo.trials import run_trials
from afferent.web.demo.visits import take_place
from afferent.web.scope import inside

PASSWORD: Final = "an invented clinic"
PEOPLE: Final[dict[str, tuple[str, dict[str, bool]]]] = {
    "therapist": ("Ada Okonkwo", {"therapist": True}),
    "desk": ("Noor Halabi", {"desk": True}),
    "owner": ("Maren Voss", {"owner": True, "therapist": True, "desk": True}),
}


@transaction.atomic
def fill(examples: Path, now: dt.datetime, zone: str = "UTC") -> Clinic:
    """One clinic, three people of the staff, a dozen clients with visits today and later, two visits with their notes,
    three more with a trial each, some messages, a letter, two requests to a physician.
    `now` with its time zone."""
    clinic = Clinic.objects.create(
        name="Lindenhof (invented)", time_zone=zone, second_factor=False, invented=True, languages=["en"]
    )
    staff = {role: _member(clinic, role) for role in PEOPLE}
    today = now.astimezone(clinic.zone).date()
    with inside(clinic.id):
        note("program", "clinic.made", f"clinic:{clinic.pk}")
        people = [
            _client(entry, examples, today, clinic, staff["therapist"])
            for entry in tomli.loads(files("afferent.web.demo").joinpath("people.toml").read_text("utf-8")).values()
        ]
        currents(Client.objects.filter(pk__in=[one.pk for one in people]).select_related("screened"), today)
        take_place(clinic, staff["therapist"])
        begun = run_trials(
            clinic, staff["therapist"], today, lambda entry: _client(entry, examples, today, clinic, staff["therapist"])
        )
        currents(begun.select_related("screened"), today)
        write_to_some(clinic, staff["therapist"], now)
        ask_physicians(clinic, staff["therapist"], today)
        keep_letters(clinic, staff["therapist"], today)
    return clinic


def _member(clinic: Clinic, role: str) -> User:
    name, roles = PEOPLE[role]
    user = User.objects.create_user(f"{role}@example.org", PASSWORD, name=name)
    Membership.objects.create(clinic=clinic, user=user, licence="invented", **roles)
    return user


def _client(entry: dict[str, Any], examples: Path, today: dt.date, clinic: Clinic, therapist: User) -> Client:
    client = add(given=entry["given"], family=entry["family"], born=entry["born"], invented=True)
    if "file" in entry:
        day = today - dt.timedelta(days=entry.get("days_ago", 0))
        _tell(client, examples / entry["file"], day, therapist, imported=entry.get("imported", False))
    _map_and_feet(client, entry, today, therapist)
    for purpose in entry.get("agreed", ()):
        version = load().consents[purpose].version
        give(client, purpose, version, on=today, actor="program", by=therapist, numb=numb_places(client, today))
    _visits(client, entry, today, clinic, therapist)
    return client


def _map_and_feet(client: Client, entry: dict[str, Any], today: dt.date, by: User) -> None:
    """A map as the client drew it, and a foot check of today."""
    if "map" in entry:
        drawn = body_map(entry["map"], load())
        write(client, "map", map_statements(drawn, load(), today), on=today, by=by, body={"map": entry["map"]})
    if "feet" in entry:
        check = read_check({"date": today, **entry["feet"]}, "people.toml", load())
        said = foot_statements(check, load(), today)
        write(client, "foot_check", said, on=today, by=by, body=msgspec.to_builtins(check))


def _tell(client: Client, path: Path, day: dt.date, by: User, *, imported: bool) -> None:
    """What an example says, as if it had been said on this day."""
    intake = moved(read(path, as_of=None, knowledge=load()), day)
    body: dict[str, Any] = {"example": path.name}
    source = "an invented example"
    if imported:
        theirs = who(path.name, path.read_bytes())
        body |= {"entries": theirs.entries, "name": theirs.name, "born": str(theirs.born)}
        source = f"Patient/{theirs.id}"
    write(client, "import" if imported else "answers", intake, on=day, by=by, source=source, body=body)


def moved(intake: Intake, day: dt.date) -> Intake:
    """The same intake with every date moved, so that its day is `day`."""
    by = day - intake.as_of

    def one(said: Evidence) -> Evidence:
        value = said.value + by if isinstance(said.value, dt.date) else said.value
        return structs.replace(said, value=value, date=said.date + by if said.date else None)

    return structs.replace(
        intake,
        as_of=day,
        statements=tuple(one(said) for said in intake.statements if said.fact != "age_years"),
        antiplatelets={name: one(said) for name, said in intake.antiplatelets.items()},
    )


def _visits(client: Client, entry: dict[str, Any], today: dt.date, clinic: Clinic, therapist: User) -> None:
    """Today's visit, the ones of its series before, or one on a later day."""
    series = Series.objects.create(client=client, planned=entry["series"]) if "series" in entry else None
    number = entry.get("number", 0)
    at = dt.time.fromisoformat(entry.get("at", "10:00"))

    def visit(days: int, n: int, state: str, at: dt.time = at) -> None:
        begins = dt.datetime.combine(today + dt.timedelta(days=days), at, clinic.zone)
        Visit.objects.create(
            client=client, therapist=therapist, starts_at=begins, ends_at=begins + dt.timedelta(minutes=45),
            series=series, number=n, state=state,
        )  # fmt: skip

    for back in range(1, number):
        visit(-3 * (number - back), back, "done")
    if "at" in entry:
        visit(0, number, "booked")
    if "later" in entry:
        visit(entry["later"], 0, "booked", dt.time(9 + len(client.given), 0))
