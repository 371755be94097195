"""The web application under load: a real server, a real database, pages as a browser asks for them.

A browser asks for one page after the other: today, the week, the list, a search, a client of today, answers written,
the client again, and a client at whom nobody looked today. Measured from the outside, so that everything counts:
database, audit entry, compression. Then two browsers at once, who never pause: the one interpreter is then the limit.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.measure import ROOT, Line

ROUNDS = 40  # of each page and browser
BROWSERS = (1, 2)
MEDIAN, P95 = 0.050, 0.120
SIZES = {"2,000 clients, 20,000 visits": (2_000, 20_000), "100,000 clients": (100_000, 20_000)}


def lines() -> Iterator[Line]:
    """Each database, each size: the slowest page's median and p95 over all browsers."""
    from afferent.web.testing import postgres

    with tempfile.TemporaryDirectory() as folder:
        for words, size in SIZES.items():
            name = f"sqlite{size[0]}"
            yield from _measured(f"SQLite, {words}", {"AFFERENT_DATABASE": str(Path(folder) / name)}, size)
            url = postgres.started(Path(folder) / "pg", f"bench{size[0]}")
            yield from _measured(f"PostgreSQL, {words}", {"DATABASE_URL": url}, size)


def _measured(what: str, database: dict[str, str], size: tuple[int, int]) -> Iterator[Line]:
    env = os.environ | database | {"AFFERENT_SECRET_KEY": secrets.token_hex(), "AFFERENT_EXAMPLES": os.devnull}
    made = subprocess.run(
        [sys.executable, "-m", "bench.clinic_made", *map(str, size)], env=env, cwd=ROOT, check=True, capture_output=True
    )
    told = json.loads(made.stdout)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "afferent.web", "serve", "--port", str(port)], env=env,
                              stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        _wait(port)
        for browsers in BROWSERS:
            yield from _lines(what, browsers, _load(port, told, browsers))
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _lines(what: str, browsers: int, found: dict[str, tuple[list[float], int]]) -> Iterator[Line]:
    """One browser is held to the budget, page by page; of two the slowest page is told."""
    alone, rows = browsers == 1, []
    for page, (times, weight) in found.items():
        middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        measured = f"median {middle * 1e3:.0f} ms, p95 {slow * 1e3:.0f} ms, {weight / 1e3:.0f} kB"
        holds = middle < MEDIAN and slow < P95 and weight < 150_000
        wanted = "< 50 ms, < 120 ms, < 150 kB"
        rows.append((middle, Line(f"{what}: {page}", measured, wanted, holds)))
    if alone:
        yield from (line for _, line in rows)
        return
    slowest = max(rows, key=lambda row: row[0])[1]
    yield slowest._replace(
        claim=f"… {browsers} without pause, the slowest page: {slowest.claim}", wanted="–", holds=True
    )


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start within a minute")


def _load(port: int, told: dict[str, list[str]], browsers: int) -> dict[str, tuple[list[float], int]]:
    """Every page's times, and its weight on the wire with style sheet and script."""
    found: dict[str, list[float]] = {}
    weights: dict[str, int] = {}
    shared = _shared_weight(port, told)

    def browse(number: int) -> None:
        browser = Browser(port, told["session"])
        for n in range(ROUNDS + 2):
            turn = n * browsers + number
            client = told["today"][turn % len(told["today"])]
            other = told["clients"][(turn + 100 * browsers) % len(told["clients"])]
            for page, ask in _pages(told, n, client, other).items():
                start = time.perf_counter()
                weight = ask(browser)
                if n > 1:  # the first two warm up
                    found.setdefault(page, []).append(time.perf_counter() - start)
                    weights[page] = max(weights.get(page, 0), weight + shared)

    threads = [threading.Thread(target=browse, args=(number,)) for number in range(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {page: (times, weights[page]) for page, times in found.items()}


def _pages(told, n: int, client: str, other: str):
    name = told["names"][n % len(told["names"])]
    return {
        "today": lambda one: one.get("/today"),
        "the week": lambda one: one.get("/book/"),
        "the list": lambda one: one.get("/clients/"),
        "a search": lambda one: one.get(f"/clients/?find={quote(name)}"),
        "a client": lambda one: one.get(f"/clients/{client}"),
        "answers written": lambda one: one.answer(client),
        "the client after answers": lambda one: one.get(f"/clients/{client}"),
        "a client nobody looked at today": lambda one: one.get(f"/clients/{other}"),
    }


class Browser:
    """Keeps its connection and its cookies, asks for compressed pages."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = secrets.token_hex(16)
        self.headers = {
            "Cookie": f"afferent_session={session}; afferent_csrf={self.token}",
            "Accept-Encoding": "gzip",
            "Host": f"localhost:{port}",
        }

    def get(self, path: str) -> int:
        self.connection.request("GET", path, headers=self.headers)
        return self._weight(200, path)

    def answer(self, client: str) -> int:
        body = urlencode({
            "csrfmiddlewaretoken": self.token, "asked": "fever_symptoms", "answer.fever_symptoms": "no",
        })  # fmt: skip
        more = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.headers['Host']}"}
        self.connection.request("POST", f"/clients/{client}/answers", body, self.headers | more)
        return self._weight(302, client)

    def _weight(self, status: int, path: str) -> int:
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{path}: {answer.status} {data[:200]!r}")
        return len(data)


def _shared_weight(port: int, told: dict[str, list[str]]) -> int:
    """What a page brings besides itself, the first time."""
    import gzip
    import re

    browser = Browser(port, str(told["session"]))
    browser.connection.request("GET", "/clients/", headers=browser.headers)
    page = gzip.decompress(browser.connection.getresponse().read()).decode()
    return sum(browser.get(path) for path in re.findall(r'(?:src|href)="(/[^"]+\.(?:css|js|svg))"', page))


if __name__ == "__main__":
    for line in lines():
        print(f"| {line.claim} | {line.measured} | {line.wanted} | {'holds' if line.holds else 'MISSED'} |", flush=True)
