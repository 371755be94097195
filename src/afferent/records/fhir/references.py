"""References between resources: absolute, relative, `urn:uuid:`, and to what is contained (`#one`)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from afferent.records.fhir.bundle import Resource
from afferent.records.fhir.resources import Probe, Reference

_PROBE = msgspec.json.Decoder(Probe)


def address(reference: str) -> str:
    """The bare address: without version, a server's part cut down to `Type/id`."""
    bare = reference.strip().partition("/_history/")[0]
    if bare.startswith(("urn:", "#")):
        return bare
    parts = bare.rstrip("/").split("/")
    return "/".join(parts[-2:])


class Index:
    """Resources by every address they may be called by."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._found: dict[str, Resource] = {}
        for one in resources:
            for name in _names(one):
                self._found.setdefault(name, one)

    def get(self, reference: str) -> Resource | None:
        """The resource that is referred to, or None."""
        return self._found.get(reference) or self._found.get(address(reference)) if reference else None


def _names(one: Resource) -> tuple[str, ...]:
    names = [one.full_url, address(one.full_url)] if one.full_url else []
    return (*names, f"{one.type}/{one.id}", f"urn:uuid:{one.id}") if one.id else tuple(names)


def contained(reference: str, inside: list[msgspec.Raw] | None, type: str) -> msgspec.Raw | None:
    """What is contained under `#id`; the only one of its type where nothing refers to it."""
    found: dict[str, msgspec.Raw] = {}
    for raw in inside or ():
        try:
            inner = _PROBE.decode(raw)
        except msgspec.ValidationError:
            continue
        if inner.resource_type == type:
            found[f"#{inner.id}"] = raw
    if reference:
        return found.get(reference)
    return next(iter(found.values())) if len(found) == 1 else None


class Whose:
    """Decides whether an entry is about the person who is read."""

    def __init__(self, patient: Resource | None, all_patients: list[Resource]) -> None:
        self._own = frozenset(_names(patient)) if patient else frozenset()
        self._others = frozenset(
            name for one in all_patients if one.id != (patient.id if patient else "") for name in _names(one)
        )
        self._alone = not self._others

    def belongs(self, subject: Reference | None) -> bool | str:
        """True, False (another person of this record), or why it is not known."""
        if subject is None or not subject.reference:
            return True if self._alone else "says not whom it is about"
        named = {subject.reference, address(subject.reference)}
        if named & self._own:
            return True
        if named & self._others:
            return False
        about = address(subject.reference)
        if about.startswith("#") or "?" in about or not self._own:
            return True if self._alone else "says not whom it is about"
        kind = about.partition("/")[0]
        if kind in ("Group", "Device", "Location", "Medication", "Practitioner", "Organization"):
            return False
        return f"is about {about}, who is not in this record"
