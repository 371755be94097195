"""When, how long and with whom: the form of a new visit, and of one that is moved."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from afferent.web.actor import note
from afferent.web.book.booking import ADVICE, FIRST, USUAL, Clash, NotBooked, book, is_first
from afferent.web.book.models import Visit
from afferent.web.book.read import MINUTES, a_key, a_therapist, some_minutes, when
from afferent.web.book.staff import therapists
from afferent.web.book.views import moment
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.models import Membership
from afferent.words.vocabulary import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("desk", "therapist")
def new_visit(
    request: HttpRequest, client: uuid.UUID, day: dt.date | None = None, time: dt.time | None = None, therapist: int = 0
) -> HttpResponse:
    """Ask for it, or book it."""
    whom = get_object_or_404(Client, pk=client, archived_at=None)
    if request.method == "POST":
        try:
            return redirect("visit", _booked(request, whom).pk)
        except NotBooked as why:
            return render(request, "book/new.html", _form(whom, request.POST, why), status=status(why))
    mine, now = request.membership, moment.now()
    given = _proposed(mine, whom, now, day, time, therapist)
    return render(request, "book/new.html", _form(whom, given))


@transaction.atomic
def _booked(request: HttpRequest, client: Client) -> Visit:
    sent = request.POST
    visit, new = book(
        client, a_therapist(sent), when(sent), some_minutes(sent),
        now=moment.now(), key=a_key(sent), afterwards=sent.get("afterwards") == "yes",
    )  # fmt: skip
    if new:
        note(request, "visit.booked", visit, written(visit))
    return visit


def written(visit: Visit) -> list[object]:
    """What the audit keeps the digest of."""
    return [str(visit.client_id), visit.therapist_id, visit.starts_at, visit.minutes, visit.state, visit.why]


def status(why: NotBooked) -> int:
    """Somebody else was there first, or what was sent cannot be."""
    return 409 if isinstance(why, Clash) else 400


def _proposed(
    mine: Membership, client: Client, now: dt.datetime, day: dt.date | None, time: dt.time | None, therapist: int
) -> dict[str, str]:
    """What the form holds at first: the time tapped, else the next full hour; the therapist of last time."""
    local = now.astimezone(mine.clinic.zone)
    soon = local.replace(minute=0) + dt.timedelta(hours=1)
    last = Visit.objects.filter(client=client).order_by("-starts_at").values_list("therapist_id", flat=True).first()
    whom = therapist or (mine.user_id if mine.therapist else last)
    return {
        "day": str(day or soon.date()),
        "time": f"{time or soon.time():%H:%M}",
        "minutes": str(FIRST if is_first(client, now) else USUAL),
        "therapist": str(whom or ""),
        "key": str(uuid.uuid4()),
    }


def _form(client: Client, given: Any, why: NotBooked | None = None) -> dict[str, object]:
    return fields(given, why) | {"client": client, "key": given.get("key", "") or str(uuid.uuid4())}


def fields(given: Any, why: NotBooked | None = None) -> dict[str, object]:
    """What `book/when.html` needs: the fields as given, the choices, and what was wrong."""
    return {
        "given": {name: given.get(name, "") for name in ("day", "time", "minutes", "therapist", "afterwards", "why")},
        "minutes": [str(one) for one in MINUTES],
        "people": [(str(one.pk), str(one)) for one in therapists()],
        "advice": ADVICE,
        "fault": sentence(str(why)) if why else "",
        "past": "afterwards" in str(why or "") or given.get("afterwards") == "yes",
    }
