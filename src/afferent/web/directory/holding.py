"""Whoever proved that a profile is theirs may change it for an hour, in the browser in which they did.

Ask here: `opened_for(request, therapist)`, `open_for(response, claim)`, `closed(response)`. No account and no session
of the staff: a signed cookie names the claim, which must have been proven, and a holder whose claim still stands.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from afferent.web.directory.models import Claim
from afferent.web.directory.proof import holder

SECONDS: Final = 60 * 60
_SALT: Final = "afferent.directory.own"
_COOKIE: Final = "directory_own"


def open_for(response: HttpResponse, claim: Claim) -> None:
    """From now on this browser may change the profile, for an hour."""
    value = TimestampSigner(salt=_SALT).sign(claim.id.hex)
    response.set_cookie(
        _COOKIE, value, max_age=SECONDS, path=reverse("find"), secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def opened_for(request: HttpRequest, therapist: str) -> bool:
    """May this browser change this profile?"""
    try:
        named = TimestampSigner(salt=_SALT).unsign(request.COOKIES.get(_COOKIE, ""), dt.timedelta(seconds=SECONDS))
        claim = Claim.objects.filter(pk=uuid.UUID(named), therapist=therapist, ended_at=None).first()
    except (BadSignature, ValueError):
        return False
    held = holder(therapist)
    return claim is not None and claim.proven_at is not None and held is not None


def closed(response: HttpResponse) -> None:
    """Done: nothing is changed from here any more."""
    response.delete_cookie(_COOKIE, path=reverse("find"), samesite="Lax")
