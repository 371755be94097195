"""A series: the wish, every date of it before anything is written, and then the visits.

The wish is carried from page to page by the form itself; nothing is kept until it is booked.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from afferent.web.actor import note
from afferent.web.book.booking import FIRST, USUAL, Clash, NotBooked
from afferent.web.book.models import Series
from afferent.web.book.read import a_day, a_key, a_therapist, a_time, some_minutes
from afferent.web.book.rows import place, row
from afferent.web.book.series import WEEKS, Planned, Wish, book_series, plan
from afferent.web.book.signs import sign
from afferent.web.book.times import clock, long_day
from afferent.web.book.views import moment
from afferent.web.book.views.when import fields, status
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.models import Membership
from afferent.words.vocabulary import capital, counted, sentence

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("desk", "therapist")
def new_series(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Ask for it; show every date; book it."""
    whom = get_object_or_404(Client, pk=client, archived_at=None)
    if request.method != "POST":
        return _ask(request, whom, _proposed(request.membership))
    sent = request.POST
    if sent.get("step") == "change":
        return _ask(request, whom, sent)
    try:
        wish = _wish(sent)
        if wish.first < moment.now().astimezone(request.membership.clinic.zone).date():
            raise NotBooked("The first day is past. Choose a later one")
        if sent.get("step") not in ("all", "rest"):
            return _preview(request, whom, wish)
        return redirect("series", _booked(request, whom, wish).pk)
    except Clash as why:
        return _preview(request, whom, wish, why)
    except NotBooked as why:
        return _ask(request, whom, sent, why)


@require_safe
@allowed("desk", "therapist", "owner")
def series(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Its visits, those moved and cancelled too."""
    found = get_object_or_404(Series.objects.select_related("client"), pk=series)
    mine, now = request.membership, moment.now()
    today = now.astimezone(mine.clinic.zone).date()
    visits = found.visits.select_related("client", "therapist", "series").order_by("starts_at")
    rows = [row(one, mine.clinic.zone, line=_line(place(one), str(one.therapist)), today=today) for one in visits]
    shown = {"series": found, "rows": rows, "open": sign("open"), "total": capital(counted(found.planned, "visit"))}
    return render(request, "book/series.html", shown)


def _line(*words: str) -> str:
    return " · ".join(filter(None, words))


@transaction.atomic
def _booked(request: HttpRequest, client: Client, wish: Wish) -> Series:
    """All of it, or all but the dates that were shown as clashing."""
    sent, therapist = request.POST, a_therapist(request.POST)
    left = frozenset(_days(sent)) if sent.get("step") == "rest" else frozenset()
    found, new = book_series(client, therapist, wish, now=moment.now(), key=a_key(sent), leave_out=left)
    if new:
        days = [str(day) for day in sorted(left)]
        note(request, "series.booked", found, [str(client.pk), therapist.pk, found.planned, wish.first, days])
    return found


def _days(sent: QueryDict) -> list[dt.date]:
    return [a_day({"day": raw}) for raw in sent.getlist("clashing")[:60]]


def _wish(sent: QueryDict) -> Wish:
    chosen = [one for one in sent.getlist("weekday") if one in "0123456" and len(one) == 1]
    weeks = sent.get("weeks", "")
    at = tuple((int(one), a_time(sent, f"time_{one}")) for one in chosen)
    return Wish(a_day(sent, "first"), some_minutes(sent), int(weeks) if weeks in ("4", "5", "6") else 0, at)


def _proposed(mine: Membership) -> QueryDict:
    today = moment.now().astimezone(mine.clinic.zone).date()
    given = QueryDict(mutable=True)
    given.update({"first": str(today + dt.timedelta(days=1)), "minutes": str(USUAL), "key": str(uuid.uuid4())})
    if mine.therapist:
        given["therapist"] = str(mine.user_id)
    return given


def _ask(request: HttpRequest, client: Client, given: QueryDict, why: NotBooked | None = None) -> HttpResponse:
    chosen = given.getlist("weekday")
    shown: dict[str, Any] = fields(given, why) | {
        "client": client,
        "first": given.get("first", ""),
        "weeks": [str(one) for one in WEEKS],
        "chosen_weeks": given.get("weeks", ""),
        "days": [
            (str(n), name, str(n) in chosen, given.get(f"time_{n}") or "09:00") for n, name in enumerate(WEEKDAYS)
        ],
        "key": given.get("key") or str(uuid.uuid4()),
    }
    return render(request, "book/series_new.html", shown, status=status(why) if why else 200)


def _preview(request: HttpRequest, client: Client, wish: Wish, why: NotBooked | None = None) -> HttpResponse:
    """Every date, and who stands in its way."""
    sent, therapist = request.POST, a_therapist(request.POST)
    found = plan(client, therapist, wish)
    clashing = [one for one in found if one.clash]
    free = len(found) - len(clashing)
    shown = {
        "client": client,
        "therapist": therapist,
        "dates": [(_said(one), one.clash) for one in found],
        "clashing": [str(one.day) for one in clashing],
        "free": free,
        "some": capital(counted(free, "visit")),
        "sentence": _sentence(len(found), len(clashing)),
        "carried": [(name, value) for name in _CARRIED for value in sent.getlist(name)],
        "fault": sentence(f"Since you looked, something changed. {why}") if why else "",
        "ask": sign("ask"),
    }
    return render(request, "book/series_preview.html", shown, status=status(why) if why else 200)


_CARRIED: Final = ("first", "minutes", "weeks", "weekday", "therapist", "key", *(f"time_{n}" for n in range(7)))


def _said(one: Planned) -> str:
    short = f", {FIRST} minutes: the first visit" if one.shorter else ""
    return f"{long_day(one.day)}, {clock(one.time)}{short}"


def _sentence(number: int, clashing: int) -> str:
    if not clashing:
        return f"{capital(counted(number, 'visit'))}. All of them are free. The last is a review."
    stand = "clashes with something" if clashing == 1 else "clash with something"
    return f"{capital(counted(number, 'visit'))}. {capital(counted(clashing, 'date'))} {stand} in the book."
