"""When something was: a year, and the month where it is remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.http import QueryDict
from msgspec import Struct

from afferent.errors import InputError
from afferent.page.markup import Html, el, join
from afferent.records.answers import date_of, statement
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import UNSURE, field, next_button, not_written, pressed_by_enter, way_on
from afferent.web.intake.so_far import SoFar, Told

NO: Final = "no"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_CLEAR: Final = "Write the year in four numbers, such as {year}. If you do not know it, press “I am not sure”."
_TO_COME: Final = "That month is still to come. Please look at the year and the month once more."


class When(Struct, frozen=True):
    """Given: "2024", "2024-05", "unsure", or "no". `listed`: it was ticked in a list, and the list states it."""

    fact: str
    ask: str
    title: str
    unsure: str
    hint: str = "The year is enough. The month helps if it was lately."
    no: str = ""
    listed: bool = False

    def body(self, given: Any, so_far: SoFar) -> Html:
        year, _, month = given.partition("-") if given not in (None, UNSURE, NO) else ("", "", "")
        months = [el("option", "I do not know the month", value="")]
        months += [
            el("option", name, value=f"{n:02}", selected=f"{n:02}" == month) for n, name in enumerate(_MONTHS, 1)
        ]
        return el(
            "div",
            field("Year", "year", year, inputmode="numeric", autocomplete="off"),
            el("label", el("span", "Month"), el("select", months, name="month"), class_="field wide-field"),
            class_="stacked",
        )

    def buttons(self, given: Any) -> Html:
        no = way_on(NO, self.no, "go-other") if self.no else None
        return join(pressed_by_enter(), next_button(), no, way_on(UNSURE, self.unsure, "go-unsure"))

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        year, month, way = sent.get("year", "").strip(), sent.get("month", ""), sent.get("done", "")
        if way == UNSURE or (way == NO and self.no):
            if way == NO and year:
                raise InputError(f"A year is written, and you pressed “{self.no}”. Take the year away, or press Next.")
            return way
        if not year and not month:
            raise not_written("the year", self.unsure)
        if not re.fullmatch(r"(19|20)\d\d", year) or month not in ("", *(f"{n:02}" for n in range(1, 13))):
            raise InputError(_CLEAR.format(year=so_far.today.year - 1))
        given = f"{year}-{month}" if month else year
        if date_of(given, so_far.today) > so_far.today:
            raise InputError(_TO_COME)
        return given

    def again(self, sent: QueryDict) -> Any:
        return f"{sent.get('year', '')}-{sent.get('month', '')}"

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        if given in (UNSURE, NO):
            return [Line(self.unsure if given == UNSURE else self.no)]
        year, _, month = given.partition("-")
        return [Line(f"{_MONTHS[int(month) - 1]} {year}" if month else year)]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        if not self.listed and given != UNSURE:
            yield from statement(so_far.knowledge.facts[self.fact], given, told.day, origin=told.origin)
