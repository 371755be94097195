"""Small layers: headers on every answer, every AfferentError as a page with its one sentence, and lost storage."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from afferent.errors import AfferentError
from afferent.web.database_file import let_go_of_a_lost_file
from afferent.web.refusals import bad_request, lost_storage, out_of_storage, refusal
from afferent.web.style import style_sheet

Next = Callable[[HttpRequest], HttpResponse]

OFF = ", ".join(f"{name}=()" for name in ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort"))


_STYLE: Final = re.compile(r"/afferent-(?P<digest>[-\w]+)\.css")


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
    """A file or answer that cannot be used is 400 with the sentence that says why; never a traceback.

    A NUL is in nothing that anybody writes, and PostgreSQL takes none: it is refused here, before any view.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        sent = (text for one in (request.GET, request.POST) for name, texts in one.lists() for text in (name, *texts))
        if any("\0" in text for text in sent):
            return bad_request(request, ValueError("a NUL"))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, AfferentError):
            return refusal(request, str(error), 400)
        return None


class Storage:
    """The database is away, or its disk is full: one plain page, and nothing is called saved that is not.

    What a view raises comes here. What a layer raises (the session, the log-in) Django has turned into an answer by
    then; `refusals.broken` and `refusals.bad_request` see it first, and say the same.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sheet = _STYLE.fullmatch(request.path_info)
        if sheet and request.method in ("GET", "HEAD"):  # a page that is open keeps its looks: this asks no database
            return style_sheet(request, sheet["digest"])
        let_go_of_a_lost_file()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return out_of_storage(request, error) if lost_storage(error) else None
