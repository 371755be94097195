"""Today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afferent.web.clinics.access import allowed


@require_safe
@allowed("desk", "therapist", "owner")
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "book/today.html", {})
