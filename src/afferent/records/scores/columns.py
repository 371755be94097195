"""The head of a table: which column says what. A fault here refuses the table, for nothing below it could be believed.

Ask here: `Columns(table, names, measure)`, `names(measures)` and `measure_of(head, names)`. A column that nobody knows
is not read, and named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final, NoReturn

from afferent.errors import InputError
from afferent.knowledge.measures import Measure
from afferent.records.scores.table import Table

ROLES: Final[dict[str, tuple[str, ...]]] = {
    "day": ("date", "day", "day number"),
    "week": ("week", "week number"),
    "person": ("person", "id", "person id", "client", "client id", "participant", "participant id", "subject", "name"),
    "measure": ("measure", "instrument", "outcome"),
    "score": ("score", "value", "rating", "nrs"),
    "phase": ("phase", "condition", "treatment", "arm"),
    "block": ("block", "block number"),
    "visit": ("visit", "session", "visited"),
    "minutes": ("minutes", "minutes hands on", "min"),
    "pressure": ("pressure", "pressure level", "level", "walton"),
    "flare": ("flare", "sore", "sore next day", "worse next day"),
    "note": ("note", "notes", "comment", "comments", "remark"),
}
_RATED: Final = re.compile(r"nrs | (?:score|rating|level|nrs)$")
WEEK: Final = 7  # days
_ROLE_OF: Final = {name: role for role, names in ROLES.items() for name in names}


def plain(head: str) -> str:
    """A name as it is compared: "Pain (0-10)" and "pain" are one."""
    words = re.sub(r"\(.*?\)|\[.*?\]|[_:-]", " ", head[:200]).lower()
    return " ".join(words.split())


def names(measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """Every name under which a measure may head a column."""
    return {name: one for one in measures.values() for name in (one.id.replace("_", " "), *one.columns)}


def measure_of(head: str, measured: Mapping[str, Measure]) -> Measure | None:
    """By its name, with or without what it is rated by: "pain", "Pain score", "pain (NRS 0-10)"."""
    name = plain(head)
    return measured.get(name) or measured.get(_RATED.sub("", name))


def is_known(head: str, measured: Mapping[str, Measure]) -> bool:
    return plain(head) in _ROLE_OF or measure_of(head, measured) is not None


class Columns:
    """`at[role]`: the column of each role that is there. `scores`: column -> measure; empty where each row names its
    own (`at["measure"]`). `counted`: may the days be numbers? `step`: how many days one of them is; `notices`: what was
    not read, or read in a way that should be known."""

    def __init__(self, table: Table, measured: Mapping[str, Measure], measure: Measure | None) -> None:
        self.place = f"{table.name}, line {table.line}"
        self.head = table.head
        self.at: dict[str, int] = {}
        self.scores: dict[int, Measure] = {}
        self.notices: list[str] = []
        for column, head in enumerate(table.head):
            self._place(column, plain(head), measured)
        self.step = 1
        self._week()
        self._day()
        self._scores(measured, measure)
        self.counted = plain(self.head[self.at["day"]]) != "date"

    def _place(self, column: int, name: str, measured: Mapping[str, Measure]) -> None:
        role, one = _ROLE_OF.get(name), measure_of(name, measured)
        if role is not None:
            if role in self.at:
                self._refuse(f"{self._named(self.at[role])} and {self._named(column)} are both the {role}; keep one")
            self.at[role] = column
        elif one is not None:
            if one in self.scores.values():
                self._refuse(f"two columns are {one.title}; keep one")
            self.scores[column] = one
        elif name:
            self.notices.append(f"{self.place}: the column {self._named(column)} was not read{_near(name, measured)}")

    def _week(self) -> None:
        """Weeks say when only where nothing says the day."""
        if "week" not in self.at:
            return
        week = self.at.pop("week")
        if "day" in self.at:
            day = self._named(self.at["day"])
            self.notices.append(f"{self.place}: the column {self._named(week)} was not read; the day stands in {day}")
            return
        self.at["day"], self.step = week, WEEK
        says = f"{self._named(week)} is taken for the day: week 1 is day {WEEK}, week 2 is day {2 * WEEK}"
        self.notices.append(f"{self.place}: {says}")

    def _day(self) -> None:
        if "day" not in self.at:
            found = ", ".join(map(self._named, range(min(len(self.head), 8))))
            self._refuse(f"no column is the day; name one date or day (found: {found})")

    def _scores(self, measured: Mapping[str, Measure], measure: Measure | None) -> None:
        score = self.at.get("score")
        if "measure" in self.at:
            if score is None or self.scores:
                self._refuse("with a column of measures there is one column score, and no column named after a measure")
        elif score is not None:
            if measure is None:
                self._refuse(
                    f"{self._named(score)} does not say what was measured; name it pain, or after another measure"
                )
            if measure in self.scores.values():
                self._refuse(f"two columns are {measure.title}; keep one")
            self.scores[score] = measure
        if not self.scores and "measure" not in self.at:
            some = ", ".join(list(dict.fromkeys(one.columns[0] for one in measured.values() if one.columns))[:12])
            self._refuse(f"no column has scores; name one after its measure: {some}")

    def _named(self, column: int) -> str:
        return repr(self.head[column][:40])

    def _refuse(self, why: str) -> NoReturn:
        raise InputError(f"{self.place}: {why}")


def _near(name: str, measured: Mapping[str, Measure]) -> str:
    near = get_close_matches(name, [*_ROLE_OF, *measured], 1, 0.75)
    return f"; did you mean {near[0]}?" if near else ""
