"""The key that signs cookies, where nobody named one: kept beside the database, readable by this user alone.

A visit outlives a server that is started again, and so must whoever is signed in. Ask here: `kept()`, the key of the
SQLite database that the environment names; None with a database elsewhere: several machines may share it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from afferent.web.lan.folder import read, write

_LONG: Final = 50


def kept() -> str | None:
    """The key, made the first time. Raises InputError where others may read it, or it cannot be kept."""
    if os.environ.get("DATABASE_URL"):
        return None
    file = Path(f"{os.environ.get('AFFERENT_DATABASE', 'afferent.sqlite3')}.key").resolve()
    found = read(file)
    if not found:
        found = secrets.token_urlsafe(_LONG).encode()
        write(file, found)
    return found.decode("ascii")
