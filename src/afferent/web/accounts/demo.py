"""The log-ins of the invented clinic: shown, and signed in with one tap. Only where the server says AFFERENT_DEMO=1."""

from __future__ import annotations

from typing import Final

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from afferent.web.accounts.models import User
from afferent.web.clinics.access import everybody

ROLES: Final = ("therapist", "desk", "owner")


@require_POST
@everybody
def demo(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as somebody invented. Never somebody of a real clinic, whatever the server was told."""
    if not settings.DEMO or role not in ROLES:
        raise Http404
    user = User.objects.filter(email=f"{role}@example.org", is_active=True).first()
    if user is None or user.memberships.exclude(clinic__invented=True).exists() or not user.memberships.exists():
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    return perform_login(request, Login(user=user))
