"""What opens without an account: a calendar, "no more messages", and texts that come back. None of it names anybody."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.errors import InputError
from afferent.web.accounts.tries import guessed_wrong, may_guess
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.clinics.access import everybody
from afferent.web.clinics.clock import today
from afferent.web.clinics.models import Membership
from afferent.web.intake.page import private, render_private
from afferent.web.post.choosing import stop
from afferent.web.post.doors import find, name
from afferent.web.post.feeds import Sheet, shown
from afferent.web.post.ics import written
from afferent.web.post.incoming import is_stop, read, stop_number
from afferent.web.post.models import CHANNELS, Door
from afferent.web.post.tokens import stopped_by
from afferent.web.scope import inside

UNKNOWN: Final = "This address is not known, or it was taken back. Ask the clinic for a new one."
_OFTEN: Final = dt.timedelta(minutes=10)  # what is read more often than this is not written down again
SLOWLY: Final = "Too many wrong addresses from here. Wait ten minutes."


@require_safe
@everybody
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar, unless the asker has it already as it stands."""
    if not may_guess(request):
        return _plain(SLOWLY, 429)
    door = find(secret, "therapist", "client")
    if door is None:
        guessed_wrong(request)
        return _plain(UNKNOWN, 404)
    with inside(door.clinic_id):
        if not _still(door):
            return _plain(UNKNOWN, 410)
        sheet = shown(door, timezone.now())
        _read(door, sheet.tag)
    return _calendar(request, door, sheet)


def _still(door: Door) -> bool:
    """Whose calendar it is belongs here still."""
    if door.client_id:
        return Client.objects.filter(pk=door.client_id, archived_at=None).exists()
    here = Membership.objects.filter(clinic_id=door.clinic_id, user=door.user, left_at=None, therapist=True)
    return here.exists()


def _read(door: Door, tag: str) -> None:
    """It was read: in the audit once a day, for calendars look every hour. And since when it stands as it does."""
    now = timezone.now()
    if door.read_at is None or door.read_at.astimezone(door.clinic.zone).date() != today(door.clinic):
        note("somebody", "door.read", name(door))
    elif door.tag == tag and now - door.read_at < _OFTEN:
        return
    door.read_at = now
    if door.tag != tag:
        door.tag, door.changed_at = tag, now
    door.save(update_fields=["read_at", "tag", "changed_at"])


def _calendar(request: HttpRequest, door: Door, sheet: Sheet) -> HttpResponse:
    """Written out only for who does not have it yet."""
    answer = HttpResponse(content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="appointments.ics"'
    answer["ETag"] = f'"{door.tag}"'
    changed = int(door.changed_at.timestamp()) if door.changed_at else 0
    answer["Last-Modified"] = http_date(changed)
    found = get_conditional_response(request, etag=answer["ETag"], last_modified=changed, response=answer)
    if found is answer:
        answer.content = written(sheet)
    response = private(found)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@everybody
def stop_messages(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it stops nothing, for mail programs open links by themselves; the button does, and so does a mail
    program that is told to (RFC 8058)."""
    if not may_guess(request):
        return _plain(SLOWLY, 429)
    found = stopped_by(token)
    if found is None:
        guessed_wrong(request)
        return render_private(request, "post/stop.html", {"unknown": True}, status=404)
    clinic, client, channel = found
    context = {"channel": CHANNELS[channel], "text": channel == "text", "done": request.method == "POST"}
    if request.method == "POST":
        with inside(clinic):
            person = Client.objects.filter(pk=client).first()
            if person is not None:  # erased: then nothing is sent anyway
                stop(person, channel, how="stop_link", actor=f"client:{client}", now=timezone.now())
    return render_private(request, "post/stop.html", context)


@require_POST
@csrf_exempt
@everybody
def texts_in(request: HttpRequest, secret: str) -> HttpResponse:
    """A text that came back. Only a stop word is heard."""
    if not may_guess(request):
        return _plain(SLOWLY, 429)
    door = find(secret, "texts")
    if door is None:
        guessed_wrong(request)
        return _plain(UNKNOWN, 404)
    try:
        form = request.POST.dict()
        number, text = read(form, b"" if form else request.body)
    except InputError as why:
        return _plain(str(why), 400)
    if is_stop(text):
        with inside(door.clinic_id):
            stop_number(number, timezone.now())
    return private(HttpResponse(status=204))


def _plain(says: str, status: int) -> HttpResponse:
    return private(HttpResponse(f"{says}\n", content_type="text/plain; charset=utf-8", status=status))
