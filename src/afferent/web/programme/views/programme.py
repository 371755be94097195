"""The page of a programme: what was offered, what took place, what people said before and after, what went wrong."""

from __future__ import annotations

import time
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.page.icons import icon
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today, today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.programme import counts, whose
from afferent.web.programme.around import around
from afferent.web.programme.counts import Span
from afferent.web.programme.judging import judge
from afferent.web.programme.offers import REASONS
from afferent.web.programme.period import Period, offered, read
from afferent.web.programme.reckoning import reckon
from afferent.web.programme.shown import UNCONTROLLED, Counted, sheet

PATIENCE: Final = 1.0  # seconds for what was not worked out yet; the rest at the next look


@require_safe
@allowed("owner", "therapist")
def programme(request: HttpRequest) -> HttpResponse:
    """The whole clinic for its owner; a therapist sees what is their own."""
    mine, now, asked = request.membership, today_here(request), request.GET.dict()
    among = whose.therapists(mine) if mine.owner else []
    fault, status = "", 200
    try:
        period, chosen = read(asked, now), whose.read(asked, mine, among)
    except InputError as why:
        fault, status = f"{why}.", 400
        period, chosen = read({}, now), whose.read({}, mine, among)
    outside = asked.get("outside") == "yes"
    knowledge = in_force(mine.clinic)
    span = Span(period, mine.clinic.zone, chosen)
    left = _up_to_date(span, mine.clinic, knowledge)
    found = _counted(span, mine.clinic, knowledge)
    note(request, "programme.opened", "", [str(period.first), str(period.last), str(chosen.at("whose")), outside])
    titles = {key: one.title for key, one in knowledge.measures.items()}
    context: dict[str, Any] = {
        "fault": fault,
        "clinic": mine.clinic,
        "period": period,
        "chosen": chosen.therapist,
        "among": among,
        "outside": outside,
        "sheet": sheet(found, titles, outside=outside),
        "left": left,
        "reasons": REASONS,
        "last_offer": counts.last_offer(span),
        "uncontrolled": UNCONTROLLED,
        "chips": [(words, _address(one, chosen, outside), one == period) for words, one in offered(now)],
        "other_side": _address(period, chosen, not outside),
        "open": icon("open", "turn"),
    }
    return render(request, "programme/programme.html", context, status=status)


def _up_to_date(span: Span, clinic: Clinic, knowledge: Knowledge) -> tuple[int, int]:
    """Visits and trials that are not worked out yet, after a second of work."""
    begun = time.monotonic()
    visits = reckon(span.sessions, seconds=PATIENCE)
    if not clinic.decides:
        return visits, 0
    rest = max(PATIENCE - (time.monotonic() - begun), 0.1)
    return visits, judge(span.trials, knowledge, today(clinic), seconds=rest)


def _counted(span: Span, clinic: Clinic, knowledge: Knowledge) -> Counted:
    doses, events = counts.reckoned(span)
    return Counted(
        counts.offered(span), counts.visits(span), doses, events, counts.day_after(span),
        around(span, knowledge.measures), counts.verdicts(span) if clinic.decides else None,
    )  # fmt: skip


def _address(period: Period, chosen: whose.Whose, outside: bool) -> str:
    asked: dict[str, object] = {"from": period.first, "to": period.last}
    if chosen.therapist is not None:
        asked["whose"] = chosen.therapist.pk
    if outside:
        asked["outside"] = "yes"
    return f"{reverse('programme')}?{urlencode(asked)}"
