"""One visit: what, when, who; move it, cancel it with a reason, note that it took place or that nobody came."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from afferent.web.actor import note
from afferent.web.book.booking import (
    ADVICE,
    EARLY,
    FIRST,
    USUAL,
    NotBooked,
    Written,
    cancel,
    done,
    is_first,
    missed,
    move,
)  # fmt: skip
from afferent.web.book.models import Visit
from afferent.web.book.pills import INTAKES, STOPS, became, stands
from afferent.web.book.read import a_therapist, some_minutes, when
from afferent.web.book.rows import place, row
from afferent.web.book.signs import sign
from afferent.web.book.standing import ahead, intakes, screenings
from afferent.web.book.views import moment
from afferent.web.book.views.when import fields, status, written
from afferent.web.clinics.access import allowed
from afferent.web.clinics.models import Membership

REASONS: Final = ("The client asked", "The therapist is away", "The clinic is closed", "Another reason")


@require_safe
@allowed("desk", "therapist", "owner")
def visit(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The visit as it stands."""
    return _page(request, _of(visit))


@require_POST
@allowed("desk", "therapist")
def moving(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    sent = request.POST

    def act(found: Visit) -> Written:
        return move(
            found, when(sent), some_minutes(sent), a_therapist(sent),
            now=moment.now(), why=_why(sent), afterwards=sent.get("afterwards") == "yes",
        )  # fmt: skip

    return _acted(request, visit, "visit.moved", "move", act)


@require_POST
@allowed("desk", "therapist")
def cancelling(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    return _acted(request, visit, "visit.cancelled", "cancel", lambda found: cancel(found, _why(request.POST)))


@require_POST
@allowed("desk", "therapist")
def missing(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    return _acted(request, visit, "visit.missed", "ended", lambda found: missed(found, now=moment.now()))


@require_POST
@allowed("desk", "therapist")
def doing(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    return _acted(request, visit, "visit.done", "ended", lambda found: done(found, now=moment.now()))


def _acted(
    request: HttpRequest, id_: uuid.UUID, action: str, part: str, act: Callable[[Visit], Written]
) -> HttpResponse:
    """Do it and write it into the audit, both or neither; then show the visit, or why it could not be."""
    found = _of(id_)
    try:
        with transaction.atomic():
            now, new = act(found)
            if new:
                note(request, action, found, written(now))
    except NotBooked as why:
        return _page(request, _of(id_), why, part)
    return redirect("visit", now.pk)


def _why(sent: QueryDict) -> str:
    reason, more = (sent.get(name, "").strip() for name in ("reason", "why"))
    return f"{reason}: {more}" if reason and more else reason or more


def _of(id_: uuid.UUID) -> Visit:
    found = Visit.objects.select_related("client__screened", "therapist", "series", "became", "was")
    return get_object_or_404(found.defer("client__screened__body"), pk=id_)


def _page(request: HttpRequest, visit: Visit, why: NotBooked | None = None, part: str = "") -> HttpResponse:
    mine, now = request.membership, moment.now()
    zone = mine.clinic.zone
    today = now.astimezone(zone).date()
    first = visit.state == "booked" and is_first(visit.client, visit.starts_at, but=visit.pk)
    shown = row(visit, zone, line=place(visit, first), today=today)
    mine_to_change = mine.desk or mine.therapist
    context = {
        "row": shown,
        "visit": visit,
        "fault_in": part,
        "became": row(visit.became, zone, today=today) if visit.became else None,
        "was": row(visit.was, zone, today=today) if hasattr(visit, "was") else None,
        "too_long": _advice(visit, first),
        "may_change": mine_to_change,
        "may_end": mine_to_change and visit.state in ("booked", "done", "missed") and visit.starts_at - EARLY <= now,
        "begun": visit.starts_at <= now,
        "reasons": REASONS,
        "open": sign("open"),
        **_stands(mine, visit, now, today),
    }
    given = request.POST if part == "move" else _as_it_is(visit, zone)
    return render(request, "book/visit.html", fields(given, why) | context, status=status(why) if why else 200)


def _as_it_is(visit: Visit, zone: ZoneInfo) -> dict[str, str]:
    local = visit.starts_at.astimezone(zone)
    return {
        "day": str(local.date()), "time": f"{local:%H:%M}", "minutes": str(visit.minutes),
        "therapist": str(visit.therapist_id),
    }  # fmt: skip


def _advice(visit: Visit, first: bool) -> str:
    if first and visit.minutes > FIRST:
        return f"A first visit is at most {FIRST} minutes: our default, no published source found."
    return ADVICE if visit.minutes > USUAL else ""


def _stands(mine: Membership, visit: Visit, now: dt.datetime, today: dt.date) -> dict[str, object]:
    """How the client stands, for whoever may know it; nothing of it once the visit is over."""
    if visit.state != "booked":
        return {"pill": became(visit.state)}
    if not mine.advised:
        return {"pill": INTAKES[intakes([visit.client_id], now)[visit.client_id]]}
    known = screenings([visit.client], today)
    first = ahead(known, [visit.client], mine.clinic, today).get(visit.client_id, "")
    one = known.get(visit.client_id)
    said = one.headline if one and first not in STOPS else ""
    return {"pill": stands(one.state if one else "", first), "headline": said}
