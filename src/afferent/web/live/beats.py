"""Signs of life of a face, once a second: "I am here" goes to the other face, and is kept nowhere.

Ask here: `pass_for` (what a face is given to say so) and `beats` (the ASGI layer that hears it). They come from every
face of every running visit, so they go past Django: a signature is checked, no database is asked. A pass names its face
and is good for some minutes; the stream of that face renews it for as long as the visit runs. Which faces count is for
whoever listens to know (see `faces`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

from afferent.web.live.bus import BUS, Side
from afferent.web.live.pg import WIRE

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

PATH: Final = "/live/beat/"
_SIGNER: Final = TimestampSigner(salt="afferent.live.beat")
GOOD_FOR: Final = 600.0  # seconds
_HEADERS: Final = [(b"cache-control", b"no-store"), (b"content-length", b"0")]


def pass_for(session: UUID, side: Side, face: str = "") -> str:
    """Where this face says that it is there. `face`: of the therapist's its own id, of the client's its device."""
    return PATH + _SIGNER.sign(f"{session.hex}.{side}.{face}")


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
        session, side, face = _SIGNER.unsign(given, max_age=GOOD_FOR).split(".")
    except (BadSignature, ValueError):  # a pass of an earlier version has two parts
        return False
    BUS.hear(session, side, shown, face)
    WIRE.pass_on(session, side, shown, face)
    return True
