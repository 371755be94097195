"""Whether a session is locked, and how it becomes so.

Ask here: `is_locked`, `overdue` (nobody did anything for too long), `seen` (somebody did), `lock`, `unlock`,
`take_a_try` and `back_to` (an address of our own to go back to, or nothing).
"""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from afferent.web.accounts.tries import count, forget
from afferent.web.actor import note

SEEN: Final = "seen"  # in the session: when somebody last did something, in seconds
LOCKED: Final = "locked"
TRIES: Final = "tries"
MOST_TRIES: Final = 5
_WRITE_EVERY: Final = 30  # seconds: the session is not saved for every click
_BACK: Final = 60  # seconds a clock may go back before that is taken for an absence
_NEVER_BACK: Final = ("/locked", "/lock", "/seen", "/accounts/logout", "/accounts/login")


def is_locked(request: HttpRequest) -> bool:
    """The mark in memory counts too: a request that began before the lock may save the session after it."""
    return bool(request.session.get(LOCKED)) or cache.get(_mark(request)) is not None


def overdue(request: HttpRequest, now: int) -> bool:
    """Did nobody do anything for the clinic's minutes? A clock that was set back counts as an absence."""
    mine = getattr(request, "membership", None)
    minutes = mine.clinic.lock_minutes if mine else 15
    away = now - request.session.get(SEEN, now)
    return away > minutes * 60 or away < -_BACK


def seen(request: HttpRequest, now: int) -> None:
    """Somebody is there."""
    if abs(now - request.session.get(SEEN, 0)) > _WRITE_EVERY:
        request.session[SEEN] = now


def lock(request: HttpRequest) -> None:
    """Lock this session now, and write it into the audit."""
    if is_locked(request):
        return
    request.session[LOCKED] = True
    request.session[TRIES] = 0
    cache.set(_mark(request), True, settings.SESSION_COOKIE_AGE)
    if getattr(request, "membership", None):
        note(request, "session.locked", f"user:{request.user.pk}")


def unlock(request: HttpRequest) -> None:
    """The right person is back. The session gets a new name, so that an old one seen meanwhile is worth nothing."""
    cache.delete(_mark(request))
    forget(_tries(request))
    for key in (LOCKED, TRIES):
        request.session.pop(key, None)
    request.session[SEEN] = int(time.time())
    request.session.cycle_key()
    if getattr(request, "membership", None):
        note(request, "session.unlocked", f"user:{request.user.pk}")


def take_a_try(request: HttpRequest) -> int:
    """Counted before the password is looked at, and in memory too: fifty at the same moment are still five."""
    tried = max(request.session.get(TRIES, 0) + 1, count(_tries(request), settings.SESSION_COOKIE_AGE))
    request.session[TRIES] = tried
    return tried


def failed(request: HttpRequest) -> None:
    """A wrong answer at the lock."""
    if getattr(request, "membership", None):
        note(request, "session.failed", f"user:{request.user.pk}", "lock")


def to_the_lock(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the password, and back from there."""
    here = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    htmx = getattr(request, "htmx", None)
    if htmx:
        here = htmx.current_url_abs_path or ""
    back = back_to(here)
    where = reverse("locked") + ("?" + urlencode({"next": back}) if back else "")
    return HttpResponseClientRedirect(where) if htmx else redirect(where)


def back_to(url: str | None) -> str:
    """This address, if it is a page of our own that is worth going back to; otherwise nothing."""
    if not url or not url.startswith("/") or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return ""
    return "" if url.startswith(_NEVER_BACK) else url


def _mark(request: HttpRequest) -> str:
    return f"locked:{request.session.session_key}"


def _tries(request: HttpRequest) -> str:
    return f"unlock:{request.session.session_key}"
