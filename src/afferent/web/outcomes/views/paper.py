"""The diary on paper: a sheet to print, and the page on which it is typed back."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from afferent.page.qr import qr
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.outcomes import asked
from afferent.web.outcomes.keeping import keep_all
from afferent.web.outcomes.sheet import DAYS, Columns, columns
from afferent.web.outcomes.sheet import sheet as lines_of
from afferent.web.outcomes.sheet import typed as typed_of
from afferent.web.outcomes.views.of_client import Page, now, page_of, staff


def _columns(page: Page) -> Columns:
    standing = page.found.standing
    named = standing.measures if standing else ()
    return asked.columns(page.measures[one] for one in named if one in page.measures)


@require_safe
@allowed("therapist")
def sheet(request: HttpRequest, client: uuid.UUID, first: dt.date) -> HttpResponse:
    """Fourteen days to write on, with a code that leads the staff to the page for typing it back."""
    page = page_of(request, client)
    back = request.build_absolute_uri(reverse("typed_back", args=[page.person.pk, first]))
    note(request, "scores.printed", page.person)
    context = (
        page.context()
        | _frame(page, first)
        | {
            "lines": lines_of(first, _columns(page)),
            "qr": qr(back, "The page on which this sheet is typed back, as a code"),
            "clinic": request.membership.clinic,
        }
    )
    return render(request, "outcomes/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def typed(request: HttpRequest, client: uuid.UUID, first: dt.date) -> HttpResponse:
    """The same sheet as boxes. All that was typed is kept, or nothing."""
    page = page_of(request, client)
    if request.method != "POST":
        note(request, "outcome.opened", page.person)
        return _grid(request, page, first)
    sent = request.POST.dict()
    told, faults = typed_of(first, _columns(page), sent, page.today)
    if faults:
        return _grid(request, page, first, sent, faults)
    if not told:
        return _grid(request, page, first, sent, {"": "Nothing was typed, so nothing was kept."})
    keep_all(page.person, told, staff(request, "paper"), now=now(), action="scores.typed")
    return redirect("outcome", client=page.person.pk)


def _grid(
    request: HttpRequest, page: Page, first: dt.date, sent: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    context = (
        page.context()
        | _frame(page, first)
        | {
            "lines": lines_of(first, _columns(page), page.found.rows, sent, faults),
            "faults": list((faults or {}).values()),
        }
    )
    return render(request, "outcomes/typed.html", context, status=400 if faults else 200)


def _frame(page: Page, first: dt.date) -> dict[str, object]:
    return {
        "columns": columns(_columns(page)),
        "first": first,
        "last": first + dt.timedelta(DAYS - 1),
        "before": first - dt.timedelta(DAYS),
        "after": first + dt.timedelta(DAYS),
    }
