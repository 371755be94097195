"""One number, with its unit where there are several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import QueryDict
from msgspec import Struct

from afferent.errors import InputError
from afferent.page.controls import UNITS
from afferent.page.markup import Html, el, join
from afferent.records.answers import statement
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import UNSURE, field, next_button, not_written, pressed_by_enter, way_on
from afferent.web.intake.so_far import SoFar, Told

_YEARS: Final = (("a", "years"),)


class Number(Struct, frozen=True):
    """Given: {value, unit}, or "unsure"."""

    fact: str
    unit: str  # the fact's own
    ask: str
    title: str
    unsure: str
    label: str = "The number"
    hint: str = ""
    plain: bool = False

    @property
    def units(self) -> tuple[tuple[str, str], ...]:
        found = UNITS.get(self.unit, _YEARS)
        return found[:1] if self.plain else found

    def body(self, given: Any, so_far: SoFar) -> Html:
        value, unit = (given["value"], given["unit"]) if isinstance(given, dict) else ("", "")
        options = [el("option", words, value=one, selected=one == unit) for one, words in self.units]
        return el(
            "div",
            field(self.label, "number", value, inputmode="decimal", autocomplete="off"),
            el("label", el("span", "Unit"), el("select", options, name="unit"), class_="field wide-field")
            if len(options) > 1
            else None,
            class_="stacked",
        )

    def buttons(self, given: Any) -> Html:
        return join(pressed_by_enter(), next_button(), way_on(UNSURE, self.unsure, "go-unsure"))

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        if sent.get("done") == UNSURE:
            return UNSURE
        value, unit = sent.get("number", "").strip().replace(",", "."), sent.get("unit", self.units[0][0])
        if not value:
            raise not_written("the number", self.unsure)
        given = {"value": value, "unit": unit}
        if unit not in dict(self.units) or not value.replace(".", "", 1).isdigit() or len(value) > 6:
            raise InputError("Please write one number, in figures, such as 72.")
        try:
            list(self._stated(given, Told(so_far.today, ""), so_far))
        except InputError:
            raise InputError("Please write one number, in figures, such as 72.") from None
        return given

    def again(self, sent: QueryDict) -> Any:
        return {"value": sent.get("number", ""), "unit": sent.get("unit", "")}

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        return [Line(self.unsure if given == UNSURE else f"{given['value']} {dict(self.units)[given['unit']]}")]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        if given != UNSURE:
            yield from self._stated(given, told, so_far)

    def _stated(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        fact = so_far.knowledge.facts[self.fact]
        answer = {"value": float(given["value"])} | ({} if self.plain else {"unit": given["unit"]})
        yield from statement(fact, answer, told.day, origin=told.origin)
