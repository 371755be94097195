"""Devices in or on the body: a pacemaker, a port, a stimulator, a pump, a sensor."""

from __future__ import annotations

from typing import Final

from afferent.records.fhir.coded import as_sites, hits, listed, places, said, states, words
from afferent.records.fhir.resources import CodeableConcept, Device, DeviceUse, Period, Reference
from afferent.records.gathering import Gathering
from afferent.records.laterality import side_of_words
from afferent.records.meaning import Entry, State, tell, unique

_NEVER: Final = frozenset({"entered-in-error", "not-done"})
_OVER: Final = frozenset({"inactive", "completed", "stopped", "discarded", "removed"})
_UNSURE: Final = frozenset({"intended", "on-hold"})


def read(device: Device, origin: str, gathering: Gathering) -> None:
    """State what one Device of this person says."""
    _tell(concepts(device), states(device.status), origin, None, None, gathering)


def read_use(use: DeviceUse, origin: str, device: Device | None, gathering: Gathering) -> None:
    """State what one use of a device says; `device` is the one it refers to, where that was found."""
    period = use.timing_period or Period()
    ended, begun = gathering.day(period.end), period.start or use.timing_date_time or use.recorded_on
    status = states(use.status)
    if ended is not None and ended.last <= gathering.as_of:
        status = frozenset({"completed"})
    found = list(concepts(device)) if device else []
    if use.device and use.device.concept:
        found.append(use.device.concept)
    if use.device and use.device.display:
        found.append(CodeableConcept(text=use.device.display))
    _tell(found, status, origin, use, begun, gathering)


def reference(use: DeviceUse) -> str:
    """The address of the Device that is used, or ""."""
    pointed = use.device.reference if use.device else None
    return (pointed.reference if isinstance(pointed, Reference) else pointed) or ""


def concepts(device: Device) -> list[CodeableConcept]:
    """What a Device is: its type, and the names it goes by."""
    names = [name.name or name.value for name in device.device_name or ()]
    return [*listed(device.type), *(CodeableConcept(text=name) for name in [*names, device.model_number] if name)]


def _tell(
    concepts: list[CodeableConcept], status: frozenset[str], origin: str, use: DeviceUse | None, begun: str | None,
    gathering: Gathering,
) -> None:  # fmt: skip
    day = gathering.day(begun)
    if status & _NEVER or (day is not None and day.first > gathering.as_of):
        return
    found = unique(hit for concept in concepts for hit in hits(concept, origin, gathering))
    if not found:
        return
    state: State = "over" if status & _OVER else "unsure" if status & _UNSURE else "now"
    sites, side = places(as_sites(use.body_site) if use else None, origin, gathering)
    text = " ".join(text for concept in concepts for text in words(concept))
    entry = Entry(
        origin=origin,
        said=said(concepts[0]),
        kind="device",
        state=state,
        begun=day,
        sites=sites,
        side=side or side_of_words(text),
    )
    tell(found, entry, gathering)
