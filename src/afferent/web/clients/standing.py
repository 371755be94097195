"""Which of all that was ever said about a client holds, and of the rest why it no longer does.

Ask here: `standing`, of one client's statements in the order they were written; a `Row` is one of them.

What holds: an answer until the same is answered again. But the client's phone only tightens what the staff wrote down
or brought, and what was said earlier and written later only tightens what was said since: "no", "not sure" and what is
milder do not count against a hazard, and of two that name places both hold. An entry of an imported record until a
later import brings the same entry (see `records.fhir.marks`); a finding of a foot check beside every later one (the
stricter counts); anything until it is corrected.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.records.answered import milder, weighs
from afferent.safety.evidence import Evidence
from afferent.web.clients.packed import unpack

_STANDS: Final = "what was told otherwise stands"


class Row(Struct, frozen=True):
    """One statement as it stands in the database. `over` says why it no longer holds; empty: it holds. `mark`: by what
    its entry of a record is known again."""

    id: int
    record: uuid.UUID
    record_kind: str
    kind: str
    fact: str
    origin: str
    body: Any
    replaces: int | None
    mark: str = ""
    over: str = ""

    @property
    def evidence(self) -> Evidence:
        return unpack(self.body)


Imports = list[tuple[uuid.UUID, dict[str, str]]]  # each with its entries: origin -> mark


def standing(rows: list[Row], imports: Imports, knowledge: Knowledge) -> list[Row]:
    """The same rows, each with why it no longer holds."""
    brought = dict(imports)
    rows = [_marked(row, brought.get(row.record, {}).get(row.origin, "")) for row in rows]
    over = _ended(rows, imports)
    over |= _outdone([row for row in rows if is_answer(row) and row.id not in over], knowledge)
    return [msgspec.structs.replace(row, over=over[row.id]) if row.id in over else row for row in rows]


def _marked(row: Row, mark: str) -> Row:
    return msgspec.structs.replace(row, mark=mark) if mark else row


def _ended(rows: list[Row], imports: Imports) -> dict[int, str]:
    """What was corrected, or brought again, whatever was answered."""
    taken_back = {row.replaces for row in rows if row.replaces is not None}
    order = {record: n for n, (record, _) in enumerate(imports)}
    over: dict[int, str] = {}
    for row in rows:
        if row.id in taken_back:
            over[row.id] = "corrected"
        elif row.kind == "withdrawn":
            over[row.id] = "a correction"
        elif row.mark and any(later.get(row.origin) == row.mark for _, later in imports[order[row.record] + 1 :]):
            over[row.id] = "imported again"
    return over


def is_answer(row: Row) -> bool:
    """Did somebody say it when asked? Everything else was recorded or found."""
    return row.kind == "evidence" and row.body["kind"] == "answer"


def _outdone(answers: list[Row], knowledge: Knowledge) -> dict[int, str]:
    """Why each answer no longer holds, of those that do not. What holds of one fact may have been told more than once:
    a hazard, and beside it what may not replace it."""
    over: dict[int, str] = {}
    holding: dict[str, list[list[Row]]] = {}
    for act in _acts(answers):
        before = holding.get(act[0].fact, [])
        beside = {other[0].record: kept for other in before if (kept := _irreplaceable(other, act, knowledge))}
        hazards = [one for kept in beside.values() for one in kept]
        over |= {row.id: _STANDS for row in act if any(milder(row.evidence, one, knowledge) for one in hazards)}
        told = [row for row in act if row.id not in over]
        if told:  # what does not hold itself replaces nothing
            replaced = [other for other in before if other[0].record not in beside]
            over |= {row.id: "answered again" for other in replaced for row in other}
            holding[act[0].fact] = [*(other for other in before if other[0].record in beside), told]
    return over


def _acts(answers: list[Row]) -> Iterable[list[Row]]:
    """What each act of writing says of each fact, in the order written."""
    acts: dict[tuple[uuid.UUID, str], list[Row]] = {}
    for row in answers:
        acts.setdefault((row.record, row.fact), []).append(row)
    return acts.values()


def _irreplaceable(before: list[Row], act: list[Row], knowledge: Knowledge) -> list[Evidence]:
    """The hazards that a later act of writing cannot take away: it is the client's own, from their phone, and the staff
    wrote them down or brought them; or it was said earlier (an intake that lay open, an old case file)."""
    if act[0].fact not in knowledge.facts:
        return []
    said = max((day for row in act if (day := row.evidence.date)), default=None)
    hazards = [one for row in before if weighs(one := row.evidence, knowledge, said)]
    if act[0].record_kind == "intake" and before[0].record_kind != "intake":
        return hazards
    return [one for one in hazards if said and one.date and said < one.date]
