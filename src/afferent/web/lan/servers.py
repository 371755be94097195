"""Uvicorn, once for each address and port, all in one loop: an address may come or go while the others go on.

Ask here: `Servers`: `begin`, `end`, `end_all`, `all_ended`, `renew`. It decides nothing about addresses.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import uvicorn

from afferent.web.lan.addresses import Address
from afferent.web.lan.install import Install
from afferent.web.lan.listening import Ports
from afferent.web.prompt import Prompt

_OURS: Final[dict[str, Any]] = {
    "log_level": "warning", "access_log": False, "server_header": False, "lifespan": "off",
    "http": Prompt,
}  # fmt: skip
_PAGES_AT_ONCE: Final = 2 * Prompt.SILENT


class _Server(uvicorn.Server):
    """One of several in this process: signals are caught once, for all of them."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Servers:
    """The clinic over TLS and its install page over plain HTTP."""

    def __init__(
        self, clinic: Any, page: Install, certificate: Path, options: dict[str, Any], broken: Callable[[], None]
    ) -> None:
        """`broken` is called when one of them cannot go on; `all_ended` then says why."""
        # No proxy stands before it, so nobody may say in a header whence they come or that they came by HTTPS.
        self._clinic = uvicorn.Config(
            clinic, **_OURS | options | {"proxy_headers": False, "ssl_certfile": str(certificate)}
        )
        self._clinic.load()
        self._tls().minimum_version = ssl.TLSVersion.TLSv1_2
        self._page = uvicorn.Config(page, **_OURS, proxy_headers=False, limit_concurrency=_PAGES_AT_ONCE)
        self._running: dict[Address, list[_Server]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken = broken

    @property
    def addresses(self) -> frozenset[Address]:
        """Where somebody is answered now."""
        return frozenset(self._running)

    def begin(self, address: Address, ports: Ports) -> None:
        """Answer at this address from now on."""
        self._running[address] = [self._one(self._clinic, ports), self._one(self._page, ports)]

    def end(self, address: Address) -> None:
        """Answer there no longer."""
        for server in self._running.pop(address):
            server.should_exit = True

    def end_all(self) -> None:
        """Finish what is being answered, then stop. Asked a second time: stop at once."""
        for server in (one for pair in self._running.values() for one in pair):
            server.force_exit, server.should_exit = server.should_exit, True

    async def all_ended(self) -> None:
        """Returns when the last one has. Raises what one of them broke at."""
        await asyncio.gather(*tuple(self._tasks))

    def renew(self, certificate: Path) -> None:
        """Who connects from now on sees this one."""
        self._tls().load_cert_chain(certificate)

    def _one(self, config: uvicorn.Config, ports: Ports) -> _Server:
        server = _Server(config)
        socket = ports.clinic if config is self._clinic else ports.page
        task = asyncio.get_running_loop().create_task(server.serve(sockets=[socket]))
        self._tasks.add(task)  # held here, or nobody would
        task.add_done_callback(self._over)
        return server

    def _over(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            self._tasks.discard(task)
        else:
            self._broken()

    def _tls(self) -> ssl.SSLContext:
        context = self._clinic.ssl
        assert context is not None  # there is a certificate
        return context
