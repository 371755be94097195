"""The form of a case file: its fields and their types. The published schema comes from here."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from afferent.safety.evidence import Clearance

Day = str | int  # 2026-11-05, 2026-11, 2026


class Client(Struct, frozen=True, forbid_unknown_fields=True):
    """Who it is about. An age or a birth date; without both the age is asked."""

    id: str | int = ""
    age: float | None = None
    birth_date: Day | None = None


class Lab(Struct, frozen=True, forbid_unknown_fields=True):
    """One laboratory value: which (`test`: a fact such as platelets; or `loinc`), how much, in what unit, when."""

    value: float | str
    date: Day
    test: str = ""
    loinc: str = ""
    unit: str = ""


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """One code from a letter or a list, in ICD-10-CM, SNOMED CT, ICD-9-CM, RxNorm or ATC; since when; which side."""

    system: str
    code: str | int
    date: Day | None = None
    side: Literal["", "left", "right", "both"] = ""
    place: str = ""
    status: Literal["active", "resolved", "unconfirmed"] = "active"


class Answers(Struct, frozen=True, forbid_unknown_fields=True):
    """What was asked: facts by id, groups of which "none of these" was said, and what else was brought along."""

    as_of: Day | None = None
    facts: dict[str, Any] = {}
    none_of: list[str] = []
    medicines: list[str] = []
    labs: list[Lab] = []
    codes: list[Code] = []
    clearances: list[Clearance] = []
    foot_checks: list[dict[str, Any]] = []


class Case(Answers, frozen=True, forbid_unknown_fields=True):
    """A client and everything known of them."""

    client: Client = Client()
