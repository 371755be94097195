"""The browser that a link belongs to: a key of its own in a signed cookie, never a session of the staff.

Ask here: `key_of` (what this browser holds for a link), `offer` (give it one), `here` (the link it is working on) and
`token` (what every form carries: nobody else can send one). A second cookie names the link at hand, for a couple may
share a phone; a form names its own.
"""

from __future__ import annotations

import secrets
import uuid
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from afferent.web.intake.models import Link

_SALT: Final = "afferent.intake"
_HERE: Final = "intake"


def _cookie(link: Link) -> str:
    return f"intake_{link.id.hex[:12]}"


def key_of(request: HttpRequest, link: Link) -> str | None:
    """The key that this browser holds for a link, if it holds one that we gave."""
    try:
        named, _, key = Signer(salt=_SALT).unsign(request.COOKIES.get(_cookie(link), "")).partition(".")
    except BadSignature:
        return None
    return key if named == link.id.hex and key else None


def offer(response: HttpResponse, request: HttpRequest, link: Link) -> str:
    """A key for this browser; the one it holds, if it does. Nothing is written down here."""
    key = key_of(request, link) or secrets.token_urlsafe(24)
    _set(response, link, _cookie(link), Signer(salt=_SALT).sign(f"{link.id.hex}.{key}"))
    return key


def take(response: HttpResponse, link: Link) -> None:
    """From now on this browser works on this link."""
    _set(response, link, _HERE, link.id.hex)


def here(request: HttpRequest) -> Link | None:
    """The link at hand: the one that the form names, else the one this browser took last."""
    named = request.POST.get("link") or request.COOKIES.get(_HERE, "")
    try:
        return Link.objects.select_related("clinic").filter(pk=uuid.UUID(named)).first()
    except ValueError:
        return None


def token(link: Link, key: str) -> str:
    """What a form of this browser carries."""
    return salted_hmac(_SALT, f"{link.id.hex}.{key}").hexdigest()


def sent_from_here(request: HttpRequest, link: Link, key: str) -> bool:
    """Does the form come from a page that this browser was given?"""
    return constant_time_compare(request.POST.get("token", ""), token(link, key))


def _set(response: HttpResponse, link: Link, name: str, value: str) -> None:
    left = max(60, int((link.ends_at - timezone.now()).total_seconds()))
    response.set_cookie(
        name, value, max_age=left, path=reverse("intake_typed"), secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
