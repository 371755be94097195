"""The few elements of FHIR resources that say something for a massage. Everything else is skipped without being built.

Lenient where records differ without changing the meaning: a status as plain code or as CodeableConcept, one thing or a
list of one, a code as number. Strict in the rest: an element of the wrong type makes the entry unreadable, and it is
listed.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct


class _Element(Struct, frozen=True, gc=False, rename="camel"):
    """All elements: field names in camelCase, absent is empty."""


class Coding(_Element, frozen=True, gc=False, rename="camel"):
    system: str | None = None
    code: str | int | None = None
    display: str | None = None


class CodeableConcept(_Element, frozen=True, gc=False, rename="camel"):
    coding: list[Coding] | Coding | None = None
    text: str | None = None


class Reference(_Element, frozen=True, gc=False, rename="camel"):
    reference: str | None = None
    display: str | None = None
    type: str | None = None


class Pointer(_Element, frozen=True, gc=False, rename="camel"):
    """A Reference of R4, or a CodeableReference of R5."""

    reference: str | Reference | None = None
    concept: CodeableConcept | None = None
    display: str | None = None


class Site(_Element, frozen=True, gc=False, rename="camel"):
    """A body site: CodeableConcept, or CodeableReference of R5."""

    coding: list[Coding] | Coding | None = None
    text: str | None = None
    concept: CodeableConcept | None = None


class Quantity(_Element, frozen=True, gc=False, rename="camel"):
    value: float | str | None = None
    comparator: str | None = None
    unit: str | None = None
    code: str | None = None


class Period(_Element, frozen=True, gc=False, rename="camel"):
    start: str | None = None
    end: str | None = None


class Range(_Element, frozen=True, gc=False, rename="camel"):
    low: Quantity | None = None
    high: Quantity | None = None


class Meta(_Element, frozen=True, gc=False, rename="camel"):
    last_updated: str | None = None


class Probe(_Element, frozen=True, gc=False, rename="camel"):
    """What every resource is asked first."""

    resource_type: str = ""
    id: str | int | None = None
    meta: Meta | None = None


class Request(_Element, frozen=True, gc=False, rename="camel"):
    method: str | None = None
    url: str | None = None


class BundleEntry(_Element, frozen=True, gc=False, rename="camel"):
    full_url: str | None = None
    resource: msgspec.Raw = msgspec.Raw()
    request: Request | None = None


class Link(_Element, frozen=True, gc=False, rename="camel"):
    relation: str | None = None


class Bundle(_Element, frozen=True, gc=False, rename="camel"):
    type: str | None = None
    entry: list[BundleEntry | None] | None = None
    link: list[Link] | None = None


class Patient(_Element, frozen=True, gc=False, rename="camel"):
    birth_date: Any = None
    deceased_boolean: Any = None
    deceased_date_time: Any = None


class Status(_Element, frozen=True, gc=False, rename="camel"):
    """For what is read only to know that it is no longer meant."""

    status: str | None = None


Words = CodeableConcept | str | None
Sites = list[CodeableConcept] | CodeableConcept | None


class Condition(_Element, frozen=True, gc=False, rename="camel"):
    clinical_status: Words = None
    verification_status: Words = None
    code: CodeableConcept | None = None
    body_site: Sites = None
    subject: Reference | None = None
    patient: Reference | None = None
    onset_date_time: str | None = None
    onset_age: Quantity | None = None
    onset_period: Period | None = None
    onset_range: Range | None = None
    onset_string: str | None = None
    abatement_date_time: str | None = None
    abatement_age: Quantity | None = None
    abatement_period: Period | None = None
    abatement_range: Range | None = None
    abatement_boolean: bool | None = None
    recorded_date: str | None = None
    asserted_date: str | None = None
    date_recorded: str | None = None


class Repeat(_Element, frozen=True, gc=False, rename="camel"):
    bounds_period: Period | None = None


class Timing(_Element, frozen=True, gc=False, rename="camel"):
    repeat: Repeat | None = None


class Dosage(_Element, frozen=True, gc=False, rename="camel"):
    text: str | None = None
    timing: Timing | None = None
    site: CodeableConcept | None = None
    route: CodeableConcept | None = None


class Ingredient(_Element, frozen=True, gc=False, rename="camel"):
    item_codeable_concept: CodeableConcept | None = None
    item: Pointer | None = None


class Medication(_Element, frozen=True, gc=False, rename="camel"):
    code: CodeableConcept | None = None
    ingredient: list[Ingredient] | None = None


class MedicationUse(_Element, frozen=True, gc=False, rename="camel"):
    """MedicationRequest, -Statement, -Administration, -Dispense and their older names, in one shape."""

    status: Words = None
    intent: str | None = None
    do_not_perform: bool | None = None
    was_not_taken: bool | None = None
    not_given: bool | None = None
    taken: str | None = None
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    medication: Pointer | None = None
    contained: list[msgspec.Raw] | None = None
    subject: Reference | None = None
    patient: Reference | None = None
    authored_on: str | None = None
    date_written: str | None = None
    date_asserted: str | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    occurence_date_time: str | None = None  # spelled so in R5
    occurence_period: Period | None = None
    when_handed_over: str | None = None
    when_prepared: str | None = None
    days_supply: Quantity | None = None
    dosage_instruction: list[Dosage] | None = None
    dosage: list[Dosage] | Dosage | None = None


class Component(_Element, frozen=True, gc=False, rename="camel"):
    code: CodeableConcept | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str | None = None
    value_integer: int | None = None
    value_boolean: bool | None = None
    value_range: Range | None = None
    data_absent_reason: CodeableConcept | None = None
    interpretation: Sites = None


class Observation(_Element, frozen=True, gc=False, rename="camel"):
    status: str | None = None
    code: CodeableConcept | None = None
    body_site: Sites = None
    subject: Reference | None = None
    effective_date_time: str | None = None
    effective_instant: str | None = None
    effective_period: Period | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str | None = None
    value_integer: int | None = None
    value_boolean: bool | None = None
    value_range: Range | None = None
    data_absent_reason: CodeableConcept | None = None
    interpretation: Sites = None
    component: list[Component] | None = None


class DiagnosticReport(_Element, frozen=True, gc=False, rename="camel"):
    status: str | None = None
    subject: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    contained: list[msgspec.Raw] | None = None


class Procedure(_Element, frozen=True, gc=False, rename="camel"):
    status: str | None = None
    not_performed: bool | None = None
    not_done: bool | None = None
    code: CodeableConcept | None = None
    body_site: Sites = None
    subject: Reference | None = None
    performed_date_time: str | None = None
    performed_period: Period | None = None
    performed_age: Quantity | None = None
    occurrence_date_time: str | None = None
    occurrence_period: Period | None = None


class DeviceName(_Element, frozen=True, gc=False, rename="camel"):
    name: str | None = None
    value: str | None = None


class Device(_Element, frozen=True, gc=False, rename="camel"):
    status: Words = None
    type: Sites = None
    device_name: list[DeviceName] | None = None
    model_number: str | None = None
    patient: Reference | None = None
    subject: Reference | None = None


class DeviceUse(_Element, frozen=True, gc=False, rename="camel"):
    """DeviceUseStatement, and DeviceUsage of R5."""

    status: str | None = None
    subject: Reference | None = None
    patient: Reference | None = None
    device: Pointer | None = None
    body_site: Site | None = None
    timing_period: Period | None = None
    timing_date_time: str | None = None
    recorded_on: str | None = None


class AllergyIntolerance(_Element, frozen=True, gc=False, rename="camel"):
    clinical_status: Words = None
    verification_status: Words = None
    code: CodeableConcept | None = None
    patient: Reference | None = None


class Answer(_Element, frozen=True, gc=False, rename="camel"):
    value_boolean: bool | None = None
    value_coding: Coding | None = None
    value_string: str | None = None
    value_decimal: float | None = None
    value_integer: int | None = None
    value_quantity: Quantity | None = None
    value_date: str | None = None
    value_date_time: str | None = None
    item: list[Item] | None = None


class Item(_Element, frozen=True, gc=False, rename="camel"):
    link_id: str = ""
    item: list[Item] | None = None
    answer: list[Answer] | None = None


class Response(_Element, frozen=True, gc=False, rename="camel"):
    """A QuestionnaireResponse, as far as it is read."""

    id: str | None = None
    questionnaire: str | Reference | None = None
    status: str | None = None
    authored: str | None = None
    subject: Reference | None = None
    item: list[Item] | None = None
