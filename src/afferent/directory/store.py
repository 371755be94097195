"""The directory of therapists: where they work, the ZIP codes, and a journal of what was taken in. One small SQLite
file, or a schema of a PostgreSQL database; both give the same answers.

Ask here: `Directory.open(where)`, `put`, `get`, `place`, `nearest`. Everything changes inside a transaction that the
caller holds (`with directory:`), so that a pulled plug leaves it as it was before or after, never between. Streets and
e-mail addresses stand in tables of their own that no search reads: a home is shown as city and distance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol

import msgspec

from afferent.directory.grid import away_from, bands, cell
from afferent.directory.model import Spot, Therapist, trained
from afferent.directory.on_sqlite import open_file
from afferent.directory.zips import Place

Where = Path | str
"""A file, or the address of a PostgreSQL database: `postgres://user@host/name`."""
SHELVES: Final = ("checked", "trained", "described", "listed")
_FIRST_KM: Final = (12.0, 12.0, 6.0, 3.0)  # of each shelf: the fewer stand on it, the wider it begins
_decode = msgspec.json.Decoder(Therapist).decode
_encode = msgspec.json.Encoder().encode
_KEEP: Final = (
    "INSERT INTO therapist (id, shelf, body, gone) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "shelf = excluded.shelf, body = excluded.body, gone = excluded.gone RETURNING n"
)
_STREET: Final = "INSERT INTO address VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET street = excluded.street"
_EMAIL: Final = "INSERT INTO contact VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET email = excluded.email"
_OUT: Final = "out:"
_MARK: Final = "INSERT INTO mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_PLACE: Final = (
    "INSERT INTO place VALUES (?, ?, ?, ?, ?) ON CONFLICT (zip) DO UPDATE SET city = excluded.city, "
    "state = excluded.state, lat = excluded.lat, lon = excluded.lon"
)
_COLUMNS: Final = "zip, city, state, lat, lon"


class Engine(Protocol):
    """What a database must do for a directory. Places in a statement are marked with `?`."""

    def rows(self, statement: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...
    def run(self, statement: str, given: Sequence[Any] = ()) -> None: ...
    def many(self, statement: str, given: Iterable[Sequence[Any]]) -> None: ...
    def within(self, shelf: int, bands: list[tuple[int, int]]) -> list[tuple[Any, ...]]: ...
    def bodies(self, numbers: list[int]) -> list[tuple[Any, ...]]: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def settle(self) -> None: ...
    def close(self) -> None: ...


def where(text: str) -> Where:
    """What somebody wrote as the place of a directory."""
    return text if text.startswith(("postgres://", "postgresql://")) else Path(text)


class Directory:
    """One directory. Use it in one thread."""

    def __init__(self, engine: Engine) -> None:
        self.db = engine
        self._left_out = frozenset[str]()

    @classmethod
    def open(cls, where: Where, *, make: bool = False, schema: str = "") -> Directory:
        """Open it; with `make`, also one that is not there yet. schema: another one of PostgreSQL than `directory`.

        Raises InputError naming what cannot be opened."""
        if isinstance(where, Path):
            return cls(open_file(where, make=make))
        from afferent.directory.on_postgres import SCHEMA, open_schema

        return cls(open_schema(where, make=make, schema=schema or SCHEMA))

    def close(self) -> None:
        """Let go of it."""
        self.db.close()

    def settle(self) -> None:
        """After much was written: let the database learn what it holds."""
        self.db.settle()

    def __enter__(self) -> Directory:
        """Begin a transaction."""
        self.db.begin()
        self._left_out = self._asked_to_be_left_out()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if kind is None:
            self.db.commit()
        else:
            self.db.rollback()

    def mark(self, name: str) -> int:
        """A number that was kept under a name; 0 where there is none."""
        found = self.db.rows("SELECT value FROM mark WHERE name = ?", (name,))
        return int(found[0][0]) if found else 0

    def set_mark(self, name: str, value: int) -> None:
        """Keep a number, in the same transaction as what it speaks of."""
        self.db.run(_MARK, (name, value))

    # Places

    def know(self, places: Iterable[Place]) -> None:
        """Keep these ZIP codes, in the place of those with the same number."""
        self.db.many(_PLACE, [(one.zip, one.city, one.state, one.lat, one.lon) for one in places])

    def places(self) -> list[Place]:
        """All of them."""
        return [Place(*row) for row in self.db.rows(f"SELECT {_COLUMNS} FROM place")]

    def place(self, zip: str) -> Place | None:
        """Where a ZIP code lies."""
        found = self.db.rows(f"SELECT {_COLUMNS} FROM place WHERE zip = ?", (zip,))
        return Place(*found[0]) if found else None

    def city(self, city: str, state: str) -> Place | None:
        """The middle of the ZIP codes of a city; its first ZIP code stands for it."""
        found = self.cities(city, state)
        return found[0] if found else None

    def cities(self, city: str, state: str = "") -> list[Place]:
        """Every city of this name, one a state, by the name of the state."""
        statement, given = f"SELECT {_COLUMNS} FROM place WHERE lower(city) = ?", [city.lower()]
        if state:
            statement, given = statement + " AND state = ?", [*given, state.upper()]
        found: dict[str, list[Place]] = {}
        for row in sorted(self.db.rows(statement, given)):
            found.setdefault(row[2], []).append(Place(*row))
        return [_middle(found[name]) for name in sorted(found)]

    def around(self, south: float, north: float, west: float, east: float) -> list[Place]:
        """The ZIP codes whose middle lies between these degrees, by number."""
        rows = self.db.rows(f"SELECT {_COLUMNS} FROM place WHERE lat BETWEEN ? AND ?", (south, north))
        return [Place(*row) for row in sorted(rows) if west <= row[4] <= east]

    # Therapists

    def put(
        self, therapist: Therapist, *, gone: dt.date | None = None, street: str | None = None, new: bool = False
    ) -> None:
        """Keep one, in the place of what was known under the same id. gone: out of use since; found no more. new:
        surely unknown."""
        shelf = shelf_of(therapist)
        (row,) = self.db.rows(_KEEP, (therapist.id, shelf, _encode(therapist), gone and gone.isoformat()))
        if not new:
            self.db.run("DELETE FROM spot WHERE n = ?", row)
        seen = gone is None and therapist.id not in self._left_out
        for k, spot in enumerate(therapist.spots if seen else ()):
            there = (shelf, cell(spot.lat, spot.lon), row[0], k, spot.lat, spot.lon)
            self.db.run("INSERT INTO spot VALUES (?, ?, ?, ?, ?, ?)", there)
        if street is not None:
            self.db.run(_STREET, (therapist.id, street))

    def leave_out(self, id: str, out: bool) -> None:
        """Somebody who wishes to be found by nobody, also after a later load; or who takes that back. `put` them then:
        it is no part of what is known of them."""
        self.set_mark(f"{_OUT}{id}", int(out))
        self._left_out = self._left_out | {id} if out else self._left_out - {id}

    def is_left_out(self, id: str) -> bool:
        """Did they ask for it?"""
        return bool(self.mark(f"{_OUT}{id}"))

    def _asked_to_be_left_out(self) -> frozenset[str]:
        given = (_OUT, _OUT[:-1] + chr(ord(_OUT[-1]) + 1))
        rows = self.db.rows("SELECT name FROM mark WHERE name >= ? AND name < ? AND value = 1", given)
        return frozenset(row[0].removeprefix(_OUT) for row in rows)

    def get(self, id: str) -> tuple[Therapist, dt.date | None] | None:
        """What is kept under an id, and since when it is out of use."""
        found = self.db.rows("SELECT body, gone FROM therapist WHERE id = ?", (id,))
        if not found:
            return None
        body, gone = found[0]
        return _decode(body), dt.date.fromisoformat(gone) if gone else None

    def street(self, id: str) -> str:
        """Where a letter reaches them, for proving control and nothing else; "" where nobody knows."""
        found = self.db.rows("SELECT street FROM address WHERE id = ?", (id,))
        return found[0][0] or "" if found else ""

    def email(self, id: str) -> str:
        """Where an e-mail reaches them, for proving control and nothing else; "" where nobody knows."""
        found = self.db.rows("SELECT email FROM contact WHERE id = ?", (id,))
        return found[0][0] or "" if found else ""

    def reached_by(self, id: str, email: str) -> None:
        """Keep an e-mail address beside somebody, where no search reads it."""
        self.db.run(_EMAIL, (id, email))

    def numbers(self) -> set[bytes]:
        """Every provider number of the register that is kept, also those out of use."""
        rows = self.db.rows("SELECT substr(id, 5) FROM therapist WHERE id >= 'npi:' AND id < 'npi;'")
        return {row[0].encode() for row in rows}

    def count(self) -> int:
        """How many can be found."""
        return int(self.db.rows("SELECT count(*) FROM therapist WHERE gone IS NULL")[0][0])

    def nearest(self, lat: float, lon: float, reach_km: float, shelf: int) -> Iterator[tuple[float, int]]:
        """(kilometres, number of the therapist), nearest first, of one shelf; somebody with two places comes twice."""
        away = away_from(lat, lon)
        inside, outside = -1.0, min(_FIRST_KM[shelf], reach_km)
        while True:
            rows = self.db.within(shelf, bands(lat, lon, outside))
            found = [(away(there, across), n) for n, there, across in rows]
            yield from sorted([one for one in found if inside < one[0] <= outside])
            if outside >= reach_km:
                return
            inside, outside = outside, min(2 * outside, reach_km)

    def body(self, n: int) -> Therapist:
        """The therapist of a number that `nearest` gave."""
        return self.bodies([n])[0]

    def bodies(self, numbers: list[int]) -> list[Therapist]:
        """Several at once, in this order."""
        return list(self.each(numbers))

    def each(self, numbers: list[int]) -> Iterator[Therapist]:
        """The same, asked for at once and read one after the other, as far as somebody looks."""
        found = dict(self.db.bodies(numbers))
        return (_decode(found[n]) for n in numbers)


def _middle(places: list[Place]) -> Place:
    """A city of several ZIP codes, which come by number. Added up exactly, so that both databases say the same."""
    first, many = places[0], len(places)
    lat, lon = fsum(one.lat for one in places) / many, fsum(one.lon for one in places) / many
    return Place(first.zip, first.city, first.state, lat, lon)


def shelf_of(therapist: Therapist) -> int:
    """0 for a training or experience that was checked, 1 for one that is said, 2 for anything said, 3 for the merely
    listed."""
    if (standing := trained(therapist)) != "unknown":
        return 0 if standing == "verified" else 1
    return 2 if set(therapist.facts) - {"gender"} else 3


def spot(place: Place, *, city: str = "", state: str = "") -> Spot:
    """A place of work: the middle of its ZIP code, under the city that is given."""
    return Spot(city or place.city, state or place.state, place.zip, place.lat, place.lon)
