"""Signs of life of a face, once a second: "I am here" goes to the other face, and is kept nowhere.

Ask here: `pass_for` (what a face is given to say so) and `beats` (the ASGI layer that hears it). They come from every
face of every running visit, so they go past Django: a signature is checked, no database is asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

from afferent.web.live.bus import BUS, Side
from afferent.web.live.pg import WIRE
from afferent.web.live.streams import LONGEST

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

PATH: Final = "/live/beat/"
_SIGNER: Final = TimestampSigner(salt="afferent.live.beat")
_HEADERS: Final = [(b"cache-control", b"no-store"), (b"content-length", b"0")]


def pass_for(session: UUID, side: Side) -> str:
    """The address at which this face says that it is there."""
    return PATH + _SIGNER.sign(f"{session.hex}.{side}")


def beats(app: App) -> App:
    """Answers signs of life; everything else goes on to the pages."""

    async def layer(scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PATH):
            await app(scope, receive, send)
            return
        status = 204 if scope["method"] == "POST" and _heard(*_parts(scope["path"][len(PATH) :])) else 403
        await send({"type": "http.response.start", "status": status, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": b""})

    return layer


def _parts(path: str) -> tuple[str, int]:
    """The pass, and the number of the last event that this face has shown."""
    given, _, number = path.partition("/")
    return given, int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def _heard(given: str, shown: int) -> bool:
    try:
        session, _, side = _SIGNER.unsign(given, max_age=LONGEST).partition(".")
    except BadSignature:
        return False
    if not BUS.hear(session, side, shown):
        WIRE.pass_on(session, f"{side} {shown}")
    return True
