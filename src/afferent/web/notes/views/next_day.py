"""The day after, for the staff: a link for the client, the answers that came, or answers written down on the phone."""

from __future__ import annotations

import uuid

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from afferent.errors import InputError
from afferent.page.icons import icon
from afferent.page.qr import qr
from afferent.visit.after import NextDay as Day
from afferent.web.actor import actor, note
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.live.models import Session
from afferent.web.notes.after import answer
from afferent.web.notes.day import advice, day_words, read
from afferent.web.notes.links import make, open_one, withdraw
from afferent.web.notes.models import NextDay
from afferent.web.notes.views.door import asked
from afferent.web.notes.views.of_visit import opened


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def next_day(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The page. A new link is shown in the answer to "Make a link", and never again."""
    session = opened(visit)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == "link":
        return _page(request, session, made=_made(request, session))
    if do == "withdraw":
        withdraw(session, request.user)
        return redirect("next_day", visit=visit)
    if do == "answers":
        return _told(request, session)
    note(request, "note.opened", session.visit)
    return _page(request, session)


def _told(request: HttpRequest, session: Session) -> HttpResponse:
    """What the client said on the phone, or on the next visit."""
    sent = dict(request.POST.lists())
    try:
        day = read(sent, today_here(request))
    except InputError as fault:
        return _page(request, session, sent=sent, fault=str(fault))
    answer(session, day, actor=actor(request), by=request.user, now=timezone.now())
    return redirect("next_day", visit=session.visit_id)


def _made(request: HttpRequest, session: Session) -> dict[str, object]:
    link, secret = make(session, request.user)
    address = request.build_absolute_uri(reverse("day_after", args=[secret]))
    return {
        "address": address,
        "qr": qr(address, "The link as a code for a phone"),
        "ends_at": link.ends_at,
        "here_only": request.get_host().partition(":")[0] in ("localhost", "127.0.0.1", "[::1]"),
    }


def _page(
    request: HttpRequest,
    session: Session,
    *,
    made: dict[str, object] | None = None,
    sent: dict[str, list[str]] | None = None,
    fault: str = "",
) -> HttpResponse:
    rows = NextDay.objects.filter(session=session).select_related("by").order_by("-at")
    days = [(row, msgspec.convert(row.answers, Day)) for row in rows]
    context = {
        "session": session,
        "client": session.client,
        "made": made,
        "link": open_one(session),
        "days": [{"row": row, "words": day_words(day), "urgent": advice(day).urgent} for row, day in days],
        "questions": asked(sent or {}),
        "words": (sent or {}).get("words", [""])[0],
        "fault": fault,
        "turn": icon("open", "turn"),
    }
    response = render(request, "notes/next_day.html", context, status=400 if fault else 200)
    response["Referrer-Policy"] = "same-origin"
    return response
