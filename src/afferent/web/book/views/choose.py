"""For whom: find the client by typing. What is typed is sent in the body, so that no name stands in an address.

With script the list follows the typing; without it a button asks for the same list.
"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from afferent.web.actor import note
from afferent.web.book.signs import sign
from afferent.web.book.times import clock, long_day
from afferent.web.clients.people import page
from afferent.web.clinics.access import allowed

_GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@_GET_POST
@allowed("desk", "therapist")
def for_visit(
    request: HttpRequest, day: dt.date | None = None, time: dt.time | None = None, therapist: int = 0
) -> HttpResponse:
    """The client of a new visit, perhaps at a time that was tapped in the book."""
    at = [day, time, therapist] if day and time else []
    told = f"{long_day(day)}, {clock(time)}." if day and time else ""
    return _choose(request, "Add a visit", "new_visit", at, told)


@_GET_POST
@allowed("desk", "therapist")
def for_series(request: HttpRequest) -> HttpResponse:
    """The client of a new series."""
    return _choose(request, "Add a series", "new_series", [], "Two or three visits a week for four to six weeks.")


def _choose(request: HttpRequest, title: str, to: str, at: list[object], told: str) -> HttpResponse:
    words = " ".join(request.POST.get("words", "").split())[:80]
    people, more = page(words) if words else ([], "")
    if words:
        note(request, "clients.listed", request.membership.clinic, [str(one.pk) for one in people])
    shown = {
        "title": title,
        "told": told,
        "words": words,
        "found": [(one, reverse(to, args=[one.pk, *at])) for one in people],
        "more": bool(more),
        "open": sign("open"),
        "series": to == "new_series",
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "book/found.html" if part else "book/choose.html", shown)
