"""Where the authority is kept: a folder that only this user may open, files that only this user may read.

Ask here: `folder`, where; `ready`, that folder, made or looked at; `read` and `write`. A key that others could have
read is refused, never quietly mended: whoever trusts it would have to know. A file is replaced whole or not at all.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from afferent.errors import InputError

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MODES: Final = os.name == "posix"  # elsewhere a mode says nothing about who may read


def folder(database: Mapping[str, Any], home: Path | None = None) -> Path:
    """AFFERENT_LAN_FOLDER, or beside the database where that is a file, or with this user's other data."""
    if given := os.environ.get("AFFERENT_LAN_FOLDER"):
        return Path(given).expanduser()
    if str(database["ENGINE"]).endswith("sqlite3"):
        return Path(database["NAME"]).resolve().parent / "afferent-lan"
    return _of_this_user(home or Path.home()) / "afferent" / "lan"


def ready(where: Path) -> Path:
    """The folder, made where it is not there. Raises InputError where it cannot be made, or others may open it."""
    try:
        where.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{where}: the folder cannot be made ({error.strerror})") from None
    _only_ours(where, f"chmod 700 {where}")
    return where


def read(file: Path) -> bytes | None:
    """What is in it; None where it is not there. Raises InputError where others may read it, or it cannot be read."""
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{file}: it cannot be read ({error.strerror})") from None
    _only_ours(file, "others may have its key: move it away, begin again, and trust the new one on every device")
    return found


def write(file: Path, data: bytes) -> None:
    """All of it, or nothing. Raises InputError where it cannot be written."""
    try:
        number, beside = tempfile.mkstemp(dir=file.parent, prefix=".new-")  # mode 0600 from its first moment
        try:
            with os.fdopen(number, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.replace(beside, file)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{file}: it cannot be written ({error.strerror})") from None


def _only_ours(path: Path, mend: str) -> None:
    if not _MODES:
        return
    found = path.stat()
    if found.st_uid != os.getuid():
        raise InputError(
            f"{path}: it belongs to another user of this computer; name a folder of yours in AFFERENT_LAN_FOLDER"
        )
    if found.st_mode & _OTHERS:
        raise InputError(f"{path}: other users of this computer may open it (mode {found.st_mode & 0o777:o}); {mend}")


def _of_this_user(home: Path) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
