"""The foot check: both feet, tested and looked at by a therapist."""

from __future__ import annotations

import itertools
import uuid

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from afferent.page.foot_card import foot_check_card
from afferent.page.foot_check import FootForm, foot_check_form
from afferent.records.foot_check import FootCheck, faults, from_form, read
from afferent.records.foot_statements import statements
from afferent.safety.foot_category import category
from afferent.web.actor import note
from afferent.web.clients.about import about
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client, Record
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def check(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The form and the checks so far; a new check is written whole, or refused with a sentence beside each fault."""
    person, today = found(client), today_here(request)
    mine = request.membership
    knowledge, checks = in_force(mine.clinic), last_checks(person)
    given: dict[str, str] = {}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        given = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
        sent = from_form(given)
        wrong = faults(sent, knowledge)
        done = None if wrong else read(sent, "the form", knowledge)
        if done is not None and done.date > today:
            wrong, done = {"date": "This day is still to come."}, None
        if done is not None:
            return _write(request, person, done)
    else:
        note(request, "client.opened", person)
        given = {"looked_by": request.user.name}
    form = FootForm(reverse("feet", args=[person.pk]), get_token(request), given, wrong, checks[0] if checks else None)
    context = {
        "client": person,
        "about": about(person, today),
        "tab": "feet",
        "form": foot_check_form(form, knowledge, today),
        "cards": _cards(request, person, checks),
    }
    return render(request, "clients/feet.html", context, status=400 if wrong else 200)


def _write(request: HttpRequest, person: Client, done: FootCheck) -> HttpResponse:
    today = today_here(request)
    mine = request.membership
    before = current(person, today) if mine.advised else None
    body = msgspec.to_builtins(done)
    with transaction.atomic():
        said = statements(done, in_force(mine.clinic), today)
        write(person, "foot_check", said, on=done.date, by=request.user, helper=done.helper, body=body)
        note(request, "client.foot_check", person, body)
    if before is None:
        return redirect("feet", client=person.pk)
    return redirect(reverse("client", args=[person.pk]) + f"?since={before.pk or ''}")


def last_checks(person: Client, most: int = 6) -> list[FootCheck]:
    """The latest checks, the newest first."""
    bodies = (
        Record.objects.filter(client=person, kind="foot_check").order_by("-on", "-at").values_list("body", flat=True)
    )
    return [msgspec.convert(body, FootCheck) for body in bodies[:most]]


def _cards(request: HttpRequest, person: Client, checks: list[FootCheck]) -> list:
    mine, today = request.membership, today_here(request)
    knowledge = in_force(mine.clinic)
    screening = whole(current(person, today), today) if mine.advised and checks else None
    now = category(screening, knowledge) if screening else None
    pairs = itertools.zip_longest(checks, checks[1:])
    return [foot_check_card(one, knowledge, before, now if n == 0 else None) for n, (one, before) in enumerate(pairs)]
