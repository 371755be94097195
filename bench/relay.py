"""Two hundred visits at once on one server: how soon is a press on the therapist's screen, and is every event there,
once and in order?

Each visit has two faces as the browser has them: two open streams, a sign of life of each every second, the client's
presses and the therapist's changes of pressure at random times. Afterwards every stream is compared with what was sent.
The clock of a press runs from before it is sent until the therapist's stream has it: Django, database, commit included.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.clinic import _wait, free_port
from bench.measure import ROOT, Line

VISITS = 200
SECONDS = 60
EVERY = 6.0  # seconds between two events of a face, on average
MEDIAN, P99 = 0.300, 0.600
PAUSE = 0.3  # seconds until something is tried again
_GONE = (OSError, asyncio.IncompleteReadError)
_WORDS = ("good", "ease_off", "changed", "good")


def lines() -> Iterator[Line]:
    """SQLite with one process, PostgreSQL with one, and PostgreSQL with two that see each other's events."""
    from afferent.web.testing import postgres

    with tempfile.TemporaryDirectory() as folder:
        yield from _measured("SQLite", {"AFFERENT_DATABASE": str(Path(folder) / "relay")}, 1)
        url = postgres.started(Path(folder) / "pg", "relay")
        yield from _measured("PostgreSQL", {"DATABASE_URL": url}, 1)
        url = postgres.started(Path(folder) / "pg", "relay_two")
        yield from _measured("PostgreSQL, two processes", {"DATABASE_URL": url}, 2)


def _measured(what: str, database: dict[str, str], processes: int, visits: int = VISITS) -> Iterator[Line]:
    env = os.environ | database | {"AFFERENT_SECRET_KEY": secrets.token_hex(), "AFFERENT_EXAMPLES": os.devnull}
    made = subprocess.run(
        [sys.executable, "-m", "bench.relay_made", str(visits)], env=env, cwd=ROOT, check=True, capture_output=True
    )
    told = json.loads(made.stdout)
    ports = [free_port() for _ in range(processes)]
    servers = [
        subprocess.Popen([sys.executable, "-m", "afferent.web", "serve", "--port", str(port)], env=env,
                         stdout=subprocess.DEVNULL) for port in ports
    ]  # fmt: skip
    try:
        for port in ports:
            _wait(port)
        found = asyncio.run(load(ports, told, SECONDS))
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(30)
    yield from _lines(f"relay, {visits} visits at once, {what}", found)


def _lines(what: str, found: dict) -> Iterator[Line]:
    times = sorted(found["times"])
    middle, p99 = statistics.median(times), times[int(len(times) * 0.99) - 1]
    words = f"median {middle * 1e3:.0f} ms, p99 {p99 * 1e3:.0f} ms ({len(times):,} presses)"
    yield Line(f"{what}: press to the therapist's stream", words, "< 300 ms, < 600 ms", middle < MEDIAN and p99 < P99)
    wrong = found["lost"] + found["doubled"] + found["reordered"]
    words = f"{found['lost']} lost, {found['doubled']} doubled, {found['reordered']} out of order of {found['sent']:,}"
    yield Line(f"… {what}: events", words, "none", wrong == 0)


async def load(
    ports: list[int], told: dict, seconds: float, *, every: float = EVERY, again: bool = False
) -> dict:  # fmt: skip
    """Run every visit; what was sent, what came, and when. `every`: seconds between two presses of a face, on average;
    `again`: what was not answered is sent again, as the page does, and a stream that broke is opened anew."""
    visits = [Run(ports, told["session"], one, n, every, again) for n, one in enumerate(told["visits"])]
    await asyncio.gather(*(one.begin() for one in visits))
    until = time.monotonic() + seconds
    await asyncio.gather(*(one.go(until) for one in visits))
    await asyncio.sleep(2)
    for one in visits:
        one.end()
    found: dict = {"times": [], "lost": 0, "doubled": 0, "reordered": 0, "sent": 0}
    for one in visits:
        found["times"] += one.times
        numbers, ids = zip(*one.seen_by_therapist, strict=True)
        found["lost"] += len(set(one.sent) - set(ids))
        found["doubled"] += len(ids) - len(set(ids))
        found["reordered"] += sum(a >= b for a, b in itertools.pairwise(numbers)) + _order(one.sent_by_client, ids)
        found["sent"] += len(one.sent)
    found["heard"] = min(count for one in visits for count in one.heard.values())
    return found


def _order(sent: list[str], seen: tuple[str, ...]) -> int:
    """How often two presses of one device changed places."""
    place = {event: n for n, event in enumerate(seen)}
    there = [place[one] for one in sent if one in place]
    return sum(a >= b for a, b in itertools.pairwise(there))


class Run:
    """One visit: two faces that press, listen and say that they are there."""

    def __init__(self, ports: list[int], session: str, told: dict, number: int, every: float, again: bool) -> None:
        self.every, self.again = every, again
        self.chance = random.Random(number)
        self.told = told
        self.ports = ports[number % len(ports)], ports[(number + 1) % len(ports)]  # the faces on different processes
        self.csrf = secrets.token_hex(16)
        self.cookies = {
            "client": f"afferent_relay={told['cookie']}",
            "therapist": f"afferent_session={session}; afferent_csrf={self.csrf}",
        }
        self.times: list[float] = []
        self.sent: list[str] = []
        self.sent_by_client: list[str] = []
        self.pressed: dict[str, float] = {}
        self.seen_by_therapist: list[tuple[int, str]] = []
        self.tasks: list[asyncio.Task] = []
        self.posts: dict[str, tuple] = {}
        self.heard = {"client": 0, "therapist": 0}  # signs of life of the other face

    async def begin(self) -> None:
        await asyncio.sleep(self.chance.uniform(0, 5))
        for side, path in (("therapist", f"/live/{self.told['id']}/stream"), ("client", "/live/me/stream")):
            self.tasks.append(asyncio.create_task(self._listen(side, path)))
        for side in ("therapist", "client"):
            self.tasks.append(asyncio.create_task(self._beat(side)))
        await self.post("therapist", {"kind": "began"})
        await self.post("therapist", {"kind": "moved", "regions": ["shoulders"], "work": "effleurage", "level": 0})

    async def go(self, until: float) -> None:
        async def presses() -> None:
            while time.monotonic() < until:
                await asyncio.sleep(self.chance.expovariate(1 / self.every))
                await self.post("client", {"kind": "said", "word": self.chance.choice(_WORDS)})

        async def works() -> None:
            while time.monotonic() < until:
                await asyncio.sleep(self.chance.expovariate(1 / (self.every * 2)))
                await self.post("therapist", {"kind": "noted", "words": "warm hands"})

        await asyncio.gather(presses(), works())

    def end(self) -> None:
        for task in self.tasks:
            task.cancel()
        for _, writer in self.posts.values():
            writer.close()

    async def post(self, side: str, event: dict) -> None:
        whole = {"id": secrets.token_hex(16), "at": "2026-11-28T10:00:00Z", **event}
        path = "/live/me/events" if side == "client" else f"/live/{self.told['id']}/events"
        if side == "client":
            self.pressed[whole["id"]] = time.perf_counter()
            self.sent_by_client.append(whole["id"])
        self.sent.append(whole["id"])
        while (status := await self._ask(side, path, json.dumps([whole]).encode())) != 200:
            if not self.again or status in range(400, 500):
                raise RuntimeError(f"{path}: {status}")
            await asyncio.sleep(PAUSE)

    async def _ask(self, side: str, path: str, body: bytes = b"") -> int:
        """One POST on the connection this face keeps; a new one where the server closed it. 0: no answer."""
        for _ in range(2):
            try:
                reader, writer = self.posts.get(side) or await self._connect(side)
                self.posts[side] = reader, writer
                writer.write(self._head("POST", side, path, len(body)) + body)
                return await _status(reader)
            except _GONE:
                self.posts.pop(side, None)
        return 0

    async def _beat(self, side: str) -> None:
        own = None
        while True:
            await asyncio.sleep(1)
            try:
                own = own or await self._connect(side)
                own[1].write(self._head("POST", side, self.told[f"beat_{side}"], 0))
                await _status(own[0])
            except _GONE:
                own = None

    async def _listen(self, side: str, path: str) -> None:
        number = 0
        while True:
            try:
                number = await self._stream(side, f"{path}?after={number}", number)
            except _GONE:
                if not self.again:
                    raise
                number = self.seen_by_therapist[-1][0] if side == "therapist" and self.seen_by_therapist else number
                await asyncio.sleep(PAUSE)

    async def _stream(self, side: str, path: str, number: int) -> int:
        """Until it breaks; the number of the last event."""
        reader, writer = await self._connect(side)
        writer.write(self._head("GET", side, path, 0))
        await reader.readuntil(b"\r\n\r\n")
        while line := await reader.readline():
            line = line.strip()
            if line.startswith(b"id: "):
                number = int(line[4:])
            elif line == b"event: beat":
                self.heard[side] += 1
            elif side == "therapist" and line.startswith(b"data: {"):
                event = json.loads(line[6:])
                self.seen_by_therapist.append((number, event["id"]))
                if event["id"] in self.pressed:
                    self.times.append(time.perf_counter() - self.pressed.pop(event["id"]))
        raise ConnectionError("the stream ended")

    async def _connect(self, side: str) -> tuple:
        return await asyncio.open_connection("127.0.0.1", self.ports[side == "client"], limit=2**20)

    def _head(self, method: str, side: str, path: str, length: int) -> bytes:
        port = self.ports[side == "client"]
        more = f"X-Afferent: {self.told['token']}\r\n" if side == "client" else f"X-CSRFToken: {self.csrf}\r\n"
        return (
            f"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {self.cookies[side]}\r\n{more}"
            f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        ).encode()


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    said = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    await reader.readexactly(int(said[1]) if said else 0)
    return status


if __name__ == "__main__":
    for line in lines():
        print(f"| {line.claim} | {line.measured} | {line.wanted} | {'holds' if line.holds else 'MISSED'} |", flush=True)
