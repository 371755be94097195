"""How the server speaks HTTP: whoever opens a connection and does not finish a request is let go.

uvicorn waits for a request without end, and counts every open connection against its limit; a thousand silent ones,
from one machine, would shut out everybody, a STOP included. Here a connection *owes* us something while its request is
not whole: nothing came yet, half a head, a body that stalls. It has some seconds for it, and of those that one address
holds open at a time the oldest go first. What listens to a stream, and what has just been answered, owes nothing.

It cannot tell apart who hides behind one address: behind a proxy, the proxy keeps that peace (docs/clinic.md).
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

Owing = dict["Prompt", None]  # in the order in which they began to owe


class Prompt(H11Protocol):
    """One connection."""

    HEAD: ClassVar[float] = 10.0  # seconds from the beginning until the head of a request is whole
    BODY: ClassVar[float] = 30.0  # seconds without a byte of a body that was announced
    SILENT: ClassVar[int] = 64  # connections of one address that may owe us something at a time
    _of: ClassVar[dict[str, Owing]] = {}

    _until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._owes(self.HEAD)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self.cycle is None or (self.cycle is before and before.response_complete):
            if self._until is None:  # of the next request there is a part
                self._owes(self.HEAD)
        elif self.cycle.more_body:
            self._owes(self.BODY)
        else:
            self._owes_nothing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._owes_nothing()
        super().connection_lost(exc)

    def _owes(self, seconds: float) -> None:
        self._owes_nothing()
        self._until = self.loop.call_later(seconds, self._late)
        if self.client is not None:
            those = self._of.setdefault(self.client[0], {})
            those[self] = None
            if len(those) > self.SILENT:
                next(iter(those)).let_go()

    def _owes_nothing(self) -> None:
        if self._until is not None:
            self._until.cancel()
            self._until = None
        those = self._of.get(self.client[0]) if self.client is not None else None
        if those is not None:
            those.pop(self, None)
            if not those:
                del self._of[self.client[0]]  # type: ignore[index]

    def _late(self) -> None:
        if self.flow.read_paused:  # it is we who do not read
            self._owes(self.BODY)
        else:
            self.let_go()

    def let_go(self) -> None:
        """Without a word: nobody has asked for one."""
        self._owes_nothing()
        self.transport.abort()
