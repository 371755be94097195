"""The lock on a screen left alone, and the second factor that a clinic asks for.

A locked session is not ended: what runs goes on, and the right person goes on where they were.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

Next = Callable[[HttpRequest], HttpResponse]

SEEN: Final = "seen"  # in the session: when somebody last did something, in seconds
LOCKED: Final = "locked"
_WRITE_EVERY: Final = 30  # seconds: the session is not saved for every click
_FREE: Final = ("/accounts/", "/locked", "/static/", "/i/", "/afferent-")
RUNNING: Final = ("/live/",)  # pages of a running visit: the lock never stands between a hand and STOP


class Lock:
    """After the clinic's minutes without a touch everything else asks for the password again."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mine = getattr(request, "membership", None)
        if mine is None or request.path.startswith(_FREE) or request.path.startswith(RUNNING):
            return self.get_response(request)
        now, session = int(time.time()), request.session
        if not session.get(LOCKED) and now - session.get(SEEN, now) > mine.clinic.lock_minutes * 60:
            lock(request)
        if session.get(LOCKED):
            return to_the_lock(request)
        if now - session.get(SEEN, 0) > _WRITE_EVERY:
            session[SEEN] = now
        return self.get_response(request)


def lock(request: HttpRequest) -> None:
    """Lock this session now, and write it into the audit."""
    from afferent.web.actor import note

    request.session[LOCKED] = True
    note(request, "session.locked")


def to_the_lock(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the password, and back from there."""
    back = request.get_full_path() if request.method == "GET" else ""
    where = reverse("locked") + ("?" + urlencode({"next": back}) if back else "")
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("locked")
        return response
    return redirect(where)


class SecondFactor:
    """Where a clinic asks for a second factor, nothing opens before there is one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mine = getattr(request, "membership", None)
        if mine is None or settings.DEMO or not mine.clinic.second_factor or request.path.startswith(_FREE):
            return self.get_response(request)
        if not request.session.get("factor"):
            if not Authenticator.objects.filter(user=request.user).exclude(type="recovery_codes").exists():
                return redirect("second_factor")
            request.session["factor"] = True
        return self.get_response(request)
