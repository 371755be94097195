"""How one client wants messages, by the staff: what goes out, by which way, and "no more" in one tap."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from afferent.web.actor import actor, note
from afferent.web.clients.about import about
from afferent.web.clients.find import found
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.consents.asking import agreed
from afferent.web.post import choosing
from afferent.web.post.address import address
from afferent.web.post.forms import Wishes
from afferent.web.post.kinds import LINKED
from afferent.web.post.manners import manner
from afferent.web.post.models import CHANNELS, KINDS, Preference
from afferent.web.post.planning import again
from afferent.web.post.reach import reach
from afferent.web.post.senders import offered
from afferent.web.post.shown import of_client


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", "desk")
def wishes(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The page, and what is wanted from now on."""
    person = found(client)
    if request.method != "POST":
        note(request, "client.opened", person)
        return _page(request, person)
    form = Wishes(request.POST)
    if not form.is_valid():
        return _page(request, person, fault=True)
    given, now = form.cleaned_data, timezone.now()
    with transaction.atomic():
        choosing.choose(
            person, channels=given["channels"], kinds=given["kinds"], zone=given["zone"], by=request.user, now=now
        )
        again(person, now=now)
    return redirect(f"{reverse('client_messages', args=[person.pk])}?saved")


@require_POST
@allowed("therapist", "desk")
def stopped(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """No more messages, by any way, at once."""
    person = found(client)
    choosing.stop(person, None, how="staff", actor=actor(request), by=request.user, now=timezone.now())
    return redirect("client_messages", client=person.pk)


def _page(request: HttpRequest, person: Client, *, fault: bool = False) -> HttpResponse:
    today, zone = today_here(request), request.membership.clinic.zone
    person.clinic = request.membership.clinic
    holds = choosing.preference(person)
    context = {
        "client": person,
        "about": about(person, today),
        "tab": "messages",
        "holds": holds,
        "agreed": agreed(person, "reminders", today),
        "ways": _ways(person, holds),
        "kinds": _kinds(holds),
        "zones": Wishes.base_fields["zone"].choices[1:],
        "fault": fault,
        "saved": "saved" in request.GET,
        "messages": of_client(person, zone, timezone.now()),
        "past": _past(person),
    }
    return render(request, "post/client.html", context, status=400 if fault else 200)


def _ways(person: Client, holds: Preference | None) -> list[dict[str, object]]:
    """Each channel: ticked or not, where it would go, and what stands in its way."""
    here, country = offered(), manner().country
    return [
        {
            "name": channel,
            "words": words,
            "ticked": holds is not None and channel in holds.channels,
            "to": reach(person, channel, country),
            "missing": _MISSING[channel] if not reach(person, channel, country) else "",
            "off": channel not in here,
        }
        for channel, words in CHANNELS.items()
    ]


_MISSING = {
    "email": "No e-mail address is noted under Contact.",
    "text": "No telephone number that texts can be sent to is noted under Contact: write it with its country, +49 …",
}


_MEANS = {
    "visit": "Day and time, some time before, and how to call.",
    "day_after": "A link to a few questions, the day after a visit that was led on a screen.",
    "scores": "A link to the questions of a trial, three days after a visit, as long as the trial runs.",
}


def _kinds(holds: Preference | None) -> list[dict[str, object]]:
    """Each kind: ticked or not (of somebody new: the reminders), and whether links can be sent at all."""
    return [
        {
            "name": kind,
            "words": words,
            "means": _MEANS[kind],
            "ticked": kind in holds.kinds if holds else kind == "visit",
            "off": kind in LINKED and not address(),
        }
        for kind, words in KINDS.items()
    ]


def _past(person: Client) -> list[dict[str, object]]:
    """What was said before, the latest first."""
    rows = Preference.objects.filter(client=person).select_related("by").order_by("-pk")[:10]
    return [
        {
            "at": row.at,
            "words": ", ".join(CHANNELS[one] for one in row.channels) or "No messages",
            "kinds": ", ".join(KINDS[one] for one in row.kinds) if row.channels else "",
            "who": row.by.name if row.by else row.get_how_display(),
        }
        for row in rows
    ]
