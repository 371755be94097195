"""The messages of the clinic: what nobody knows of first, then what could not be sent, what waits and what went."""

from __future__ import annotations

import uuid
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from afferent.page.icons import icon
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.post import settling
from afferent.web.post.models import CHANNELS, Message
from afferent.web.post.senders import offered
from afferent.web.post.shown import sections
from afferent.web.refusals import refusal

_DO: Final = {"arrived": settling.arrived, "again": settling.send_again, "close": settling.close}


@require_safe
@allowed("desk", "therapist")
def messages(request: HttpRequest) -> HttpResponse:
    """All of it, each part bounded."""
    note(request, "messages.listed")
    found = sections(request.membership.clinic.zone, timezone.now())
    ways = offered()
    missing = [words for channel, words in CHANNELS.items() if channel not in ways]
    context = {"found": found, "missing": missing, "turn": icon("open", "turn")}
    return render(request, "post/messages.html", context)


@require_POST
@allowed("desk", "therapist")
def settle(request: HttpRequest, message: uuid.UUID) -> HttpResponse:
    """One button of a message in doubt, or of one that could not be sent."""
    found = get_object_or_404(Message, pk=message)
    act = _DO.get(request.POST.get("do", ""))
    if act is None:
        return refusal(request, "Choose one of the buttons beside the message; nothing was changed", 400)
    if not act(found.pk, request.user, timezone.now()):
        return refusal(
            request, "This message is no longer in doubt, or it is too late for it. Look at the list anew", 409
        )
    return redirect("messages")
