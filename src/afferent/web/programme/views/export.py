"""Visits and scores without names, as a file: for the owner, who says what it is for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import IO, Any, Final

from asgiref.sync import sync_to_async
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from afferent.errors import InputError
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.programme import exporting
from afferent.web.programme.counts import Span
from afferent.web.programme.exporting import DATES, RARE, Made, Wanted
from afferent.web.programme.files import FORMATS
from afferent.web.programme.models import Study
from afferent.web.programme.people import RESEARCH
from afferent.web.programme.period import Period, quarter, read
from afferent.web.programme.redcap import event_of
from afferent.web.programme.whose import Whose

_BLOCK: Final = 2**16


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def export(request: HttpRequest) -> HttpResponseBase:
    """The form; sent, the file or a sentence why there is none."""
    if request.method != "POST":
        return _page(request, {})
    sent = request.POST.dict()
    clinic = request.membership.clinic
    try:
        period, wanted = read(sent, today_here(request)), _wanted(sent)
        if not _consents_asked(request) and sent.get("basis") != "yes":
            raise InputError("Say that you may pass these on: here nobody was asked for consent to research")
        with transaction.atomic():  # codes that were drawn for a file that was not made are not kept
            study = _study(request, sent)
            made = exporting.export(study, Span(period, clinic.zone, Whose()), wanted, clinic, in_force(clinic))
            note(request, "programme.exported", study, made.told | {"from": str(period.first), "to": str(period.last)})
    except InputError as fault:
        return _page(request, sent, f"{fault}.", 400)
    return _sent(made)


def _wanted(sent: dict[str, str]) -> Wanted:
    kind, dates, rare = sent.get("kind", ""), sent.get("dates", ""), sent.get("rare", "")
    if kind not in FORMATS or dates not in DATES or rare not in RARE:
        raise InputError("Choose a format, how days are told, and what happens to rare combinations")
    return Wanted(kind, dates, rare, event_of(sent.get("event", "")) if kind == "redcap" else "")  # type: ignore[arg-type]


def _study(request: HttpRequest, sent: dict[str, str]) -> Study:
    """The one that was chosen, or a new one by its name."""
    name = " ".join(sent.get("name", "").split())
    if name:
        if len(name) > 80:
            raise InputError("The name of the study is longer than 80 letters. Shorten it")
        there = Study.objects.filter(name=name).first()
        return there or Study.objects.create(name=name, by=request.user)
    chosen = next((one for one in Study.objects.all() if str(one.pk) == sent.get("study")), None)
    if chosen is None:
        raise InputError("Say what it is for: choose a study, or name a new one")
    return chosen


def _consents_asked(request: HttpRequest) -> bool:
    return RESEARCH in {str(one) for one in in_force(request.membership.clinic).consents}


def _page(request: HttpRequest, sent: dict[str, str], fault: str = "", status: int = 200) -> HttpResponse:
    today = today_here(request)
    usual: Period = quarter(today)
    context: dict[str, Any] = {
        "fault": fault,
        "sent": {"from": str(usual.first), "to": str(usual.last), "kind": "csv", "dates": "numbers", "rare": "blank"}
        | sent,
        "studies": Study.objects.order_by("name"),
        "formats": FORMATS.items(),
        "dates": DATES.items(),
        "rare": RARE.items(),
        "consents": _consents_asked(request),
    }
    return render(request, "programme/export.html", context, status=status)


def _sent(made: Made) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_blocks(made.file), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="programme.zip"'
    response["Content-Length"] = str(made.size)
    response["Cache-Control"] = "no-store"
    return response


async def _blocks(file: IO[bytes]) -> AsyncIterator[bytes]:
    """Block by block, so that no more than one is in memory."""
    with file:
        while block := await sync_to_async(file.read)(_BLOCK):
            yield block
