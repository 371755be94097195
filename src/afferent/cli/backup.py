"""`afferent backup FILE`: everything of the clinic in one file that only a passphrase opens."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from afferent.errors import InputError

_NOT_INSTALLED = "the web application is not installed; install it with: pip install 'afferent[web]'"
_NO_PASSPHRASE = "no passphrase: set AFFERENT_PASSPHRASE, or run this in a terminal, which asks for it"


def run(words: Sequence[str]) -> int:
    """Make the backup and say what is in it. Raises InputError."""
    given = _parser().parse_args(words)
    if given.file.exists() and not given.replace:
        raise InputError(f"{given.file.name}: is there already; take another name, or --replace")
    if not given.file.parent.is_dir():
        raise InputError(f"{given.file}: there is no folder {given.file.parent}")
    file = database()
    if file is not None and not file.is_file():
        raise InputError(f"there is no database {file}; AFFERENT_DATABASE or DATABASE_URL names it")
    from afferent.web.backups.dump import backup

    made = backup(given.file, passphrase(twice=True))
    print(f"{given.file.name}: {counts(made.rows)}, as of {made.made_at:%Y-%m-%d %H:%M} UTC.")
    print("Without its passphrase nobody opens it, you neither: keep the two apart. Try it once with afferent restore.")
    if made.unnoted:
        print("afferent: the backup is whole, but the audit could not be written", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afferent backup", description=__doc__)
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    parser.add_argument("--replace", action="store_true", help="write over a file of this name")
    return parser


def passphrase(*, twice: bool = False) -> str:
    """From AFFERENT_PASSPHRASE, or asked on the terminal; never an argument, which others on the machine can read."""
    found = os.environ.get("AFFERENT_PASSPHRASE")
    if found:
        return found
    if not sys.stdin.isatty():
        raise InputError(_NO_PASSPHRASE)
    found = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != found:
        raise InputError("the two are not the same; nothing was done")
    return found


def database() -> Path | None:
    """Make the database ready to be spoken with. Its file, if it is one. Raises InputError without the web part."""
    import gc

    gc.enable()  # unlike other verbs, this one may run for minutes
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afferent.web.settings")
    try:
        import django
        from django.conf import settings

        settings.DATABASES["default"].get("OPTIONS", {}).pop("pool", None)  # one connection is enough
        django.setup()
    except ImportError as error:
        raise InputError(f"{_NOT_INSTALLED} ({error.name} is missing)") from None
    used = settings.DATABASES["default"]
    return Path(used["NAME"]) if used["ENGINE"].endswith("sqlite3") else None


def counts(rows: dict[str, int]) -> str:
    """How much of what, in words."""
    return ", ".join(f"{rows[label]:,} {one if rows[label] == 1 else many}" for label, (one, many) in _COUNTED.items())


_COUNTED = {
    "clinics.Clinic": ("clinic", "clinics"),
    "accounts.User": ("person of the staff", "people of the staff"),
    "clients.Client": ("client", "clients"),
    "clients.Statement": ("statement", "statements"),
    "book.Visit": ("visit", "visits"),
    "documents.Document": ("document", "documents"),
    "audit.Entry": ("entry of the audit", "entries of the audit"),
}
