"""Pages answered in a few threads that stay: each keeps its connection to the database.

Django under ASGI gives every request a thread of its own and goes to and fro between the loop and that thread; the
database is connected to each time. Our pages are plain synchronous views, so one thread answers the whole request. What
streams to a visit is begun by such a view too, and then goes on in the loop, holding no thread (see `live.streams`).
"""

from __future__ import annotations

import asyncio
import contextvars
import io
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

from django.core import signals
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from afferent.web.live.streams import Stream

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

AT_ONCE: Final = 8  # more would only wait for one another: a process has one interpreter


class Answer(NamedTuple):
    """A response, as ASGI sends it: whole, or the beginning of one that goes on."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    goes_on: Stream | None = None


class Pages(BaseHandler):
    """An ASGI application. The request's body is in memory already (see `asgi.SizeGate`)."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="page")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if body is None:
            return
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._threads, context.run, self._answer, scope, body)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.goes_on is not None:
            await answer.goes_on.run(receive, send, self._threads)
        await send({"type": "http.response.body", "body": answer.body})

    def _answer(self, scope: Message, body: bytes) -> Answer:
        set_script_prefix(scope.get("root_path", "") or "/")
        signals.request_started.send(sender=self.__class__, scope=scope)
        try:
            request = ASGIRequest(scope, io.BytesIO(body))
        except UnicodeDecodeError:
            return _sent(HttpResponse(status=400))
        except RequestDataTooBig:
            return _sent(HttpResponse(status=413))
        return _sent(self.get_response(request))


def _sent(response: HttpResponseBase) -> Answer:
    """Read out whole and closed: closing also lets go of what the request held."""
    goes_on = response if isinstance(response, Stream) else None
    if goes_on is not None:
        del response["Content-Length"]
    headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
    try:
        body = b"".join(response)
    finally:
        response.close()
    return Answer(response.status_code, headers, body, goes_on)


async def _body(receive: Receive) -> bytes | None:
    """The body; None when whoever asked has gone."""
    parts = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(parts)
