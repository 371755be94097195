"""A directory in one SQLite file. Ask here: `open_file(path, make=…)`; the rest is what `store.Engine` asks of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from afferent.directory.tables import FORMAT, made, upgraded
from afferent.errors import InputError

_WORDS: Final = {
    "text": "TEXT", "real": "REAL", "bytes": "BLOB", "number": "INTEGER PRIMARY KEY", "small": "WITHOUT ROWID",
    "beside": "",
}  # fmt: skip
_BAND: Final = "SELECT n, lat, lon FROM spot WHERE shelf = ? AND cell BETWEEN ? AND ?"
Row = tuple[Any, ...]


class OnSqlite:
    """One file. Use it in one thread."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def rows(self, statement: str, given: Sequence[Any] = ()) -> list[Row]:
        return self._db.execute(statement, given).fetchall()

    def run(self, statement: str, given: Sequence[Any] = ()) -> None:
        self._db.execute(statement, given)

    def many(self, statement: str, given: Iterable[Sequence[Any]]) -> None:
        self._db.executemany(statement, given)

    def within(self, shelf: int, bands: list[tuple[int, int]]) -> list[Row]:
        return [row for low, high in bands for row in self._db.execute(_BAND, (shelf, low, high))]

    def bodies(self, numbers: list[int]) -> list[Row]:
        marks = ",".join("?" * len(numbers))
        return self._db.execute(f"SELECT n, body FROM therapist WHERE n IN ({marks})", numbers).fetchall()

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        self._db.execute("ROLLBACK")

    def settle(self) -> None:
        self._db.execute("ANALYZE")

    def close(self) -> None:
        self._db.close()


def open_file(path: Path, *, make: bool) -> OnSqlite:
    """Raises InputError naming the file: it is not there, cannot be opened, or is something else."""
    if not make and not path.is_file():
        raise InputError(f"{path}: there is no directory here; make one with `afferent directory load`")
    try:
        db = sqlite3.connect(path, isolation_level=None, timeout=20)
        db.execute("PRAGMA foreign_keys = ON")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version == 0 and tables == 0 and make:
            db.execute("PRAGMA journal_mode = WAL")
            _all(db, made(_WORDS))
        elif 0 < version < FORMAT and _is_one(db):
            _all(db, upgraded(version, _WORDS))
        elif version != FORMAT:
            db.close()
            raise InputError(f"{path}: is no directory of this program; name another file, or make it again")
        db.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be opened as a directory ({error})") from None
    return OnSqlite(db)


def _is_one(db: sqlite3.Connection) -> bool:
    """A number of the format may stand in anybody's file; these three tables do not."""
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return names >= {"place", "therapist", "spot"}


def _all(db: sqlite3.Connection, statements: list[str]) -> None:
    db.executescript(f"BEGIN; {'; '.join(statements)}; PRAGMA user_version = {FORMAT}; COMMIT;")
