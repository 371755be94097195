"""One row of the register as values: who, where, until when, and every licence number that stands there.

Ask here: `Listing`, `listing(row, header)`. Refused as `Unread` with column and mend: a number whose check fails, no
such day, another encoding. Nothing is inferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from afferent.records.nppes.chunks import cells
from afferent.records.nppes.header import Header
from afferent.records.nppes.layout import MASSAGE_THERAPIST
from afferent.records.nppes.number import sound

_CAPITALS: Final = frozenset({"LLC", "PLLC", "LLP", "PC", "PA", "II", "III", "IV"})
_LONGEST: Final = 200
_GENDER: Final = {"F": "female", "M": "male"}


class Unread(Exception):
    """A cell that cannot be used: its column, and what is wrong."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


class Listing(Struct, frozen=True):
    """What the register says. `here`: a massage therapist whose number is in use. `gone`, `back`: out of use and in
    use again since. `licences`: (state, number)."""

    npi: str
    here: bool
    organisation: bool
    name: str
    credential: str
    gender: str
    street: str
    city: str
    state: str
    zip: str
    country: str
    phone: str
    updated: dt.date | None
    gone: dt.date | None
    back: dt.date | None
    licences: tuple[tuple[str, str], ...]


def text(row: bytes, names: tuple[str, ...]) -> list[str]:
    """The cells of a row. Raises Unread naming the first that is not UTF-8."""
    try:
        found = cells(row.decode())
    except UnicodeDecodeError:
        for name, cell in zip(names, cells(row.decode("utf-8", "replace")), strict=False):
            if "\ufffd" in cell:
                raise Unread(name, "is not UTF-8; save the file as UTF-8") from None
        raise Unread("", "is not UTF-8; save the file as UTF-8") from None
    if len(found) != len(names):
        raise Unread("", f"{len(found)} cells where the first line names {len(names)} columns")
    return found


def plain(written: str) -> str:
    """One line of what can be printed, and no novel: what stands in a file may be shown on a terminal."""
    if len(written) <= _LONGEST and written.isprintable():
        return " ".join(written.split()) if " " in written else written
    return " ".join("".join(one if one.isprintable() else " " for one in written[:_LONGEST]).split())


def listing(row: bytes, header: Header) -> Listing:
    """Read one row. Raises Unread."""
    cell = text(row, header.names)
    at = {key: plain(cell[n]) for key, n in header.at.items()}
    if not sound(at["npi"]):
        raise Unread(header.names[header.at["npi"]], f"{at['npi'][:20]!r} is no provider number; its check fails")
    gone, back, updated = (day(at, name, header) for name in ("deactivated", "reactivated", "updated"))
    organisation = at["kind"] == "2"
    mine = [(number, state) for code, number, state in header.slots if cell[code] == MASSAGE_THERAPIST]
    return Listing(
        npi=at["npi"],
        here=bool(mine) and (gone is None or (back is not None and back >= gone)),
        organisation=organisation,
        name=_name(at["organisation"]) if organisation else _name(f"{at['first']} {at['last']}"),
        credential=at["credential"],
        gender=_GENDER.get(at["gender"], ""),
        street=" ".join(filter(None, (at["street"], at["street_2"]))),
        city=_name(at["city"]),
        state=at["state"].upper()[:2],
        zip=zip5(at["zip"]),
        country=at["country"],
        phone=at["phone"],
        updated=updated,
        gone=gone,
        back=back,
        licences=tuple((plain(cell[state]).upper(), plain(cell[number])) for number, state in mine if cell[number]),
    )


def day(at: Mapping[str, str], key: str, header: Header) -> dt.date | None:
    """MM/DD/YYYY. Raises Unread."""
    written = at[key]
    if not written:
        return None
    try:
        month, day, year = written.split("/")
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Unread(header.names[header.at[key]], f"{written[:20]!r} is no day; write MM/DD/YYYY") from None


def zip5(written: str) -> str:
    """The first five digits; lost zeros in front are put back; "" where there are no digits."""
    if len(written) in (5, 9) and written.isascii() and written.isdigit():
        return written[:5]
    digits = "".join(one for one in written if one.isascii() and one.isdigit())
    if 0 < len(digits) < 5:
        return digits.rjust(5, "0")
    return digits.rjust(9, "0")[:5] if 5 < len(digits) < 9 else digits[:5]


def _name(written: str) -> str:
    """As a name is written, where the register shouts it."""
    words = plain(written)
    if not words.isupper():
        return words
    return " ".join(word if word in _CAPITALS else word.title().replace("'S", "'s") for word in words.split(" "))
