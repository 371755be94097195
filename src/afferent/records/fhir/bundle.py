"""From the bytes of a FHIR record to its resources: Bundles of any type (also nested), single resources, NDJSON.

Resources stay raw until somebody needs them; of most only the type is looked at. Where one resource stands in several
versions, the newest counts. Nothing here knows what a resource means.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from afferent.errors import InputError
from afferent.records import source
from afferent.records.dates import span
from afferent.records.fhir.resources import Bundle, Probe
from afferent.records.gathering import clean

_PROBE: Final = msgspec.json.Decoder(Probe)
_BUNDLE: Final = msgspec.json.Decoder(Bundle)
_DEEPEST: Final = 4  # Bundles within Bundles: an answer to a batch of searches
_MOST: Final = 1_000_000


class Resource(NamedTuple):
    """One resource, unread. `full_url` its address in a Bundle, `origin` where it stands, for people."""

    type: str
    id: str
    full_url: str
    origin: str
    updated: str
    raw: msgspec.Raw


class Found(NamedTuple):
    """All resources of a record; `faults` entries that cannot be read; `partial` when a further page is missing."""

    resources: list[Resource]
    faults: list[tuple[str, str]]
    partial: bool


def probe(name: str, data: bytes) -> str:
    """The resourceType of JSON text; "" when it has none. Raises InputError on what is not JSON, naming the place."""
    try:
        return _PROBE.decode(data).resource_type
    except msgspec.ValidationError:
        return ""
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(_broken(name, data, error)) from None


def lines(data: bytes) -> bool:
    """Is this one resource per line (NDJSON)?"""
    first, _, rest = data.partition(b"\n")
    try:
        return bool(rest.strip() and first.strip() and _PROBE.decode(first).resource_type)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return False


def resources(name: str, data: bytes) -> Found:
    """Everything in a Bundle, a single resource, or NDJSON. Raises InputError where the whole cannot be read."""
    walk = _Walk(name)
    if lines(data):
        for number, line in enumerate(data.splitlines(), 1):
            if line.strip():
                walk.take(line, f"line {number}", "", 0)
    else:
        walk.take(data, "", "", 0)
    return Found(_newest(walk.found, walk.deleted), walk.faults, walk.partial)


class _Walk:
    """Collects resources, going into Bundles."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Resource] = []
        self.faults: list[tuple[str, str]] = []
        self.deleted: set[str] = set()
        self.partial = False

    def take(self, raw: bytes | msgspec.Raw, place: str, full_url: str, depth: int) -> None:
        """One piece of JSON that should be a resource."""
        try:
            found = _PROBE.decode(raw)
        except msgspec.ValidationError as error:
            self.faults.append((place or self.name, f"is no resource ({error})"))
            return
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise InputError(_broken(self.name, bytes(raw), error, place)) from None
        if found.resource_type == "Bundle":
            self._bundle(raw, depth)
            return
        identity = clean(str(found.id)) if found.id is not None else _tail(full_url)
        origin = (
            f"{found.resource_type}/{identity}" if identity else f"{found.resource_type}, {place or 'the only one'}"
        )
        updated = found.meta.last_updated or "" if found.meta else ""
        updated = updated if span(updated) else ""
        if len(self.found) >= _MOST:
            raise InputError(f"{self.name}: more than {_MOST} resources; export the record of one person")
        if not found.resource_type:
            self.faults.append((place or self.name, "is no resource (it has no resourceType)"))
            return
        kept = raw if isinstance(raw, msgspec.Raw) else msgspec.Raw(raw)
        self.found.append(Resource(found.resource_type, identity, full_url, clean(origin), updated, kept))

    def _bundle(self, raw: bytes | msgspec.Raw, depth: int) -> None:
        if depth >= _DEEPEST:
            raise InputError(f"{self.name}: Bundles are nested deeper than {_DEEPEST} levels")
        try:
            bundle = _BUNDLE.decode(raw)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise InputError(f"{self.name}: the Bundle cannot be read ({error})") from None
        self.partial |= any(link.relation == "next" for link in bundle.link or ())
        for number, entry in enumerate(bundle.entry or (), 1):
            if entry is None:
                self.faults.append((f"entry {number}", "is empty"))
                continue
            url = entry.request.url if entry.request else None
            if entry.request and (entry.request.method or "").upper() == "DELETE" and url:
                self.deleted.add(url)
            if bytes(entry.resource) not in (b"", b"null"):
                self.take(entry.resource, f"entry {number}", entry.full_url or "", depth + 1)


def _newest(found: list[Resource], deleted: set[str]) -> list[Resource]:
    """Of several versions of one resource the newest; where no date tells them apart, all of them."""
    newest: dict[tuple[str, str], str] = {}
    for one in found:
        if one.id and one.updated:
            newest[one.type, one.id] = max(one.updated, newest.get((one.type, one.id), one.updated))
    return [
        one
        for one in found
        if f"{one.type}/{one.id}" not in deleted
        and (not one.id or not one.updated or one.updated == newest[one.type, one.id])
    ]


def _tail(full_url: str) -> str:
    """The id at the end of an address."""
    return clean(full_url.rpartition("urn:uuid:")[2].rpartition("/")[2])


def _broken(name: str, data: bytes, error: Exception, place: str = "") -> str:
    """What is wrong with a piece of JSON, and where, as people count."""
    where = f"{name}, {place}" if place else name
    if isinstance(error, RecursionError):
        return f"{where}: nested too deeply to be a health record"
    if isinstance(error, UnicodeDecodeError):
        return f"{where}: not UTF-8; save the file as UTF-8"
    text = str(error)
    if "truncated" in text:
        return f"{where}: the text ends in the middle (after {len(data)} bytes); get the whole file"
    at = text.rpartition("(byte ")[2].rstrip(")")
    if at.isdigit():
        return f"{where}, {source.place(data, int(at))}: not valid JSON; get the file again from where it came"
    return f"{where}: not valid JSON ({text})"
