"""Several processes on one PostgreSQL: what one of them writes, the streams of the others hear.

Ask here: `Wire`, one connection of its own per process. It listens while a stream is open, and comes back by itself
after the database was away; whoever listens then looks again, so nothing depends on a message having arrived.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from django.conf import settings
from django.db import connection

from afferent.web.live.bus import BUS, CHANNEL, LOOK

_AGAIN: Final = 1.0  # seconds until a lost database is asked again


class Wire:
    """NOTIFY and LISTEN of this process. Used in the loop's own thread only."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._connection: Any = None

    def open(self) -> None:
        """Listen from now on; nothing on SQLite, where there is one process."""
        if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._listen())

    def pass_on(self, session: str, word: str) -> None:
        """A sign of life for a face whose stream is open in another process."""
        if self._connection is not None:
            task = asyncio.get_running_loop().create_task(self._send(f"{session} {word}"))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _send(self, payload: str) -> None:
        await self._connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])

    async def _listen(self) -> None:
        import psycopg
        from psycopg import sql

        asked = connection.get_connection_params()
        asked = {name: asked[name] for name in ("dbname", "user", "password", "host", "port") if asked.get(name)}
        while True:
            try:
                connect = psycopg.AsyncConnection.connect
                async with (
                    await connect(**asked, autocommit=True) as mine,
                    await connect(**asked, autocommit=True) as out,
                ):
                    await mine.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    self._connection = out
                    BUS.everybody(LOOK)  # what was said while nobody listened
                    async for heard in mine.notifies():
                        session, _, word = heard.payload.partition(" ")
                        side, _, shown = word.partition(" ")
                        BUS.hear(session, side, int(shown or 0))
            except (psycopg.Error, OSError):
                self._connection = None
                await asyncio.sleep(_AGAIN)


WIRE: Final = Wire()
