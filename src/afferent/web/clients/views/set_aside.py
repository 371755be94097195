"""Going beyond a rule, for today, with a reason. Never beyond a hard stop."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from afferent.web.actor import note
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found
from afferent.web.clients.models import SetAside
from afferent.web.clients.sheet import REASONS, may_set_aside
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.refusals import refusal

_NEVER = (
    "This is a hard stop, or no longer holds: nothing sets it aside. If it is not so, correct the entry it rests on"
)


@require_POST
@allowed("therapist", advised=True)
def set_aside(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """One rule, for today."""
    person, today = found(client), today_here(request)
    rule, reason = request.POST.get("rule", ""), request.POST.get("reason", "")
    words = request.POST.get("words", "").strip()[:500]
    screened = current(person, today)
    screening = whole(screened, today)
    if screening is None or rule not in dict(may_set_aside(screening)):
        return refusal(request, _NEVER, 409)
    if reason not in REASONS or (reason == "other" and not words):
        return refusal(request, "Choose a reason; for another one write a few words", 400)
    if not SetAside.objects.filter(client=person, on=today, rule=rule).exists():
        with transaction.atomic():
            SetAside.objects.create(
                client=person, rule=rule, on=today, reason=reason, words=words, by=request.user, screened=screened
            )
            note(request, "client.override", person, {"rule": rule, "reason": reason, "words": words})
    return redirect("client", client=person.pk)
