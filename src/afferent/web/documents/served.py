"""How the bytes of a picture or a letter leave: as a file to keep, never as a page.

`Content-Disposition: attachment` stays on previews too. It tells a browser what to do when somebody goes to the address
(save it, do not open it); inside a page an `img` shows it all the same. So nothing here is ever opened as a page of
this server's own, and were it opened, `sandbox` would leave it without a script, a form or this server's name.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

_ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def served(data: bytes, media_type: str, name: str) -> HttpResponse:
    """The file. `name`: ours, without a word about anybody."""
    if media_type not in _ENDINGS:
        raise ValueError(f"{media_type}: not a picture or a letter that was made here")
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{_ENDINGS[media_type]}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
