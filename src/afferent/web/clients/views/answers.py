"""Answers to what is open: read whole or refused whole, written as a new record, never over an old one."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import suppress

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from afferent.records.answers import statements
from afferent.web.actor import note
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found
from afferent.web.clients.knowing import history, known, write
from afferent.web.clients.models import Client, Screened, Statement
from afferent.web.clients.views.one import page
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.refusals import refusal
from afferent.web.screening.forms import could_be_shown, read_answers

_NOT_SHOWN = (
    "There is an answer here to a question that this form did not show; open the page again and send it once more"
)
_NOT_AS_BEFORE = "What was said earlier is no longer what this page showed; open it again and look once more"


@require_POST
@allowed("therapist", advised=True)
def answers(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Answers to one card of questions."""
    person, today = found(client), today_here(request)
    knowledge = in_force(request.membership.clinic)
    asked = list(dict.fromkeys(request.POST.getlist("asked")))
    if not could_be_shown(request.POST, asked, knowledge):
        return refusal(request, _NOT_SHOWN, 400)
    sent = read_answers(request.POST, asked, knowledge, today)
    if sent.faults:
        return page(request, person, given=sent.given, faults=sent.faults)
    said = list(statements(sent.answers, knowledge, today))
    if not said:
        return redirect(reverse("client", args=[person.pk]) + "?saved=nothing")
    before = current(person, today)
    with transaction.atomic():
        write(person, "answers", said, on=today, by=request.user, body={"given": sent.given})
        note(request, "client.answered", person, sent.given)
    return _back(person, before, today)


@require_POST
@allowed("therapist", advised=True)
def still(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Asked again today, and it is still as it was: the same "no", with today's date."""
    person, today = found(client), today_here(request)
    knowledge = in_force(request.membership.clinic)
    facts = request.POST.getlist("fact")
    lapsed = known([person], knowledge, today)[person.pk].lapsed
    before = current(person, today)
    if not facts or not set(facts) <= set(lapsed) & _open_now(before, today):
        return refusal(request, _NOT_AS_BEFORE, 409)
    plain = {fact: "no" if lapsed[fact].value is False else lapsed[fact].value for fact in facts}
    with transaction.atomic():
        said = list(statements(plain, knowledge, today))
        write(person, "answers", said, on=today, by=request.user, source="asked again", body={"still": facts})
        note(request, "client.answered", person, plain)
    return _back(person, before, today)


def _open_now(screened: Screened, today: dt.date) -> set[str]:
    """The questions that the page asks: only what was read there can be "still so"."""
    screening = whole(screened, today)
    return {question.fact for question in screening.questions} if screening else set()


@require_POST
@allowed("therapist")
def take_back(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """An entry was wrong: it no longer counts, and stays legible with who took it back and why."""
    person, today = found(client), today_here(request)
    number, why = request.POST.get("entry", ""), request.POST.get("why", "").strip()[:300]
    row = next((row for row in history(person) if str(row.id) == number), None)
    if row is None or row.kind == "withdrawn":
        return refusal(request, "There is no such entry of this client", 404)
    if not why:
        return refusal(request, "Say in a few words why this entry is wrong; the entry stays legible beside it", 400)
    if not row.over:
        with transaction.atomic():
            record = write(person, "correction", on=today, by=request.user, body={"why": why, "entry": row.id})
            Statement.objects.create(
                client=person, record=record, kind="withdrawn", fact=row.fact, body={"why": why}, replaces_id=row.id
            )
            note(request, "client.corrected", person, {"entry": row.id, "why": why})
    return redirect(reverse("history", args=[person.pk]) + f"#entry-{row.id}")


def _back(person: Client, before: Screened, today: dt.date) -> HttpResponse:
    """Screened at once, and to the page, which then says what changed. The answers are kept already: where the storage
    fails only now, the page says so when it cannot be shown, and nobody is told that they were lost."""
    with suppress(DatabaseError):
        current(person, today)
    return redirect(reverse("client", args=[person.pk]) + f"?since={before.pk or ''}")
