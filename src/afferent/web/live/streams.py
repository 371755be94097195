"""Server-sent events: what happens in a visit, as it happens, for as long as a face is open.

A view decides who may listen and answers with `Stream`; the server keeps it open (`Stream.run`) in its loop, without a
thread of its own. A face says with Last-Event-ID what it has seen, and gets all that came after, in order, none twice.
Between events the signs of life of the other face, the one that counts, are passed on (`beat`); a face that hears none
says so (see `link.js`). It is also told whether it leads itself (`lead`), by what name the client knows who leads
(`name`), and gets its pass for signs of life anew (`pass`).
"""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Executor
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import Error, connection
from django.http import HttpResponse

from afferent.visit.events import Kept
from afferent.web.live.beats import GOOD_FOR, pass_for
from afferent.web.live.bus import BUS, Listener, Side
from afferent.web.live.faces import Standing
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
RENEWED: Final = GOOD_FOR * 0.4  # seconds after which a face gets a new pass: one that is lost is followed in time


class Found(NamedTuple):
    """What one look at the database gave."""

    standing: Standing
    events: list[Kept]


class Stream(HttpResponse):
    """An answer that goes on. `shown` makes of each event what this face may see. `stands`: whose signs of life count
    now; None: this face may listen no longer, and is told `goodbye`. `face`: its own id, and `name` what it calls who
    leads.
    """

    def __init__(
        self, session: UUID, side: Side, after: int, shown: Shown, stands: Callable[[], Standing | None], *,
        face: str = "", name: str = "", goodbye: bytes = SHUT,
    ) -> None:  # fmt: skip
        super().__init__(content_type="text/event-stream; charset=utf-8")
        self["Cache-Control"] = "no-store, no-transform"
        self["X-Accel-Buffering"] = "no"
        self.session, self.clinic, self.side, self.after, self.shown = session, clinic_id(), side, after, shown
        self.stands, self.face, self.name, self.goodbye = stands, face, name, goodbye
        self.leads: bool | None = None  # as this face was told
        self.passed: float | None = None  # when it got its last pass

    async def run(self, receive: Receive, send: Send, threads: Executor) -> None:
        """Until whoever listens has gone."""
        WIRE.open()
        gone = asyncio.ensure_future(_gone(receive))
        try:
            with BUS.listen(self.session.hex, self.side, owner(self.face), gone.cancel) as told:
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
                try:
                    found = await self._new(threads)
                except Error:
                    told.look, wait = True, AGAIN  # the database was away: what is new is not forgotten
                else:
                    if found is None:
                        await _send(send, self.goodbye)
                        return
                    told.counts, looked = found.standing.counts, time.monotonic()
                    parts += self._words(found) or b": \n\n"
            if parts:
                await _send(send, parts)
            await _first(told.woken, gone, wait)

    async def _new(self, threads: Executor) -> Found | None:
        """What came after the last event. None: this face may listen no longer. Raises Error where the database could
        not be asked.
        """
        loop = asyncio.get_running_loop()
        for left in reversed(range(TRIES)):  # each kept thread may hold a connection that broke meanwhile
            try:
                return await loop.run_in_executor(threads, contextvars.Context().run, self._read)
            except Error:
                if not left:
                    raise
        raise AssertionError("tried at least once")

    def _read(self) -> Found | None:
        try:
            with inside(self.clinic):
                standing = self.stands()
                return Found(standing, stream(self.session, self.after)) if standing else None
        except Error:
            connection.close_if_unusable_or_obsolete()  # nobody else does it: this is no request
            raise

    def _words(self, found: Found) -> bytes:
        """What this face is told of it: events as far as it may see them, and how it stands among the faces."""
        parts = b""
        for one in found.events:
            self.after = one.seq
            seen = self.shown(one)
            if seen is not None:
                parts += b"id: %d\ndata: %s\n\n" % (one.seq, msgspec.json.encode(seen))
        return parts + self._stands(found.standing)

    def _stands(self, standing: Standing) -> bytes:
        parts, now = b"", time.monotonic()
        if self.face and standing.leads != self.leads:
            parts += b"event: lead\ndata: %d\n\n" % standing.leads
        if standing.name != self.name:
            parts += b"event: name\ndata: %s\n\n" % msgspec.json.encode(standing.name)
        if self.face and not standing.over and (self.passed is None or now - self.passed >= RENEWED):
            parts += b"event: pass\ndata: %s\n\n" % pass_for(self.session, self.side, self.face).encode()
            self.passed = now
        self.leads, self.name = standing.leads, standing.name
        return parts


def owner(face: str) -> str:
    """Whose window it is: of the therapist's a person, of the client's the device."""
    return face.partition("-")[0]


async def _first(woken: asyncio.Event, gone: asyncio.Future[None], seconds: float) -> None:
    waiting: asyncio.Future[Any] = asyncio.ensure_future(woken.wait())
    await asyncio.wait([waiting, gone], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})
