"""A clinician's yes to light touch on numb places at home, as the therapist writes it down, and whether it holds.

Ask here: `standing` (the yes that holds today, or nothing), `read` (what a form says), `give` and `take_back`. A yes
holds for 90 days, 30 in chemotherapy [safety.md 6.3, N], and only for places that were numb when it was written down.
It opens nothing that the limits of the day keep off the card, and nothing but the card: it is no clearance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from django.db import transaction
from msgspec import Struct

from afferent.body.regions import area
from afferent.errors import InputError
from afferent.records.intake import Intake
from afferent.safety.clearance import VALID_DAYS, VALID_DAYS_CHEMO
from afferent.safety.screening import Screening
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client, Record
from afferent.words.consents import long_day

_KEY: Final = "home_touch"
_KIND: Final = "clearance"
_CHEMO: Final = "CHEMO-CURRENT"
_LONGEST: Final = 80


class Said(Struct, frozen=True):
    """Who said yes, on which day."""

    clinician: str
    on: dt.date


class Yes(Struct, frozen=True):
    """A yes that holds: who said it and when, for which numb places, until when, and who of the staff wrote it down."""

    clinician: str
    on: dt.date
    numb: tuple[str, ...]
    until: dt.date
    by: str


def read(sent: Mapping[str, str], today: dt.date) -> Said:
    """What the form says. Raises InputError with one sentence for what is missing or cannot be."""
    clinician = " ".join(sent.get("clinician", "").split())
    if sum(letter.isalpha() for letter in clinician) < 2 or len(clinician) > _LONGEST:
        raise InputError(f"Who said yes? Write the name of the clinician, in at most {_LONGEST} letters.")
    try:
        on = dt.date.fromisoformat(sent.get("on", ""))
    except ValueError:
        raise InputError("On which day did they say it? Choose the day.") from None
    if on > today:
        raise InputError("On which day did they say it? It cannot be a day to come.")
    if (today - on).days > VALID_DAYS:
        raise InputError(f"A yes holds for {VALID_DAYS} days, and this one is older. Ask again.")
    if sent.get("talked") != "yes":
        raise InputError("Tick that it was talked over: somebody looks at the skin before and after, each time.")
    return Said(clinician, on)


def standing(client: Client, screening: Screening, today: dt.date) -> Yes | None:
    """The last yes, if it was not taken back, is young enough, and speaks of all that is numb today."""
    last = Record.objects.filter(client=client, kind=_KIND, body__has_key=_KEY).select_related("by").order_by("-at")
    row = last.first()
    said: Any = row.body[_KEY] if row else None
    if row is None or said is None:
        return None
    chemo = any(one.id == _CHEMO and one.state == "fired" for one in screening.rules)
    on = dt.date.fromisoformat(said["on"])
    until = on + dt.timedelta(days=VALID_DAYS_CHEMO if chemo else VALID_DAYS)
    found = Yes(said["clinician"], on, tuple(said["numb"]), until, row.by.name if row.by else "")
    return found if today <= until and not area(screening.numb) & ~area(found.numb) else None


@transaction.atomic
def give(client: Client, said: Said, screening: Screening, *, today: dt.date, by: User, actor: str) -> None:
    """Write a yes down, for what is numb today. It stands in the history, in words."""
    body = {_KEY: {**msgspec.to_builtins(said), "numb": list(screening.numb)}}
    who = f"{said.clinician} said yes on {long_day(said.on)}, talked over with {client.given}"
    words = f"Touch at home on numb places: {who}."
    _write(client, body, words, today, by)
    note(actor, "home.agreed", f"client:{client.pk}", body)


@transaction.atomic
def take_back(client: Client, *, today: dt.date, by: User, actor: str) -> None:
    """No more touch at home on numb places, until there is another yes."""
    _write(client, {_KEY: None}, "Touch at home on numb places: the yes was taken back.", today, by)
    note(actor, "home.taken_back", f"client:{client.pk}")


def _write(client: Client, body: dict[str, Any], words: str, today: dt.date, by: User) -> None:
    told = Intake(subject=str(client.pk), as_of=today, statements=(), notes=(words,))
    write(client, _KIND, told, on=today, by=by, source="the card for touch at home", body=body)
