"""A connection that is kept holds on to its file, even when that was taken away or another stands in its place.

What is then written is written into a file that nobody finds again: confirmed, and gone. So before each request it is
looked whether the file is still the one that was opened; if not, the connection is let go of, and the next one finds
what there is, or fails. SQLite only. Ask here: `let_go_of_a_lost_file`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

_OPENED = "afferent_file"  # on the connection: path, device and number of the file that was opened


def let_go_of_a_lost_file() -> None:
    """Costs one look at the folder."""
    opened = getattr(connection, _OPENED, None)
    if opened and connection.connection is not None and not connection.in_atomic_block and _file(opened[0]) != opened:
        connection.close()


@receiver(connection_created)
def _remember(sender: Any, connection: BaseDatabaseWrapper, **more: Any) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            path = cursor.execute("PRAGMA database_list").fetchone()[2]
        setattr(connection, _OPENED, _file(Path(path)) if path else None)


def _file(path: Path) -> tuple[Path, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return path, found.st_dev, found.st_ino
