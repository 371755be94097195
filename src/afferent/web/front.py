"""The first page: whoever is signed in goes to today; everybody else reads in ten seconds what this is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from afferent.web.clinics.access import everybody


@require_safe
@everybody
def begin(request: HttpRequest) -> HttpResponse:
    """To today, or the front page."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "front.html", {"demo": settings.DEMO, "open": settings.OPEN})
