"""The directory as one small SQLite file: therapists, where they work, the ZIP codes, and a journal of what was taken
in.

Ask here: `Directory.open(path)`, `put`, `get`, `place`, `nearest`. Everything changes inside a transaction that the
caller holds (`with directory:`), so that a pulled plug leaves the file as it was before or after, never between.
Streets stand in a table of their own that no search reads: a home is shown as city and distance.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec

from afferent.directory.grid import away_from, bands, cell
from afferent.directory.model import Spot, Therapist
from afferent.directory.zips import Place
from afferent.errors import InputError

FORMAT: Final = 1
_TABLES: Final = """
CREATE TABLE place (zip TEXT PRIMARY KEY, city TEXT, state TEXT, lat REAL, lon REAL) WITHOUT ROWID;
CREATE INDEX place_by_city ON place (city COLLATE NOCASE, state);
CREATE TABLE therapist (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, shelf INTEGER NOT NULL, body BLOB NOT NULL, gone TEXT, places TEXT
);
CREATE TABLE spot (
    shelf INTEGER, cell INTEGER, n INTEGER, k INTEGER, lat REAL, lon REAL, PRIMARY KEY (shelf, cell, n, k)
) WITHOUT ROWID;
CREATE INDEX spot_of ON spot (n);
CREATE TABLE address (id TEXT PRIMARY KEY, street TEXT) WITHOUT ROWID;
CREATE TABLE chunk (
    digest TEXT PRIMARY KEY, rows INTEGER, kept INTEGER, out INTEGER, unplaced INTEGER, broken INTEGER
) WITHOUT ROWID;
CREATE TABLE broken (digest TEXT, line INTEGER, says TEXT, PRIMARY KEY (digest, line, says)) WITHOUT ROWID;
"""
SHELVES: Final = ("checked", "trained", "described", "listed")
_TRAINED: Final = frozenset({
    "neuropathy_hours", "medical_training", "clinical_training", "oncology_training", "lymphatic_training",
    "hospital_experience", "board_certified", "neuropathy_sessions", "neuropathy_years",
})  # fmt: skip
_BAND: Final = "SELECT n, lat, lon FROM spot WHERE shelf = ? AND cell BETWEEN ? AND ?"
_FIRST_KM: Final = 3.0
_decode = msgspec.json.Decoder(Therapist).decode
_encode = msgspec.json.Encoder().encode


class Directory:
    """One directory file. Use it in one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection

    @classmethod
    def open(cls, path: Path, *, make: bool = False) -> Directory:
        """Open it; with `make`, also one that is not there yet. Raises InputError naming the file."""
        if not make and not path.is_file():
            raise InputError(f"{path}: there is no directory here; make one with `afferent directory load`")
        try:
            db = sqlite3.connect(path, isolation_level=None)
            db.execute("PRAGMA foreign_keys = ON")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        except sqlite3.Error as error:
            raise InputError(f"{path}: cannot be opened as a directory ({error})") from None
        if version == 0 and tables == 0 and make:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
        elif version != FORMAT:
            db.close()
            raise InputError(f"{path}: is no directory of this program; name another file, or make it again")
        db.execute("PRAGMA synchronous = NORMAL")
        return cls(db)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def __enter__(self) -> Directory:
        """Begin a transaction."""
        self.db.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self.db.execute("COMMIT" if kind is None else "ROLLBACK")

    # Places

    def know(self, places: Iterable[Place]) -> None:
        """Keep these ZIP codes, in the place of those with the same number."""
        rows = ((one.zip, one.city, one.state, one.lat, one.lon) for one in places)
        self.db.executemany("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?)", rows)

    def place(self, zip: str) -> Place | None:
        """Where a ZIP code lies."""
        row = self.db.execute("SELECT zip, city, state, lat, lon FROM place WHERE zip = ?", (zip,)).fetchone()
        return Place(*row) if row else None

    def city(self, city: str, state: str) -> Place | None:
        """The middle of the ZIP codes of a city; its first ZIP code stands for it."""
        row = self.db.execute(
            "SELECT min(zip), city, state, avg(lat), avg(lon) FROM place WHERE city = ? COLLATE NOCASE AND state = ?",
            (city, state.upper()),
        ).fetchone()
        return Place(*row) if row and row[0] else None

    # Therapists

    def put(
        self, therapist: Therapist, *, gone: dt.date | None = None, street: str | None = None, new: bool = False
    ) -> None:
        """Keep one, in the place of what was known under the same id. gone: out of use since; found no more. new:
        surely unknown."""
        shelf = shelf_of(therapist)
        row = self.db.execute(
            "INSERT INTO therapist (id, shelf, body, gone) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET "
            "shelf = excluded.shelf, body = excluded.body, gone = excluded.gone RETURNING n",
            (therapist.id, shelf, _encode(therapist), gone and gone.isoformat()),
        ).fetchone()
        if not new:
            self.db.execute("DELETE FROM spot WHERE n = ?", row)
        for k, spot in enumerate(therapist.spots if gone is None else ()):
            there = (shelf, cell(spot.lat, spot.lon), row[0], k, spot.lat, spot.lon)
            self.db.execute("INSERT INTO spot VALUES (?, ?, ?, ?, ?, ?)", there)
        if street is not None:
            self.db.execute("INSERT OR REPLACE INTO address VALUES (?, ?)", (therapist.id, street))

    def get(self, id: str) -> tuple[Therapist, dt.date | None] | None:
        """What is kept under an id, and since when it is out of use."""
        row = self.db.execute("SELECT body, gone FROM therapist WHERE id = ?", (id,)).fetchone()
        return (_decode(row[0]), dt.date.fromisoformat(row[1]) if row[1] else None) if row else None

    def numbers(self) -> set[bytes]:
        """Every provider number of the register that is kept, also those out of use."""
        rows = self.db.execute("SELECT substr(id, 5) FROM therapist WHERE id >= 'npi:' AND id < 'npi;'")
        return {row[0].encode() for row in rows}

    def count(self) -> int:
        """How many can be found."""
        return int(self.db.execute("SELECT count(*) FROM therapist WHERE gone IS NULL").fetchone()[0])

    def nearest(self, lat: float, lon: float, reach_km: float, shelf: int) -> Iterator[tuple[float, int]]:
        """(kilometres, number of the therapist), nearest first, of one shelf; somebody with two places comes twice."""
        away = away_from(lat, lon)
        inside, outside = -1.0, min(_FIRST_KM, reach_km)
        while True:
            found = []
            for low, high in bands(lat, lon, outside):
                for n, there, across in self.db.execute(_BAND, (shelf, low, high)).fetchall():
                    distance = away(there, across)
                    if inside < distance <= outside:
                        found.append((distance, n))
            yield from sorted(found)
            if outside >= reach_km:
                return
            inside, outside = outside, min(2 * outside, reach_km)

    def body(self, n: int) -> Therapist:
        """The therapist of a number that `nearest` gave."""
        return _decode(self.db.execute("SELECT body FROM therapist WHERE n = ?", (n,)).fetchone()[0])

    def bodies(self, numbers: list[int]) -> list[Therapist]:
        """Several at once, in this order."""
        marks = ",".join("?" * len(numbers))
        found = dict(self.db.execute(f"SELECT n, body FROM therapist WHERE n IN ({marks})", numbers).fetchall())
        return [_decode(found[n]) for n in numbers]


def shelf_of(therapist: Therapist) -> int:
    """0 for a training or experience that was checked, 1 for one that is said, 2 for anything said, 3 for the merely
    listed."""
    known = {name: fact for name, fact in therapist.facts.items() if name in _TRAINED and fact.known and fact.value}
    if known:
        return 0 if any(fact.standing == "verified" for fact in known.values()) else 1
    return 2 if set(therapist.facts) - {"gender"} else 3


def spot(place: Place, *, city: str = "", state: str = "") -> Spot:
    """A place of work: the middle of its ZIP code, under the city that is given."""
    return Spot(city or place.city, state or place.state, place.zip, place.lat, place.lon)
