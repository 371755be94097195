"""What was sent from the boxes of `fields`, as an answer; or what is missing, field by field. Pure.

Ask here: `read`. It takes only boxes that were there. What an answer comes to is settled elsewhere
(`records.letters.answer`): here nothing is weighed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any, Final, cast

from msgspec import Struct

from afferent.records.letters.answer_form import Answer, ItemAnswer, Overall, Route, Says
from afferent.records.letters.items import ItemAsked, Question
from afferent.records.letters.request import Request
from afferent.web.letters.fields import ALSO, OVERALL, SAYS, Given, levels

_MOST: Final = {"name": 120, "role": 120, "contact": 120, "because": 1000, "words": 2000}
_ONE_LINE: Final = frozenset({"name", "role", "contact"})
_HIDDEN: Final = frozenset({"Cc", "Cf"})
_JOIN: Final = "\u200c\u200d"  # they join letters of some scripts, and hide nothing
_WORDS: Final = 500
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?")
_DAY: Final = "Write a day, such as 2026-11-28."


class Read(Struct, frozen=True):
    """`answer` None: something is wrong, and `faults` names it by field."""

    answer: Answer | None
    faults: dict[str, str]


def read(given: Given, one: Request, today: dt.date, route: Route) -> Read:
    """The answer that was sent on a day. On paper it has a day of its own, not after today."""
    faults: dict[str, str] = {}
    given = {name: tuple(map(_shown, texts)) for name, texts in given.items()}
    texts = {name: _text(given, name, most, faults) for name, most in _MOST.items()}
    if sum(letter.isalpha() for letter in texts["name"]) < 2:
        faults["name"] = "Write who answers: an answer without a name counts for nothing."
    date = today
    if route != "link":
        date = _day(given, "date", faults) or today
        if "date" not in given or not given["date"][0].strip():
            faults["date"] = "Write the day that stands on the paper."
        elif date > today:
            faults["date"] = "That day is still to come. Write the day that stands on the paper."
    items = tuple(_item(str(number), item, given, faults) for number, item in enumerate(one.items, 1))
    also: dict[str, Any] = {}
    for number, ask in enumerate(one.also[:ALSO], 1):
        _small(f"also.{number}", ask, given, faults, also, {})
    overall = _one_of(given, "overall", OVERALL, faults)
    if overall == "inadvisable" and not texts["because"]:
        faults["because"] = "Say in a few words why: the therapist has to understand it."
    until = _day(given, "until", faults)
    if not faults and not overall and not texts["words"] and all(_is_empty(item) for item in items):
        faults["overall"] = "Nothing is answered yet. Tick one line at least, or one box here."
    if faults:
        return Read(None, faults)
    return Read(
        Answer(
            date=date,
            name=texts["name"],
            role=texts["role"],
            contact=texts["contact"],
            route=route,
            items=items,
            also=also,
            overall=cast(Overall, overall or "open"),
            because=texts["because"],
            words=texts["words"],
            until=until,
        ),
        {},
    )


def _shown(text: str) -> str:
    """Without signs that hide or turn text (a name must not read as another), and without what no database takes."""
    return "".join(
        sign for sign in text if sign in "\r\n\t" or unicodedata.category(sign) not in _HIDDEN or sign in _JOIN
    )


def _is_empty(one: ItemAnswer) -> bool:
    return one.says == "open" and not one.facts and not one.words


def _item(name: str, item: ItemAsked, given: Given, faults: dict[str, str]) -> ItemAnswer:
    said = _one_of(given, name, SAYS, faults)
    level = _one_of(given, f"{name}.level", tuple(map(str, levels(item))), faults, at=name)
    if said == "limit" and not level:
        faults.setdefault(name, "Choose the level it is limited to.")
    facts: dict[str, Any] = {}
    words: dict[str, str] = {}
    for number, ask in enumerate(item.questions, 1):
        _small(f"{name}.{number}", ask, given, faults, facts, words)
    return ItemAnswer(
        item=item.id,
        says=cast(Says, said or "open"),
        level=int(level) if said == "limit" and level else None,
        facts=facts,
        words=words,
    )


def _small(
    name: str, ask: Question, given: Given, faults: dict[str, str], facts: dict[str, Any], words: dict[str, str]
) -> None:
    """One small question, into the facts or the words."""
    sent = tuple(text.strip() for text in given.get(name, ()) if text.strip())
    if ask.boxes:
        ticked = [ask.boxes[int(one)] for one in sent if one.isascii() and one.isdigit() and int(one) < len(ask.boxes)]
        if len(ticked) != len(sent):
            faults[name] = "Tick one of the boxes."
        elif ticked:
            facts[ask.fact] = ticked[0] if len(ticked) == 1 else ticked
        return
    if not sent:
        return
    if ask.written == "number":
        day = _day(given, f"{name}.day", faults, at=name)
        if not _NUMBER.fullmatch(sent[0]):
            faults[name] = "Write a number, such as 42."
        elif day is None:
            faults[name] = "Write the day on which it was measured, too."
        else:
            facts[ask.fact] = {"value": sent[0].replace(",", "."), "unit": ask.unit, "date": str(day)}
    elif ask.written == "date":
        day = _day(given, name, faults)
        if day is not None:
            facts[ask.fact] = str(day)
    elif ask.fact:
        facts[ask.fact] = sent[0][:_WORDS]
    else:
        words[ask.text] = sent[0][:_WORDS]


def _one_of(given: Given, name: str, there: tuple[str, ...], faults: dict[str, str], at: str = "") -> str:
    sent = "".join(given.get(name, ())[:1])
    if sent and sent not in there:
        faults[at or name] = "Tick one of the boxes."
        return ""
    return sent


def _day(given: Given, name: str, faults: dict[str, str], at: str = "") -> dt.date | None:
    text = "".join(given.get(name, ())[:1]).strip()
    if not text:
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        faults[at or name] = _DAY
        return None
    if not 1900 <= found.year <= 2200:
        faults[at or name] = _DAY
        return None
    return found


def _text(given: Given, name: str, most: int, faults: dict[str, str]) -> str:
    text = "".join(given.get(name, ())[:1]).strip()
    if name in _ONE_LINE:
        text = " ".join(text.split())
    if len(text) > most:
        faults[name] = f"Write at most {most} letters."
    return text[:most]
