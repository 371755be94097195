"""A file of the register into a directory: streamed, again and again with the same result, resumable after any
interruption.

Ask here: `load(path, directory, …)`. Each piece of the file and its entry in the journal are one transaction, so a
kill between any two steps and a second run make what one run makes. A piece that stands in the journal is hashed and
passed over. Weekly files go over monthly ones in the order they are given; an older entry never replaces a newer one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from msgspec import Struct
from msgspec.structs import replace

from afferent.directory.listed import Shelf
from afferent.directory.reading import Read, reader
from afferent.directory.store import Directory
from afferent.directory.zips import places
from afferent.errors import InputError
from afferent.records.nppes.chunks import SIZE, Broken, Chunk, chunks, scan
from afferent.records.nppes.header import Header, header
from afferent.records.nppes.layout import NEEDED, PLACES_NEEDED
from afferent.records.nppes.listing import Unread, plain, text

READER: Final = "1"  # when a later program reads rows otherwise, what was taken in is read again
NAMED: Final = 200  # broken rows that are named of each piece; all are counted
_LONGEST: Final = 2**20
_READ: Final = 2**20
_AHEAD: Final = 3  # pieces that are read before the oldest of them is written
Watch = Callable[[int], None]


class Loaded(Struct, frozen=True):
    """Of one file: rows, therapists kept, taken out, without a known place, broken; the first broken ones named.

    `known_before`: of the `pieces` of the file, so many stood in the journal already. `digest`: of the whole file."""

    name: str
    rows: int = 0
    kept: int = 0
    out: int = 0
    unplaced: int = 0
    broken: int = 0
    named: tuple[str, ...] = ()
    pieces: int = 0
    known_before: int = 0
    digest: str = ""


def check(path: Path, *, further: bool = False) -> Header:
    """Is this such a file? Its header. Raises InputError naming the file and what is missing; nothing is written."""
    try:
        with path.open("rb") as file:
            return _header(file.readline(_LONGEST), path.name, not further)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder; name the register's .csv") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _header(line: bytes, name: str, main: bool) -> Header:
    if not line.strip():
        raise InputError(f"{name}: this file is empty")
    return header(line, name, NEEDED if main else PLACES_NEEDED, slots=main)


def load(
    path: Path,
    directory: Directory,
    *,
    further: Path | None = None,
    watch: Watch = lambda end: None,
    size: int = SIZE,
) -> tuple[Loaded, ...]:
    """Take in a file of the register, then that of further practice locations. watch: told how many bytes are done.

    Raises InputError for a file that cannot be read at all; a row that cannot is named, counted and left out.
    """
    check(path)
    if further is not None:
        check(further, further=True)
    with_places(directory)
    first = _file(path, directory, "npi", watch, size)
    if further is None:
        return (first,)
    return first, _file(further, directory, first.digest, watch, size)


def with_places(directory: Directory) -> None:
    """Put the table of ZIP codes into a directory that has none."""
    with directory:
        if directory.place("00501") is None:
            directory.know(places().values())


def _file(path: Path, directory: Directory, seed: str, watch: Watch, size: int) -> Loaded:
    try:
        with path.open("rb", buffering=_READ) as file:
            return _stream(file, path, directory, seed, watch, size)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _stream(file: IO[bytes], path: Path, directory: Directory, seed: str, watch: Watch, size: int) -> Loaded:
    line = file.readline(_LONGEST)
    main, name = seed == "npi", path.name
    head = _header(line, name, main)
    shelf = Shelf(directory)
    total, start = Loaded(name), ""
    read = reader(path, head, {one.decode() for one in shelf.numbers}, path.stat().st_size) if main else None
    ahead: deque[tuple[Chunk, Counts | None]] = deque()

    def settle() -> Loaded:
        """The oldest piece that was asked for: written with its entry in the journal, or known from there."""
        chunk, row = ahead.popleft()
        before = row is not None
        if row is None:
            found = read.answer() if read else None
            with directory:
                tally = _take(found, name, shelf) if found else _take_places(chunk, head, name, shelf, start)
                row = tally.done(chunk.digest, directory)
        watch(chunk.end)
        return replace(_added(total, row, before), digest=chunk.digest)

    try:
        for chunk in chunks(file, f"{READER} {seed} {line.hex()}", 2, size):
            start = start or chunk.digest
            row = _journal(directory, chunk.digest)
            if row is None and read:
                read.ask(chunk)
                chunk = replace(chunk, data=b"")  # the reader has what it needs
            ahead.append((chunk, row))
            if len(ahead) > _AHEAD:
                total = settle()
        while ahead:
            total = settle()
    finally:
        if read:
            read.close()
    return total


_BROKEN: Final = "INSERT INTO broken VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
Counts = tuple[int, int, int, int, int, tuple[str, ...]]


def _journal(directory: Directory, digest: str) -> Counts | None:
    found = directory.db.rows("SELECT rows, kept, out, unplaced, broken FROM chunk WHERE digest = ?", (digest,))
    if not found:
        return None
    named = directory.db.rows("SELECT says FROM broken WHERE digest = ? ORDER BY line, says", (digest,))
    rows, kept, out, unplaced, broken = found[0]
    return rows, kept, out, unplaced, broken, tuple(says for (says,) in named)


def _added(total: Loaded, row: Counts, before: bool) -> Loaded:
    count, kept, out, unplaced, broken, named = row
    return Loaded(
        total.name, total.rows + count, total.kept + kept, total.out + out, total.unplaced + unplaced,
        total.broken + broken, (*total.named, *named)[:NAMED], total.pieces + 1, total.known_before + before,
    )  # fmt: skip


def _take(found: Read, name: str, shelf: Shelf) -> _Tally:
    """One piece of the register: who is a massage therapist, and who is known and is one no more."""
    tally = _Tally(name, found.rows, found.broken)
    for entry in found.entries:
        tally.add(*shelf.take(entry))
    return tally


def _take_places(chunk: Chunk, head: Header, name: str, shelf: Shelf, start: str) -> _Tally:
    """One piece of the further practice locations, of those who are known."""
    known, column = shelf.numbers, head.at["npi"]

    def wanted(rows: list[bytes]) -> list[int]:
        return [n for n, row in enumerate(rows) if column or row[1:11] in known or row[:10] in known]

    found = scan(chunk, head.width, wanted)
    tally = _Tally(name, found.rows, found.broken)
    for line, row in found.wanted:
        try:
            cell = text(row, head.names)
        except Unread as error:
            tally.put_aside(line, error)
            continue
        kept, unplaced = shelf.further({key: plain(cell[n]) for key, n in head.at.items()}, start)
        tally.add(kept, False, unplaced)
    return tally


class _Tally:
    """What became of the rows of one piece."""

    def __init__(self, name: str, rows: int, broken: list[Broken]) -> None:
        self.name, self.rows = name, rows
        self.kept = self.out = self.unplaced = self.broken = 0
        self.named: list[tuple[int, str]] = []
        for row in broken:
            self._broken(row)

    def add(self, kept: bool, out: bool, unplaced: bool) -> None:
        """One row that could be read."""
        self.kept, self.out, self.unplaced = self.kept + kept, self.out + out, self.unplaced + unplaced

    def put_aside(self, line: int, error: Unread) -> None:
        """One that could not."""
        self._broken(Broken(line, error.column, error.why))

    def _broken(self, row: Broken) -> None:
        self.broken += 1
        column = f", column {plain(row.column)}" if row.column else ""
        self.named.append((row.line, f"{self.name}, line {row.line}{column}: {row.why}"))

    def done(self, digest: str, directory: Directory) -> Counts:
        """Write what was done with the piece beside what it did."""
        counts = (self.rows, self.kept, self.out, self.unplaced, self.broken)
        named = sorted(self.named)[:NAMED]
        directory.db.run("INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?)", (digest, *counts))
        directory.db.many(_BROKEN, [(digest, *one) for one in named])
        return (*counts, tuple(says for _, says in named))
