"""The foot check: both feet as a therapist tested, measured and saw them on one day.

Ask here: `FootCheck`, `read` (a mapping as a FootCheck, or one clear sentence), `faults` (every sentence, by field) and
`from_form`. A field is named by its path: `left.monofilament.big_toe`. What is missing is not tested, never felt.
Nothing here decides; what the check states of a person is told by `foot_statements`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.records.units import convert

Felt = Literal["felt", "not_felt", "not_tested"]
Tested = Felt | int  # or how many of three answers were wrong
Unit = Literal["Cel", "[degF]"]
SIDES: Final = ("left", "right")


class Filament(Struct, frozen=True, forbid_unknown_fields=True):
    """The 10 g monofilament at its three places."""

    big_toe: Tested = "not_tested"
    metatarsal_1: Tested = "not_tested"
    metatarsal_5: Tested = "not_tested"


class Toes(Struct, frozen=True, forbid_unknown_fields=True):
    """Light touch on the tips of three toes (Ipswich test)."""

    toe_1: Felt = "not_tested"
    toe_3: Felt = "not_tested"
    toe_5: Felt = "not_tested"


class Degrees(Struct, frozen=True, forbid_unknown_fields=True):
    """Skin temperatures by place, in the unit of the check. None: not measured."""

    big_toe: float | None = None
    metatarsal_1: float | None = None
    metatarsal_5: float | None = None
    arch: float | None = None
    heel: float | None = None


class Foot(Struct, frozen=True, forbid_unknown_fields=True):
    """One foot. `pulses`: as a clinician found them, both of the foot. `amputation`: of this foot, or further up."""

    monofilament: Filament = Filament()
    touch: Toes = Toes()
    tuning_fork: Tested = "not_tested"
    temperature: Degrees = Degrees()
    pulses: Literal["felt", "not_felt", "unknown"] = "unknown"
    deformity: Literal["yes", "no", "unknown"] = "unknown"
    past_ulcer: Literal["yes", "no", "unknown"] = "unknown"
    amputation: Literal["no", "part_of_foot", "higher", "unknown"] = "unknown"


class FootCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """Both feet on one day. `helper`: who held the mirror or spoke for the client; noted, never counted."""

    date: dt.date
    looked_by: str
    helper: str = ""
    temperature_unit: Unit | None = None
    left: Foot = Foot()
    right: Foot = Foot()

    def foot(self, side: str) -> Foot:
        return self.left if side == "left" else self.right


_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "monofilament": ("felt", "not_felt", "not_tested"),
    "touch": ("felt", "not_felt", "not_tested"),
    "tuning_fork": ("felt", "not_felt", "not_tested"),
    "pulses": ("felt", "not_felt", "unknown"),
    "deformity": ("yes", "no", "unknown"),
    "past_ulcer": ("yes", "no", "unknown"),
    "amputation": ("no", "part_of_foot", "higher", "unknown"),
}
_COUNTED: Final = frozenset({"monofilament", "tuning_fork"})  # where wrong answers may be given instead
_OF: Final = 3
_UNITS: Final = ("Cel", "[degF]")
_LONGEST: Final = 80
_EARLIEST: Final = dt.date(1900, 1, 1)


def _fields() -> Iterator[str]:
    yield from ("date", "looked_by", "helper", "temperature_unit")
    for side in SIDES:
        for part in Foot.__struct_fields__:
            inner = {"monofilament": Filament, "touch": Toes, "temperature": Degrees}.get(part)
            yield from [f"{side}.{part}.{one}" for one in inner.__struct_fields__] if inner else [f"{side}.{part}"]


FIELDS: Final[tuple[str, ...]] = tuple(_fields())


def read(mapping: Mapping[str, Any], name: str, knowledge: Knowledge) -> FootCheck:
    """A foot check. Raises InputError for its first fault: `name`, place, mend."""
    flat = _flat(mapping)
    for field, sentence in _faults(flat, knowledge):
        raise InputError(f"{name}: {', '.join(field.split('.'))}: {sentence}")
    nested: dict[str, Any] = {}
    for field, value in flat.items():
        if not _empty(value):
            *way, last = field.split(".")
            inner = nested
            for step in way:
                inner = inner.setdefault(step, {})
            inner[last] = _value(field, value)
    return msgspec.convert(nested, FootCheck)


def faults(mapping: Mapping[str, Any], knowledge: Knowledge) -> dict[str, str]:
    """Every fault by its field, for a form that shows each beside its field."""
    found: dict[str, str] = {}
    for field, sentence in _faults(_flat(mapping), knowledge):
        found.setdefault(field, sentence)
    return found


def from_form(fields: Mapping[str, str]) -> dict[str, Any]:
    """What a form sent, as `read` takes it: known fields only, empty ones left out, a decimal comma as a point."""
    sent = {field: fields[field].strip() for field in FIELDS if fields.get(field, "").strip()}
    return {field: value.replace(",", ".") if ".temperature." in field else value for field, value in sent.items()}


def _flat(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Field -> value, whether written nested or by path."""
    flat: dict[str, Any] = {}

    def walk(value: Any, way: tuple[str, ...]) -> None:
        if isinstance(value, Mapping) and len(way) < 4:
            for key, inner in value.items():
                walk(inner, (*way, str(key)))
        else:
            flat[".".join(way)] = value

    walk(mapping, ())
    return flat


def _faults(flat: dict[str, Any], knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for field in ("date", "looked_by"):
        if _empty(flat.get(field)):
            yield field, "write the day like 2026-11-22" if field == "date" else "say who looked at the feet"
    for field, value in flat.items():
        if field not in FIELDS:
            yield field, _no_such(field)
        elif not _empty(value) and (sentence := _fault(field, value, flat, knowledge)):
            yield field, sentence
    measured = [field for field, value in flat.items() if ".temperature." in field and not _empty(value)]
    if measured and _empty(flat.get("temperature_unit")):
        yield "temperature_unit", "choose °C (Cel) or °F ([degF]); a temperature without a unit is not read"


def _no_such(field: str) -> str:
    inside = [one for one in FIELDS if one.startswith(f"{field}.")]
    if inside:
        return f"write what was found under it, for example {inside[0]}"
    near = get_close_matches(field, FIELDS, 2)
    return "there is no such field" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _fault(field: str, value: Any, flat: dict[str, Any], knowledge: Knowledge) -> str:
    """What is wrong with one field; empty where nothing is."""
    part = field.split(".")[1] if "." in field else field
    if part == "temperature":
        return _temperature_fault(value, flat.get("temperature_unit"), knowledge)
    if part == "temperature_unit":
        return "" if value in _UNITS else f"write Cel or [degF], not {_brief(value)}"
    if part == "date":
        day = _day(value)
        return "" if day and day >= _EARLIEST else f"write the day like 2026-11-22, not {_brief(value)}"
    if part in ("looked_by", "helper"):
        short = isinstance(value, str) and len(value) <= _LONGEST and value.isprintable()
        return "" if short else f"write a name of at most {_LONGEST} letters"
    if _answer(part, value) is not None:
        return ""
    wrong = f", or how many of {_OF} answers were wrong (0 to {_OF})" if part in _COUNTED else ""
    return f"write {', '.join(_WORDS[part][:-1])} or {_WORDS[part][-1]}{wrong}, not {_brief(value)}"


def _temperature_fault(value: Any, unit: Any, knowledge: Knowledge) -> str:
    number = _number(value)
    if number is None:
        return f"write degrees as a number such as 30.5, not {_brief(value)}"
    if unit not in _UNITS:
        return ""  # said beside the unit
    test = knowledge.foot_tests["skin_temperature"]
    low, high = test.lowest or 0.0, test.highest or 0.0
    if low <= convert(number, unit, "Cel") <= high:
        return ""
    shown = f"{number:g} {'°C' if unit == 'Cel' else '°F'}"
    return f"{shown} is not believable for skin; look at number and unit again"


def _value(field: str, value: Any) -> Any:
    """A sound value in its own type."""
    part = field.split(".")[1] if "." in field else field
    if part == "temperature":
        return _number(value)
    if part == "date":
        return _day(value)
    return _answer(part, value) if part in _WORDS else str(value).strip()


def _answer(part: str, value: Any) -> str | int | None:
    """One of the words, or a count of wrong answers; None for anything else."""
    if isinstance(value, bool):  # yes and no of YAML
        value = "yes" if value else "no"
    word = str(value).strip().lower().replace(" ", "_")
    if word in _WORDS[part]:
        return word
    return int(word) if part in _COUNTED and word.isdecimal() and word.isascii() and int(word) <= _OF else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value).strip())
    except ValueError:
        return None


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _brief(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."
