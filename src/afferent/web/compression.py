"""Pages go out compressed, quickly: level 2 takes a quarter of the time of Django's 6, for a tenth more bytes.

As Django's own layer does, a random length is added in the header of each, so that the length of an answer tells
nothing of what stands in it (Heal The Breach).
"""

from __future__ import annotations

import gzip
import io
import secrets
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Next = Callable[[HttpRequest], HttpResponse]

LEVEL: Final = 2
_SHORT: Final = 400  # bytes that are not worth it
_NOISE: Final = 100


class Compressed:
    """Compresses every page for a browser that says it can read it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or response.has_header("Content-Encoding") or len(response.content) < _SHORT:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        response.content = compressed(response.content)
        response["Content-Length"] = str(len(response.content))
        response["Content-Encoding"] = "gzip"
        if response.has_header("ETag"):
            response["ETag"] = f"W/{response['ETag'].removeprefix('W/')}"
        return response


def compressed(data: bytes) -> bytes:
    """The same, packed, under a name of random length that nobody reads."""
    packed = io.BytesIO()
    name = "a" * secrets.randbelow(_NOISE)
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=packed, mtime=0) as file:
        file.write(data)
    return packed.getvalue()
