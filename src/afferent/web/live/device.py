"""The client's device: a key of its own in a signed cookie, never a session of the staff.

Ask here: `key_of`, `offer` (give this browser a key), `token` (what its requests carry besides, so that no other site
can send one) and `of_client`, the guard of everything the device may open: it was let in, the visit is that one, and
nothing clinical goes to it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.csrf import csrf_exempt

from afferent.web.clinics.access import everybody
from afferent.web.live.models import Session
from afferent.web.live.pairing import of_device
from afferent.web.scope import inside

COOKIE: Final = "afferent_relay"
_SALT: Final = "afferent.live.device"
_HOURS: Final = 6
GONE: Final = "This visit is not kept here any more. Ask your therapist for a new code."


def key_of(request: HttpRequest) -> str | None:
    """The key of this browser, if it holds one that we gave."""
    try:
        return Signer(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return None


def offer(request: HttpRequest, response: HttpResponse) -> str:
    """A key for this browser; the one it holds, if it does."""
    key = key_of(request) or secrets.token_urlsafe(24)
    response.set_cookie(
        COOKIE, Signer(salt=_SALT).sign(key), max_age=_HOURS * 3600, path="/live/", secure=settings.HTTPS,
        httponly=True, samesite="Lax",
    )  # fmt: skip
    return key


def token(key: str) -> str:
    """What every request of this browser carries."""
    return salted_hmac(_SALT, key, algorithm="sha256").hexdigest()


def of_client(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the session that this device was let in to; anybody else gets a sentence and 403, or 410 once the
    visit is not kept any more.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = key_of(request)
        pairing = of_device(key) if key else None
        if key is None or pairing is None or pairing.confirmed_at is None:
            return _refused()
        if request.method == "POST" and not constant_time_compare(request.headers.get("X-Afferent", ""), token(key)):
            return _refused()
        if request.headers.get("X-Visit", pairing.session_id.hex) != pairing.session_id.hex:
            return _refused()  # a page of an earlier visit, left open on a device that was lent
        with inside(pairing.clinic_id):
            session = Session.objects.select_related("therapist").filter(pk=pairing.session_id).first()
            if session is None:  # the way in names nobody, and outlives a client's data
                return JsonResponse({"says": GONE}, status=410)
            response = view(request, session, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return csrf_exempt(everybody(inner))


def _refused() -> HttpResponse:
    return JsonResponse({"says": "This device is not linked to a visit. Ask for a new code."}, status=403)
