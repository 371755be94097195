"""`afferent restore FILE`: a backup into an empty database, whole or not at all."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from afferent.cli.backup import counts, database, passphrase
from afferent.errors import InputError


def run(words: Sequence[str]) -> int:
    """Restore and say what is there now. Raises InputError."""
    given = _parser().parse_args(words)
    if not given.file.is_file():
        raise InputError(f"{given.file}: there is no such file")
    file = database()
    secret = passphrase()
    mine = file is not None and _make(file)
    from django.db import connection

    from afferent.web.backups.restoring import restore

    try:
        made = restore(given.file, secret, despite_audit=given.despite_audit)
    except BaseException:
        connection.close()
        if mine and file is not None:
            for one in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
                one.unlink(missing_ok=True)
        raise
    print(f"Restored as of {made.made_at:%Y-%m-%d %H:%M} UTC: {counts(made.rows)}.")
    if made.broken:
        print(f"afferent: the audit was not whole when the backup was made: {made.broken}", file=sys.stderr)
    else:
        print(
            "Every line was read again and is as it was; the audit of each clinic is whole. Everybody signs in again."
        )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent restore", description=__doc__)
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("--despite-audit", action="store_true", help="also when an audit in it was not whole")
    return parser


def _make(file: Path) -> bool:
    """A new file that only its owner reads; False where there is one."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise InputError(f"{file}: cannot be made ({error.strerror})") from None
    return True
