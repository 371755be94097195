"""Who is told that something happened: the streams of this process, and those of the other processes.

Ask here: `tell(session)` inside the transaction that writes (it waits for the commit), and of `BUS` `listen` (a stream)
and `hear` (a word has come: LOOK, or the side that gave a sign of life, with its face). Nothing travels here but "look
again" and "I am here": what happened is read from the database, so a message that is lost or doubled changes nothing.

One process on SQLite needs nothing more. On PostgreSQL the same words go round by NOTIFY (see `pg.py`), with the name
of the process that said them: it has told its own streams, and a second look would cost each of them its queries.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Literal

from django.db import connection, transaction

CHANNEL: Final = "afferent_live"
Side = Literal["therapist", "client"]
LOOK: Final = "look"
_DRAWN: Final = secrets.token_hex(4)
STREAMS: Final = 4  # of one owner in one visit, in this process: windows that are open, and one that is coming back


class Listener:
    """One stream of one session: what it has been told since it last looked. `counts`: the face of the other side whose
    signs of life it hears (see `faces`). `owner`: whose stream it is, of those of one visit; `end` shuts it.
    """

    def __init__(self, side: Side, owner: str = "", end: Callable[[], object] | None = None) -> None:
        self.side, self.owner, self.end = side, owner, end
        self.woken = asyncio.Event()
        self.look = True
        self.counts: str | None = None
        self.beat: int | None = None  # the last event that the other face has shown, with its sign of life

    def told(self, word: str, shown: int = 0, face: str = "") -> None:
        if word == LOOK:
            self.look = True
        elif face == self.counts:
            self.beat = max(shown, self.beat or 0)
        else:
            return
        self.woken.set()

    def take(self) -> tuple[bool, int | None]:
        """Is there something to look at; has the other face given a sign of life? Both are forgotten by asking."""
        found = self.look, self.beat
        self.look, self.beat = False, None
        self.woken.clear()
        return found


class Bus:
    """All streams of this process, by session. Used from the loop's own thread; `say` from any."""

    def __init__(self) -> None:
        self._listeners: dict[str, dict[Listener, None]] = {}  # the oldest first
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextmanager
    def listen(
        self, session: str, side: Side, owner: str = "", end: Callable[[], object] | None = None
    ) -> Iterator[Listener]:
        """Of one owner the oldest streams are shut, so that no device that was let in takes the places of others."""
        self._loop = asyncio.get_running_loop()
        one = Listener(side, owner, end)
        self._listeners.setdefault(session, {})[one] = None
        self._shut(session, one)
        try:
            yield one
        finally:
            self._forget(session, one)

    def _shut(self, session: str, newest: Listener) -> None:
        theirs = [one for one in self._listeners[session] if (one.side, one.owner) == (newest.side, newest.owner)]
        for one in theirs[:-STREAMS]:
            if one.end is not None:
                self._forget(session, one)
                one.end()

    def _forget(self, session: str, one: Listener) -> None:
        rest = self._listeners.get(session, {})
        rest.pop(one, None)
        if not rest:
            self._listeners.pop(session, None)

    def say(self, session: str, word: str) -> None:
        """From any thread: tell the streams of this session here. Before the first stream there is nobody to tell."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.hear, session, word)

    def hear(self, session: str, word: str, shown: int = 0, face: str = "") -> None:
        """In the loop's thread. `shown`: the last event that this `face` has shown."""
        for one in self._listeners.get(session, ()):
            if word in (LOOK, _other(one.side)):
                one.told(word, shown, face)

    def everybody(self, word: str) -> None:
        """In the loop's thread: every stream of this process."""
        for session in list(self._listeners):
            self.hear(session, word)


def _other(side: Side) -> Side:
    return "client" if side == "therapist" else "therapist"


BUS: Final = Bus()


def process() -> str:
    """The name of this process, also of one that was forked from another, or runs on another machine."""
    return f"{os.getpid():x}-{_DRAWN}"


def tell(session: uuid.UUID) -> None:
    """Something new stands in the database, once this transaction is through."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # sent by the server at the commit, and only then
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{session.hex} {LOOK} {process()}"])
    transaction.on_commit(lambda: BUS.say(session.hex, LOOK))
