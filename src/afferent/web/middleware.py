"""Small layers: headers on every answer, every AfferentError as a page with its one sentence, and lost storage."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from afferent.errors import AfferentError
from afferent.web.refusals import out_of_storage, refusal

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


class Storage:
    """The database is away, or its disk is full: one plain page, and nothing is called saved that is not."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (DatabaseError, InterfaceError) as error:
            return out_of_storage(error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return out_of_storage(error) if isinstance(error, DatabaseError | InterfaceError) else None
