"""Pages that say no: what happened, how to mend it, what was kept."""

from __future__ import annotations

import logging
import sys
from typing import Final, TypeGuard

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afferent.words.vocabulary import sentence

_LOG: Final = logging.getLogger("afferent")
_KEPT = "Nothing was kept of it, and nothing else was changed."


def refusal(request: HttpRequest, why: str, status: int, *, title: str = "That could not be read") -> HttpResponse:
    """One sentence as a page."""
    return render(request, "refusal.html", {"title": title, "why": sentence(why), "kept": _KEPT}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if lost_storage(exception):  # the session could not be saved: Django takes that for a mistake of the browser
        return out_of_storage(request, exception)
    return refusal(request, "What was sent is not what this page asks for", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, "This is not open to you", 403, title="Not open")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere."""
    why = "This form was open too long, or cookies are switched off. Open the page again and send it once more"
    return refusal(request, why, 403, title="Please send that again")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, "There is no page at this address", 404, title="Not found")


def broken(request: HttpRequest) -> HttpResponse:
    """Something in Afferent itself. Plain, so that nothing else can fail."""
    error = sys.exc_info()[1]
    if lost_storage(error):
        return out_of_storage(request, error)
    text = "<!doctype html><html lang=en><title>Afferent</title><h1>Something in Afferent failed</h1>"
    text += "<p>Nothing was decided and nothing was changed. Go back and try once more.</p>"
    return HttpResponse(text, status=500)


_FULL: Final = ("full", "No space left", "could not extend", "disk I/O", "readonly", "read-only")
_SAID: Final = {
    "read": "<strong>This page cannot be shown now.</strong> Everything that was confirmed before is safe.",
    "lost": "<strong>What you just sent was not saved.</strong> Everything that was confirmed before is safe.",
    "unsure": "<strong>What you just sent may or may not be saved.</strong> Everything that was confirmed before is "
    "safe.",
}
_THEN: Final = {
    "read": "Then open the page again.",
    "lost": "Then go back with your browser: what you entered still stands there; send it once more.",
    "unsure": "Then open the page again, and look whether it is there before you send it once more.",
}


def lost_storage(error: BaseException | None) -> TypeGuard[BaseException]:
    """Is it that the database cannot be reached or written? A mistake of the program in a query is something else."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | InternalError):
            return True
        if type(error) is DatabaseError and error.__cause__ is not None:  # of the driver, not of Django
            return True
        error = error.__cause__ or error.__context__
    return False


def out_of_storage(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The database cannot be reached or cannot write. Plain, for it may not read anything either."""
    words = " ".join(str(one) for one in _chain(error))
    full = any(sign in words for sign in _FULL)
    _LOG.error("storage: %s", words.splitlines()[0] if words.strip() else type(error).__name__)
    said = _what_became_of_it(request, error)
    what = "The server cannot write to its disk" if full else "The database cannot be reached"
    whom = "Ask whoever keeps the server to make room." if full else "Ask whoever keeps the server to look."
    text = f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Not saved – Afferent</title>
<h1>{what}.</h1>
<p>{_SAID[said]}</p>
<p>{whom} {_THEN[said]}</p>
<p>Until then, work by what you know and see: no limit has changed.</p></html>"""
    response = HttpResponse(text, status=503)
    response["Retry-After"] = "30"
    response["HX-Retarget"] = "body"
    return response


def _chain(error: BaseException | None) -> list[BaseException]:
    found = []
    while error is not None:
        if isinstance(error, DatabaseError | InterfaceError):
            found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _what_became_of_it(request: HttpRequest, error: BaseException) -> str:
    """A view that fails writes nothing. What a view has written stands, even where the session could not be saved."""
    if request.method in ("GET", "HEAD"):
        return "read"
    frames = error.__traceback__
    while frames is not None and not getattr(request, "out_of_storage", False):
        if frames.tb_frame.f_code.co_name == "process_response":
            return "unsure"
        frames = frames.tb_next
    request.out_of_storage = True
    return "lost"
