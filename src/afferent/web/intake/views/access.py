"""Who may open a step: the browser that began, and nobody else – whoever of the staff is signed in on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from afferent.web.clinics.access import everybody
from afferent.web.intake import device
from afferent.web.intake.links import is_mine, standing
from afferent.web.intake.page import private
from afferent.web.intake.refused import refused
from afferent.web.scope import inside

View = Callable[..., HttpResponse]


def of_client(*, closed: bool = False) -> Callable[[View], View]:
    """The view gets the link. `closed`: it is for after the answers were sent. Forms carry a token of our own: with
    "no-referrer" a browser tells no origin, and Django's check would refuse it."""

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            link = device.here(request)
            key = device.key_of(request, link) if link else None
            if link is None or key is None:
                return refused(request, "nobody")
            found = standing(link, key)
            if found == "used" and not closed and is_mine(link, key):
                return private(redirect("intake_done"))
            if found not in (("good", "used") if closed else ("good",)) or not is_mine(link, key):
                return refused(request, "nobody" if found == "good" else found, link)
            if request.method == "POST" and not device.sent_from_here(request, link, key):
                return refused(request, "again", link)
            with inside(link.clinic_id):
                response = view(request, link, *args, **kwargs)
            if request.method == "POST":
                device.take(response, link)
            return private(response)

        return csrf_exempt(everybody(inner))

    return around
