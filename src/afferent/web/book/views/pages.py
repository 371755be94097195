"""The book by the week and by the day."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from afferent.web.accounts.models import User
from afferent.web.actor import note
from afferent.web.book.booking import NotBooked
from afferent.web.book.columns import Column, column
from afferent.web.book.models import Visit
from afferent.web.book.read import a_day
from afferent.web.book.rows import names_only, visits
from afferent.web.book.signs import sign
from afferent.web.book.staff import therapists
from afferent.web.book.times import long_day, short_day
from afferent.web.book.views import moment
from afferent.web.clinics.access import allowed
from afferent.web.clinics.models import Membership
from afferent.web.refusals import refusal

EVERYBODY = "everybody"


@require_safe
@allowed("desk", "therapist", "owner")
def week(request: HttpRequest, day: dt.date | None = None, whom: str = "") -> HttpResponse:
    """Monday to Friday, and the weekend where somebody works then."""
    mine, now = request.membership, moment.now()
    zone, people = mine.clinic.zone, therapists()
    today = now.astimezone(zone).date()
    chosen = _whom(mine, whom, people)
    monday = (day or today) - dt.timedelta(days=(day or today).weekday())
    found = list(names_only(visits(monday, zone, days=7, therapist=chosen.pk if chosen else None)))
    by_day: dict[dt.date, list[Visit]] = {monday + dt.timedelta(days=n): [] for n in range(7)}
    for visit in found:
        by_day[visit.starts_at.astimezone(zone).date()].append(visit)
    alone = chosen or (people[0] if len(people) == 1 else None)
    columns = [
        column(short_day(one), one, there, zone, now, of=alone, named=chosen is None and len(people) > 1)
        for one, there in by_day.items()
        if there or one.weekday() < 5
    ]
    _note(request, found)
    title = f"Week of {long_day(monday, today)}"
    return render(request, "book/week.html", _shown(mine, columns, people, chosen, title, monday, today, step=7))


@require_safe
@allowed("desk", "therapist", "owner")
def day(request: HttpRequest, day: dt.date, whom: str = "") -> HttpResponse:
    """One column for each therapist, or one for the therapist chosen."""
    mine, now = request.membership, moment.now()
    zone, people = mine.clinic.zone, therapists()
    today = now.astimezone(zone).date()
    chosen = _whom(mine, whom, people)
    found = list(names_only(visits(day, zone, therapist=chosen.pk if chosen else None)))
    gone = {visit.therapist for visit in found} - set(people)  # who has left since, or works as something else
    whose = [chosen] if chosen else [*people, *sorted(gone, key=str)]
    columns = [
        column(str(one), day, [v for v in found if v.therapist_id == one.pk], zone, now, of=one, named=False)
        for one in whose
    ]
    _note(request, found)
    shown = _shown(mine, columns, people, chosen, long_day(day, today), day, today, step=1)
    return render(request, "book/day.html", shown)


@require_POST
@allowed("desk", "therapist", "owner")
def go(request: HttpRequest) -> HttpResponse:
    """To the day that was typed."""
    try:
        return redirect("day", a_day(request.POST))
    except NotBooked as wrong:
        return refusal(request, str(wrong), 400)


def _whom(mine: Membership, whom: str, people: list[User]) -> User | None:
    """Whose book: a therapist's own unless somebody else is named; everybody's for everybody else."""
    if whom == EVERYBODY or (not whom and not mine.therapist):
        return None
    wanted = whom or str(mine.user_id)
    found = next((one for one in people if str(one.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def _note(request: HttpRequest, found: list[Visit]) -> None:
    note(request, "book.listed", request.membership.clinic, [str(one.pk) for one in found])


def _shown(
    mine: Membership, columns: list[Column], people: list[User], chosen: User | None, title: str,
    day: dt.date, today: dt.date, *, step: int,
) -> dict[str, object]:  # fmt: skip
    return {
        "columns": columns,
        "people": people,
        "chosen": chosen,
        "whom": chosen.pk if chosen else EVERYBODY,
        "title": title,
        "day": day,
        "today": today,
        "before": day - dt.timedelta(days=step),
        "after": day + dt.timedelta(days=step),
        "may_book": mine.desk or mine.therapist,
        "add": sign("add"),
    }
