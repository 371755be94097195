"""A plain table of therapists, one a row: a clinic's own, or what somebody gathered. Its columns are those of
`template()`.

Ask here: `template()`, `is_table(head)`, `read(data, name, directory)`. What stands in a cell is self-declared unless
its column is named under `checked`, with the day and the way it was checked. An empty cell is unknown. A row that
cannot be read is named, counted and left out.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from afferent.directory.listed import Shelf
from afferent.directory.model import Known, Licence, LicenceStatus, Standing, Therapist
from afferent.directory.published import FactOf, published
from afferent.directory.store import Directory
from afferent.errors import InputError
from afferent.records.nppes.listing import plain, zip5
from afferent.records.nppes.number import sound

_WHO: Final = ("id", "npi", "name", "city", "state", "zip", "phone", "email", "sanctioned")
_LICENCE: Final = ("licence_state", "licence_number", "licence_status")
_STANDING: Final = ("said_on", "checked", "checked_on", "checked_how")
_NEEDED: Final = ("name", "state", "zip")
_STATUS: Final[dict[str, LicenceStatus]] = {
    "active": "active", "lapsed": "lapsed", "expired": "lapsed", "suspended": "suspended", "revoked": "revoked",
    "": "not known", "not known": "not known",
}  # fmt: skip
_YES: Final = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_MOST: Final = 100_000
_LONGEST: Final = 100  # letters of an id


class Added(Struct, frozen=True):
    """Of one table: rows, kept, kept without a known place, broken, and the broken ones named."""

    name: str
    rows: int
    kept: int
    unplaced: int
    broken: int
    named: tuple[str, ...]


class _Fault(Exception):
    """A cell that cannot be used: column, and what is wrong."""


def columns() -> tuple[str, ...]:
    """The names of all columns."""
    return (*_WHO, *_LICENCE, *published().facts, *_STANDING)


def template() -> str:
    """An empty table with one row that shows how cells are written."""
    shown = {
        "id": "ann", "name": "Ann Example", "city": "Minneapolis", "state": "MN", "zip": "55401",
        "phone": "612 555 0100", "email": "ann@example.org",
        "neuropathy_hours": "24", "neuropathy_year": "2025", "oncology_training": "yes", "step_free": "yes",
        "electric_table": "no", "languages": "English;Spanish", "gender": "female", "price": "60",
        "first_slot": "2026-12-01", "room_per_week": "3", "said_on": "2026-11-20",
        "checked": "neuropathy_hours;oncology_training", "checked_on": "2026-11-20",
        "checked_how": "saw the certificates",
    }  # fmt: skip
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns())
    table.writerow([shown.get(name, "") for name in columns()])
    return out.getvalue()


def is_table(head: bytes) -> bool:
    """Is this the first line of such a table?"""
    names = {one.strip().strip('"').casefold() for one in head.decode("utf-8", "replace").lstrip("\ufeff").split(",")}
    return names >= set(_NEEDED)


def read(data: bytes, name: str, directory: Directory) -> Added:
    """Take in a whole table, in one transaction. Raises InputError where none of it can be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}, line {line}: is not UTF-8; save the table as UTF-8") from None
    lines = csv.reader(io.StringIO(text, newline=""))
    head = [one.strip().casefold() for one in next(lines, [])]
    for one in head:
        if one not in columns():
            raise InputError(f"{name}, line 1: {one[:40]!r} is no column; see `afferent directory template`")
    if missing := [one for one in _NEEDED if one not in head]:
        raise InputError(f"{name}, line 1: there is no column {missing[0]!r}; see `afferent directory template`")
    named, count, kept, unplaced = list[str](), 0, 0, 0
    with directory:
        shelf = Shelf(directory)
        try:
            for row in lines:
                if not any(row):
                    continue
                count += 1
                try:
                    cell = _cells(head, row)
                    therapist, email = _therapist(cell, shelf), _email(cell)
                except _Fault as fault:
                    named.append(f"{name}, line {lines.line_num}, {fault}")
                    continue
                directory.put(therapist)
                if email:
                    directory.reached_by(therapist.id, email)
                kept, unplaced = kept + 1, unplaced + (not therapist.spots)
                if count > _MOST:
                    raise InputError(f"{name}: more than {_MOST:,} rows; give it in parts")
        except csv.Error as error:
            raise InputError(f"{name}, line {lines.line_num}: cannot be read as a table ({error})") from None
    return Added(name, count, kept, unplaced, len(named), tuple(named))


def _cells(head: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(head):
        raise _Fault(f"{len(row)} cells where the first line names {len(head)} columns")
    return {name: plain(cell) for name, cell in zip(head, row, strict=True)}


def _therapist(cell: Mapping[str, str], shelf: Shelf) -> Therapist:
    npi = cell.get("npi", "")
    if npi and not sound(npi):
        raise _Fault(f"column npi: {npi[:20]!r} is no provider number; its check fails")
    if not (npi or cell.get("id")):
        raise _Fault("column id: give every row an id of your own, or its npi")
    if len(cell.get("id", "")) > _LONGEST:
        raise _Fault(f"column id: is longer than {_LONGEST} letters")
    if not cell["name"]:
        raise _Fault("column name: nobody is named here")
    state = cell["state"].upper()
    if state not in published().jurisdictions:
        raise _Fault(f"column state: {cell['state'][:20]!r} is no state; write two letters such as MN")
    id = f"npi:{npi}" if npi else f"own:{cell['id']}"
    known = shelf.directory.get(id)
    before = known[0] if known else Therapist(id, cell["name"])
    spot = shelf.spot(zip5(cell["zip"]), cell.get("city", ""), state)
    checked = {one.strip() for one in cell.get("checked", "").split(";") if one.strip()}
    for one in checked - {"licence"} - set(published().facts):
        raise _Fault(f"column checked: there is no {one[:40]!r} to be checked")
    said, seen = _day(cell, "said_on"), _day(cell, "checked_on")
    if checked and not (seen and cell.get("checked_how")):
        raise _Fault("column checked: say when (checked_on) and how (checked_how)")

    def standing(name: str) -> tuple[Standing, dt.date | None, str]:
        return ("verified", seen, cell["checked_how"]) if name in checked else ("declared", said, "")

    facts = dict(before.facts)
    for name, of in published().facts.items():
        if written := cell.get(name, ""):
            facts[name] = Known(_KINDS[of.kind](written, of), *standing(name))
    licences = before.licences
    if cell.get("licence_state") or cell.get("licence_number"):
        licence = _licence(cell, standing("licence"))
        licences = (licence, *(one for one in licences if one.jurisdiction != licence.jurisdiction))
    return Therapist(
        id=id, name=cell["name"], spots=((spot,) if spot else ()) + before.spots[1:], facts=facts, licences=licences,
        sanctioned=_sanctioned(cell), claimed=before.claimed, label=before.label,
        phone=cell.get("phone", "") or before.phone, source="clinic", updated=before.updated,
        street=before.street, badge=before.badge, invented=before.invented,
    )  # fmt: skip


def _email(cell: Mapping[str, str]) -> str:
    """Where a code is sent when somebody claims the profile; never shown."""
    written = cell.get("email", "")
    if written and not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}", written):
        raise _Fault(f"column email: {written[:20]!r} is no e-mail address")
    return written


def _sanctioned(cell: Mapping[str, str]) -> bool:
    written = cell.get("sanctioned", "").casefold() or "no"
    if written not in _YES:
        raise _Fault(f"column sanctioned: {written[:20]!r}; write yes or no")
    return _YES[written]


def _licence(cell: Mapping[str, str], standing: tuple[Standing, dt.date | None, str]) -> Licence:
    status = _STATUS.get(cell.get("licence_status", "").casefold())
    if status is None:
        raise _Fault("column licence_status: write active, lapsed, suspended, revoked, or nothing")
    state = (cell.get("licence_state") or cell["state"]).upper()
    return Licence(state, cell.get("licence_number", ""), status, *standing)


def _day(cell: Mapping[str, str], name: str) -> dt.date | None:
    if not cell.get(name):
        return None
    try:
        return dt.date.fromisoformat(cell[name])
    except ValueError:
        raise _Fault(f"column {name}: {cell[name][:20]!r} is no day; write it like 2026-11-22") from None


def _yes_no(written: str, of: FactOf) -> bool:
    if written.casefold() not in _YES:
        raise _Fault(f"column {of.id}: {written[:20]!r}; write yes or no, or leave it empty")
    return _YES[written.casefold()]


def _number(written: str, of: FactOf) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 7):
        raise _Fault(f"column {of.id}: {written[:20]!r} is no whole number")
    return int(written)


def _choice(written: str, of: FactOf) -> str:
    if written.casefold() not in of.options:
        raise _Fault(f"column {of.id}: {written[:20]!r}; write {', '.join(of.options)}")
    return written.casefold()


def _words(written: str, of: FactOf) -> tuple[str, ...]:
    return tuple(one.strip() for one in written.split(";") if one.strip())


def _date(written: str, of: FactOf) -> str:
    day = _day({of.id: written}, of.id)
    return day.isoformat() if day else ""


_KINDS: Final[dict[str, Callable[[str, FactOf], bool | int | str | tuple[str, ...]]]] = {
    "yes_no": _yes_no, "number": _number, "choice": _choice, "words": _words, "date": _date,
}  # fmt: skip
