"""The first line of a file of the register: which column holds what, by name, in any version.

Ask here: `header(line, name, needed)`. Refused in one sentence: a packed file, another encoding, a file without these
columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from afferent.errors import InputError
from afferent.records.nppes.layout import SEVERAL, SLOTS

_BOM: Final = b"\xef\xbb\xbf"
_KINDS: Final = {
    b"PK\x03\x04": "is packed (zip); unpack it and name the .csv",
    b"\x1f\x8b": "is packed (gzip); unpack it and name the .csv",
    b"\xff\xfe": "is UTF-16; save it as UTF-8",
    b"\xfe\xff": "is UTF-16; save it as UTF-8",
    b"SQLite format 3": "is a directory that was made already; name the register's .csv",
    b"%PDF": "is a PDF; name the register's .csv",
}
_FEW: Final = 3


class Header(Struct, frozen=True):
    """`at`: what is read -> its place in a row; `slots`: places of code, licence and its state, fifteen times at
    most."""

    names: tuple[str, ...]
    at: dict[str, int]
    slots: tuple[tuple[int, int, int], ...] = ()

    @property
    def width(self) -> int:
        """How many cells a sound row has."""
        return len(self.names)


def header(line: bytes, name: str, needed: Mapping[str, tuple[str, ...]], *, slots: bool = True) -> Header:
    """Read it. Raises InputError naming the file and every column that is missing."""
    for start, says in _KINDS.items():
        if line.startswith(start):
            raise InputError(f"{name}: this file {says}")
    try:
        names = next(csv.reader([line.removeprefix(_BOM).decode()]), [])
    except UnicodeDecodeError:
        raise InputError(f"{name}, line 1: is not UTF-8; save the file as UTF-8") from None
    except csv.Error as error:
        raise InputError(f"{name}, line 1: cannot be read as names of columns ({error})") from None
    places = {_plain(one): n for n, one in reversed(list(enumerate(names)))}
    at, missing = {}, []
    for key, spelled in needed.items():
        found = [places[_plain(one)] for one in spelled if _plain(one) in places]
        if found:
            at[key] = found[0]
        else:
            missing.append(spelled[0])
    several = _slots(places) if slots else ()
    if slots and not several:
        missing.append(f"{SEVERAL['code']}_1")
    if missing:
        more = f" and {len(missing) - _FEW} more" if len(missing) > _FEW else ""
        raise InputError(
            f"{name}, line 1: there is no column {', '.join(repr(one) for one in missing[:_FEW])}{more}; "
            "take the file as the register gives it out"
        )
    return Header(tuple(names), at, several)


def _plain(name: str) -> str:
    """Without case, spaces and hyphens, which have changed from year to year."""
    return re.sub(r"[\s\-]+", "", name).casefold()


def _slots(places: Mapping[str, int]) -> tuple[tuple[int, int, int], ...]:
    found = []
    for n in range(1, SLOTS + 1):
        row = tuple(places.get(_plain(f"{name}_{n}"), -1) for name in SEVERAL.values())
        if row[0] >= 0:
            found.append((row[0], row[1], row[2]))
    return tuple(found)
