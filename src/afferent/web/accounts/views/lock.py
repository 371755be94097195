"""The lock: locking, and the page that asks who is back."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from afferent.web.accounts import passkey
from afferent.web.accounts.locking import MOST_TRIES, TRIES, back_to, failed, is_locked, take_a_try, unlock
from afferent.web.accounts.locking import lock as lock_now


@login_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock at once: by hand, or by the page itself when nobody touches it."""
    lock_now(request)
    back = back_to(request.POST.get("next")) or back_to(_referer(request))
    return redirect(reverse("locked") + ("?" + urlencode({"next": back}) if back else ""))


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Somebody types or scrolls in a page: what they write must not be lost to the lock. The middleware notes it."""
    return HttpResponse(status=204)


@login_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """Who is signed in here; their password or passkey opens it again."""
    back = back_to(request.POST.get("next") or request.GET.get("next"))
    if not is_locked(request):
        return redirect(back or "begin")
    fault = ""
    if request.method == "POST":
        tried = take_a_try(request)
        if tried <= MOST_TRIES and _is_right(request):
            unlock(request)
            return redirect(back or "begin")
        failed(request)
        if tried >= MOST_TRIES:
            logout(request)
            return redirect(reverse("account_login") + "?ended")
        fault = _wrong(request, MOST_TRIES - tried)
    shown = {
        "next": back,
        "fault": fault,
        "keys": passkey.asked(request) if passkey.has_one(request) else None,
        "left": MOST_TRIES - request.session.get(TRIES, 0),
    }
    return render(request, "accounts/locked.html", shown, status=400 if fault else 200)


def _is_right(request: HttpRequest) -> bool:
    if "credential" in request.POST:
        return passkey.is_right(request)
    return bool(request.user.check_password(request.POST.get("password", "")))


def _wrong(request: HttpRequest, left: int) -> str:
    what = "This passkey did not say who you are." if "credential" in request.POST else "This is not the password."
    return f"{what} {'One try is' if left == 1 else f'{left} tries are'} left; then you sign in anew."


def _referer(request: HttpRequest) -> str:
    """The page that the lock was pressed on."""
    here = request.build_absolute_uri("/")
    said = request.headers.get("Referer", "")
    return "/" + said[len(here) :] if said.startswith(here) else ""
