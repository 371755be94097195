"""An answer that came: what it says, the call that makes it count, and then what opened by it, and what did not."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from afferent.page.icons import icon
from afferent.web.actor import note
from afferent.web.clients.current import current, whole
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.letters import calls
from afferent.web.letters.arriving import given_of
from afferent.web.letters.keeping import value
from afferent.web.letters.models import Answer, Call
from afferent.web.letters.reading import read_again
from afferent.web.letters.sharing import consent_to_share
from afferent.web.letters.told import OVERALL, in_words, not_opened, opened, said, signed
from afferent.web.letters.views.of_client import context_of, person_of
from afferent.web.refusals import refusal


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def answer(request: HttpRequest, client: uuid.UUID, answer: uuid.UUID) -> HttpResponse:
    """The answer. POST writes down what came of the call, or takes the answer back."""
    person = person_of(request, client)
    row = Answer.objects.filter(client=person, pk=answer).select_related("letter", "by", "scan").first()
    if row is None:
        raise Http404
    row.letter.clinic = person.clinic
    if request.method != "POST":
        note(request, "answer.opened", row)
        return _page(request, person, row)
    try:
        _do(request, row)
    except calls.NotDone as why:
        return _page(request, person, row, f"{why}.", stated=why.stated, status=409)
    except KeyError:
        return refusal(request, "That button is not known here. Load the page again", 400)
    return redirect("answer", client=person.pk, answer=row.pk)


def _do(request: HttpRequest, row: Answer) -> None:
    """One entry. Raises NotDone, and KeyError for a button that there is not."""
    do, today, sent = request.POST.get("do", ""), today_here(request), request.POST
    if do == "take_back":
        calls.take_back(row, request.user, today, sent.get("why", ""))
        return
    number, listed = sent.get("number", ""), sent.get("listed", "")
    if "\t" in (picked := sent.get("picked", "")) and not number:
        number, _, listed = picked.partition("\t")
    how = {"number": number, "listed": listed, "looked_up": sent.get("looked_up") == "yes"}
    if do == "confirmed":
        calls.confirm(row, request.user, today, **how)
    elif do == "not_confirmed":
        calls.not_confirmed(row, request.user, **how)
    else:
        raise KeyError(do)


def _page(
    request: HttpRequest, person: Client, row: Answer, fault: str = "", *, stated: bool = False, status: int = 200
) -> HttpResponse:
    knowledge, last = in_force(person.clinic), calls.last(row)
    given, one, reading = given_of(row), value(row.letter), read_again(row.reading, knowledge)
    context = context_of(request, person) | {
        "answer": row,
        "given": given,
        "asked": one,
        "said": said(given, one),
        "overall": OVERALL[given.overall],
        "faults": [*filter(None, [signed(given, one)]), *in_words(reading)],
        "no_call": "" if consent_to_share(person, today_here(request)) else f"{calls.NOT_AGREED}.",
        "state": calls.state(last),
        "calls": list(Call.objects.filter(answer=row).select_related("by").order_by("pk")),
        "numbers": calls.known_numbers(row),
        "sent": request.POST,
        "fault": fault,
        "stated": stated,
        "alert": icon("alert"),
    }
    if request.membership.advised:
        context |= _effect(request, person, row, last)
    return render(request, "letters/answer.html", context, status=status)


def _effect(request: HttpRequest, person: Client, row: Answer, last: Call | None) -> dict[str, Any]:
    """What opened by it and why, and what did not. Before it is confirmed nothing has."""
    knowledge, today = in_force(person.clinic), today_here(request)
    now = whole(current(person, today), today)
    told: dict[str, Any] = {"stops": [one.title for one in now.rules if _stops(one)] if now else []}
    if last is None or last.outcome != "confirmed" or last.before is None or last.after is None:
        return told
    before, after = whole(last.before), whole(last.after)
    if before is None or after is None:
        return told
    lines = opened(before, after, knowledge)
    return told | {
        "opened": [line for line in lines if line.direction in ("looser", "decision")],
        "tighter": [line for line in lines if line.direction == "tighter"],
        "not_opened": not_opened(given_of(row), value(row.letter), after, knowledge),
    }


def _stops(one: Any) -> bool:
    return bool(one.state == "fired" and one.hard_stop)
