"""Pages that say no: what happened, how to mend it, what was kept."""

from __future__ import annotations

import logging
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afferent.words.vocabulary import sentence

_LOG: Final = logging.getLogger("afferent")
_KEPT = "Nothing was kept of it, and nothing else was changed."


def refusal(request: HttpRequest, why: str, status: int, *, title: str = "That could not be read") -> HttpResponse:
    """One sentence as a page."""
    return render(request, "refusal.html", {"title": title, "why": sentence(why), "kept": _KEPT}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
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
    text = "<!doctype html><html lang=en><title>Afferent</title><h1>Something in Afferent failed</h1>"
    text += "<p>Nothing was decided and nothing was changed. Go back and try once more.</p>"
    return HttpResponse(text, status=500)


_FULL: Final = ("full", "No space left", "could not extend", "disk I/O")


def out_of_storage(error: Exception) -> HttpResponse:
    """The database cannot be reached or cannot write. Plain, for it may not read anything either."""
    full = any(sign in str(error) for sign in _FULL)
    _LOG.error("storage: %s", str(error).splitlines()[0] if str(error) else type(error).__name__)
    what = "The disk of this server is full" if full else "The database cannot be reached"
    whom = "Ask whoever keeps the server to make room." if full else "Ask whoever keeps the server to look."
    text = f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Not saved – Afferent</title>
<h1>{what}.</h1>
<p><strong>What you just sent was not saved.</strong> Everything that was confirmed before is safe.</p>
<p>{whom} Then go back with your browser: what you entered still stands there; send it once more.</p>
<p>Until then, work by what you know and see: no limit has changed.</p></html>"""
    response = HttpResponse(text, status=503)
    response["Retry-After"] = "30"
    response["HX-Retarget"] = "body"
    return response
