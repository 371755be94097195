"""Does a sign-in still hold? A stream stays open for hours, long past the request that was let in.

Ask here: `still(request)`, which gives a question to be asked at every look: is that session there yet, of the same
person, under the same password, and are they still a therapist of the clinic? It costs two queries.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from afferent.web.accounts.models import User
from afferent.web.clinics.models import Membership


def still(request: HttpRequest) -> Callable[[], bool]:
    """May whoever sent this request still look at a visit?"""
    key, mine = request.session.session_key, request.membership.pk
    sessions = import_module(settings.SESSION_ENGINE).SessionStore

    def holds() -> bool:
        members = Membership.objects.select_related("user", "clinic").filter(pk=mine, left_at=None)
        member = members.filter(user__is_active=True).first()
        return member is not None and member.advised and _signed_in(sessions(key).load(), member.user)

    return holds


def _signed_in(session: dict[str, str], user: User) -> bool:
    """As Django judges a request, but without renewing anything."""
    if session.get(SESSION_KEY) != str(user.pk):
        return False
    given = session.get(HASH_SESSION_KEY, "")
    good = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(given, one) for one in good)
