"""The days of a table: dates, or day numbers; and the one question a table must settle itself, day or month first.

Ask here: `Days`. A date such as 03/04/2026 is not guessed. A day above 12 anywhere in the column settles it for all;
where nothing does, those dates are unread, and a column of nothing else is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from afferent.errors import InputError
from afferent.outcomes.readings import FARTHEST, Day
from afferent.records.dates import span
from afferent.records.scores.cells import Unread

MEND: Final = "write it like 2026-10-14"
_COUNT: Final = re.compile(r"[+-]?[0-9]{1,7}")
_WEEK: Final = re.compile(r"(?:week |w)?([+-]?[0-9]{1,4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})(?:[ T].*)?")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?:[ T].*)?")
_YEAR_SHORT: Final = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}(?:[ T].*)?")
_NAMED: Final = re.compile(
    r"([0-9]{1,2})[. -]+([a-z]{3,9})[., -]+([0-9]{4})|([a-z]{3,9})[. -]+([0-9]{1,2})[, -]+([0-9]{4})"
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


class Days:
    """Every different cell of the day column, read with regard to the others: `of[text]` is a day, or why none."""

    def __init__(self, lines: Mapping[str, int], place: str, *, counted: bool, step: int = 1) -> None:
        """`lines`: each different cell and its first line. counted: may day numbers stand here? step: how many days one
        is; 7: they are weeks, and nothing else may stand here. Raises InputError."""
        self._lines, self._place = lines, place
        if step > 1:
            self.of: dict[str, Day | Unread] = {text: _week(text, step) for text in lines if text}
            return
        open_ = {text: found for text in lines if (found := _YEAR_LAST.fullmatch(text))}
        self.of = {text: _day(text, counted=counted) for text in lines if text and text not in open_}
        self._settle({text: (int(found[1]), int(found[3]), int(found[4])) for text, found in open_.items()})

    def _settle(self, open_: Mapping[str, tuple[int, int, int]]) -> None:
        day_first = [text for text, (a, b, _) in open_.items() if a > 12 >= b]
        month_first = [text for text, (a, b, _) in open_.items() if b > 12 >= a]
        if day_first and month_first:
            one, other = day_first[0], month_first[0]
            raise InputError(
                f"{self._place}: {one!r} (line {self._lines[one]}) has the day first, {other!r} (line "
                f"{self._lines[other]}) the month; write all dates like 2026-10-14"
            )
        either = [text for text, (a, b, _) in open_.items() if a != b and max(a, b) <= 12]
        settled = bool(day_first or month_first)
        if either and not settled and not any(isinstance(day, dt.date) for day in self.of.values()):
            a, b, year = open_[either[0]]
            raise InputError(
                f"{self._place}, line {self._lines[either[0]]}: {either[0]!r} may be {_said(year, b, a)} or "
                f"{_said(year, a, b)}, and no other date says which; write all dates like 2026-10-14"
            )
        for text, (a, b, year) in open_.items():
            if text in either and not settled:
                self.of[text] = Unread(f"{text!r} may be {_said(year, b, a)} or {_said(year, a, b)}; {MEND}")
            else:
                month, day = (a, b) if month_first else (b, a)
                self.of[text] = _date(text, year, month, day)


def _said(year: int, month: int, day: int) -> str:
    return f"{day} {_MONTHS[month - 1].capitalize()} {year}"


def _day(text: str, *, counted: bool) -> Day | Unread:
    if _COUNT.fullmatch(text) and len(text) < 8:
        if counted and abs(int(text)) <= FARTHEST:
            return int(text)
        return Unread(f"{text!r} is no date (a spreadsheet may have stored a date so); {MEND}")
    found = span(text) if len(text) <= 40 else None
    if found is not None and found.first == found.last:
        return found.first
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _NAMED.fullmatch(text.lower()):
        day, month, year = match.groups()[:3] if match[1] else (match[5], match[4], match[6])
        number = next((n for n, name in enumerate(_MONTHS, 1) if name == month or name[:3] == month), 0)
        return _date(text, int(year), number, int(day))
    if _YEAR_SHORT.fullmatch(text):
        return Unread(f"{text[:40]!r} has a year of two digits; {MEND}")
    return Unread(f"{text[:40]!r} is no date{' and no number of a day' if counted else ''}; {MEND}")


def _week(text: str, step: int) -> Day | Unread:
    found = _WEEK.fullmatch(text.lower())
    if found and abs(int(found[1])) * step <= FARTHEST:
        return int(found[1]) * step
    return Unread(f"{text[:40]!r} is no number of a week; write 1, 2, 3, or name a column date and write dates")


def _date(text: str, year: int, month: int, day: int) -> Day | Unread:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return Unread(f"{text[:40]!r} is no day of the calendar; {MEND}")
