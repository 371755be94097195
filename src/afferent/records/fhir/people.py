"""Who the record is about: one Patient, grown up, and alive on the day of the screening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from afferent.errors import InputError, Refusal
from afferent.records.dates import adult_age, born, span
from afferent.records.fhir.resources import Patient
from afferent.records.gathering import Gathering, clean
from afferent.safety.evidence import Evidence


def choose(name: str, found: Iterable[str], wanted: str | None) -> str:
    """The id of the Patient to read. Raises InputError naming them where there are several and none was asked for."""
    ids = list(dict.fromkeys(found))
    if wanted is not None:
        bare = wanted.removeprefix("Patient/").removeprefix("urn:uuid:")
        if bare in ids:
            return bare
        raise InputError(f"{name}: there is no Patient {clean(wanted)!r} in it; there are {_named(ids) or 'none'}")
    if not ids:
        raise InputError(f"{name}: there is no Patient in it; export the Patient together with the entries")
    if len(ids) > 1:
        raise InputError(f"{name}: there are {len(ids)} Patients in it; choose one with --patient: {_named(ids)}")
    return ids[0]


def _named(ids: list[str]) -> str:
    return ", ".join(clean(one) for one in ids[:20]) + (f" and {len(ids) - 20} more" if len(ids) > 20 else "")


def read(patient: Patient, origin: str, gathering: Gathering) -> None:
    """State the age. Raises Refusal for the deceased; children are refused where all ages are known (`intake`)."""
    _alive(patient, origin, gathering.as_of)
    if patient.birth_date is None:
        gathering.note(f"{origin}: no birth date, so that the age must be asked")
        return
    birth = born(patient.birth_date, gathering.as_of) if isinstance(patient.birth_date, str) else None
    if birth is None:
        gathering.fault(origin, f"the birth date {patient.birth_date!r} cannot be read; the age must be asked")
        return
    gathering.born = birth
    value = adult_age(birth, gathering.as_of)
    gathering.state(Evidence("age_years", value, gathering.as_of, origin, clean(f"born {patient.birth_date}"), "code"))


def _alive(patient: Patient, origin: str, as_of: dt.date) -> None:
    """An entry that says "deceased" in any way it can be said is believed, also where its date cannot be read."""
    told = patient.deceased_boolean
    when = patient.deceased_date_time
    died = span(when) if isinstance(when, str) else None
    after = died is not None and died.first > as_of
    said_so = told is not None and told is not False and str(told).strip().lower() not in ("false", "0", "no", "")
    if (when is not None and not after) or (said_so and not after):
        on = f" on {died.first}" if died and died.first == died.last else ""
        raise Refusal(f"Afferent screens the living: the record says that this person died{on} ({origin})")
