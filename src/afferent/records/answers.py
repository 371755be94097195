"""Answers as people write them: from words and numbers to statements about facts.

One way to read a value for every format: case files, answers asked today, the intake form, worked examples.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from afferent.body.areas import PLACES
from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.records.units import convert
from afferent.safety.evidence import ELSEWHERE, NONE_OF_THESE, Evidence, Kind, Value

_YES = frozenset({"yes", "y", "true", "ja"})
_NO = frozenset({"no", "n", "false", "none", "never", "nowhere"})
_UNKNOWN = frozenset({"unknown", "not sure", "not known", "unsure", "?", ""})
_SIDES = frozenset({"left", "right", "both"})
_SOMEWHERE = frozenset({ELSEWHERE, "somewhere"})  # found, and no region named
_NUMBER = re.compile(r"\s*([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(.*)")


def statements(
    answers: Mapping[str, Any],
    knowledge: Knowledge,
    as_of: dt.date,
    *,
    origin: str = "answer",
    kind: Kind = "answer",
) -> Iterator[Evidence]:
    """Statements from a mapping of fact -> answer. "unknown" says nothing. Raises InputError naming the fact."""
    for name, answer in answers.items():
        fact = fact_named(name, knowledge)
        yield from statement(fact, answer, as_of, origin=origin, kind=kind)


def none_of(groups: list[str], knowledge: Knowledge, as_of: dt.date, said: set[str]) -> Iterator[Evidence]:
    """ "None of these": every hazard of the groups is answered with no, except what was said by name."""
    for group in groups:
        if group not in knowledge.groups:
            raise InputError(f"none_of: there is no group {_brief(group)}; there are {', '.join(knowledge.groups)}")
        for fact in knowledge.facts.values():
            if fact.group == group and fact.id not in said and _can_be_denied(fact):
                yield Evidence(fact.id, False, as_of, "answer", NONE_OF_THESE)


def _can_be_denied(fact: Fact) -> bool:
    return fact.kind in ("yes_no", "finding", "date") and fact.worse != "no"


def fact_named(name: str, knowledge: Knowledge) -> Fact:
    """The fact of this id. Raises InputError with the nearest names."""
    fact = knowledge.facts.get(name)
    if fact is None or fact.kind == "derived":
        near = get_close_matches(str(name), [f.id for f in knowledge.facts.values() if f.kind != "derived"], 3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise InputError(f"there is no fact {_brief(name)}{hint}")
    return fact


def statement(
    fact: Fact, answer: Any, as_of: dt.date, *, origin: str = "answer", kind: Kind = "answer"
) -> Iterator[Evidence]:
    """One answer as a statement; nothing for "unknown". An answer may be {value, unit, date}."""
    date, unit = as_of, ""
    if isinstance(answer, Mapping):
        if "value" not in answer or set(answer) - {"value", "unit", "date"}:
            raise InputError(f"{fact.id}: write {{value: ..., unit: ..., date: ...}}")
        date = _date(answer.get("date", as_of), fact, as_of) or as_of
        unit, answer = str(answer.get("unit", "")), answer["value"]
    if answer is None or (isinstance(answer, str) and answer.strip().lower() in _UNKNOWN):
        return
    value = _value(fact, answer, unit, as_of)
    for day in (date, value):
        if isinstance(day, dt.date) and day > as_of:
            raise InputError(f"{fact.id}: {day} lies after the day of the screening, {as_of}")
    yield Evidence(fact.id, value, date, origin, str(answer) if kind == "answer" else "", kind)


def _value(fact: Fact, answer: Any, unit: str, as_of: dt.date) -> Value:
    match fact.kind:
        case "yes_no":
            return _truth(answer, fact)
        case "finding":
            return _finding(answer, fact)
        case "number":
            return _quantity(answer, unit, fact)
        case "date":
            found = None if _plain_no(answer) else _date(answer, fact, as_of)
            return False if found is None else found
        case _:
            return _choice(answer, fact)


def _brief(answer: Any) -> str:
    """What was written, short enough for a sentence."""
    shown = repr(answer)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _plain_no(answer: Any) -> bool:
    return answer is False or (isinstance(answer, str) and answer.strip().lower() in _NO)


def _truth(answer: Any, fact: Fact) -> bool:
    if isinstance(answer, bool):
        return answer
    word = str(answer).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise InputError(f"{fact.id}: answer yes, no or unknown, not {_brief(answer)}")


def _finding(answer: Any, fact: Fact) -> Value:
    """yes (somewhere), no, a side of the fact's own part, a place, or a list of places."""
    if isinstance(answer, bool):
        return answer
    words = [answer] if isinstance(answer, str) else answer
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words) or not words:
        raise InputError(
            f"{fact.id}: answer yes, no, unknown, a side, a region or a list of regions, not {_brief(answer)}"
        )
    named = [word.strip() for word in words]
    plain = [word.lower() for word in named]
    if len(named) == 1 and plain[0] in _YES | _NO | _SOMEWHERE:
        return plain[0] not in _NO
    if set(plain) == {"lung"}:
        return ("both",)  # in no limb that anybody knows of: both sides of the fact's own part are meant
    return tuple(
        ELSEWHERE if word.lower() in _SOMEWHERE else place(word, fact) for word in named if word.lower() != "lung"
    )


def place(word: str, fact: Fact) -> str:
    """A place by name. Raises InputError with the nearest names."""
    if word in PLACES or word.upper() in PLACES:
        return word if word in PLACES else word.upper()
    if word.lower() in _SIDES:
        if fact.part:
            return word.lower()
        raise InputError(f"{fact.id}: {word!r} of what? Name a region, for example foot.{word.lower()}")
    near = get_close_matches(word, PLACES, 3)
    raise InputError(
        f"{fact.id}: there is no region {_brief(word)}" + (f"; did you mean {' or '.join(near)}?" if near else "")
    )


def _quantity(answer: Any, unit: str, fact: Fact) -> float:
    if isinstance(answer, str):
        found = _NUMBER.fullmatch(answer)
        if not found:
            raise InputError(f"{fact.id}: {_brief(answer)} is not a number")
        written = found[2].strip()
        if unit and written and written != unit:
            raise InputError(f"{fact.id}: {_brief(answer)} is not one number with one unit")
        answer, unit = float(found[1]), unit or written
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not math.isfinite(answer):
        raise InputError(f"{fact.id}: {_brief(answer)} is not a number")
    if not unit and fact.plain:
        return float(answer)
    try:
        return convert(float(answer), unit, fact.unit)
    except InputError as error:
        raise InputError(f"{fact.id}: {error}") from None


def _choice(answer: Any, fact: Fact) -> str:
    word = str(answer).strip()
    for option, label in fact.options.items():
        if word.lower() in (option, label.lower()):
            return option
    raise InputError(f"{fact.id}: choose one of {', '.join(fact.options)}, not {_brief(answer)}")


def _date(answer: Any, fact: Fact, as_of: dt.date) -> dt.date | None:
    try:
        return date_of(answer, as_of)
    except ValueError:
        raise InputError(
            f"{fact.id}: write a date like 2026-11-05 (or 2026-11, or 2026), not {_brief(answer)}"
        ) from None


def date_of(answer: Any, as_of: dt.date) -> dt.date:
    """A date, or the last possible day of a month or year (the stricter reading), not after `as_of` if it can be so.

    Raises ValueError on anything else, and on years before 1900.
    """
    if isinstance(answer, dt.datetime):
        answer = answer.date()
    found = answer if isinstance(answer, dt.date) else _partial(str(answer).strip(), as_of)
    if found.year < 1900:
        raise ValueError(answer)
    return found


def _partial(text: str, as_of: dt.date) -> dt.date:
    if re.fullmatch(r"\d{4}", text):
        first, last = dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)
    elif re.fullmatch(r"\d{4}-\d{2}", text):
        year, month = map(int, text.split("-"))
        first, last = dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    else:
        return dt.date.fromisoformat(text[:10])
    return last if not first <= as_of <= last else as_of
