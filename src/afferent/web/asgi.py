"""The application as a server runs it: Django behind a gate for the size of what is sent.

Django reads a whole body before it looks at it, and would put a large one on disk. So the gate stands before Django.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")

import django
from django.conf import settings
from django.db import connections

from afferent.web.middleware import OFF
from afferent.web.warm import warm

# Static files are small and read at once; that they are not streamed asynchronously is meant.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# The same as `settings` and `middleware` put on every page, for the one answer that is given before them.
_HEADERS = (
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"content-security-policy", b"default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", settings.X_FRAME_OPTIONS.encode()),
    (b"referrer-policy", settings.SECURE_REFERRER_POLICY.encode()),
    (b"cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY.encode()),
    (b"permissions-policy", OFF.encode()),
    (b"cache-control", b"no-store"),
    (b"connection", b"close"),
)
TOO_LARGE = "This file is larger than {most} MB. Export the record of one person only; nothing was kept."


class SizeGate:
    """Answers 413 with a sentence as soon as a request is, or turns out to be, larger than `most` bytes."""

    def __init__(self, app: App, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if said.isdigit() and int(said) > self.most:
            await self._refuse(send)
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.most:
                await self._refuse(send)
                return
        await self.app(scope, _once(bytes(body), receive), send)

    async def _refuse(self, send: Send) -> None:
        text = TOO_LARGE.format(most=self.most >> 20).encode()
        headers = [*_HEADERS, (b"content-length", str(len(text)).encode())]
        if settings.SECURE_HSTS_SECONDS:
            headers.append((b"strict-transport-security", f"max-age={settings.SECURE_HSTS_SECONDS}".encode()))
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": text})


def _once(body: bytes, receive: Receive) -> Receive:
    """The body that was read, handed on once; after it, whatever comes."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return again


def _never_make_a_database(settings: dict[str, Any]) -> None:
    """SQLite makes a file that is not there. Where one was taken away for a while, the empty one in its place would
    swallow what stands in the log beside it: confirmed, and gone. So a server opens what there is, or nothing."""
    file = Path(str(settings["NAME"]))
    if settings["ENGINE"].endswith("sqlite3") and file.is_file():
        settings["NAME"] = f"file:{quote(str(file.resolve()))}?mode=rw"


def _pages() -> App:
    """The pages, and before them the signs of life of running visits. These import models: Django is set up first."""
    from afferent.web.live.beats import beats
    from afferent.web.threads import Pages

    return beats(Pages())


_never_make_a_database(connections.settings["default"])
django.setup(set_prefix=False)
warm()
application = SizeGate(_pages(), settings.LARGEST_RECORD + 2**18)
