"""Today: the visits, who is ready, what to ask first; and what else waits."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afferent.page.icons import icon
from afferent.web.actor import note
from afferent.web.book.agenda import agenda
from afferent.web.book.signs import sign
from afferent.web.book.times import long_day
from afferent.web.book.views import moment
from afferent.web.book.waiting import KINDS, waiting
from afferent.web.clinics.access import allowed
from afferent.web.intake.unsent import in_need


@require_safe
@allowed("desk", "therapist", "owner")
def today(request: HttpRequest, everybody: bool = False) -> HttpResponse:
    """The page of the morning."""
    mine, now = request.membership, moment.now()
    found = agenda(mine, now, everybody=everybody)
    note(request, "book.listed", mine.clinic, [found.day, [str(one.id) for one in found.rows + found.off]])
    shown = {
        "agenda": found,
        "title": long_day(found.day, found.day),
        "waiting": waiting(mine, now),
        "in_need": in_need(mine.clinic) if mine.advised else [],
        "stop": icon("stop", "shape"),
        "own": mine.therapist and not everybody,
        "may_book": mine.desk or mine.therapist,
        "open": sign("open"),
        "add": sign("add"),
    }
    return render(request, "book/today.html", shown)


@require_safe
@allowed("desk", "therapist", "owner")
def waits(request: HttpRequest, kind: str) -> HttpResponse:
    """Whom one kind of thing waits for, where it is more than one person."""
    mine = request.membership
    if kind not in KINDS:
        raise Http404
    found = KINDS[kind](mine, moment.now())
    people = found.people if found else []
    note(request, "clients.listed", mine.clinic, [str(one.pk) for one in people])
    return render(request, "book/waiting.html", {"found": found, "people": people, "open": sign("open")})
