"""A FHIR record as an intake: who it is about, and what every entry of theirs says.

Reads Patient, Condition, medicines of all kinds, Observation (also inside DiagnosticReport), Procedure, devices and
allergies, and answers to our own intake Questionnaire; every other type is passed over. An entry of these types that
cannot be read, or cannot be told whose it is, is listed as not understood, never dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.concepts import Matcher
from afferent.records.answered import still_held
from afferent.records.fhir import conditions, devices, medications, observations, people, procedures, resources
from afferent.records.fhir.bundle import Resource
from afferent.records.fhir.bundle import resources as all_resources
from afferent.records.fhir.references import Index, Whose, contained
from afferent.records.gathering import Gathering, clean
from afferent.records.intake import Intake, adults_only

T = TypeVar("T")

_TYPES: Final[dict[str, Any]] = {
    "Patient": resources.Patient,
    "Condition": resources.Condition,
    **dict.fromkeys(medications.USES, resources.MedicationUse),
    "Medication": resources.Medication,
    "Observation": resources.Observation,
    "DiagnosticReport": resources.DiagnosticReport,
    "Procedure": resources.Procedure,
    "Device": resources.Device,
    "DeviceUseStatement": resources.DeviceUse,
    "DeviceUsage": resources.DeviceUse,
    "AllergyIntolerance": resources.AllergyIntolerance,
    "QuestionnaireResponse": resources.Response,
}
_DECODERS: Final = {name: msgspec.json.Decoder(kind) for name, kind in _TYPES.items()}


def read(
    name: str, data: bytes, *, patient: str | None, as_of: dt.date, knowledge: Knowledge, codes: Matcher
) -> Intake:
    """Everything that this record says about one person. Raises InputError or Refusal."""
    found = all_resources(name, data)
    gathering = Gathering(as_of, knowledge, codes)
    for origin, what in found.faults:
        gathering.fault(origin, what)
    if found.partial:
        gathering.fault("Bundle", "this is one page of several; the other pages are missing")
    people_found = [one for one in found.resources if one.type == "Patient"]
    chosen = _chosen(name, people_found, found.resources, patient)
    if chosen is not None:
        people.read(_patient(name, chosen), chosen.origin, gathering)
    adults_only(gathering.statements, as_of)  # before anything else is read of a child
    _Reader(found.resources, Whose(chosen, people_found), gathering).read()
    statements = still_held(gathering.statements, knowledge, as_of)
    return Intake(
        subject=chosen.id if chosen else clean(patient or ""),
        as_of=as_of,
        statements=statements,
        age=adults_only(statements, as_of),
        not_understood=gathering.not_understood,
        notes=gathering.notes,
        antiplatelets=gathering.antiplatelets,
    )


def _chosen(name: str, patients: list[Resource], everything: list[Resource], wanted: str | None) -> Resource | None:
    """The newest version of the Patient asked for. None for a single resource that stands without its Patient."""
    if not patients and len(everything) == 1 and wanted is None and everything[0].type in _TYPES:
        return None
    if any(not one.id for one in patients) and len(patients) > 1:
        raise InputError(f"{name}: several Patients, and one of them has no id; give each an id")
    wanted_id = people.choose(name, (one.id for one in patients), wanted)
    return max((one for one in patients if one.id == wanted_id), key=lambda one: one.updated)


def _patient(name: str, found: Resource) -> resources.Patient:
    try:
        read: resources.Patient = _DECODERS["Patient"].decode(found.raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"{name}, {found.origin}: the Patient cannot be read ({error})") from None
    return read


class _Reader:
    """Reads the entries of one person, one after the other."""

    def __init__(self, everything: list[Resource], whose: Whose, gathering: Gathering) -> None:
        self._everything = everything
        self._whose = whose
        self._gathering = gathering
        self._index = Index(one for one in everything if one.type in ("Medication", "Device"))
        self._used: set[str] = set()  # devices that an own entry says how they are used

    def read(self) -> None:
        """Every entry that may say something."""
        handlers: dict[str, Callable[[Any, Resource], None]] = {
            "Condition": lambda one, at: conditions.read(one, at.origin, self._gathering),
            **dict.fromkeys(medications.USES, self._medicine),
            "Observation": lambda one, at: observations.read(one, at.origin, self._gathering),
            "DiagnosticReport": self._report,
            "Procedure": lambda one, at: procedures.read(one, at.origin, self._gathering),
            "DeviceUseStatement": self._device_use,
            "DeviceUsage": self._device_use,
            "AllergyIntolerance": self._allergy,
            "QuestionnaireResponse": self._answers,
        }
        for at in self._everything:
            if handler := handlers.get(at.type):
                self._one(at, handler)
        for at in self._everything:  # last: an own entry on how a device is used says more than the device
            if at.type == "Device" and at.origin not in self._used:
                self._one(at, lambda one, at: devices.read(one, at.origin, self._gathering))

    def _one(self, at: Resource, handler: Callable[[Any, Resource], None]) -> None:
        read = self._decoded(at.type, at.raw, at.origin)
        if read is None:
            return
        subject = getattr(read, "subject", None) or getattr(read, "patient", None)
        belongs = self._whose.belongs(subject)
        if isinstance(belongs, str):
            self._gathering.fault(at.origin, f"{belongs}; left out")
        elif belongs:
            handler(read, at)

    def _decoded(self, type: str, raw: msgspec.Raw, origin: str) -> Any:
        try:
            return _DECODERS[type].decode(raw)
        except msgspec.ValidationError as error:
            self._gathering.fault(origin, f"cannot be read ({_plain(error)})")
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            self._gathering.fault(origin, "cannot be read (broken text or nesting)")
        return None

    def _medicine(self, use: resources.MedicationUse, at: Resource) -> None:
        reference = medications.reference(use)
        inside = contained(reference, use.contained, "Medication")
        if inside is None and (found := self._index.get(reference)):
            inside = found.raw
        contents = self._decoded("Medication", inside, at.origin) if inside is not None else None
        if reference and contents is None and use.medication_reference and not use.medication_reference.display:
            self._gathering.fault(at.origin, f"the medicine it refers to ({reference}) is not in this record")
        medications.read(use, at.type, at.origin, contents, self._gathering)

    def _report(self, report: resources.DiagnosticReport, at: Resource) -> None:
        if report.status in ("entered-in-error", "cancelled"):
            return
        period = report.effective_period
        day = self._gathering.day(report.effective_date_time) or (self._gathering.day(period.start) if period else None)
        for raw in report.contained or ():
            try:
                kind = msgspec.json.decode(raw, type=resources.Probe).resource_type
            except msgspec.ValidationError:
                kind = ""
            if kind == "Observation" and (read := self._decoded(kind, raw, at.origin)):
                observations.read(read, at.origin, self._gathering, day)

    def _allergy(self, allergy: resources.AllergyIntolerance, at: Resource) -> None:
        from afferent.records.fhir import allergies

        allergies.read(allergy, at.origin, self._gathering)

    def _answers(self, response: resources.Response, at: Resource) -> None:
        from afferent.records import questionnaire

        if questionnaire.ours(response) and response.status != "entered-in-error":
            try:
                questionnaire.tell(at.origin, response, self._gathering)
            except InputError as error:
                self._gathering.fault(at.origin, str(error).removeprefix(f"{at.origin}: "))

    def _device_use(self, use: resources.DeviceUse, at: Resource) -> None:
        found = self._index.get(devices.reference(use))
        if found is not None:
            self._used.add(found.origin)
        device = self._decoded("Device", found.raw, at.origin) if found is not None else None
        devices.read_use(use, at.origin, device, self._gathering)


def _plain(error: msgspec.ValidationError) -> str:
    """ "Expected `object`, got `str` - at `$.code`" as people read it."""
    message, _, path = str(error).partition(" - at `")
    path = path.rstrip("`").removeprefix("$.")
    return f"{path}: {message.replace('`', '')}" if path else message.replace("`", "")
