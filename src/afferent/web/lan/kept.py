"""The authority and the server's certificate as this machine keeps them, made where they are not there or have ended.

Ask here: `authority`, `certificate`. Two files, each written whole: `authority.pem`, and `server.pem`, which may be
thrown away at any time. Time is passed in.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from afferent.errors import InputError
from afferent.web.lan.addresses import Names
from afferent.web.lan.authority import Authority, covers, issue, make
from afferent.web.lan.authority import read as understood
from afferent.web.lan.folder import read, ready, write

AUTHORITY: Final = "authority.pem"
SERVER: Final = "server.pem"


def authority(folder: Path, machine: str, name: str | None, now: datetime) -> tuple[Authority, bool]:
    """The one in this folder, and whether it was made just now. Raises InputError where it cannot be used."""
    file = ready(folder) / AUTHORITY
    found = read(file)
    if found is not None:
        try:
            held = understood(found)
        except InputError as error:
            raise InputError(
                f"{file}: {error}; bring the file back from a copy, or move it away and trust a new one on every device"
            ) from None
        if now < held.ends:
            return held, False
    made = make(machine, name, now)
    write(file, made.pem())
    return made, True


def certificate(folder: Path, held: Authority, names: Names, now: datetime) -> tuple[Path, bool]:
    """A file with key and certificates for these names, and whether it is new. Raises InputError."""
    file = ready(folder) / SERVER
    found = _looked_at(file)
    if found is not None and covers(found, held, names, now):
        return file, False
    write(file, issue(held, names, now))
    return file, True


def _looked_at(file: Path) -> bytes | None:
    """One that others may have read is no reason to stop: a new one takes its place."""
    try:
        return read(file)
    except InputError:
        return None
