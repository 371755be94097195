"""Bytes from a file or standard input, bounded and recognised before anything is built of them.

Refused in one sentence: a file that is missing, a folder, too large, empty, packed, in another encoding, or of a kind
that nobody here reads (PDF, XML, a spreadsheet).
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Final

from afferent.errors import InputError

LARGEST: Final = 64 * 2**20
_LONGEST: Final = 500
_BOM: Final = b"\xef\xbb\xbf"
_PACKED: Final = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"(\xb5/\xfd": "zstd"}
_OTHER: Final = {
    b"%PDF": "a PDF; ask for the record as FHIR JSON",
    b"\x89PNG": "a picture; ask for the record as FHIR JSON",
    b"\xff\xd8\xff": "a picture; ask for the record as FHIR JSON",
    b"SQLite format 3": "a database; export one person as FHIR JSON",
}
_WIDE: Final = {
    b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16",
}  # fmt: skip


def fetch(path: str | os.PathLike[str]) -> tuple[str, bytes]:
    """The name to show and the bytes of a file; "-" is standard input. Raises InputError."""
    if str(path) == "-":
        return "standard input", _bounded("standard input", sys.stdin.buffer.read(LARGEST + 1))
    name = str(path) if str(path).isprintable() else repr(str(path))
    try:
        with open(path, "rb") as file:
            return name, _bounded(name, file.read(LARGEST + 1))
    except IsADirectoryError:
        raise InputError(f"{name}: this is a folder; name one file in it") from None
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file") from None
    except PermissionError:
        raise InputError(f"{name}: this file may not be read; ask for the right to") from None
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "the name is not valid"
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            reason = "the name is too long"
        raise InputError(f"{name[:200]}: cannot be opened ({reason})") from None


def _bounded(name: str, data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise InputError(f"{name}: larger than {LARGEST >> 20} MB; export the record of one person only")
    return data


def sentence(name: str, error: InputError) -> InputError:
    """The same fault as one readable line: whatever stood in the file, no control character and no novel."""
    text = str(error).removeprefix(name)
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return InputError(name + (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"))


def checked(name: str, data: bytes) -> bytes:
    """UTF-8 text as bytes, without byte order mark and outer white space. Raises InputError."""
    _bounded(name, data)
    for start, kind in _WIDE.items():
        if data.startswith(start):
            raise InputError(f"{name}: written in {kind}; save it as UTF-8")
    for start, kind in _PACKED.items():
        if data.startswith(start):
            raise InputError(f"{name}: packed with {kind}; unpack it first")
    for start, what in _OTHER.items():
        if data.startswith(start):
            raise InputError(f"{name}: this is {what}")
    data = data.removeprefix(_BOM).strip()
    if not data:
        raise InputError(f"{name}: the file is empty")
    if b"\x00" in data:
        kind = "in UTF-16; save it as UTF-8" if data[1:2] == b"\x00" or data[:1] == b"\x00" else "as no text"
        raise InputError(f"{name}: written {kind} (a zero byte at {_place(data, data.index(0))})")
    if data.startswith(b"<"):
        raise InputError(f"{name}: this is XML; ask for the record as FHIR JSON")
    return data


def text_of(name: str, data: bytes) -> str:
    """The text. Raises InputError naming the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = _place(data, error.start)
        raise InputError(f"{name}, {where}: not UTF-8; save the file as UTF-8") from None


def _place(data: bytes, at: int) -> str:
    return f"line {data.count(10, 0, at) + 1}, column {at - data.rfind(10, 0, at)}"


def place(data: bytes, at: int) -> str:
    """Line and column of a byte, as people count."""
    return _place(data, min(at, len(data)))
