"""The record of an incident as a form, and what was sent as an `Incident`, or what is wrong with it.

Ask here: `fields_of(incident, zone)` (what the boxes hold), `read(sent, zone)` (the incident, or a sentence beside each
field) and the choices. Nothing is guessed: what nobody chose is "unknown". No field asks who was at fault.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from afferent.body.names import name
from afferent.body.regions import SIDES, known
from afferent.knowledge import Knowledge
from afferent.page.controls import PLACES
from afferent.physiology.heat.source import HEAT_SOURCES
from afferent.visit.incident import Incident, ToldTo, faults
from afferent.words.vocabulary import LEVELS, capital

KINDS: Final = {
    "incident": "Incident: somebody came to harm",
    "near_miss": "Near miss: it reached nobody",
    "found_wound": "A wound that was there already",
}
SEVERITY: Final = {
    "none": "No harm", "mild": "Mild: passes by itself", "needs_care": "Needs care", "serious": "Serious",
}  # fmt: skip
UNSURE: Final = {"yes": "Yes", "no": "No", "unknown": "Not known"}
FEELS: Final = {"yes": "Yes", "less": "Less than usual", "no": "No, numb", "unknown": "Not known"}
OUTCOME: Final = {
    "not_yet": "Not asked yet", "well": "Well", "better": "Better", "same": "The same", "worse": "Worse",
    "unknown": "Not known",
}  # fmt: skip
WHOM: Final = {
    "client": "The client", "physician": "The physician", "foot_care_team": "The foot care team",
    "emergency": "The emergency number", "supervisor": "The owner or supervisor", "insurer": "The insurer",
}  # fmt: skip
_TEXTS: Final = ("where", "reported_by", "present", "felt", "seen", "first_aid", "follow_up")
_CHOICES: Final = (
    "kind", "technique", "warmth", "could_feel", "photo", "photo_consent", "after_24_hours", "after_7_days", "severity",
    "related", "preventable", "rule",
)  # fmt: skip
_NOT_KNOWN: Final = ("unknown", "not_yet")
_LOCAL: Final = "%Y-%m-%dT%H:%M"


class Sent(Struct, frozen=True):
    """`incident` None: something is wrong; `faults`: field -> sentence. `fields`: the boxes as they were sent."""

    incident: Incident | None
    fields: dict[str, Any]
    faults: dict[str, str]


def fields_of(one: Incident, zone: ZoneInfo) -> dict[str, Any]:
    """What stands in the boxes. What is not known is not chosen."""
    fields: dict[str, Any] = {key: getattr(one, key) for key in (*_TEXTS, *_CHOICES)}
    fields |= {key: "" for key in _CHOICES if fields[key] in _NOT_KNOWN}
    fields |= {
        "at": one.at.astimezone(zone).strftime(_LOCAL),
        "regions": list(one.regions),
        "level": "" if one.level is None else str(one.level),
        "minutes": "" if one.minutes is None else f"{one.minutes:g}",
        "celsius": "" if one.celsius is None else f"{one.celsius:g}",
        "told": {told.whom: told.at.astimezone(zone).strftime(_LOCAL) for told in one.told},
        "of": list(one.of),
    }
    return fields


def read(sent: Mapping[str, list[str]], zone: ZoneInfo, knowledge: Knowledge) -> Sent:
    """What was sent, read whole or refused whole."""
    fields = _fields(sent)
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {key: fields[key] for key in (*_TEXTS, *_CHOICES) if fields[key]}
    values |= {"regions": fields["regions"], "of": fields["of"]}
    for key, parse in (("at", _time), ("level", _level), ("minutes", _minutes), ("celsius", _celsius)):
        try:
            value = parse(fields[key], zone)
        except ValueError as why:
            wrong[key] = str(why)
        else:
            values |= {} if value is None else {key: value}
    values["told"] = list(_told(fields["told"], zone, wrong))
    if "at" not in values:
        wrong.setdefault("at", "Say when it happened.")
    if not fields["kind"]:
        wrong.setdefault("kind", "Choose what it was.")
    if wrong:
        return Sent(None, fields, wrong)
    try:
        made = msgspec.convert(values, Incident)
    except msgspec.ValidationError as error:
        return Sent(None, fields, {"kind": f"There is an answer here that was not offered: {error}."})
    wrong = faults(made, knowledge.rules)
    return Sent(None if wrong else made, fields, wrong)


def _fields(sent: Mapping[str, list[str]]) -> dict[str, Any]:
    def one(key: str) -> str:
        return (sent.get(key) or [""])[0].strip()[:2000]

    fields: dict[str, Any] = {key: one(key) for key in (*_TEXTS, *_CHOICES, "at", "level", "minutes", "celsius")}
    fields["regions"] = [region for region in sent.get("regions", []) if known(region)][:60]
    fields["told"] = {whom: one(f"told.{whom}") for whom in WHOM if one(f"told.{whom}")}
    fields["of"] = [text[:40] for text in sent.get("of", [])][:20]
    return fields


def _time(text: str, zone: ZoneInfo) -> dt.datetime | None:
    if not text:
        return None
    try:
        return dt.datetime.strptime(text[:16], _LOCAL).replace(tzinfo=zone)
    except ValueError:
        raise ValueError("Write day and time, such as 2026-11-24 10:30.") from None


def _level(text: str, _: ZoneInfo) -> int | None:
    if text and text not in map(str, range(len(LEVELS))):
        raise ValueError("Choose one of the six levels.")
    return int(text) if text else None


def _minutes(text: str, _: ZoneInfo) -> float | None:
    return _number(text, 0, 300, "Write minutes as a number, such as 4 or 4.5.")


def _celsius(text: str, _: ZoneInfo) -> float | None:
    return _number(text, -10, 100, "Write the reading in °C, such as 38.5.")


def _number(text: str, least: float, most: float, fault: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(fault) from None
    if not least <= value <= most:
        raise ValueError(fault)
    return value


def _told(sent: Mapping[str, str], zone: ZoneInfo, wrong: dict[str, str]) -> Iterator[ToldTo]:
    for whom, text in sent.items():
        try:
            at = _time(text, zone)
        except ValueError as why:
            wrong["told"] = str(why)
        else:
            if at is not None:
                yield ToldTo(whom, at)  # type: ignore[arg-type]


def places(chosen: list[str]) -> tuple[list[tuple[str, str]], list[tuple[str, list[tuple[str, str]]]]]:
    """The places that are chosen already; and under headings all others that may be."""
    own = [(region, capital(name(region))) for region in chosen if known(region)]
    others = [
        (heading, [(region, capital(name(region))) for region in _sides(found) if region not in chosen])
        for heading, found in PLACES.items()
    ]
    return own, others


def _sides(patterns: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        yield from (pattern.replace(".S", f".{side}") for side in SIDES)


def choices(knowledge: Knowledge) -> dict[str, list[tuple[str, str]]]:
    """The lists of the form."""
    return {
        "technique": [(key, capital(work.title)) for key, work in knowledge.library.items()],
        "level": [(str(n), f"{n} {word}") for n, word in enumerate(LEVELS)],
        "warmth": [(key, capital(one.title)) for key, one in HEAT_SOURCES.items()],
        "rule": [(key, rule.title) for key, rule in sorted(knowledge.rules.items(), key=lambda one: one[1].title)],
    }
