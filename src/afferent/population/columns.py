"""The row of one person: which columns there are, and how a Person fills them.

    yes_no, finding     BOOLEAN             finding at a part: `numb__at__foot`; everywhere: `x__everywhere`
    number              DOUBLE              with `x__date` where a result counts only for some days, and `x__last` where
                                            a hazard may shorten them: what holds though it no longer counts
    date                DATE                0001-01-01 stands for "never"
    choice              VARCHAR
    clearance           BOOLEAN             `cleared__DVT_ACUTE`

NULL is unknown. `as_of` is a column like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.expression import At, Cleared, Everywhere, walk
from afferent.knowledge.model import Fact
from afferent.safety.logic import Test, View, of_node
from afferent.safety.person import NEVER, Person

NEVER_DATE = dt.date(1, 1, 1)
_TYPES = {"yes_no": "BOOLEAN", "finding": "BOOLEAN", "number": "DOUBLE", "date": "DATE", "choice": "VARCHAR"}


def column(node: At | Everywhere | Cleared) -> str:
    """The column that holds what SQL cannot work out of one value: a place, or a clearance."""
    match node:
        case At(fact, part):
            return f"{fact}__at__{part}"
        case Everywhere(fact):
            return f"{fact}__everywhere"
        case Cleared(rule):
            return "cleared__" + rule.replace("-", "_")


class Layout(Struct, frozen=True):
    """The columns of a person's row (name -> SQL type), and those that a single value cannot give."""

    types: dict[str, str]
    asked: dict[str, Test]


@cache
def layout(knowledge: Knowledge) -> Layout:
    """The row of this knowledge, in a fixed order."""
    types = {"person": "VARCHAR", "as_of": "DATE"}
    for fact in knowledge.facts.values():
        if fact.kind != "derived":
            types[fact.id] = _TYPES[fact.kind]
            if fact.counts_for and fact.kind == "number":
                types[f"{fact.id}__date"] = "DATE"
                if len(fact.counts_for) > 1:
                    types[f"{fact.id}__last"] = "DOUBLE"
    asked = {column(node): of_node(node, knowledge) for node in _special(knowledge)}
    return Layout(types | dict.fromkeys(asked, "BOOLEAN"), asked)


def _special(knowledge: Knowledge) -> Iterator[At | Everywhere | Cleared]:
    for node in knowledge.meanings.values():
        for part in walk(node):
            if isinstance(part, At | Everywhere | Cleared):
                yield part


def row(person: Person, view: View, knowledge: Knowledge) -> dict[str, object]:
    """A person as a row. `view` carries the clearances that count (see `safety.screen`)."""
    shape = layout(knowledge)
    found: dict[str, object] = dict.fromkeys(shape.types) | {"person": person.id, "as_of": person.as_of}
    for name in view.values:
        fact = knowledge.facts.get(name)
        if fact is not None:
            found |= _cells(fact, person, view)
    found |= {f"{name}__last": number for name, number in person.last.items()}
    return found | {name: test(view) for name, test in shape.asked.items()}


def _cells(fact: Fact, person: Person, view: View) -> dict[str, object]:
    value = view.values.get(fact.id)
    if fact.kind == "date" and value is not None:
        days = int(value)
        return {fact.id: NEVER_DATE if days == NEVER else person.as_of - dt.timedelta(days=days)}
    if fact.counts_for and fact.kind == "number":
        evidence = person.evidence.get(fact.id, ())
        return {fact.id: value, f"{fact.id}__date": (evidence[-1].date if evidence else None) or person.as_of}
    return {fact.id: value}
