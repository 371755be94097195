"""A real server of its own on this machine, as a clinic runs it, and a browser that knows only HTTP."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

TOKEN = "a" * 32


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    @property
    def confirmed(self) -> bool:
        return 200 <= self.status < 400


class Server:
    """Uvicorn in a process of its own. `with Server(...) as one:` ends it."""

    def __init__(self, session: str, log: Path, **env: str) -> None:
        from django.conf import settings

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._cookies = f"afferent_session={session}; afferent_csrf={TOKEN}"
        self._log = log
        kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "AFFERENT_DATABASE")}
        self._env = kept | {"AFFERENT_SECRET_KEY": settings.SECRET_KEY} | env

    def __enter__(self) -> Self:
        words = ["uvicorn", "afferent.web.asgi:application", "--port", str(self.port), "--log-level", "warning"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", *words], env=self._env, stdout=subprocess.DEVNULL, stderr=self._log.open("ab")
        )
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return self
            assert self.process.poll() is None, self._log.read_text()
            time.sleep(0.1)
        raise AssertionError("the server does not begin")

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait(10)

    def ask(self, path: str, sent: dict[str, object] | None = None, timeout: float = 60) -> Answer:
        """A GET, or a POST of what is sent. Raises OSError where no answer comes."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Cookie": self._cookies}
        body = None
        if sent is not None:
            body = urlencode(sent | {"csrfmiddlewaretoken": TOKEN}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request("POST" if body else "GET", path, body, headers)
            got = line.getresponse()
            return Answer(got.status, got.read().decode("utf-8", "replace"))
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            line.close()
