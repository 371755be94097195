"""The viewer: who saw and who changed what. Looking at it is written into it."""

from __future__ import annotations

import csv
import io
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from afferent.web.actor import note
from afferent.web.audit.forms import Filter, Written
from afferent.web.audit.lines import Line, lines, page
from afferent.web.audit.whole import checked, head
from afferent.web.clinics.access import allowed

MOST_LINES: Final = 20_000  # in one file; the rest is a click away
_HEADER: Final = ("number", "at", "who", "did", "actor", "action", "subject", "digest", "hash")


@require_safe
@allowed("owner")
def audit(request: HttpRequest) -> HttpResponse:
    """One page, newest first."""
    clinic = request.membership.clinic
    form = Filter(clinic, request.GET)
    if not form.is_valid():
        return render(request, "audit/audit.html", {"form": form, "lines": []}, status=400)
    _noted(request, form)
    found, further = page(form.wanted(), clinic.zone, form.cleaned_data["before"])
    shown: dict[str, Any] = {"form": form, "lines": found, "head": head(), "filtered": bool(_asked(form))}
    shown["older"] = f"?{urlencode({**_asked(form), 'before': further})}" if further else ""
    shown["newest"] = f"?{urlencode(_asked(form))}" if form.cleaned_data["before"] else ""
    shown["file"] = f"?{urlencode(_asked(form))}"
    return render(request, "audit/audit.html", shown)


@require_safe
@allowed("owner")
def as_file(request: HttpRequest) -> HttpResponse:
    """The same lines as a table, for a spreadsheet."""
    clinic = request.membership.clinic
    form = Filter(clinic, request.GET)
    if not form.is_valid():
        return render(request, "audit/audit.html", {"form": form, "lines": []}, status=400)
    _noted(request, form, as_file=True)
    found = form.wanted().among(clinic.zone)
    if form.cleaned_data["before"]:
        found = found.filter(seq__lt=form.cleaned_data["before"])
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_HEADER)
    table.writerows(_row(line) for line in lines(found[:MOST_LINES], clinic.zone))
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


@require_POST
@allowed("owner")
def check(request: HttpRequest) -> HttpResponse:
    """Is the chain whole? And is an entry that was written down earlier still the same?"""
    form = Written(request.POST)
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        shown["result"] = checked(form.cleaned_data["number"], form.cleaned_data["hash"])
        shown["head"] = head()
        note(request, "audit.checked", "", shown["result"].faults)
    return render(request, "audit/check.html", shown, status=200 if form.is_valid() else 400)


def _asked(form: Filter) -> dict[str, str]:
    return {key: str(value) for key, value in form.cleaned_data.items() if value and key != "before"}


def _noted(request: HttpRequest, form: Filter, **more: object) -> None:
    client = form.cleaned_data["client"]
    note(request, "audit.opened", f"client:{client}" if client else "", {**_asked(form), **more})


def _row(line: Line) -> list[str]:
    """A spreadsheet takes what begins with = + - @ for a formula, so such a cell begins with an apostrophe."""
    one = line.entry
    at = line.at.isoformat(timespec="seconds")
    cells = [str(line.seq), at, line.who, line.did, one.actor, one.action, one.subject, one.digest, one.hash]
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells]
