"""By what an entry of a record is known again in a later record: ids alone are the same in many places.

`Condition/1` of one hospital is another illness than `Condition/1` of the next. So an entry's mark is taken over the
patient as the record names them, the entry's own id and address, and what the entry is about; two entries with the same
mark are one, told again. An entry without an id, or one that cannot be read, has no mark and is like no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct

from afferent.records.fhir.bundle import Resource

_ABOUT: Final = ("code", "medication_codeable_concept", "medication", "medication_reference", "type", "device_name")


class _Entry(Struct, rename="camel"):
    """What a resource is about, as it stands there; a status or a date is no part of it."""

    id: Any = None
    code: Any = None
    medication_codeable_concept: Any = None
    medication: Any = None
    medication_reference: Any = None
    type: Any = None
    device_name: Any = None
    device: Any = None
    subject: Any = None
    patient: Any = None
    contained: Any = None
    identifier: Any = None


def marks(found: Iterable[Resource], patient: Resource) -> dict[str, str]:
    """Origin -> mark, for every entry that has one. `patient`: whom the record is about."""
    read = [(one, entry) for one in found if (entry := _read(one)) is not None]
    abouts = {f"{one.type}/{one.id}": _own(entry) for one, entry in read if one.id}
    abouts |= {one.full_url: _own(entry) for one, entry in read if one.full_url}
    person = _read(patient)
    if person is None or not patient.id:
        return {}
    whose = [patient.id, _base(patient), sorted(_identifiers(person.identifier))]
    made: dict[str, list[str]] = {}
    for one, entry in read:
        about = ["somebody" if one.type == "Patient" else _own(entry), *_pointed_at(entry, abouts)]
        if one.id and any(about):
            about += [msgspec.json.encode(told, order="sorted").decode() for told in (entry.subject, entry.patient)]
            made.setdefault(one.origin, []).append(_digest([whose, one.type, one.id, _base(one), about]))
    return {origin: _digest(sorted(set(several)))[:32] for origin, several in made.items()}


def _read(one: Resource) -> _Entry | None:
    try:
        return msgspec.json.decode(one.raw, type=_Entry)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def _own(entry: _Entry) -> str:
    """The words and codes an entry itself says it by."""
    told = {name: value for name in _ABOUT if (value := getattr(entry, name)) is not None}
    return msgspec.json.encode(told, order="sorted").decode() if told else ""


def _pointed_at(entry: _Entry, abouts: dict[str, str]) -> list[str]:
    """The same of the medicine or device that it refers to: the reference is an id, and ids are the same elsewhere."""
    contained = entry.contained if isinstance(entry.contained, list) else []
    inside = {f"#{one.get('id')}": one for one in contained if isinstance(one, dict)}
    told = []
    for pointer in (entry.medication_reference, entry.medication, entry.device):
        where = _reference(pointer)
        if where in inside:
            told.append(msgspec.json.encode(inside[where].get("code"), order="sorted").decode())
        elif where:
            told.append(abouts.get(where, ""))
    return told


def _reference(pointer: Any) -> str:
    while isinstance(pointer, dict) and "reference" in pointer:
        pointer = pointer["reference"]
    return pointer if isinstance(pointer, str) else ""


def _identifiers(raw: Any) -> set[str]:
    listed = raw if isinstance(raw, list) else [raw]
    return {f"{one.get('system')}|{one.get('value')}" for one in listed if isinstance(one, dict)}


def _base(one: Resource) -> str:
    """The server an entry's address names; an address that is only a number names none."""
    return one.full_url.removesuffix(f"{one.type}/{one.id}") if one.full_url.startswith(("http:", "https:")) else ""


def _digest(what: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(what, order="sorted")).hexdigest()
