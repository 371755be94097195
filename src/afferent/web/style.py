"""The one style sheet, written from the tokens; its address changes whenever it does, so it may be kept for ever."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from afferent.page.styles import style_sheet as written


@require_safe
def style_sheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The sheet as it is now, whichever version is asked for."""
    response = HttpResponse(written(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
