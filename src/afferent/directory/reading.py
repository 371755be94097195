"""Pieces of the register read into values, here or in a second process beside this one, so that both cores work.

Ask here: `reader(path, head, known, size)`, its `ask(chunk)` and, in the same order, `answer()`. The second process
reads the same file by itself, speaks in lengths and msgpack over its pipes, and ends when this one does, however it
ends. It writes nothing anywhere.
"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Set
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Protocol

import msgspec
from msgspec import Struct

from afferent.errors import InputError
from afferent.records.nppes.chunks import Broken, Chunk, scan
from afferent.records.nppes.header import Header
from afferent.records.nppes.layout import MASSAGE_THERAPIST
from afferent.records.nppes.listing import Listing, Unread, listing

LARGE: Final = 64 * 2**20  # below this a second process takes longer to start than it saves
_CODE: Final = MASSAGE_THERAPIST.encode()
_LENGTH: Final = 8


class Read(Struct, frozen=True):
    """What one piece holds: its rows, the entries that matter, the rows that are broken."""

    rows: int
    entries: list[Listing]
    broken: list[Broken]


class Start(Struct, frozen=True):
    """What the second process is told first. `known`: numbers that stand in the directory already."""

    path: str
    head: Header
    known: list[str]


class Piece(Struct, frozen=True):
    """Where a piece lies in the file. `line`: the number of its first line. `cut`: the file ends in it without an end
    of line."""

    start: int
    length: int
    line: int
    cut: bool


class Reader(Protocol):
    def ask(self, chunk: Chunk) -> None:
        """Read this piece."""

    def answer(self) -> Read:
        """What was read of the piece that was asked for first."""

    def close(self) -> None:
        """Nothing more will be asked."""


def reader(path: Path, head: Header, known: Set[str], size: int) -> Reader:
    """A second process for a large file, none for a small one."""
    return Beside(path, head, known) if size >= LARGE else Here(head, known)


def read(chunk: Chunk, head: Header, known: set[bytes]) -> Read:
    """The entries of massage therapists, and of those who are known: they may be none any more. Adds to `known`."""
    column = head.at["npi"]

    def wanted(rows: list[bytes]) -> list[int]:
        if column:
            return list(range(len(rows)))
        if not known:
            return [n for n, row in enumerate(rows) if _CODE in row]
        return [n for n, row in enumerate(rows) if _CODE in row or row[1:11] in known or row[:10] in known]

    found = scan(chunk, head.width, wanted)
    entries, broken = [], found.broken
    for line, row in found.wanted:
        if column and _CODE not in row and not any(one.strip(b'"\r') in known for one in row.split(b",")):
            continue
        try:
            entries.append(listing(row, head))
        except Unread as error:
            broken.append(Broken(line, error.column, error.why))
    return Read(found.rows, entries, broken)


class Here:
    """Reads at once, in this process."""

    def __init__(self, head: Header, known: Set[str]) -> None:
        self.head, self.known = head, {one.encode() for one in known}
        self.done: deque[Read] = deque()

    def ask(self, chunk: Chunk) -> None:
        found = read(chunk, self.head, self.known)
        self.known.update(one.npi.encode() for one in found.entries)
        self.done.append(found)

    def answer(self) -> Read:
        return self.done.popleft()

    def close(self) -> None:
        pass


class Beside:
    """Reads in a second process."""

    def __init__(self, path: Path, head: Header, known: Set[str]) -> None:
        words = [sys.executable, "-m", "afferent.directory.reading"]
        self.child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._send(Start(str(path), head, sorted(known)))

    def ask(self, chunk: Chunk) -> None:
        self._send(Piece(chunk.end - len(chunk.data), len(chunk.data), chunk.line, chunk.cut))

    def answer(self) -> Read:
        assert self.child.stdout is not None
        message = receive(self.child.stdout)
        if message is None:
            raise InputError("the register: the second process that reads it ended; run the same command again")
        return msgspec.msgpack.decode(message, type=Read)

    def close(self) -> None:
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what could not be sent any more is flushed on closing
                    pipe.close()
        self.child.wait()

    def _send(self, value: Struct) -> None:
        assert self.child.stdin is not None
        try:
            send(self.child.stdin, value)
        except BrokenPipeError:
            raise InputError(
                "the register: the second process that reads it ended; run the same command again"
            ) from None


def send(pipe: IO[bytes], value: Struct) -> None:
    """One message: its length, then itself."""
    message = msgspec.msgpack.encode(value)
    pipe.write(len(message).to_bytes(_LENGTH, "big") + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; None where the other end is gone."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    message = pipe.read(int.from_bytes(length, "big"))
    return message if len(message) == int.from_bytes(length, "big") else None


def main() -> None:
    """The second process: read piece by piece until nobody asks any more."""
    first = receive(sys.stdin.buffer)
    if first is None:
        return
    start = msgspec.msgpack.decode(first, type=Start)
    here = Here(start.head, set(start.known))
    with open(start.path, "rb", buffering=0) as file:
        while message := receive(sys.stdin.buffer):
            piece = msgspec.msgpack.decode(message, type=Piece)
            file.seek(piece.start)
            data = file.read(piece.length) or b""
            here.ask(Chunk(piece.line, data, piece.start + len(data), "", piece.cut))
            try:
                send(sys.stdout.buffer, here.answer())
            except BrokenPipeError:
                return


if __name__ == "__main__":
    main()
