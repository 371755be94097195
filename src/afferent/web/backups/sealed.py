"""A sealed file: compressed, and closed with a passphrase so that nobody else can read it, or change it unseen.

Ask here: `writer(file, passphrase)` and `reader(file, passphrase)`, streams of bytes in constant memory, and
`check(file, passphrase)`, which reads a file to its end and keeps nothing. No half-written file ever bears the name:
writing goes to FILE.part, which takes the name at the end. What is inside is no matter here.

A missing end shows only at the end. So whoever restores calls `check` first, or takes everything back when `reader`
raises.
"""

from __future__ import annotations

import fcntl
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from cryptography.exceptions import InvalidTag

from afferent.errors import InputError
from afferent.web.backups.seal import CHUNK, MOST, SIZE, TAG, Seal, new_header, read_header

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


@contextmanager
def writer(file: Path, passphrase: str) -> Iterator[BinaryIO]:
    """A stream to write to. The file bears its name once everything is in it; on any fault nothing is kept.

    Flush what you wrap around the stream before the block ends.
    """
    header = new_header()
    seal = Seal(header, passphrase)
    part = file.with_name(f"{file.name}.part")
    with _held(part, file) as raw:
        try:
            out = _Sealer(raw, seal, file.name)
            out.put(header.packed())
            yield cast(BinaryIO, out)
            out.finish()
            _name(raw, part, file)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _held(part: Path, file: Path) -> io.FileIO:
    """FILE.part, empty, for its owner only, and ours alone: what a crash left is used again, a running one is not."""
    try:
        raw = io.FileIO(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600), "w")
    except OSError as error:
        raise _unwritten(file.name, error) from None
    try:
        fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(raw.fileno()), part.stat()):
            raise BlockingIOError  # it took its name while we opened it
        os.fchmod(raw.fileno(), 0o600)
        raw.truncate(0)
    except (BlockingIOError, FileNotFoundError):
        raw.close()
        raise InputError(f"{file.name}: is being written by somebody else just now; wait until that is done.") from None
    return raw


def _name(raw: io.FileIO, part: Path, file: Path) -> None:
    """Onto the disk first, then under its name, while it is still ours."""
    try:
        os.fsync(raw.fileno())
        os.replace(part, file)
    except OSError as error:
        raise _unwritten(file.name, error) from None
    with suppress(OSError):  # not every file system can do this for a folder
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _unwritten(name: str, error: OSError) -> InputError:
    return InputError(f"{name}: cannot be written ({error.strerror or error}); nothing of it was kept.")


class _Sealer(io.BufferedIOBase):
    """Compresses, cuts into chunks, seals. The last chunk waits for `finish`."""

    def __init__(self, raw: io.FileIO, seal: Seal, name: str) -> None:
        self._raw: Final = raw
        self._seal: Final = seal
        self._name: Final = name
        self._squeeze: Final = zlib.compressobj()
        self._waiting = bytearray()
        self._number = 0

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        view = memoryview(data).cast("B")
        for start in range(0, len(view), CHUNK):
            self._waiting += self._squeeze.compress(view[start : start + CHUNK])
            self._seal_full_ones()
        return len(view)

    def finish(self) -> None:
        """Seal what is left. Always one chunk: the last."""
        self._waiting += self._squeeze.flush()
        self._seal_full_ones()
        self._seal_one(len(self._waiting), last=True)

    def _seal_full_ones(self) -> None:
        while len(self._waiting) > CHUNK:  # one byte at least stays for the last
            self._seal_one(CHUNK, last=False)

    def _seal_one(self, length: int, last: bool) -> None:
        if self._number >= MOST:
            raise InputError(f"{self._name}: is too large for one backup; nothing of it was kept.")
        self.put(self._seal.close(self._number, bytes(self._waiting[:length]), last))
        del self._waiting[:length]
        self._number += 1

    def put(self, sealed: bytes) -> None:
        """Onto the disk, all of it."""
        view = memoryview(sealed)
        try:
            while view:
                view = view[self._raw.write(view) :]
        except OSError as error:
            raise _unwritten(self._name, error) from None


@contextmanager
def reader(file: Path, passphrase: str) -> Iterator[BinaryIO]:
    """A stream to read from. Raises InputError at the first chunk that is not as it was written, or is missing."""
    try:
        raw = file.open("rb")
    except OSError as error:
        raise _unread(file.name, error) from None
    with raw:
        header = read_header(_read(raw, SIZE, file.name), file.name)
        with io.BufferedReader(_Opener(raw, Seal(header, passphrase), file.name), CHUNK) as stream:
            yield cast(BinaryIO, stream)


def check(file: Path, passphrase: str) -> int:
    """Read to the end and keep nothing: how many bytes are inside. Raises InputError when anything is wrong."""
    with reader(file, passphrase) as stream:
        return sum(len(piece) for piece in iter(lambda: stream.read(CHUNK), b""))


def _read(raw: BinaryIO, count: int, name: str) -> bytes:
    try:
        return raw.read(count)
    except OSError as error:
        raise _unread(name, error) from None


def _unread(name: str, error: OSError) -> InputError:
    return InputError(f"{name}: cannot be read ({error.strerror or error}).")


class _Opener(io.RawIOBase):
    """Opens chunk after chunk, one ahead of what is asked for, so that it knows which is the last."""

    def __init__(self, raw: BinaryIO, seal: Seal, name: str) -> None:
        self._raw: Final = raw
        self._seal: Final = seal
        self._name: Final = name
        self._unpack: Final = zlib.decompressobj()
        self._number = 0
        self._packed = b""  # opened, not yet unpacked
        self._ahead = self._fetch()

    def readable(self) -> bool:
        return True

    def readinto(self, into: WriteableBuffer, /) -> int:
        view = memoryview(into).cast("B")
        while view:
            found = self._unpacked(min(len(view), CHUNK))
            if found:
                view[: len(found)] = found
                return len(found)
            if self._number and not self._ahead:
                break
            self._packed = self._opened()
        if view and (not self._unpack.eof or self._unpack.unused_data):
            raise self._damaged()
        return 0

    def _unpacked(self, most: int) -> bytes:
        try:
            found = self._unpack.decompress(self._packed, most)
        except zlib.error:
            raise self._damaged() from None
        self._packed = self._unpack.unconsumed_tail
        return found

    def _opened(self) -> bytes:
        sealed, self._ahead = self._ahead, self._fetch()
        try:
            chunk = self._seal.open(self._number, sealed, last=not self._ahead)
        except InvalidTag:
            raise self._damaged() from None
        self._number += 1
        return chunk

    def _fetch(self) -> bytes:
        return _read(self._raw, CHUNK + TAG, self._name)

    def _damaged(self) -> InputError:
        if not self._number:
            return InputError(f"{self._name}: the passphrase is wrong, or the file is damaged.")
        place = SIZE + self._number * (CHUNK + TAG)
        return InputError(f"{self._name}: is damaged or cut short at byte {place:,}; take another copy of it.")
