"""Pages that say no: what happened, how to mend it, what was kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afferent.words.vocabulary import sentence

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
