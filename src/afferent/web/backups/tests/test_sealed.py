"""A sealed file gives back what went in, or one sentence; it never gives back something else."""

from __future__ import annotations

import errno
import io
import os
import random
import stat
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.errors import InputError
from afferent.web.backups import seal
from afferent.web.backups.seal import CHUNK, SIZE, TAG
from afferent.web.backups.sealed import check, reader, writer

WORDS = "four words will do"
BORDERS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5]


@pytest.fixture(autouse=True, scope="module")
def _cheap() -> Iterator[None]:
    """A passphrase that is quick to try: what it costs is no matter here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "COST", 14)
        yield


def noise(size: int) -> bytes:
    """Bytes that do not compress, so that the chunks are as many as they look."""
    return random.Random(size).randbytes(size)


def put(file: Path, data: bytes, passphrase: str = WORDS) -> Path:
    with writer(file, passphrase) as out:
        out.write(data)
    return file


def got(file: Path, passphrase: str = WORDS) -> bytes:
    with reader(file, passphrase) as stream:
        return stream.read()


@pytest.mark.parametrize("size", BORDERS)
def test_what_went_in_comes_out(tmp_path: Path, size: int) -> None:
    file = put(tmp_path / "clinic.sealed", noise(size))
    assert got(file) == noise(size)
    assert check(file, WORDS) == size
    assert [one.name for one in tmp_path.iterdir()] == ["clinic.sealed"]


@settings(max_examples=25, deadline=None)
@given(
    pieces=st.lists(st.binary(max_size=300) | st.sampled_from(BORDERS).map(noise), max_size=5),
    step=st.integers(1, 99_999),
)
def test_pieces_in_and_pieces_out(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], step: int) -> None:
    file = tmp_path_factory.mktemp("pieces") / "a"
    with writer(file, WORDS) as out:
        for piece in pieces:
            assert out.write(piece) == len(piece)
    with reader(file, WORDS) as stream:
        assert b"".join(iter(lambda: stream.read(step), b"")) == b"".join(pieces)


@pytest.mark.parametrize("compressed", [CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_the_compressed_stream_may_end_at_the_border_of_a_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compressed: int
) -> None:
    class Plain:
        """Stands for zlib, so that the length of the stream is ours."""

        eof, unused_data, unconsumed_tail = True, b"", b""
        compress = staticmethod(bytes)
        flush = staticmethod(lambda: b"")

        def decompress(self, data: bytes, most: int) -> bytes:
            found, self.unconsumed_tail = data[:most], data[most:]
            return found

    monkeypatch.setattr(zlib, "compressobj", Plain)
    monkeypatch.setattr(zlib, "decompressobj", Plain)
    file = put(tmp_path / "a", noise(compressed))
    chunks = -(-compressed // CHUNK)
    assert file.stat().st_size == SIZE + compressed + chunks * TAG
    assert got(file) == noise(compressed)


def test_text_can_be_wrapped_around_it(tmp_path: Path) -> None:
    with writer(tmp_path / "a", WORDS) as out, io.TextIOWrapper(out, "utf-8") as text:
        text.writelines(f"line {n}\n" for n in range(5000))
    with reader(tmp_path / "a", WORDS) as stream:
        assert sum(1 for _ in io.TextIOWrapper(stream, "utf-8")) == 5000


def test_the_file_is_its_owners_alone_and_tells_nothing(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        file = put(tmp_path / "a", b"Alice has numb feet. " * 100)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"Alice" not in file.read_bytes()
    assert put(tmp_path / "b", b"same").read_bytes()[SIZE:] != put(tmp_path / "c", b"same").read_bytes()[SIZE:]


def test_every_changed_byte_is_refused(tmp_path: Path) -> None:
    whole = put(tmp_path / "a", b"Bob").read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        (tmp_path / "b").write_bytes(changed)
        with pytest.raises(InputError, match=r"^b: "):
            got(tmp_path / "b")


def test_every_missing_end_is_refused(tmp_path: Path) -> None:
    whole = put(tmp_path / "a", noise(3 * CHUNK)).read_bytes()
    borders = [SIZE + n * (CHUNK + TAG) for n in range(4)]
    assert borders[-1] < len(whole)
    for border in borders:
        for length in (border - 1, border, border + 1):
            (tmp_path / "b").write_bytes(whole[:length])
            with pytest.raises(InputError, match=r"damaged|cut short"):
                check(tmp_path / "b", WORDS)


def test_what_is_added_swapped_doubled_or_left_out_is_refused(tmp_path: Path) -> None:
    whole = put(tmp_path / "a", noise(3 * CHUNK)).read_bytes()
    head, *chunks = [whole[:SIZE], *(whole[n : n + CHUNK + TAG] for n in range(SIZE, len(whole), CHUNK + TAG))]
    other = put(tmp_path / "c", noise(3 * CHUNK)).read_bytes()[SIZE : SIZE + CHUNK + TAG]
    one, two, three, *rest = chunks
    for order in (
        [one, two, three, *rest, b"\0"],
        [one, two, three, *rest, *rest],
        [two, one, three, *rest],
        [one, one, two, three, *rest],
        [one, three, *rest],
        [other, two, three, *rest],
    ):
        (tmp_path / "b").write_bytes(b"".join([head, *order]))
        with pytest.raises(InputError, match="damaged"):
            check(tmp_path / "b", WORDS)


def test_a_later_fault_names_its_byte(tmp_path: Path) -> None:
    file = put(tmp_path / "a", noise(3 * CHUNK))
    changed = bytearray(file.read_bytes())
    changed[SIZE + CHUNK + TAG + 7] ^= 1
    file.write_bytes(changed)
    with pytest.raises(InputError, match=r"^a: is damaged or cut short at byte 65,596"):
        check(file, WORDS)


def test_another_passphrase_does_not_open_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^a: the passphrase is wrong, or the file is damaged\.$"):
        got(put(tmp_path / "a", b"x"), "four other words here")


def test_a_passphrase_may_be_typed_on_another_keyboard(tmp_path: Path) -> None:
    assert (
        got(put(tmp_path / "a", b"x", "fünf Wörter für Zoë"), "fu\u0308nf Wo\u0308rter fu\u0308r Zoe\u0308\n") == b"x"
    )


@pytest.mark.parametrize("short", ["", "eleven char", " eleven char \n"])
def test_a_short_passphrase_is_refused(tmp_path: Path, short: str) -> None:
    with pytest.raises(InputError, match="at least 12"):
        put(tmp_path / "a", b"x", short)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"Afferent back", noise(1000)])
def test_something_else_is_no_backup(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(InputError, match=r"^a: is not a backup of Afferent\.$"):
        got(tmp_path / "a")


@pytest.mark.parametrize(
    ("place", "value", "says"), [(16, 2, "format 2"), (17, 31, "absurd"), (18, 255, "absurd"), (19, 0, "absurd")]
)
def test_what_the_header_asks_for_is_not_believed(tmp_path: Path, place: int, value: int, says: str) -> None:
    changed = bytearray(put(tmp_path / "a", b"x").read_bytes())
    changed[place] = value
    (tmp_path / "a").write_bytes(changed)
    with pytest.raises(InputError, match=says):
        got(tmp_path / "a")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^a: cannot be read"):
        got(tmp_path / "a")
    with pytest.raises(InputError, match=r"^b: cannot be written"):
        put(tmp_path / "nowhere" / "b", b"x")


@pytest.mark.parametrize("room", [0, 50, 2 * CHUNK])
def test_a_full_disk_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            if self.tell() + len(data) > room:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    monkeypatch.setattr(io, "FileIO", Full)
    with pytest.raises(InputError, match=r"^a: cannot be written \(No space left on device\); nothing of it was kept"):
        put(tmp_path / "a", noise(3 * CHUNK))
    assert not list(tmp_path.iterdir())


def test_a_fault_while_writing_keeps_the_older_backup(tmp_path: Path) -> None:
    file = put(tmp_path / "a", b"yesterday")
    with pytest.raises(ZeroDivisionError), writer(file, WORDS) as out:
        out.write(noise(2 * CHUNK))
        raise ZeroDivisionError
    assert got(file) == b"yesterday"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_two_do_not_write_the_same_file(tmp_path: Path) -> None:
    with writer(tmp_path / "a", WORDS) as out:
        out.write(b"first")
        with pytest.raises(InputError, match="somebody else"):
            put(tmp_path / "a", b"second")
    assert got(tmp_path / "a") == b"first"


def test_what_a_crash_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.part").write_bytes(noise(9 * CHUNK))
    assert got(put(tmp_path / "a", b"x")) == b"x"
    assert not (tmp_path / "a.part").exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.part").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="cannot be written"):
        put(tmp_path / "a", b"x")
    assert not (tmp_path / "elsewhere").exists()


def _flat(tmp_path: Path, megabytes: int) -> None:
    block = noise(2**20)
    tracemalloc.start()
    try:
        with writer(tmp_path / "a", WORDS) as out:
            for _ in range(megabytes):
                out.write(block)
        assert check(tmp_path / "a", WORDS) == megabytes * 2**20
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()


def test_memory_stays_flat(tmp_path: Path) -> None:
    _flat(tmp_path, 12)


def test_memory_stays_flat_however_well_it_was_compressed(tmp_path: Path) -> None:
    with writer(tmp_path / "a", WORDS) as out:
        for _ in range(64):
            out.write(bytes(2**20))
    tracemalloc.start()
    try:
        assert check(tmp_path / "a", WORDS) == 64 * 2**20
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.nightly
def test_memory_stays_flat_over_hundreds_of_megabytes(tmp_path: Path) -> None:
    _flat(tmp_path, 400)
