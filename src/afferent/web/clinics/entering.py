"""What all links that let somebody in have in common: guessing is limited, a shut one says why, entering signs in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from afferent.web.accounts.models import User
from afferent.web.accounts.tries import guessed_wrong, may_guess
from afferent.web.clinics.links import Shut
from afferent.web.refusals import refusal

SLOWLY = "Too many links were tried from here. Wait ten minutes, then open yours again"

View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """A link that opens nothing is a page with its sentence; who tries many is asked to wait."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_guess(request):
            return refusal(request, SLOWLY, 429, title="Too many tries")
        try:
            return view(request, *args, **kwargs)
        except Shut as shut:
            if shut.status == 404:
                guessed_wrong(request)
            return refusal(request, str(shut), shut.status, title="This link opens nothing")

    return inner


def enter(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in whoever has just set a password. A second factor that they have is asked for all the same."""
    if request.user.is_authenticated:
        logout(request)
    response = perform_login(request, Login(user=user))
    if request.user.is_authenticated and request.user.pk == user.pk:
        reauthenticate_by_password(request)
    return response
