"""What a line of a request is about, from the facts of this person: "Clot in the RIGHT leg, 2019".

Ask here: `title_of` and `known_lines` (what the lines rest on, each with where it comes from). It says what is recorded
or was told; it never says that somebody has an illness.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from afferent.knowledge import Knowledge
from afferent.knowledge.physician import Item
from afferent.safety.screening import Met, RuleResult, Screening
from afferent.visit.sides import loud
from afferent.words.consents import long_day
from afferent.words.effects import place_area
from afferent.words.evidence import origin_words, value_words
from afferent.words.letters import say
from afferent.words.places import phrase

_LONG_AGO: Final = 365  # days after which only the year of an event is said
_TOLD: Final = frozenset({"answer", "client", "intake"})


def title_of(item: Item, screening: Screening, knowledge: Knowledge) -> str:
    """The title with place, date and values, as far as they are known."""
    met = _met(screening.rules)
    area = 0
    for name in item.place_of:
        for one in met.get(name, ()):
            area |= _area(one, knowledge)
    parts = [item.placed.format(place=loud(phrase(area, spans=False))) if area and item.placed else item.title]
    for one in met.get(item.date_of, ())[-1:]:
        if isinstance(one.value, dt.date):
            parts.append(when(one.value, screening.as_of))
    parts += _values(item, met, knowledge)
    return ", ".join(parts)


def when(day: dt.date, as_of: dt.date) -> str:
    """ "May 2026"; of what is long ago the year. Many such dates were only ever given as a month or a year."""
    return str(day.year) if (as_of - day).days > _LONG_AGO else long_day(day).partition(" ")[2]


def _values(item: Item, met: dict[str, list[Met]], knowledge: Knowledge) -> Iterator[str]:
    known = {name: [one for one in met.get(name, ()) if one.value is not None] for name in item.value_of}
    found = [(before, one) for name, before in item.value_of.items() for one in known[name][-1:]]
    for number, (before, one) in enumerate(found):
        words = " ".join(part for part in (before, value_words(knowledge.facts[one.fact], one.value)) if part)
        last = number == len(found) - 1 or found[number + 1][1].date != one.date
        measured = knowledge.facts[one.fact].kind == "number"
        yield f"{words} on {long_day(one.date)}" if measured and last and one.date else words


def known_lines(rules: Iterable[RuleResult], knowledge: Knowledge, as_of: dt.date) -> tuple[str, ...]:
    """Every statement that these rules rest on, once: "Blood clot: the RIGHT leg (told to us, 22 November 2026)"."""
    found: dict[str, None] = {}
    for many in _met(rules).values():
        for one in many:
            found[_line(one, knowledge, as_of)] = None
    return tuple(found)


def fact_ids(rules: Iterable[RuleResult]) -> tuple[str, ...]:
    """The same for the record: "clot_ever, answer, 2026-11-22"."""
    many = _met(rules).values()
    return tuple(dict.fromkeys(f"{one.fact}, {one.origin}, {one.date or 'no date'}" for each in many for one in each))


def _met(rules: Iterable[RuleResult]) -> dict[str, list[Met]]:
    found: dict[str, list[Met]] = {}
    for rule in rules:
        for one in rule.facts:
            if one not in found.setdefault(one.fact, []):
                found[one.fact].append(one)
    return found


def _area(one: Met, knowledge: Knowledge) -> int:
    area = 0
    for place in one.value if isinstance(one.value, tuple | list) else ():
        area |= place_area(place, knowledge.facts[one.fact])
    return area


def _line(one: Met, knowledge: Knowledge, as_of: dt.date) -> str:
    fact = knowledge.facts[one.fact]
    if isinstance(one.value, tuple | list):
        words = loud(phrase(_area(one, knowledge), spans=False))
    elif isinstance(one.value, dt.date):
        words = when(one.value, as_of)
    else:
        words = value_words(fact, one.value)
    what = f"{fact.title}: {words}" if words else fact.title
    said = f" “{one.said}”" if fact.group == "medicines" and one.said and not _plain(one.said) else ""
    return f"{what}{said} ({_origin(one, measured=fact.kind == 'number')})"


def _plain(said: str) -> bool:
    return said.lower() in ("yes", "no", "true", "false", "none of these")


def _origin(one: Met, *, measured: bool) -> str:
    """Told to us, or from which list of the record; never the address of an entry."""
    if one.origin.partition("/")[0].partition(",")[0] in _TOLD:
        origin = say("told")
    elif one.origin.startswith("lab"):
        origin = say("laboratory")
    else:
        origin = origin_words(one.origin, measured=measured).partition(", ")[0]
    return f"{origin}, {long_day(one.date)}" if one.date else f"{origin}, {say('no_date')}"
