"""Words to write: a name, medicines one on each line, a word to the therapist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from msgspec import Struct

from afferent.errors import InputError
from afferent.page.markup import Html, join
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import LONGEST, UNSURE, field, next_button, pressed_by_enter, way_on
from afferent.web.intake.so_far import SoFar, Told


class Words(Struct, frozen=True):
    """`none`: the words of the button that says there is nothing to write; empty: something must be written.

    `lines`: room for several lines; each is one entry. What medicines state is worked out by `medicines`, all together.
    """

    ask: str
    label: str
    hint: str = ""
    title: str = ""
    none: str = ""
    unsure: str = ""
    lines: int = 0

    def body(self, given: Any, so_far: SoFar) -> Html:
        written = "\n".join(given["lines"]) if given else ""
        return field(self.label, "words", written, lines=self.lines, autocomplete="off")

    def buttons(self, given: Any) -> Html:
        none = way_on("none", self.none, "go-other") if self.none else None
        unsure = way_on(UNSURE, self.unsure, "go-unsure") if self.unsure else None
        return join(pressed_by_enter() if self.none else None, next_button(), none, unsure)

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        lines = [" ".join(line.split()) for line in sent.get("words", "")[:LONGEST].splitlines()]
        lines, way = [line for line in lines if line][:80], sent.get("done", "")
        if way in ("none", UNSURE) and (self.none if way == "none" else self.unsure):
            if lines and way == "none":
                raise InputError(f"You wrote something and pressed “{self.none}”. Press Next, or take the words away.")
            return {"lines": lines, "way": way}
        if not lines:
            raise InputError(f"Nothing is written yet. {self._other_way()}".strip())
        return {"lines": lines, "way": ""}

    def _other_way(self) -> str:
        return f"Write it, or press “{self.none}”." if self.none else "Please write it, then press Next."

    def again(self, sent: QueryDict) -> Any:
        return {"lines": sent.get("words", "")[:LONGEST].splitlines(), "way": ""}

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        ends = {"none": self.none, UNSURE: self.unsure}.get(given["way"], "")
        return [Line(one) for one in (*given["lines"], ends) if one]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        yield from ()
