"""Server-sent events: what happens in a visit, as it happens, for as long as a face is open.

A view decides who may listen and answers with `Stream`; the server keeps it open (`Stream.run`) in its loop, without a
thread of its own. A face says with Last-Event-ID what it has seen, and gets all that came after, in order, none twice.
Between events the other face's signs of life are passed on; a face that hears none says so (see `link.js`).
"""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Executor
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import Error, connection
from django.http import HttpResponse

from afferent.visit.events import Kept
from afferent.web.live.bus import BUS, Listener, Side
from afferent.web.live.pg import WIRE
from afferent.web.live.store import stream
from afferent.web.scope import clinic_id, inside

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Shown = Callable[[Kept], Any]  # what this face may see of an event; None: nothing

IDLE: Final = 10.0  # seconds after which a comment keeps the connection alive, and the database is asked all the same
AGAIN: Final = 0.5  # seconds until a database that was away is asked again
TRIES: Final = 3
SHUT: Final = b"event: shut\ndata: 1\n\n"  # this device is let in no more
LONGEST: Final = 4 * 3600.0  # a visit is over by then; the face asks again, and is judged again


class Stream(HttpResponse):
    """An answer that goes on. `shown` makes of each event what this face may see; `let_in`: may it still listen?"""

    def __init__(
        self, session: UUID, side: Side, after: int, shown: Shown, let_in: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__(content_type="text/event-stream; charset=utf-8")
        self["Cache-Control"] = "no-store, no-transform"
        self["X-Accel-Buffering"] = "no"
        self.session, self.clinic, self.side, self.after, self.shown = session, clinic_id(), side, after, shown
        self.let_in = let_in

    async def run(self, receive: Receive, send: Send, threads: Executor) -> None:
        """Until whoever listens has gone."""
        WIRE.open()
        gone = asyncio.ensure_future(_gone(receive))
        try:
            with BUS.listen(self.session.hex, self.side) as told:
                await _send(send, b"retry: 1000\n\n")
                await self._tell(told, gone, send, threads)
        finally:
            gone.cancel()

    async def _tell(self, told: Listener, gone: asyncio.Future[None], send: Send, threads: Executor) -> None:
        until, looked = time.monotonic() + LONGEST, 0.0
        while not gone.done() and time.monotonic() < until:
            look, beat = told.take()
            parts, wait = b"" if beat is None else b"event: beat\ndata: %d\n\n" % beat, IDLE
            if look or time.monotonic() - looked > IDLE:  # a word may have been lost with the database
                found = await self._new(threads)
                if found == SHUT:
                    await _send(send, SHUT)
                    return
                if found is None:
                    told.look, wait = True, AGAIN  # the database was away: what is new is not forgotten
                else:
                    parts, looked = parts + (found or b": \n\n"), time.monotonic()
            if parts:
                await _send(send, parts)
            await _first(told.woken, gone, wait)

    async def _new(self, threads: Executor) -> bytes | None:
        """What came after the last event, as far as this face may see it. None: the database could not be asked."""
        loop = asyncio.get_running_loop()
        for _ in range(TRIES):  # each kept thread may hold a connection that broke meanwhile
            try:
                found = await loop.run_in_executor(threads, contextvars.Context().run, self._read)
                break
            except Error:
                continue
        else:
            return None
        if found is None:
            return SHUT
        parts = b""
        for one in found:
            self.after = one.seq
            seen = self.shown(one)
            if seen is not None:
                parts += b"id: %d\ndata: %s\n\n" % (one.seq, msgspec.json.encode(seen))
        return parts

    def _read(self) -> list[Kept] | None:
        """What is new; None for a device that is let in no more."""
        try:
            with inside(self.clinic):
                return stream(self.session, self.after) if self.let_in() else None
        except Error:
            connection.close_if_unusable_or_obsolete()  # nobody else does it: this is no request
            raise


async def _first(woken: asyncio.Event, gone: asyncio.Future[None], seconds: float) -> None:
    waiting: asyncio.Future[Any] = asyncio.ensure_future(woken.wait())
    await asyncio.wait([waiting, gone], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})
