"""Who a record says it is about: names and birth date as they stand there, to be laid beside a client's own.

Read leniently: what cannot be read is empty, and then nothing matches by itself.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from msgspec import Struct

from afferent.records.dates import span
from afferent.records.fhir.bundle import lines, resources
from afferent.records.fhir.marks import marks
from afferent.records.gathering import clean


class Who(Struct, frozen=True):
    """One Patient. `entries`: origin -> mark (see `marks`), so that a later import of the same can take its place."""

    id: str = ""
    given: str = ""
    family: str = ""
    born: dt.date | None = None
    entries: dict[str, str] = {}

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()


class _Name(Struct):
    use: Any = None
    given: Any = None
    family: Any = None
    text: Any = None


class _Patient(Struct, rename="camel"):
    id: Any = None
    name: Any = None
    birth_date: Any = None


def who(name: str, data: bytes, patient: str | None = None) -> Who:
    """The Patient of a record (the one of this id, where there are several). Raises InputError on broken JSON."""
    if not (data.lstrip().startswith(b"{") or lines(data)):
        return Who()
    found = resources(name, data).resources
    people = [one for one in found if one.type == "Patient" and patient in (None, "", one.id)]
    if not people:
        return Who()
    entries = marks(found, people[-1])
    try:
        read = msgspec.json.decode(people[-1].raw, type=_Patient)
    except msgspec.MsgspecError:
        return Who(entries=entries)
    given, family = _name(read.name)
    days = span(read.birth_date) if isinstance(read.birth_date, str) else None
    born = days.first if days and days.first == days.last else None
    return Who(str(read.id or ""), given, family, born, entries)


def _name(names: Any) -> tuple[str, str]:
    """The official name, else the first one that has any part."""
    listed = names if isinstance(names, list) else [names] if isinstance(names, dict) else []
    found = [one for raw in listed if (one := _one(raw)) != ("", "", "")]
    best = next((one for one in found if one[0] in ("official", "usual")), found[0] if found else ("", "", ""))
    return best[1], best[2]


def _one(raw: Any) -> tuple[str, str, str]:
    try:
        name = msgspec.convert(raw, _Name)
    except msgspec.ValidationError:
        return "", "", ""
    given = name.given if isinstance(name.given, list) else [name.given]
    first = clean(" ".join(part for part in given if isinstance(part, str)))
    family = clean(name.family) if isinstance(name.family, str) else ""
    if not first and not family and isinstance(name.text, str):
        first, _, family = clean(name.text).rpartition(" ")
    return (name.use if isinstance(name.use, str) else "", first, family) if first or family else ("", "", "")
