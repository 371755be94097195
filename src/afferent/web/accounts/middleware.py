"""The lock on a screen left alone, and the second factor that a clinic asks for.

A locked session is not ended: what runs goes on, and the right person goes on where they were. Both layers judge by
the name of the view that was found, not by how the address begins: whatever is not named here is shut.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from afferent.web.accounts.locking import is_locked, lock, overdue, seen, to_the_lock

Next = Callable[[HttpRequest], HttpResponse]

# Pages of a running visit: the lock never stands between a hand and STOP. Each asks for itself whose visit it is.
RUNNING: Final = frozenset({
    "live", "live_events", "live_stream", "live_stream_of", "live_lead", "live_pair", "live_skin", "live_found",
})  # fmt: skip
# For clients: no account, no session of the staff.
FOR_CLIENTS: Final = frozenset({
    "live_join", "live_join_link", "live_me", "live_me_state", "live_me_events", "live_me_stream", "live_worker",
    "intake_typed", "intake_open", "intake_go", "intake_step", "intake_change", "intake_read_back", "intake_later",
    "intake_help", "intake_done", "intake_find", "day_after", "plan", "own_scores", "own_score", "own_scores_done",
    "stop_messages", "texts_in", "calendar_feed", "answer_request", "answer_paper",
})  # fmt: skip

WHILE_LOCKED: Final = frozenset({"locked", "lock", "account_logout", "style"})
WITHOUT_FACTOR: Final = WHILE_LOCKED | {
    "seen", "second_factor", "nowhere", "choose_clinic", "join", "first", "demo",
    "account_change_password", "account_reauthenticate", "account_inactive", "account_login",
    "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_authenticate",
    "mfa_login_webauthn",
}  # fmt: skip


class Lock:
    """After the clinic's minutes without a touch everything else asks for the password again."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        here = request.resolver_match.url_name
        if not request.user.is_authenticated or here in FOR_CLIENTS:
            return None
        now = int(time.time())
        if here in RUNNING:
            if request.method == "POST" and not is_locked(request) and not overdue(request, now):
                seen(request, now)
            return None
        if not is_locked(request) and overdue(request, now):
            lock(request)
        if is_locked(request):
            return None if here in WHILE_LOCKED else to_the_lock(request)
        seen(request, now)
        return None


class SecondFactor:
    """Where a clinic asks for a second factor, nothing opens before there is one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        mine = getattr(request, "membership", None)
        if mine is None or settings.DEMO or not mine.clinic.second_factor or request.session.get("factor"):
            return None
        if request.resolver_match.url_name in WITHOUT_FACTOR | FOR_CLIENTS:
            return None
        if Authenticator.objects.filter(user=request.user).exclude(type="recovery_codes").exists():
            request.session["factor"] = True
            return None
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(reverse("second_factor"))
        return redirect("second_factor")
