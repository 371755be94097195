"""The clinic over HTTPS on this machine's private addresses, and the page by which devices learn to trust it.

Ask here: `Plan`, what is wanted; `Lan(plan)` takes the ports, `prepare` makes the certificate and says what to tell,
`run` serves until it is ended. While it runs it looks every few seconds whether addresses came or went, or the
certificate nears its end, and goes on with a new one; what is connected stays connected. It never listens on an address
that the internet could reach.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from msgspec import Struct

from afferent.errors import AfferentError, InputError
from afferent.web.lan import kept
from afferent.web.lan.addresses import Address, Names, local_name, private_addresses
from afferent.web.lan.authority import Authority, fingerprint
from afferent.web.lan.install import Install
from afferent.web.lan.install_page import Site
from afferent.web.lan.listening import both, here
from afferent.web.lan.servers import Servers
from afferent.web.lan.told import told
from afferent.words.dates import day

LOOK_EVERY: Final = 5.0  # seconds
MISSED: Final = 3  # looks without an address before its ports are given back: Wi-Fi comes and goes
SOON: Final = timedelta(days=30)  # before the end of the authority, the terminal begins to say so
NO_NETWORK: Final = (
    "this computer has no private address: join the local network (Wi-Fi or cable), or leave out --lan to serve this "
    "computer alone"
)


class Plan(Struct, frozen=True):
    """Where to serve. `look` finds the addresses, every so many seconds; `clock` is now, in UTC; `say` the terminal."""

    port: int
    install_port: int
    look: Callable[[], tuple[Address, ...]] = private_addresses
    every: float = LOOK_EVERY
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    say: Callable[[str], None] = lambda words: print(words, flush=True)


class Lan:
    """One running server of a clinic on the local network."""

    def __init__(self, plan: Plan) -> None:
        """Takes the ports. Raises InputError where there is no local network, or a port is taken."""
        if plan.port == plan.install_port:
            raise InputError(f"--port and --install-port are both {plan.port}; they must differ")
        found = plan.look()
        if not found:
            raise InputError(NO_NETWORK)
        self._plan = plan
        self._names = Names(found, local_name())
        self._ports = both([*found, *here()], plan.port, plan.install_port)
        self._missed: dict[Address, int] = {}
        self._fault = ""

    def close(self) -> None:
        """Give the ports back without having served."""
        for ports in self._ports.values():
            ports.close()

    def prepare(self, folder: Path, *, picture: bool, notes: tuple[str, ...] = ()) -> str:
        """Authority, certificate and names; what the terminal is to say. Raises InputError."""
        now, name = self._plan.clock(), self._names.name
        self._folder = folder
        self._authority, new = kept.authority(folder, socket.gethostname().partition(".")[0], name, now)
        self._certificate, _ = kept.certificate(folder, self._authority, self._names, now)
        self._install = Install(self._site())
        self._answer_to()
        found = _notes(self._authority, name, folder, now, new=new)
        return told(self._install.site, picture=picture, notes=(*found, *notes))

    def run(self, application: Any, **options: Any) -> None:
        """Serve until a signal or `stop`. `options` are uvicorn's, for the clinic. Raises InputError."""
        try:
            asyncio.run(self._run(application, options))
        except OSError as error:  # somebody else began to listen after the ports were taken
            raise InputError(f"a port cannot be listened on ({error.strerror}); give others") from None

    def stop(self) -> None:
        """End it, from any thread."""
        self._loop.call_soon_threadsafe(self._end)

    async def _run(self, application: Any, options: dict[str, Any]) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        self._servers = Servers(application, self._install, self._certificate, options, self._end)
        with _signals(self.stop):
            for address, ports in self._ports.items():
                self._servers.begin(address, ports)
            while not self._ended.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._ended.wait(), self._plan.every)
                    break
                self._look()
            await self._servers.all_ended()

    def _end(self) -> None:
        self._servers.end_all()
        self._ended.set()

    def _look(self) -> None:
        """What fails is said once and tried again; what works goes on."""
        try:
            found = self._plan.look()
            self._renew(Names(found, local_name()) if found else self._names)
            self._follow(found)
            self._fault = ""
        except (AfferentError, OSError) as error:
            if str(error) != self._fault:
                self._fault = str(error)
                self._plan.say(f"afferent: {error}")

    def _renew(self, names: Names) -> None:
        """A certificate for these names that holds for a while yet, and everybody who has to know of them."""
        self._certificate, new = kept.certificate(self._folder, self._authority, names, self._plan.clock())
        if new:
            self._servers.renew(self._certificate)
        if names != self._names:
            before, self._names = self._names.shown(), names
            self._answer_to()
            self._install.site = self._site()
            if set(names.shown()) != set(before):
                lines = "\n".join(f"  {self._install.site.clinic(host)}" for host in names.shown())
                self._plan.say(f"The addresses of this computer changed. On the other devices now:\n{lines}")

    def _follow(self, found: tuple[Address, ...]) -> None:
        """Answer at addresses that are new; give back the ports of those that stay away."""
        for gone in self._servers.addresses - {*found, *here()}:
            self._missed[gone] = self._missed.get(gone, 0) + 1
            if self._missed[gone] >= MISSED:
                self._servers.end(gone)
        for there in found:
            self._missed.pop(there, None)
            if there not in self._servers.addresses:
                for address, ports in both([there], self._plan.port, self._plan.install_port).items():
                    self._servers.begin(address, ports)

    def _answer_to(self) -> None:
        """Django looks at this list at every request."""
        settings.ALLOWED_HOSTS += [host for host in self._names.hosts() if host not in settings.ALLOWED_HOSTS]

    def _site(self) -> Site:
        held, plan = self._authority, self._plan
        return Site(held.title, fingerprint(held), held.file(), held.ends, self._names.shown(),
                    frozenset(self._names.hosts()), plan.port, plan.install_port)  # fmt: skip


def _notes(held: Authority, name: str | None, folder: Path, now: datetime, *, new: bool) -> tuple[str, ...]:
    """What somebody should know of the authority, if anything."""
    said = []
    if new:
        said.append(f"The certificate to trust is new: made just now, kept in {folder}.")
    if name and name not in held.names:
        said.append(f"It was made under another name of this computer, so {name} is not covered; the addresses are.")
    if held.ends - now < SOON:
        said.append(f"It ends on {day(held.ends.date())}; from then on each device must trust a new one.")
    return tuple(said)


@contextlib.contextmanager
def _signals(end: Callable[[], None]) -> Iterator[None]:
    """Ctrl+C and an end from outside, for all servers at once. Only the main thread hears them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = (signal.SIGINT, signal.SIGTERM)
    before = {one: signal.signal(one, lambda *_: end()) for one in heard}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
