"""What was said, when and by whom; what was worked out from it, and how two screenings differ."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afferent.knowledge import Knowledge
from afferent.page import parts
from afferent.safety.compare import compare
from afferent.safety.questions import met
from afferent.web.actor import note
from afferent.web.clients.about import about
from afferent.web.clients.current import whole
from afferent.web.clients.find import found
from afferent.web.clients.knowing import history as every
from afferent.web.clients.models import Client, Record, Screened, SetAside
from afferent.web.clients.sheet import Aside, aside_words
from afferent.web.clients.standing import Row
from afferent.web.clients.views.one import a_number
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.words.changes import NONE_CHANGED, changes
from afferent.words.evidence import facts_line

_MOST = 60  # records on the page; the rest by "earlier"


@require_safe
@allowed("therapist")
def history(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Every act of writing, the latest first, with each statement and whether it still holds."""
    person = found(client)
    note(request, "client.history", person)
    knowledge = in_force(request.membership.clinic)
    rows: dict[uuid.UUID, list[tuple[Row, str]]] = {}
    for row in every(person, knowledge):
        rows.setdefault(row.record, []).append((row, _words(row, knowledge, today_here(request))))
    acts = Record.objects.filter(client=person).select_related("by").order_by("-at")[:_MOST]
    screenings = Screened.objects.filter(client=person).defer("body").order_by("-id")[:_MOST]
    context = {
        "client": person,
        "about": about(person, today_here(request)),
        "tab": "history",
        "acts": [(act, rows.get(act.pk, [])) for act in acts],
        "screenings": screenings if request.membership.advised else [],
        "aside": _set_aside(person, knowledge) if request.membership.advised else [],
    }
    return render(request, "clients/history.html", context)


def _set_aside(person: Client, knowledge: Knowledge) -> list[Aside]:
    """Every rule that a therapist went beyond, the latest first."""
    found = SetAside.objects.filter(client=person).select_related("by").order_by("-at")[:_MOST]
    return [aside_words(one, knowledge) for one in found]


def _words(row: Row, knowledge: Knowledge, today: dt.date) -> str:
    """One statement as a line."""
    if row.kind in ("evidence", "antiplatelet"):
        one = row.evidence
        fact = knowledge.facts.get(one.fact)
        return str(facts_line(met(one, fact.title), knowledge, today)) if fact else one.said or one.fact
    return str(row.body.get("text") or row.body.get("why") or row.body.get("by") or "")


@require_safe
@allowed("therapist", advised=True)
def screening(request: HttpRequest, client: uuid.UUID, screened: int) -> HttpResponse:
    """One screening as it was, and what changed from the one chosen (`against`), by default the one before."""
    person = found(client)
    shown = Screened.objects.filter(client=person, pk=screened).first()
    if shown is None:
        raise Http404
    note(request, "client.history", person, {"screening": shown.pk})
    knowledge = in_force(request.membership.clinic)
    against = _against(request, person, shown)
    last, first = whole(shown), whole(against) if against else None
    differs = changes(compare(first, last), knowledge) if first and last else ()
    context = {
        "client": person,
        "about": about(person, today_here(request)),
        "tab": "history",
        "shown": shown,
        "against": against,
        "others": Screened.objects.filter(client=person).exclude(pk=shown.pk).defer("body").order_by("-id")[:_MOST],
        "changed": differs,
        "none_changed": NONE_CHANGED if first and last and not differs else "",
        "parts": parts(last, knowledge, further=False) if last else None,
    }
    return render(request, "clients/screening.html", context)


def _against(request: HttpRequest, person: Client, shown: Screened) -> Screened | None:
    number = a_number(request.GET.get("against", ""))
    others = Screened.objects.filter(client=person)
    if number is not None:
        return others.filter(pk=number).first()
    return others.filter(pk__lt=shown.pk).order_by("-pk").first()
