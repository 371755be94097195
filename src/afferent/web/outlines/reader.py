"""The browser that reads a plan: a key of its own in a signed cookie for each plan, never a session of the staff.

Ask here: `key_of`, `offer` (give this browser a key) and `token` (what its form carries: nobody else can send one).
"""

from __future__ import annotations

import secrets
import uuid
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from afferent.web.intake.links import HOURS

_SALT: Final = "afferent.outlines.reader"


def _cookie(plan: uuid.UUID) -> str:
    return f"plan_{plan.hex[:12]}"


def key_of(request: HttpRequest, plan: uuid.UUID) -> str | None:
    """The key that this browser holds for a plan, if it holds one that we gave."""
    try:
        named, _, key = Signer(salt=_SALT).unsign(request.COOKIES.get(_cookie(plan), "")).partition(".")
    except BadSignature:
        return None
    return key if named == plan.hex and key else None


def offer(request: HttpRequest, response: HttpResponse, plan: uuid.UUID) -> str:
    """A key for this browser; the one it holds, if it does. Nothing is written down here."""
    key = key_of(request, plan) or secrets.token_urlsafe(24)
    response.set_cookie(
        _cookie(plan), Signer(salt=_SALT).sign(f"{plan.hex}.{key}"), max_age=HOURS * 3600, path="/p/",
        secure=settings.HTTPS, httponly=True, samesite="Lax",
    )  # fmt: skip
    return key


def token(plan: uuid.UUID, key: str) -> str:
    """What the form of this browser carries."""
    return salted_hmac(_SALT, f"{plan.hex}.{key}", algorithm="sha256").hexdigest()


def sent_from_here(request: HttpRequest, plan: uuid.UUID, key: str) -> bool:
    """Does the form come from a page that this browser was given?"""
    return constant_time_compare(request.POST.get("token", ""), token(plan, key))
