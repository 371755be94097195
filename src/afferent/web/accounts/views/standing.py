"""Where somebody stands who has signed in and cannot go on: no second factor yet, or no clinic."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """What a second factor is for, and the two ways to have one."""
    if Authenticator.objects.filter(user=request.user).exclude(type="recovery_codes").exists():
        return redirect("mfa_index")
    return render(request, "accounts/second_factor.html")


@login_required
@require_safe
def nowhere(request: HttpRequest) -> HttpResponse:
    """Signed in, and member of no clinic."""
    if request.membership is not None:
        return redirect("begin")
    return render(request, "accounts/nowhere.html")
