"""Connections that say nothing, or half a request: they shut nobody out, and are let go."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from afferent.web.__main__ import OPTIONS, _room

HALF = b"GET /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
STALLED = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nlogin="


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[int]:
    """The port of `afferent serve`, as a clinic starts it."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "AFFERENT_DATABASE")}
    env = kept | {"AFFERENT_DATABASE": str(tmp_path / "clinic.sqlite3"), "AFFERENT_SECRET_KEY": secrets.token_hex()}
    words = [sys.executable, "-m", "afferent.web", "serve", "--port", str(port)]
    with subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                assert server.poll() is None
                time.sleep(0.1)
            yield port
        finally:
            server.kill()
            server.wait(10)


def status(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", "/accounts/login/", headers={"Host": f"localhost:{port}"})
        return line.getresponse().status
    finally:
        line.close()


@contextlib.contextmanager
def opened(port: int, count: int, said: bytes = b"") -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        made = []
        for _ in range(count):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            with contextlib.suppress(OSError):  # let go already
                one.sendall(said)
            made.append(one)
        yield made


def closed(one: socket.socket, within: float) -> bool:
    """Does the other end close it in this time, without having answered?"""
    one.settimeout(within)
    try:
        return one.recv(100) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize("said", [b"", HALF], ids=["nothing", "half a request"])
def test_more_silent_connections_than_there_is_room_for_shut_nobody_out(clinic: int, said: bytes) -> None:
    resource = pytest.importorskip("resource")
    _room()
    count = OPTIONS["limit_concurrency"] + 20
    if 0 <= resource.getrlimit(resource.RLIMIT_NOFILE)[0] < count + 100:
        pytest.skip("this process may not open so many files")
    assert status(clinic) == 200
    with opened(clinic, count, said):
        assert status(clinic) == 200


class Served:
    """A page of one word behind the protocol of the clinic, with little room and less patience."""

    def __init__(self, **patience: float) -> None:
        from afferent.web.prompt import Prompt

        protocol = type("Impatient", (Prompt,), patience)
        self.port = free_port()
        config = uvicorn.Config(
            self.app, port=self.port, interface="asgi3", **OPTIONS | {"http": protocol, "limit_concurrency": 20}
        )
        self.server = uvicorn.Server(config)

    async def app(self, scope, receive, send) -> None:
        body = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = [(b"content-length", b"4")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["path"] == "/slow":
            await asyncio.sleep(1)
        await send({"type": "http.response.body", "body": b"word"})

    def __enter__(self) -> Served:
        from threading import Thread

        self.thread = Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)

    def says(self, one: socket.socket, path: bytes = b"/") -> bytes:
        one.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"word"):
            answer += (more := one.recv(1000))
            assert more, "it was let go"
        return answer


@pytest.mark.parametrize("said", [b"", HALF, STALLED], ids=["nothing", "half a head", "half a body"])
def test_whoever_does_not_finish_a_request_is_let_go(said: bytes) -> None:
    with Served(HEAD=0.4, BODY=0.4) as page, opened(page.port, 1, said) as (one,):
        assert not closed(one, 0.1)
        assert closed(one, 2)


def test_a_byte_now_and_then_does_not_keep_a_head_open() -> None:
    with Served(HEAD=0.6) as page, opened(page.port, 1, HALF) as (one,):
        for _ in range(4):
            time.sleep(0.1)
            one.sendall(b"a")
        assert closed(one, 1)


def test_a_second_request_that_is_never_finished_is_let_go_too() -> None:
    with Served(HEAD=0.4) as page, opened(page.port, 1) as (one,):
        page.says(one)
        one.sendall(HALF)
        assert not closed(one, 0.1)
        assert closed(one, 2)


def test_a_body_that_comes_slowly_but_comes_is_waited_for() -> None:
    with Served(HEAD=0.3, BODY=0.5) as page, opened(page.port, 1, STALLED[:-6]) as (one,):
        for _ in range(10):
            time.sleep(0.15)
            one.sendall(b"x" * 100)
        assert b"200 OK" in one.recv(1000)


def test_an_answer_that_takes_long_is_not_cut_off() -> None:
    with Served(HEAD=0.3, BODY=0.3) as page, opened(page.port, 1) as (one,):
        assert page.says(one, b"/slow").endswith(b"word")
        assert page.says(one).endswith(b"word")


def test_of_the_silent_ones_of_one_address_the_oldest_go_first() -> None:
    with Served(SILENT=5, HEAD=30.0) as page, opened(page.port, 5) as early, opened(page.port, 3):
        assert [closed(one, 0.3) for one in early] == [True, True, True, False, False]


def test_who_has_asked_before_is_not_among_them() -> None:
    with Served(SILENT=5, HEAD=30.0) as page, opened(page.port, 1) as (one,):
        page.says(one)
        with opened(page.port, 10):
            assert page.says(one).endswith(b"word")


def test_there_is_room_for_as_many_files_as_connections() -> None:
    resource = pytest.importorskip("resource")
    code = (
        "import resource as r; from afferent.web.__main__ import _room; most = r.getrlimit(r.RLIMIT_NOFILE)[1];"
        "r.setrlimit(r.RLIMIT_NOFILE, (256, most)); _room(); print(r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert int(out.stdout) >= (OPTIONS["limit_concurrency"] if most < 0 else min(OPTIONS["limit_concurrency"], most))
