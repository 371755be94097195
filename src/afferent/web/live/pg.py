"""Several processes on one PostgreSQL: what one of them writes, the streams of the others hear.

Ask here: `Wire`, two connections of its own per process, one that listens and one that speaks. They are made as
Django's are (`DATABASES`, with its OPTIONS: TLS and all), say in the log when they break and when they are back, and
come back by themselves, asked for again after a pause that grows to some seconds. Whoever listens then looks again, so
nothing depends on a message having arrived. Signs of life that waited meanwhile are old, and are not sent.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from django.db import connection

from afferent.web.live.bus import BUS, CHANNEL, LOOK, process

AGAIN: Final = 0.5  # seconds until a lost database is asked again, at first
LONGEST: Final = 5.0  # and at the most: a face says after 2.5 that the link is lost, and should not wait long after
PATIENCE: Final = 5.0  # seconds for an answer; a cable that was pulled gives none
QUIET: Final = 10.0  # seconds without a word after which the connection is tried
TOGETHER: Final = 0.1  # seconds for which signs of life are gathered: many faces, few questions
_OF_DJANGO: Final = ("cursor_factory", "context")  # made for its own kind of connection

_NUMBER: Final = re.compile("[0-9]{1,9}")

log = logging.getLogger("afferent.live")


class Wire:
    """NOTIFY and LISTEN of this process. Used in the loop's own thread only."""

    def __init__(self, name: str = "") -> None:
        self._name = name  # of this process, where a test plays two of them
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._waiting: dict[tuple[str, str, str], int] = {}
        self._woken = asyncio.Event()

    @property
    def name(self) -> str:
        return self._name or process()

    def open(self) -> None:
        """Listen and speak from now on; nothing on SQLite, where there is one process."""
        if connection.vendor != "postgresql":
            return
        loop = asyncio.get_running_loop()
        if self._loop is not loop or any(one.done() for one in self._tasks):
            self.close()
            self._loop, self._woken = loop, asyncio.Event()
            self._tasks = [loop.create_task(self._kept("hears", self._hear))]
            self._tasks += [loop.create_task(self._kept("speaks to", self._speak))]

    def close(self) -> None:
        for one in self._tasks:
            if not one.done() and not one.get_loop().is_closed():
                one.cancel()
        self._tasks = []

    def pass_on(self, session: str, side: str, shown: int, face: str) -> None:
        """A sign of life, for faces whose streams are open in other processes. The latest of a face stands for all."""
        if self._tasks:
            self._waiting[session, side, face] = shown
            self._woken.set()

    async def _kept(self, what: str, work: Callable[[Any], Awaitable[None]]) -> None:
        """One connection, made anew whenever it breaks. Said once for each time that it was away."""
        import psycopg

        pause, broken = AGAIN, False
        while True:
            try:
                async with asyncio.timeout(PATIENCE):
                    mine = await psycopg.AsyncConnection.connect(**_asked(), autocommit=True)
                if broken:
                    log.warning("This process %s the others again.", what)
                pause, broken = AGAIN, False
                try:
                    await work(mine)
                finally:
                    await mine.close()  # without a goodbye, which a dead line would never answer
            except (psycopg.Error, OSError) as error:  # TimeoutError is one
                if not broken:
                    log.warning("This process no longer %s the others, and tries again: %s", what, _why(error))
                broken = True
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST)

    async def _hear(self, mine: Any) -> None:
        from psycopg import sql

        await mine.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        BUS.everybody(LOOK)  # what was said while nobody listened
        while True:
            async for heard in mine.notifies(timeout=QUIET):
                self._heard(heard.payload)
            async with asyncio.timeout(PATIENCE):
                await mine.execute("SELECT 1")

    def _heard(self, payload: str) -> None:
        """ "session look process", or "session side shown face process". What this one said it has heard already."""
        match payload.split(" "):
            case [session, word, said] if word == LOOK:
                if said != self.name:
                    BUS.hear(session, LOOK)
            case [session, "therapist" | "client" as side, shown, face, said] if _NUMBER.fullmatch(shown):
                if said != self.name:
                    BUS.hear(session, side, int(shown), face)
            case _:  # anybody who may sign in to the database may say something there
                log.warning("A word that is none of ours came over the wire, and is passed over.")

    async def _speak(self, mine: Any) -> None:
        self._waiting.clear()
        while True:
            await self._woken.wait()
            self._woken.clear()
            said = [f"{session} {side} {n} {face} {self.name}" for (session, side, face), n in self._waiting.items()]
            self._waiting.clear()
            async with asyncio.timeout(PATIENCE):
                await mine.execute("SELECT pg_notify(%s, word) FROM unnest(%s::text[]) AS word", [CHANNEL, said])
            await asyncio.sleep(TOGETHER)


def _asked() -> dict[str, Any]:
    """How Django connects to it."""
    return {name: value for name, value in connection.get_connection_params().items() if name not in _OF_DJANGO}


def _why(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0]}" if str(error) else type(error).__name__


WIRE: Final = Wire()
