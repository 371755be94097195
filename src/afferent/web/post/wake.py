"""Waking the sender. huey carries the word, and nothing else: a word that is lost changes nothing, for the sender looks
by itself every minute (see `running`).

Ask here: `enqueue()` inside the transaction that writes (the word goes once that is through), `bell()` (huey, for
whoever listens) and `WOKEN`, which is set when the word has come. The word goes through a small file beside a SQLite
database, so that a sender that is a process of its own hears it too; with another database, or one in memory, it stays
in this process. Whatever stands in that file is read as the one word there is: nothing of it is unpickled.
"""

from __future__ import annotations

import logging
import threading
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from huey import Huey, MemoryHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

WOKEN: Final = threading.Event()
_WORD: Final = b"look"
_LOG: Final = logging.getLogger("django.afferent.post")


class OneWord(Serializer):
    """Every task is the same one."""

    def serialize(self, data: Any) -> bytes:
        return _WORD

    def deserialize(self, data: bytes) -> Any:
        return Message(_WORD.decode(), f"{__name__}.{_look.__name__}", args=(), kwargs={})


def enqueue() -> None:
    """There may be something to send, once this transaction is through. Never fails."""
    transaction.on_commit(_ring, robust=True)


def bell() -> Huey:
    """The one for this database."""
    name = str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else ""
    path = Path(name.removeprefix("file:").partition("?")[0])
    return _bell(str(path) if name and path.is_file() else "")


def _look() -> None:
    WOKEN.set()


@cache
def _bell(database: str) -> Huey:
    told: dict[str, Any] = {"results": False, "serializer": OneWord()}
    if database:
        made = SqliteHuey("afferent", filename=f"{database}.wake", cache_mb=1, fsync=False, timeout=1, **told)
    else:
        made = MemoryHuey("afferent", **told)
    made.word = made.task()(_look)
    return made


def _ring() -> None:
    """One word waits at most: where nobody listens, none pile up."""
    try:
        huey = bell()
        if not huey.pending_count():
            huey.word()
    except Exception as error:  # a full disk, a locked file: the sender looks by itself
        _LOG.warning("the sender was not woken: %s", type(error).__name__)
