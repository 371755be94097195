"""Putting a backup back: into an empty database, whole or not at all, and proved afterwards.

Ask here: `restore(file, passphrase)`. The file is read to its end before anything is written; then the database is
brought to the state the backup was made in, filled in one transaction, and read again line by line: it has to give the
same bytes. Only then it counts, and is brought up to this program. The other kind of database will do.

A backup of a newer Afferent is refused. Sessions are not in it: everybody signs in again.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

import msgspec
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from msgspec import Struct

from afferent.errors import InputError
from afferent.web.audit.chain import faults, note
from afferent.web.backups import sealed
from afferent.web.backups.dump import FORMAT, Foot, Head, Made
from afferent.web.backups.tables import Reader, Table, counted, kept, lines
from afferent.web.clinics.models import Clinic
from afferent.web.scope import Scoped, inside
from afferent.words.vocabulary import listed

_ROWS, _BYTES = 500, 4 * 2**20  # written at once: whichever is reached first

Node = tuple[str, str]


class _Line(Struct, frozen=True, array_like=True):
    table: str
    values: msgspec.Raw


def restore(file: Path, passphrase: str, *, despite_audit: bool = False) -> Made:
    """Fill the empty database from the file. Raises InputError, and then no row was written."""
    sealed.check(file, passphrase)
    with sealed.reader(file, passphrase) as stream, _as_sentences(file.name):
        first = stream.readline()
        head = _head(first, file.name)
        executor = _to_the_state_of(head)
        registry: Apps = executor.loader.project_state(list(_ends(executor, head))).apps
        now = set(executor.loader.applied_migrations) == set(executor.loader.graph.nodes)
        with transaction.atomic(durable=True):
            made = _fill(stream, first, head, registry, file.name)
            if now:
                made = _prove_and_note(made, despite_audit)
        call_command("migrate", verbosity=0, interactive=False)
        if not now:
            with transaction.atomic(durable=True):
                made = _prove_and_note(made, despite_audit=True)
    return made


def broken_audits() -> Iterator[str]:
    """What is wrong with the audit of each clinic, one sentence each."""
    for clinic in Clinic.objects.order_by("pk"):
        with inside(clinic.pk):
            yield from (f"{clinic.name}: {fault}" for fault in faults())


def _head(line: bytes, name: str) -> Head:
    try:
        head = msgspec.json.decode(line, type=Head)
    except msgspec.MsgspecError:
        raise InputError(f"{name}: opens, but is no backup that this Afferent can read; take the newest one.") from None
    if head.format != FORMAT:
        raise InputError(
            f"{name}: has format {head.format}, and this Afferent reads {FORMAT}; take Afferent {head.afferent}."
        )
    return head


def _to_the_state_of(head: Head) -> MigrationExecutor:
    """Bring the empty database to where the one of the backup stood. Raises InputError when that cannot be."""
    _refuse_what_is_there()
    executor = MigrationExecutor(connection)
    wanted = _nodes(head)
    if wanted - set(executor.loader.graph.nodes):
        raise InputError(f"The backup was made by a newer Afferent ({head.afferent}); restore it with that one.")
    if set(executor.loader.applied_migrations) - wanted:
        raise InputError(
            f"The backup was made by an older Afferent ({head.afferent}), and this database was already set up by a "
            "newer one; name one in which nothing was ever made."
        )
    executor.migrate(list(_ends(executor, head)))
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    return executor


def _nodes(head: Head) -> set[Node]:
    return {(app, name) for app, names in head.migrations.items() for name in names}


def _ends(executor: MigrationExecutor, head: Head) -> Iterator[Node]:
    """The migrations of the backup after which it had no other."""
    wanted = _nodes(head)
    for node in sorted(wanted):
        if not any(child.key in wanted for child in executor.loader.graph.node_map[node].children):
            yield node


def _refuse_what_is_there() -> None:
    """Tables of a clinic hold nothing while there is no clinic, so those of no clinic tell."""
    names = set(connection.introspection.table_names())
    there = []
    for model in sorted(kept().values(), key=lambda model: model is not Clinic):  # what everybody knows comes first
        if model._meta.db_table in names and not issubclass(model, Scoped):
            count = model._base_manager.count()
            word = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            there += [f"{count:,} {word}"] if count else []
    if there:
        raise InputError(
            f"The database is not empty: it holds {listed(there[:3])}. Restore into a new one; AFFERENT_DATABASE or "
            "DATABASE_URL names it."
        )


def _fill(stream: BinaryIO, first: bytes, head: Head, registry: Apps, name: str) -> Made:
    """Write every row, and read all of them again."""
    seen, rows = hashlib.sha256(first), hashlib.sha256()
    writing = _Writing(head.tables, registry)
    line = first
    foot: Foot | None = None
    for line in iter(stream.readline, b""):
        if not line.startswith(b"["):
            foot = msgspec.json.decode(line, type=Foot)
            break
        seen.update(line)
        rows.update(line)
        writing.add(line)
    writing.end()
    if foot is None or stream.readline() or foot.sha256 != seen.hexdigest() or foot.rows != writing.rows:
        raise InputError(f"{name}: is not whole: its last line does not fit the others; take another copy of it.")
    _reset_sequences(writing.highest, registry)
    _read_again(head, registry, rows.hexdigest(), foot, name)
    return Made(head.made_at, foot.rows, foot.sha256)


class _Writing:
    """Rows on their way into the database, a few hundred at a time."""

    def __init__(self, tables: Mapping[str, Table], registry: Apps) -> None:
        self._tables = tables
        self._models = {label: _as_kept(registry.get_model(label)) for label in tables}
        self._readers = {label: Reader(table, self._models[label]) for label, table in tables.items()}
        self._clinic = {label: table.columns.index("clinic_id") for label, table in tables.items() if table.of_clinic}
        self._decode = msgspec.json.Decoder(_Line).decode
        self._waiting: list[models.Model] = []
        self._for: tuple[str, uuid.UUID | None] = ("", None)
        self._size = 0
        self.rows = dict.fromkeys(tables, 0)
        self.highest: dict[str, int] = {}  # the last number given by a sequence

    def add(self, line: bytes) -> None:
        one = self._decode(line)
        if one.table not in self._readers:
            raise msgspec.ValidationError(f"no table {one.table}")
        values = self._readers[one.table].values(one.values)
        place = one.table, values[self._clinic[one.table]] if one.table in self._clinic else None
        if place != self._for or len(self._waiting) >= _ROWS or self._size > _BYTES:
            self.end()
        self._for = place
        row = self._models[one.table](**dict(zip(self._tables[one.table].columns, values, strict=True)))
        self._waiting.append(row)
        self._size += len(line)
        self.rows[one.table] += 1
        if isinstance(row._meta.pk, models.AutoField | models.BigAutoField):
            self.highest[one.table] = max(row.pk, self.highest.get(one.table, 0))

    def end(self) -> None:
        label, clinic = self._for
        if self._waiting:
            with inside(clinic) if clinic else nullcontext():
                self._models[label]._base_manager.bulk_create(self._waiting)
        self._waiting, self._size = [], 0


def _as_kept(model: type[models.Model]) -> type[models.Model]:
    """A model that writes what it is given, also where it would write the present moment."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False
    return model


def _reset_sequences(highest: Mapping[str, int], registry: Apps) -> None:
    """PostgreSQL goes on counting after the last number; SQLite does so by itself."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for label, number in highest.items():
            meta = registry.get_model(label)._meta
            named = [f'"{meta.db_table}"', meta.pk.column, number]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", named)


def _read_again(head: Head, registry: Apps, digest: str, foot: Foot, name: str) -> None:
    found = hashlib.sha256()
    for line in lines(head.tables, registry):
        found.update(line)
    if found.hexdigest() != digest or counted(head.tables, registry) != foot.rows:
        raise InputError(f"{name}: what was written does not read as it stands in the backup; nothing of it was kept.")


def _prove_and_note(made: Made, despite_audit: bool) -> Made:
    broken = next(broken_audits(), "")
    if broken and not despite_audit:
        raise InputError(
            f"The audit was not whole when the backup was made: {broken} Nothing was kept; "
            "restore with --despite-audit to have it all the same."
        )
    for clinic in Clinic.objects.order_by("pk"):
        with inside(clinic.pk):
            note("program", "backup.restored", "", {"sha256": made.sha256, "made_at": made.made_at})
    return msgspec.structs.replace(made, broken=broken)


@contextmanager
def _as_sentences(name: str) -> Iterator[None]:
    """Whatever the database or a line says against it, as one sentence. Their own words may hold somebody's data."""
    try:
        yield
    except msgspec.MsgspecError:
        raise InputError(f"{name}: holds a line that this Afferent cannot read; nothing of it was kept.") from None
    except (DatabaseError, InterfaceError, ValueError) as error:
        raise InputError(f"{name}: {_refused(error)}; nothing of it was kept.") from None


def _refused(error: Exception) -> str:
    if "full" in str(error) or "No space left" in str(error):
        return "the disk of the database is full"
    if "NUL" in str(error) or "u0000" in str(error):
        return "holds a zero byte in a text, which this kind of database does not take; restore it into SQLite"
    if isinstance(error, OperationalError | InterfaceError):
        return "the database cannot be reached, or cannot be written"
    return f"the database does not take it ({type(error).__name__})"
