"""Making a backup: everything in the database, as it was at one moment, as a sealed file of lines of JSON.

    first line   what this is: format, program, when, the migrations applied, each table with columns and rows
    lines        `["clients.Client", [...]]`, table by table, then clinic by clinic
    last line    rows of each table once more, and the SHA-256 of all lines before

Ask here: `backup(file, passphrase)`. The clinic may go on working meanwhile: nothing waits for a backup. It is read a
few rows at a time, however large the clinic is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from django.apps import apps
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from msgspec import Struct

from afferent import __version__
from afferent.errors import InputError
from afferent.web.audit.chain import note
from afferent.web.backups.sealed import writer
from afferent.web.backups.tables import Table, lines, tables
from afferent.web.clinics.models import Clinic
from afferent.web.scope import inside

FORMAT: Final = 1

_NOT_UP_TO_DATE: Final = (
    "The database does not fit this Afferent ({version}); start the server once, which brings it up to date, "
    "then make the backup."
)
_NOTHING: Final = "There is no clinic in this database, so there is nothing to keep."


class Head(Struct, frozen=True):
    """The first line."""

    afferent: str  # the version of the program
    format: int
    made_at: dt.datetime
    migrations: dict[str, list[str]]
    tables: dict[str, Table]


class Foot(Struct, frozen=True):
    """The last line."""

    rows: dict[str, int]
    sha256: str


class Made(Struct, frozen=True):
    """What a backup holds."""

    made_at: dt.datetime
    rows: dict[str, int]
    sha256: str
    unnoted: str = ""  # why the audit does not know of it
    broken: str = ""  # what is wrong with an audit in it


def backup(file: Path, passphrase: str) -> Made:
    """Write the sealed file, then one entry into the audit of each clinic. Raises InputError; then nothing is kept."""
    with _as_sentences(file.name), _at_one_moment():
        head = Head(__version__, FORMAT, timezone.now(), _migrations(), tables())
        if not head.tables[Clinic._meta.label].rows:
            raise InputError(_NOTHING)
        with writer(file, passphrase) as stream:
            foot = _write(stream, head)
    made = Made(head.made_at, foot.rows, foot.sha256)
    try:
        _note("backup.made", made)
    except DatabaseError as error:  # the disk of the database may be full; the backup is whole all the same
        return msgspec.structs.replace(made, unnoted=type(error).__name__)
    return made


def _write(stream: BinaryIO, head: Head) -> Foot:
    digest, rows = hashlib.sha256(), dict.fromkeys(head.tables, 0)
    first = msgspec.json.encode(head) + b"\n"
    digest.update(first)
    stream.write(first)
    for line in lines(head.tables, apps):
        rows[line[2 : line.index(b'"', 2)].decode()] += 1
        digest.update(line)
        stream.write(line)
    foot = Foot(rows, digest.hexdigest())
    stream.write(msgspec.json.encode(foot) + b"\n")
    return foot


def _note(action: str, made: Made) -> None:
    with transaction.atomic():
        for clinic in Clinic.objects.order_by("pk"):
            with inside(clinic.pk):
                note("program", action, "", {"sha256": made.sha256, "made_at": made.made_at})


@contextmanager
def _at_one_moment() -> Iterator[None]:
    """One transaction that sees the database as it is now, and holds up nobody who writes."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        usual = connection.transaction_mode
        connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual


def _migrations() -> dict[str, list[str]]:
    """What was applied, by app. Raises InputError where it is not what this program would apply."""
    if not MigrationRecorder(connection).has_table():
        raise InputError(_NOTHING)
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    if applied != set(executor.loader.graph.nodes):
        raise InputError(_NOT_UP_TO_DATE.format(version=__version__))
    found: dict[str, list[str]] = {}
    for app, name in sorted(applied):
        found.setdefault(app, []).append(name)
    return found


@contextmanager
def _as_sentences(name: str) -> Iterator[None]:
    """A database that fails, as one sentence. What it says may hold somebody's data; only its kind is told."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise InputError(f"{name}: the database cannot be read ({type(error).__name__}); nothing was kept.") from None
