"""From all that was written to one reading a day: what cannot be, and what contradicts itself, is set aside.

Ask here: `Sorting`. Of two rows of one day that contradict each other none is used until somebody says which is right;
rows that agree, or that complete each other, are one. Of a row with one cell that cannot be only that cell is set
aside. Nothing is dropped without its sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, Literal

from msgspec.structs import replace

from afferent.knowledge.measures import Measure
from afferent.outcomes.readings import KEPT, Fault, Reading, SetAside, at, beside, impossible, number, shown

_SAID: Final = ("value", "phase", "block", "visit", "minutes", "pressure", "flare")
_NOTHING: Final = (None, "")
_NAMED: Final = 5  # of what stands there many times


class Sorting:
    """Readings of one person and one measure, sorted out. Afterwards: `written` (what can be, in the order it was
    written), `days` (one a day, by day), `aside` and `faults`."""

    def __init__(
        self, measure: Measure, readings: Iterable[Reading], today: dt.date | None, name: str,
        unread: Sequence[SetAside], cells: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.name = name
        self.aside = list(unread)
        self.faults = [Fault("impossible", one.why) for one in unread] + [Fault("cell", why) for why in cells]
        self.written = self._possible(list(readings), measure, today)
        by_day = sorted(self.written, key=lambda one: one.day)  # all dates, or all numbers
        self.days = [one for _, rows in groupby(by_day, key=lambda one: one.day) for one in self._one(list(rows))]

    def _possible(self, readings: list[Reading], measure: Measure, today: dt.date | None) -> list[Reading]:
        dated = any(isinstance(one.day, dt.date) for one in readings)
        good = []
        for one in readings:
            why = impossible(one, measure, today)
            if not why and dated and isinstance(one.day, int):
                why = "a day number among dates; write the date"
            if why:
                self._put_aside([one], f"{at(one, self.name)}: {why}", "impossible")
            else:
                good.append(self._rid(one))
        return good

    def _rid(self, one: Reading) -> Reading:
        """Without what stands beside its score and cannot be."""
        wrong = beside(one)
        self.faults += [Fault("cell", f"{at(one, self.name)}: {why}; {KEPT}") for why in wrong.values()]
        return replace(one, **dict.fromkeys(wrong)) if wrong else one

    def _one(self, rows: list[Reading]) -> list[Reading]:
        """The one reading of a day; none where its rows contradict each other."""
        if len(rows) == 1:
            return rows
        for field in _SAID:
            said = list(dict.fromkeys(one for row in rows if (one := getattr(row, field)) not in _NOTHING))
            if len(said) > 1:
                self._contradict(rows, "score" if field == "value" else field, said)
                return []
        for row in [one for one in rows if one.value is not None][1:]:
            self._put_aside([row], f"{at(row, self.name)}: the same score again; it counts once", "repeated")
        return [_joined(rows)]

    def _contradict(self, rows: list[Reading], field: str, said: Sequence[object]) -> None:
        lines = _listed([str(one.line) for one in rows if one.line])
        place = ", ".join(part for part in (self.name, f"lines {lines}" if lines else "") if part)
        self._put_aside(
            rows,
            f"{place + ': ' if place else ''}{shown(rows[0].day)} stands there {len(rows)} times, with "
            f"{_listed([_word(one) for one in said])} as its {field}; none is used until somebody says which is right",
            "repeated",
        )

    def _put_aside(self, rows: list[Reading], sentence: str, kind: Literal["impossible", "repeated"]) -> None:
        """One sentence, for each of these rows."""
        self.aside += [SetAside(sentence, one) for one in rows]
        self.faults.append(Fault(kind, sentence))


def _listed(words: Sequence[str]) -> str:
    return " and ".join(words[:_NAMED]) + (" and more" if len(words) > _NAMED else "")


def _word(said: object) -> str:
    return ("yes" if said else "no") if isinstance(said, bool) else number(said)


def _joined(rows: Sequence[Reading]) -> Reading:
    """What the rows of one day say together."""
    said = {field: next((v for one in rows if (v := getattr(one, field)) not in _NOTHING), None) for field in _SAID}
    notes = "; ".join(dict.fromkeys(one.note for one in rows if one.note))
    return replace(rows[0], note=notes, **{field: value for field, value in said.items() if value is not None})
