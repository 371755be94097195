"""The boxes of a physician's answer, the same on their phone and where a paper is typed back.

Ask here: `sheet(request)`, what the page shows of it: each line with its boxes, levels and small questions, under short
names that say nothing. `answer_form` reads what was sent. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.records.letters.items import ItemAsked, Question
from afferent.records.letters.request import Request
from afferent.words.letters import say
from afferent.words.vocabulary import LEVELS, level

ALSO: Final = 3  # as many as stand on the page
SAYS: Final = ("fine", "limit", "do_not")
OVERALL: Final = ("nothing_found", "adapt", "inadvisable")
_UNITS: Final = {"10*3/uL": "10³/µL", "/uL": "per µL", "1": ""}
_SIGNS: Final = {"fine": "ready", "limit": "down", "do_not": "stop"}

Given = Mapping[str, tuple[str, ...]]


class Box(Struct, frozen=True):
    """One box. `ticked`: as it was sent before."""

    value: str
    words: str
    ticked: bool = False
    sign: str = ""


class Small(Struct, frozen=True):
    """One small question. `boxes` are ticked, several where `many`; else it is `written`: a number, a date or words."""

    name: str
    text: str
    boxes: tuple[Box, ...] = ()
    many: bool = False
    written: str = ""
    unit: str = ""
    value: str = ""
    day: str = ""
    fault: str = ""


class Line(Struct, frozen=True):
    """One numbered line. `levels`: empty where "limit to" means nothing. `plan`: which level "fine" means."""

    number: int
    title: str
    plan: str
    says: tuple[Box, ...]
    levels: tuple[Box, ...]
    small: tuple[Small, ...]
    fault: str = ""


class Sheet(Struct, frozen=True):
    """All of it. `given`: every other field as it was sent before."""

    lines: tuple[Line, ...]
    also: tuple[Small, ...]
    overall: tuple[Box, ...]
    given: dict[str, str]
    faults: dict[str, str]


def sheet(
    one: Request, knowledge: Knowledge, given: Given | None = None, faults: dict[str, str] | None = None
) -> Sheet:
    """The boxes, with what was sent before, if it comes back."""
    sent, wrong = given or {}, faults or {}
    words = {"nothing_found": say("nothing_found"), "adapt": say("adapt") + say("adapt_rest")}
    words["inadvisable"] = say("inadvisable") + say("inadvisable_rest")
    return Sheet(
        lines=tuple(_line(number, item, knowledge, sent, wrong) for number, item in enumerate(one.items, 1)),
        also=tuple(small(f"also.{n}", ask, knowledge, sent, wrong) for n, ask in enumerate(one.also[:ALSO], 1)),
        overall=tuple(Box(name, words[name], _first(sent, "overall") == name) for name in OVERALL),
        given={name: texts[0] for name, texts in sent.items() if texts},
        faults=wrong,
    )


def _line(number: int, item: ItemAsked, knowledge: Knowledge, sent: Given, wrong: dict[str, str]) -> Line:
    name = str(number)
    said = _first(sent, name)
    words = {"fine": say("fine"), "limit": say("limit_to"), "do_not": say("do_not")}
    return Line(
        number=number,
        title=item.title,
        plan=say("if_fine", level=level(item.planned)) if item.planned is not None else "",
        says=tuple(
            Box(one, words[one].capitalize(), said == one, _SIGNS[one]) for one in SAYS if one != "limit" or item.level
        ),
        levels=tuple(
            Box(str(n), LEVELS[n], _first(sent, f"{name}.level") == str(n)) for n in levels(item)
        ),
        small=tuple(small(f"{name}.{n}", ask, knowledge, sent, wrong) for n, ask in enumerate(item.questions, 1)),
        fault=wrong.get(name, ""),
    )  # fmt: skip


def levels(item: ItemAsked) -> range:
    """The levels that may be named: never above what the rule can be opened to."""
    top = len(LEVELS) - 1 if item.ceiling is None else item.ceiling
    return range(top + 1) if item.level else range(0)


def small(name: str, ask: Question, knowledge: Knowledge, sent: Given, wrong: dict[str, str]) -> Small:
    """One small question."""
    given = sent.get(name, ())
    fact = knowledge.facts.get(ask.fact)
    return Small(
        name=name,
        text=ask.text,
        boxes=tuple(Box(str(n), words, str(n) in given) for n, words in enumerate(ask.boxes)),
        many=bool(fact and fact.kind == "finding" and not {"yes", "no"} & set(ask.boxes)),
        written="" if ask.boxes else ask.written or "words",
        unit=_UNITS.get(ask.unit, ask.unit),
        value=_first(sent, name),
        day=_first(sent, f"{name}.day"),
        fault=wrong.get(name, ""),
    )


def _first(sent: Given, name: str) -> str:
    return "".join(sent.get(name, ())[:1])
