"""Who acts, as the audit writes it."""

from __future__ import annotations

from django.http import HttpRequest

from afferent.web.audit.chain import note as write


def actor(request: HttpRequest) -> str:
    """ "user:12" for somebody of the staff."""
    return f"user:{request.user.pk}" if request.user.is_authenticated else "somebody"


def note(request: HttpRequest, action: str, subject: object = "", what: object = None) -> None:
    """Write what this request does into the audit. `subject`: a row of a clinic, or nothing."""
    named = subject if isinstance(subject, str) else f"{type(subject).__name__.lower()}:{subject.pk}"  # type: ignore[attr-defined]
    write(actor(request), action, named, what)
