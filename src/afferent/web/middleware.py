"""Two small layers: headers on every answer, and every AfferentError as a page with its one sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from afferent.errors import AfferentError
from afferent.web.refusals import refusal

Next = Callable[[HttpRequest], HttpResponse]

OFF = ", ".join(f"{name}=()" for name in ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort"))


class Headers:
    """Nothing clinical stays in a cache; no sensor is needed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", OFF)
        response.setdefault("Cache-Control", "no-store")
        return response


class Sentences:
    """A file or answer that cannot be used is 400 with the sentence that says why; never a traceback."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, AfferentError):
            return refusal(request, str(error), 400)
        return None
