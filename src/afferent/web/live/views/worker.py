"""The service worker of the two faces, from its own address: its reach is where it is served from, `/live/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from afferent.web.clinics.access import everybody


@require_safe
@everybody
def worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache
def _script() -> str:
    return files("afferent.web.live").joinpath("static", "live", "worker.js").read_text("utf-8")
