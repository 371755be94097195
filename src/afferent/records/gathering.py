"""Everything that is gathered while one record is read: statements, what was not understood, and notes.

Also what every reader needs to know meanwhile: the day, the knowledge, the codes, and when the person was born.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from afferent.knowledge import Knowledge
from afferent.knowledge.concepts import Matcher
from afferent.records.dates import Span, age, span
from afferent.safety.evidence import Evidence
from afferent.safety.person import LOW_PLATELETS

_SHOWN: Final = 20  # of one kind of fault; the rest is counted
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LONGEST: Final = 160
PAUSE: Final = 42  # days; a course of chemotherapy does not pause longer, as `chemo_recent` has it. Our default.


def clean(text: str) -> str:
    """Words of a record for reading: one line, no invisible characters, not endless."""
    text = " ".join(text.translate(_INVISIBLE).split())
    text = "".join(letter if letter.isprintable() else "?" for letter in text) if not text.isprintable() else text
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Gathering:
    """Collects; decides nothing."""

    def __init__(self, as_of: dt.date, knowledge: Knowledge, codes: Matcher) -> None:
        self.as_of = as_of
        self.knowledge = knowledge
        self.codes = codes
        self.born: Span | None = None
        self._statements: list[Evidence] = []
        self._faults: dict[str, dict[str, None]] = {}
        self._notes: dict[str, None] = {}
        self.antiplatelets: dict[str, Evidence] = {}  # by ingredient, of those that count as taken now

    def state(self, statement: Evidence) -> None:
        """One more statement; one dated in the future never counts."""
        if statement.date is None or statement.date <= self.as_of:
            self._statements.append(statement)

    def fault(self, origin: str, what: str) -> None:
        """Something that may matter and was not understood; `origin` is where it stands."""
        kind = origin.partition("/")[0]
        self._faults.setdefault(kind, {})[clean(f"{origin}: {what}")] = None

    def note(self, text: str) -> None:
        """Something a reader of the record should know."""
        self._notes[clean(text)] = None

    def day(self, text: str | None) -> Span | None:
        """A date of this person; None when it is none, or lies before they were born."""
        found = span(text)
        if found is not None and self.born is not None and found.last < self.born.first:
            return None
        return found

    def years(self) -> int | None:
        """The least age the person may have on the day."""
        return None if self.born is None else age(self.born.last, self.as_of)

    @property
    def statements(self) -> tuple[Evidence, ...]:
        """All statements: of repeated measurements the last day's and every count that was ever low; of an entry that
        stands many times in the same words (records repeat themselves) the newest."""
        newest: dict[str, dt.date] = {}
        for one in self._statements:
            if self._measured(one) and one.date is not None:
                newest[one.fact] = max(one.date, newest.get(one.fact, one.date))
        kept: dict[tuple[object, ...], Evidence] = {}
        for one in (*self._statements, *two_antiplatelets(self.antiplatelets)):
            if one.value is None or one.date == newest.get(one.fact, one.date) or _low(one):
                key = (one.fact, one.value, one.said, one.kind, one.origin if one.kind == "answer" else "")
                if key not in kept or (one.date or dt.date.min) > (kept[key].date or dt.date.min):
                    kept[key] = one
        return tuple(kept.values())

    def _measured(self, one: Evidence) -> bool:
        return one.value is not None and self.knowledge.facts[one.fact].kind == "number"

    @property
    def not_understood(self) -> tuple[str, ...]:
        """Every fault, the many of one kind counted."""
        found: list[str] = []
        for kind, faults in self._faults.items():
            found += list(faults)[:_SHOWN]
            if len(faults) > _SHOWN:
                found.append(f"{kind}: {len(faults) - _SHOWN} more entries are not understood")
        return tuple(found)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)


def _low(one: Evidence) -> bool:
    return one.fact == "platelets" and isinstance(one.value, int | float) and float(one.value) < LOW_PLATELETS


def two_antiplatelets(found: dict[str, Evidence]) -> tuple[Evidence, ...]:
    """The statement that two antiplatelet drugs are taken, where it is so."""
    if len(found) < 2:
        return ()
    last = max(found.values(), key=lambda one: one.date or dt.date.min)
    return (Evidence("antiplatelet_two", True, last.date, last.origin, " and ".join(found), "drug"),)


def dated_by_the_client(said: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """What was told at once, without the day of a list of medicines where the day of the last dose was stated too.

    A list says that a medicine is taken, not when it last was: its own day is only the strictest guess. It stands
    where nobody states a day, and against a day longer ago than a course pauses, for then the two contradict.
    """
    told = tuple(said)
    stated = {
        one.fact for one in told
        if one.kind == "answer" and isinstance(one.value, dt.date) and one.date and (one.date - one.value).days <= PAUSE
    }  # fmt: skip
    return tuple(one for one in told if not (one.kind == "drug" and one.fact in stated and one.value == one.date))
