"""Scores back into a table that `reading` reads as it was, and a table to start from.

Ask here: `write` and `template`. Words that a spreadsheet would take for a formula are marked as words.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from afferent.outcomes.readings import Reading
from afferent.outcomes.series import Series
from afferent.records.scores.cells import guarded

_SAID: Final = ("phase", "block", "visit", "minutes", "pressure", "flare", "note")


def write(series: Mapping[tuple[str, str], Series]) -> str:
    """CSV with commas, one row for each day of each person and measure. What was set aside is not in it."""
    days = [(key, one) for key, found in series.items() for one in _days(found)]
    dated = all(isinstance(one.day, dt.date) for _, one in days)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("person", "date" if dated else "day", "measure", "score", *_SAID))
    for (person, measure), one in days:
        said = [_cell(getattr(one, field)) for field in _SAID]
        table.writerow((guarded(person), one.day, measure, _cell(one.value), *said))
    return out.getvalue()


def _days(series: Series) -> list[Reading]:
    return sorted((*series.used, *series.unanswered), key=lambda one: one.day)


def _cell(said: object) -> str:
    match said:
        case None:
            return ""
        case bool():
            return "yes" if said else "no"
        case float() if not said.is_integer():
            text = format(Decimal(repr(said)), "f")
            return text + "0" if len(text.partition(".")[2]) == 3 else text  # 1.234 might be read as 1234
        case float() | int():
            return str(int(said))
        case _:
            return guarded(str(said))


def template(first: dt.date, *, before: int = 14, during: int = 28) -> str:
    """A diary of pain to fill in: one row a day from `first`, phase A `before` massage begins, then B."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("date", "pain", "phase", "visit", "minutes", "pressure", "sore", "note"))
    for n in range(before + during):
        table.writerow((first + dt.timedelta(days=n), "", "A" if n < before else "B", *[""] * 5))
    return out.getvalue()
