"""Does a sign-in still hold? A stream stays open for hours, long past the request that was let in.

Ask here: `still(request)`, which gives a question to be asked at every look: is that session there yet, of the same
person, under the same password, and are they still a therapist of the clinic? It costs two queries; only where one of
the rows has changed since is it judged anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session as SignIn
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from afferent.web.accounts.models import User
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.live.compiled import as_long_as, compiled


def still(request: HttpRequest) -> Callable[[], bool]:
    """May whoever sent this request still look at a visit?"""
    key, mine = request.session.session_key, request.membership.pk
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    there = Membership.objects.filter(pk=mine, left_at=None, user__is_active=True)
    session = SignIn.objects.filter(session_key=key)

    def judge() -> dt.datetime | None:
        member = there.select_related("user", "clinic").first()
        if member is None or not member.advised or not _signed_in(sessions(key).load(), member.user):
            return None
        return session.values_list("expire_date", flat=True).first()

    return as_long_as(
        compiled(there.values_list(*_ALL)), compiled(session.values_list("session_data", "expire_date")), judge=judge
    )


# Everything of the three rows: what is not compared could change unseen.
_ALL = [
    f"{before}{field.attname}"
    for before, model in (("", Membership), ("user__", User), ("clinic__", Clinic))
    for field in model._meta.concrete_fields
]


def _signed_in(session: dict[str, str], user: User) -> bool:
    """As Django judges a request, but without renewing anything."""
    if session.get(SESSION_KEY) != str(user.pk):
        return False
    given = session.get(HASH_SESSION_KEY, "")
    good = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(given, one) for one in good)
