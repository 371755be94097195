"""Every score as it was kept: the list, one that is corrected or taken back, and one asked in person."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from afferent.errors import InputError
from afferent.knowledge.measures import ASKED_WORDS, Asked, Measure
from afferent.web.actor import note
from afferent.web.book.booking import NotBooked
from afferent.web.book.read import a_day
from afferent.web.clinics.access import allowed
from afferent.web.outcomes.asking import answers_of, said, screen
from afferent.web.outcomes.keeping import Told, correct, keep, missing, take_back
from afferent.web.outcomes.models import TOLD, Score
from afferent.web.outcomes.views.of_client import Page, now, page_of, staff

AT_ONCE = 60


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def scores(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The latest first, what was replaced still legible. POST says which of several that contradict is right."""
    page = page_of(request, client)
    if request.method == "POST":
        return _settle(request, page)
    note(request, "outcome.opened", page.person)
    return _list(request, page)


def _list(request: HttpRequest, page: Page, fault: str = "", status: int = 200) -> HttpResponse:
    rows = Score.objects.filter(client=page.person).select_related("by", "later__by", "replaces")
    sheet = Paginator(rows.order_by("-on", "-at", "-pk"), AT_ONCE).get_page(request.GET.get("sheet"))
    context = page.context() | {
        "sheet": sheet,
        "lines": [_line(one, page.measures) for one in sheet.object_list],
        "clashes": [
            (page.measures.get(one.measure), one, [_line(row, page.measures) for row in one.rows])
            for one in page.found.clashes
        ],
        "asks": [(page.number(one), page.measures[one]) for one in _asked(page)],
        "fault": fault,
    }
    return render(request, "outcomes/scores.html", context, status=status)


def _asked(page: Page) -> list[str]:
    named = page.found.standing.measures if page.found.standing else ("nrs_pain",)
    return [one for one in named if one in page.measures]


def _line(row: Score, measures: dict[str, Measure]) -> dict[str, Any]:
    measure = measures.get(row.measure)
    later = getattr(row, "later", None)
    return {
        "row": row,
        "title": measure.title if measure else row.measure,
        "value": "" if row.value is None else f"{row.value:.2f}".rstrip("0").rstrip("."),
        "said": said(measure, row.answers) if measure and len(measure.items) > 1 else "",
        "missing": missing(row, measure) if measure and row.value is None and row.answers else (),
        "how": TOLD[row.told],
        "when": ASKED_WORDS[row.asked],
        "later": later,
    }


def _settle(request: HttpRequest, page: Page) -> HttpResponse:
    """One is right: the others of its day are taken back."""
    for clash in page.found.clashes:
        right = next((one for one in clash.rows if str(one.pk) == request.POST.get("right")), None)
        if right is not None:
            others = [one for one in clash.rows if one.value != right.value]
            for one in others:
                take_back(one, staff(request, "person"), why="Another score of this day is the right one", now=now())
    return redirect("scores", client=page.person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def score(request: HttpRequest, client: uuid.UUID, score: uuid.UUID) -> HttpResponse:
    """One score, to be corrected or taken back: with a reason, by a further entry."""
    page = page_of(request, client)
    row = Score.objects.filter(client=page.person, pk=score).select_related("by", "later__by").first()
    if row is None:
        raise Http404
    measure = page.measures.get(row.measure)
    if request.method != "POST":
        note(request, "outcome.opened", page.person)
        return _one(request, page, row, measure)
    back = request.POST.get("do") == "back"
    sent = answers_of(request.POST.dict(), measure) if measure and not back else {}
    why = request.POST.get("why", "").strip()
    try:
        if not why:
            raise InputError("Say in a few words why")
        if not back and not sent:
            raise InputError("Nothing is chosen. To take it back, press “Take it back”")
        correct(row, None if back else measure, sent, staff(request, "person"), why=why, now=now())
    except InputError as fault:
        return _one(request, page, row, measure, f"{fault}. Nothing was changed.", why, 400)
    return redirect("scores", client=page.person.pk)


def _one(
    request: HttpRequest, page: Page, row: Score, measure: Measure | None, fault: str = "", why: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = page.context() | {
        "line": _line(row, page.measures),
        "screen": screen(measure, row.answers) if measure and measure.scale == row.scale else None,
        "fault": fault,
        "why": why,
    }
    return render(request, "outcomes/score.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def ask(request: HttpRequest, client: uuid.UUID, number: int) -> HttpResponse:
    """One measure, asked in person and written down by the staff."""
    page = page_of(request, client)
    measure = page.measure(number)
    sent = request.POST.dict()
    if request.method != "POST":
        note(request, "outcome.opened", page.person)
        return _ask(request, page, measure)
    try:
        on = _day_of(sent, page.today)
        told = Told(measure, answers_of(sent, measure), on, _asked_as(measure), _event(sent))
        keep(page.person, told, staff(request, "person"), now=now())
    except (InputError, NotBooked) as fault:
        return _ask(request, page, measure, sent, f"{fault}.", 400)
    return redirect("scores", client=page.person.pk)


def _ask(
    request: HttpRequest, page: Page, measure: Measure, sent: dict[str, str] | None = None, fault: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = page.context() | {
        "measure": measure,
        "screen": screen(measure, answers_of(sent or {}, measure)),
        "on": (sent or {}).get("day") or str(page.today),
        "event": uuid.uuid4().hex,
        "fault": fault,
    }
    return render(request, "outcomes/ask.html", context, status=status)


def _day_of(sent: dict[str, str], today: dt.date) -> dt.date:
    on = a_day(sent)
    if on > today:
        raise InputError("The day is still to come")
    return on


def _asked_as(measure: Measure) -> Asked:
    """In between it stands for whichever of the days it may be asked on."""
    return next((one for one in measure.asked if one in ("daily", "weekly", "start", "end")), "daily")


def _event(sent: dict[str, str]) -> str:
    event = sent.get("event", "")
    return event if event.isalnum() and 8 <= len(event) <= 40 else uuid.uuid4().hex
