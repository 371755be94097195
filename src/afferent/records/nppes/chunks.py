"""A large file in pieces that end where a row ends, each with a name of its own made of its content and all before it.

Ask here: `chunks(file, seed)`, `scan(chunk, width, wanted)`. The name (`digest`) chains: two files that begin alike
have the same names as far as they are alike, so that a piece which was taken in once is known again, whatever the
file is called.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Final

from msgspec import Struct

SIZE: Final = 16 * 2**20
_FURTHER: Final = 4  # lines that one row may go over
_LONGEST: Final = 2**20
_BETWEEN: Final = b'","'
OPEN: Final = "a quotation mark is opened and never closed"
CUT: Final = "the file ends in the middle of this row; the download was cut short, fetch it again"


class Chunk(Struct, frozen=True):
    """`line`: the number of its first line in the file; `end`: bytes of the file up to its end; `cut`: the
    file ends in it without an end of line."""

    line: int
    data: bytes
    end: int
    digest: str
    cut: bool


class Broken(Struct, frozen=True):
    """A row that cannot be read: its line, the column where one is known, what is wrong and how to mend it."""

    line: int
    column: str
    why: str


def chunks(file: IO[bytes], seed: str, line: int, size: int = SIZE) -> Iterator[Chunk]:
    """Pieces from where the file stands. seed: what the first name starts from; line: the number of the next line."""
    end = file.tell()
    # The next piece is read and named by a second thread while this one is looked through: naming needs no interpreter.
    with ThreadPoolExecutor(1) as beside:
        following = beside.submit(_named, file, size, seed)
        while True:
            data, digest = following.result()
            if not data:
                return
            following = beside.submit(_named, file, size, digest)
            end += len(data)
            yield Chunk(line, data, end, digest, not data.endswith(b"\n"))
            line += data.count(b"\n")


def _named(file: IO[bytes], size: int, before: str) -> tuple[bytes, str]:
    data = _piece(file, size)
    # A digest needs no key: it tells files apart, and keeps nobody out.
    digest = hashlib.sha256(before.encode())
    digest.update(data)
    return data, digest.hexdigest()


def _piece(file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if data and not data.endswith(b"\n"):
        data += file.readline(_LONGEST)
    for _ in range(_FURTHER):
        if data[data.rfind(b"\n", 0, -1) + 1 :].count(b'"') % 2 == 0:
            break
        data += file.readline(_LONGEST)
    return data


class Scanned(Struct, frozen=True):
    """A piece looked through: how many rows, those that were wanted (line, bytes), those that are broken."""

    rows: int
    wanted: list[tuple[int, bytes]]
    broken: list[Broken]


def scan(chunk: Chunk, width: int, wanted: Callable[[list[bytes]], list[int]]) -> Scanned:
    """Count the cells of every row, and pick out some. wanted: places of those in a list of rows."""
    lines = chunk.data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    between = width - 1
    doubtful = [n for n, row in enumerate(lines) if row.count(_BETWEEN) != between]
    if not doubtful:
        return Scanned(len(lines), [(chunk.line + n, lines[n]) for n in wanted(lines)], [])
    return _doubted(chunk, lines, doubtful, width, wanted)


def _doubted(
    chunk: Chunk, lines: list[bytes], doubtful: list[int], width: int, wanted: Callable[[list[bytes]], list[int]]
) -> Scanned:
    """The same, where some rows need care: a cell without quotation marks, a line break in a cell, a row that is
    broken."""
    broken, whole, upto, blank = list[Broken](), dict[int, bytes](), 0, 0
    for n in doubtful:
        if n < upto:
            continue
        taken, why = _careful(lines, n, width)
        upto = n + taken
        if why and chunk.cut and upto == len(lines):
            why = CUT
        if why:
            broken.append(Broken(chunk.line + n, "", why))
        row = b"" if why else b"\n".join(lines[n:upto])
        blank += not why and not row.strip()
        whole[n] = row
        for further in range(n + 1, upto):
            whole[further], blank = b"", blank + 1
    rows = [whole.get(n, row) for n, row in enumerate(lines)]
    found = [(chunk.line + n, rows[n]) for n in wanted(rows)]
    return Scanned(len(lines) - blank, found, broken)


def _careful(lines: list[bytes], n: int, width: int) -> tuple[int, str]:
    """How many lines the row takes, and what is wrong with it. A row may go on over a line break inside a cell."""
    row = lines[n]
    if not row.strip():
        return 1, ""
    for taken in range(1, _FURTHER + 1):
        if row.count(b'"') % 2 == 0:
            found = len(cells(row.decode("utf-8", "replace")))
            if found == width:
                return taken, ""
            return 1, OPEN if taken > 1 else f"{found} cells where the first line names {width} columns"
        if n + taken >= len(lines):
            break
        row += b"\n" + lines[n + taken]
    return 1, OPEN


def cells(row: str) -> list[str]:
    """The cells of one row; none where it cannot be taken apart at all (a cell without an end)."""
    try:
        return next(csv.reader([row]) if "\n" not in row else csv.reader(row.splitlines(keepends=True)), [])
    except csv.Error:
        return []
