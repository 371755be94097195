"""The sender as it runs: in a thread beside the pages (`afferent serve`, the demo), or as a process of its own
(`python -m afferent.web post`). Several at once do no harm.

Ask here: `running()`, a context in which one runs, and `alone()`, which runs one until a signal ends it. It looks when
it is woken, and every minute in any case. What fails is said in one line and tried again at the next look.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import random
import secrets
import signal
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from django.db import connections
from huey.consumer import Consumer

from afferent.web.database_file import let_go_of_a_lost_file
from afferent.web.post.sending import Post
from afferent.web.post.wake import WOKEN, bell

EVERY: Final = 60.0  # seconds between two looks, if nobody wakes it
PATIENCE: Final = 25.0  # seconds that a message on its way is given when the program ends
_LOG: Final = logging.getLogger("django.afferent.post")


class Ear(Consumer):
    """huey's consumer as threads of this process. Signals stay with whoever runs the process."""

    def _set_signal_handlers(self) -> None:
        return


class Loop:
    """Looks again and again until it is ended."""

    def __init__(self, post: Post | None = None, every: float = EVERY) -> None:
        self._post = post or Post(name(), lambda: dt.datetime.now(dt.UTC), random.Random())
        self._every = every
        self._over = threading.Event()

    def run(self) -> None:
        """In the thread that calls it."""
        while not self._over.is_set():
            WOKEN.clear()
            self._look()
            if not self._over.is_set():
                WOKEN.wait(self._every)

    def end(self) -> None:
        """From any thread: after the message that is being sent."""
        self._over.set()
        WOKEN.set()

    def _look(self) -> None:
        try:
            let_go_of_a_lost_file()
            while not self._over.is_set() and self._post.look():
                pass
        except Exception as error:  # the database is away, its disk is full: the next look finds it again
            _LOG.error("messages could not be looked at: %s", type(error).__name__)
        finally:
            with suppress(Exception):
                connections.close_all()


def name() -> str:
    """A name that no other sender has."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


@contextmanager
def running(every: float = EVERY) -> Iterator[None]:
    """A sender beside whatever runs inside."""
    loop, ear = Loop(every=every), _ear()
    thread = threading.Thread(target=loop.run, name="post", daemon=True)
    thread.start()
    if ear is not None:
        ear.start()
    try:
        yield
    finally:
        if ear is not None:
            ear.stop()
        loop.end()
        thread.join(PATIENCE)


def alone() -> int:
    """A process that only sends, until SIGINT or SIGTERM."""
    over = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: over.set())
    with running():
        over.wait()
    return 0


def _ear() -> Ear | None:
    """None where the file beside the database cannot be written: then it only looks by itself."""
    try:
        return Ear(bell(), workers=1, periodic=False, max_delay=2.0, check_worker_health=False)
    except (OSError, sqlite3.Error) as error:
        _LOG.warning("nobody can wake the sender, it looks every minute: %s", type(error).__name__)
        return None
