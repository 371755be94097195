"""Several answers of several, that state no fact: what a client hopes for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from msgspec import Struct

from afferent.page.markup import Html
from afferent.safety.evidence import Evidence
from afferent.web.intake.kinds import Line
from afferent.web.intake.kinds.press import UNSURE, group, next_button, not_pressed, tick
from afferent.web.intake.so_far import SoFar, Told


class Tick(Struct, frozen=True):
    """`options`: value -> words."""

    ask: str
    options: dict[str, str]
    hint: str
    title: str
    unsure: str

    def body(self, given: Any, so_far: SoFar) -> Html:
        on = given or []
        answers = [tick("ticked", name, words, name in on) for name, words in self.options.items()]
        return group(self.ask, answers, tick("ticked", UNSURE, self.unsure, UNSURE in on, unsure=True))

    def buttons(self, given: Any) -> Html:
        return next_button()

    def read(self, sent: QueryDict, so_far: SoFar) -> Any:
        """With something ticked, "not sure" beside it gives way."""
        ticked = [name for name in (*self.options, UNSURE) if name in sent.getlist("ticked")]
        if not ticked:
            raise not_pressed(self.unsure)
        return [name for name in ticked if name != UNSURE] or ticked

    def again(self, sent: QueryDict) -> Any:
        return sent.getlist("ticked")

    def said(self, given: Any, so_far: SoFar) -> list[Line]:
        return [Line(self.options.get(name, self.unsure)) for name in given]

    def states(self, given: Any, told: Told, so_far: SoFar) -> Iterator[Evidence]:
        yield from ()
