"""An offer of massage, written down from the page of a client or of a visit."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from afferent.errors import InputError
from afferent.web.book.models import Visit
from afferent.web.clients.find import found
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.programme.offers import write
from afferent.web.refusals import refusal


@require_POST
@allowed("desk", "therapist")
def offer(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """A reason alone says that it was declined."""
    person, sent = found(client), request.POST
    reason = sent.get("reason", "")
    answer = "declined" if reason else sent.get("answer", "")
    try:
        write(
            person, answer, reason=reason, words=sent.get("words", ""), on=today_here(request), by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except InputError as fault:
        return refusal(request, str(fault), 400)
    visit = _visit(sent.get("visit", ""), person.pk)
    return redirect("visit", visit.pk) if visit else redirect("client", person.pk)


def _visit(text: str, client: uuid.UUID) -> Visit | None:
    """The visit from whose page it came; None for anything else."""
    try:
        return Visit.objects.filter(pk=uuid.UUID(text), client_id=client).first()
    except ValueError:
        return None
