"""What the tests of the pictures share: a photo, and the form that sends one."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image

from afferent.web.clients.models import Client

Make = Callable[..., Any]


def photo(
    colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (640, 480), kind: str = "JPEG", **options: Any
) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def add(
    browser: Browser,
    client: Client,
    data: bytes | None = None,
    name: str = "a.jpg",
    title: str = "Right heel",
    **more: Any,
) -> HttpResponse:
    sent = SimpleUploadedFile(name, photo() if data is None else data, **more)
    return browser.post(reverse("documents", args=[client.pk]), {"title": title, "picture": sent})
